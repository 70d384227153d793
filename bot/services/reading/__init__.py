"""Reads values out of what people type: amounts, names, numbers, choices."""
