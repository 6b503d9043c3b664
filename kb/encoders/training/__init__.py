"""Training a small sentence encoder from nothing on a shop's own wordings."""
