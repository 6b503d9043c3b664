"""Promotions: who gets them, when, and how often."""
