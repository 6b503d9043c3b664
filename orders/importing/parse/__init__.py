"""What each file says of a thing, as typed values."""
