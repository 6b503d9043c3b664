"""JSON over HTTP: the chat page's side, and the shop's own systems'."""
