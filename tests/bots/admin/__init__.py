"""The console: who may open what, what it shows, and that every write is logged."""
