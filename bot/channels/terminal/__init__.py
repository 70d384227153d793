"""The terminal: `xiaoer chat`, a client of the web chat API that shows only text."""
