"""Answers with questions of the catalogue: which one a text asks, and on what."""
