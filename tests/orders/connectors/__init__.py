"""Ports to the outside."""
