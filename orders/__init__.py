"""The shop: customers, products, orders, after-sales. Knows nothing of the bot."""
