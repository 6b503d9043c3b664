"""The engine: understand, decide, act, answer. Knows no channel, inbox or outbox."""
