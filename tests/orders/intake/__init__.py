"""News of the shop's system."""
