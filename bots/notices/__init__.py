"""Order news: what happened to an order is told to its shopper, once."""
