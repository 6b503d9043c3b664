"""The shop over HTTP, for the shop's own systems."""
