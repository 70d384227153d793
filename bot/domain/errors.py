"""The base of every error that this product raises on purpose."""


class BotError(Exception):
    """Something the product expects to go wrong; an outer layer turns it into an honest answer."""
