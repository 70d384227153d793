"""Policies in the chat: which is meant, what it gives, whether it fits."""
