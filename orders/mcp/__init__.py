"""The tools as an MCP server: whatever language model a shop uses can ask and act.

The tools come from `orders.tools.TOOLS`. A session acts for one shopper at most, and
for nobody until they are identified. A write is only proposed by its name; `confirm`
carries out what was proposed.
"""
