"""The knowledge base: staff write it, one function finds it."""
