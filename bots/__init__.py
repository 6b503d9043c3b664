"""The conversation: channels in and out, the dialogue engine, people, campaigns."""
