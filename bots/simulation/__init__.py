"""A simulated shopper: goals from the shop's data, talks, and what became of them."""
