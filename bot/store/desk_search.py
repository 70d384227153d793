"""The search index of the desk: every pair of neighbouring characters of every message.

Chinese needs no segmentation this way, half a number is found as well as a whole one, and both
databases answer alike. A hit is checked against the stored text, so pairs that stand apart do not
count. Texts are sealed and pairs are keyed hashes: who has the database alone can count how often
a pair occurs, and reads none.
"""

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, func, insert, select
from sqlalchemy.engine import Connection
from sqlalchemy.sql import ColumnElement

from bot.domain.conversations import Author
from bot.store.inserts import insert_if_absent
from bot.store.tables.conversations import CONVERSATIONS, MESSAGES
from bot.store.tables.desk import DESK_PAIRS, DESK_TEXTS

LOOKED_BACK = 500
"""On PostgreSQL a lower id may be committed after a higher one: so many ids are looked at again."""

MAX_PAIRS = 12
"""Pairs of a query that are looked up; the text check sees the rest."""

MAX_CANDIDATES = 2000
"""Conversations that a query finds, at most."""

MAX_TEXTS = 20_000
"""Texts that are opened and looked through for a word, the newest first."""


class DeskSearchRepository:
    """The index on one open transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def unindexed(self, limit: int) -> list[tuple[int, str, str]]:
        """Return id, conversation and text of messages that are not in the index, oldest first."""
        texts = DESK_TEXTS.c
        newest = select(func.max(texts.ref_id)).where(texts.kind == "message")
        last = int(self._connection.execute(newest).scalar() or 0)
        columns = MESSAGES.c
        known = select(texts.id).where(texts.kind == "message", texts.ref_id == columns.id).exists()
        query = (
            select(columns.id, columns.conversation_id, columns.text)
            .where(
                columns.id > last - LOOKED_BACK,
                columns.text != "",
                # notes to the worker hold slots, not words
                ~((columns.author == Author.SYSTEM.value) & columns.payload.is_not(None)),
                ~known,
            )
            .order_by(columns.id)
            .limit(limit)
        )
        rows = self._connection.execute(query)
        return [(row.id, row.conversation_id, row.text) for row in rows]

    def fields_text(self, conversation_id: str) -> str:
        """Return the answers of a conversation as one text."""
        query = select(CONVERSATIONS.c.fields).where(CONVERSATIONS.c.id == conversation_id)
        fields = self._connection.execute(query).scalar() or {}
        shown = {name: value for name, value in fields.items() if isinstance(value, (str, list))}
        return " ".join(json.dumps(value, ensure_ascii=False) for value in shown.values())

    def add(self, conversation_id: str, kind: str, ref_id: int, text: str) -> None:
        """Put a text into the index, in the place of an earlier one."""
        texts = DESK_TEXTS.c
        mine = (
            (texts.kind == kind)
            & (texts.ref_id == ref_id)
            & (texts.conversation_id == conversation_id)
        )
        old = [row.id for row in self._connection.execute(select(texts.id).where(mine))]
        if old:
            self._connection.execute(delete(DESK_PAIRS).where(DESK_PAIRS.c.text_id.in_(old)))
            self._connection.execute(delete(DESK_TEXTS).where(texts.id.in_(old)))
        values = {
            "conversation_id": conversation_id,
            "kind": kind,
            "ref_id": ref_id,
            "text": text,
        }
        if not insert_if_absent(self._connection, DESK_TEXTS, values):
            return  # another clock has put it there meanwhile
        text_id = int(self._connection.execute(select(texts.id).where(mine)).scalar_one())
        pairs = [{"pair": pair, "text_id": text_id} for pair in pairs_of(text)]
        if pairs:
            self._connection.execute(insert(DESK_PAIRS), pairs)

    def find(self, word: str) -> list[str]:
        """Return conversations with this word in one of their texts; `word` is normalised."""
        texts = DESK_TEXTS.c
        candidates = (
            select(texts.conversation_id, texts.text)
            .where(*_candidates(word))
            .order_by(texts.id.desc())
            .limit(MAX_TEXTS)
        )
        found: dict[str, None] = {}
        for row in self._connection.execute(candidates):
            if word in row.text:
                found[row.conversation_id] = None
            if len(found) >= MAX_CANDIDATES:
                break
        return list(found)


def pairs_of(text: str) -> Sequence[str]:
    """Return each pair of neighbours once, in order; a lone character stands for itself."""
    if len(text) == 1:
        return [text]
    return list(dict.fromkeys(text[at : at + 2] for at in range(len(text) - 1)))


def _candidates(word: str) -> list["ColumnElement[Any]"]:
    if len(word) == 1:
        return []  # no pair to look up: the newest texts themselves are looked through
    return [
        DESK_TEXTS.c.id.in_(select(DESK_PAIRS.c.text_id).where(DESK_PAIRS.c.pair == pair))
        for pair in pairs_of(word)[:MAX_PAIRS]
    ]
