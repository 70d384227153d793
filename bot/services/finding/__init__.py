"""Finds what a text means: a matter, a question of the catalogue, a trade; the models for it."""
