"""Goals drawn from the shop's data."""
