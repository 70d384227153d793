"""Tests; the tree mirrors `bot` and `actions`."""
