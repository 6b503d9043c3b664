"""Decide: an understanding, read in the light of the state, becomes commands."""
