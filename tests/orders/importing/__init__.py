"""Taking a shop's files in."""
