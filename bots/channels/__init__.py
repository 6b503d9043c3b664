"""The outside worlds: verify, parse, send. One file each; no database."""
