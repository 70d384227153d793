"""Reads and checks `data/catalogue`; bootstrap and the data linter import it."""
