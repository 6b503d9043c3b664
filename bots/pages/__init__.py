"""What people open in a browser: the shopper's chat, the agents' desk."""
