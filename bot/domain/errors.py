"""The one base of every error that this application raises on purpose."""


class BotError(Exception):
    """Something a caller can name, answer and recover from."""
