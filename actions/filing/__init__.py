"""Complaints and whistles in the chat: the story, whose it is, what follows filing."""
