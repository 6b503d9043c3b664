"""Figures under load."""
