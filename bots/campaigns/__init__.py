"""Promotions: who gets one, and how it is written into the outbox once each."""
