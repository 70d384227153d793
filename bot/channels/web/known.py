"""Which conversation a token opened last, so that one transaction does for who it is and the rest.

Nothing is believed: whoever uses this asks the database for the token's conversation again, in the
transaction that reads or writes. A token that is not known here is looked up first, without a
writer's lock.
"""

from collections import OrderedDict

MOST = 20_000
"""Tokens remembered, about 4 MB."""


class KnownTokens:
    """Remembers hashes of tokens, those that were used last."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._known: OrderedDict[str, str] = OrderedDict()

    def get(self, token_hash: str) -> str | None:
        """Return the id of the conversation that it opened last, None for never."""
        found = self._known.get(token_hash)
        if found is not None:
            self._known.move_to_end(token_hash)
        return found

    def put(self, token_hash: str, conversation_id: str) -> None:
        """Remember what a token has just opened."""
        self._known[token_hash] = conversation_id
        self._known.move_to_end(token_hash)
        if len(self._known) > self._most:
            self._known.popitem(last=False)
