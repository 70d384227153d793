"""Starting a business: its trade, its form, what it needs, businesses beside it."""
