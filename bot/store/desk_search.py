"""The search index of the desk: every pair of neighbouring characters of every message.

Chinese needs no segmentation this way, half a number is found as well as a whole one, and both
databases answer alike. A hit is checked against the stored text, so pairs that stand apart do not
count. Texts are sealed and pairs are keyed hashes: who has the database alone can count how often
a pair occurs, and reads none.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Table, delete, func, select
from sqlalchemy.dialects import postgresql
from sqlalchemy.engine import Connection
from sqlalchemy.sql import ColumnElement

from bot.domain.conversations import Author
from bot.store.lists import lists
from bot.store.tables.conversations import CONVERSATIONS, MESSAGES
from bot.store.tables.desk import DESK_PAIRS, DESK_TEXTS
from bot.store.upserts import insert_on_conflict

LOOKED_BACK = 500
"""On PostgreSQL a lower id may be committed after a higher one: so many ids are looked at again."""

MAX_PAIRS = 12
"""Pairs of a query that are looked up; the text check sees the rest."""

MAX_CANDIDATES = 2000
"""Conversations that a query finds, at most."""

MAX_TEXTS = 20_000
"""Texts that are opened and looked through for a word, the newest first."""

_PAIRS = lists(pair=DESK_PAIRS.c.pair, text_id=DESK_PAIRS.c.text_id)
_ADD_PAIRS = (
    postgresql.insert(DESK_PAIRS)
    .from_select(["pair", "text_id"], select(_PAIRS.c.pair, _PAIRS.c.text_id))
    .on_conflict_do_nothing()
)


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

    def fields_texts(self, conversation_ids: Sequence[str]) -> Mapping[str, str]:
        """Return the answers of conversations, each as one text."""
        columns = CONVERSATIONS.c
        query = select(columns.id, columns.fields).where(columns.id.in_(conversation_ids))
        return {row.id: _as_text(row.fields) for row in self._connection.execute(query)}

    def add_messages(self, found: Sequence[tuple[int, str, str]]) -> None:
        """Put messages into the index: id, conversation, text. One that is there stays."""
        values = [
            {"conversation_id": conversation_id, "kind": "message", "ref_id": ref_id, "text": text}
            for ref_id, conversation_id, text in found
        ]
        texts = DESK_TEXTS.c
        refs = [ref_id for ref_id, _, _ in found]
        self._add(values, (texts.kind == "message") & texts.ref_id.in_(refs))

    def put_fields(self, fields: Mapping[str, str]) -> None:
        """Put the answers of conversations into the index, in the place of earlier ones."""
        texts = DESK_TEXTS.c
        mine = (texts.kind == "fields") & texts.conversation_id.in_(list(fields))
        query = select(texts.id, texts.conversation_id, texts.text).where(mine)
        there = self._connection.execute(query).all()
        same = {one.conversation_id for one in there if one.text == fields[one.conversation_id]}
        old = [one.id for one in there if one.conversation_id not in same]
        if old:
            self._connection.execute(delete(DESK_PAIRS).where(DESK_PAIRS.c.text_id.in_(old)))
            self._connection.execute(delete(DESK_TEXTS).where(texts.id.in_(old)))
        new = sorted(fields.keys() - same)  # two clocks write in the same order
        values = [
            {"conversation_id": one, "kind": "fields", "ref_id": 0, "text": fields[one]}
            for one in new
        ]
        self._add(values, (texts.kind == "fields") & texts.conversation_id.in_(new))

    def _add(self, values: Sequence[Mapping[str, Any]], those: "ColumnElement[Any]") -> None:
        """Add texts and their pairs; another clock may have put some there meanwhile."""
        if not values:
            return
        texts = DESK_TEXTS.c
        self._insert(DESK_TEXTS, values)
        query = select(texts.id, texts.conversation_id, texts.ref_id).where(those)
        ids = {(row.conversation_id, row.ref_id): row.id for row in self._connection.execute(query)}
        pairs = [
            {"pair": pair, "text_id": ids[one["conversation_id"], one["ref_id"]]}
            for one in values
            for pair in pairs_of(one["text"])
        ]
        if pairs:
            self._add_pairs(pairs)

    def _add_pairs(self, pairs: Sequence[Mapping[str, Any]]) -> None:
        if self._connection.dialect.name != "postgresql":
            self._insert(DESK_PAIRS, pairs)
            return
        # SQLAlchemy takes longer for the values of a row than their hash does
        values = {name: [one[name] for one in pairs] for name in ("pair", "text_id")}
        self._connection.execute(_ADD_PAIRS, values)

    def _insert(self, table: Table, values: Sequence[Mapping[str, Any]]) -> None:
        self._connection.execute(
            insert_on_conflict(self._connection, table).on_conflict_do_nothing(), values
        )

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


def _as_text(fields: Mapping[str, Any] | None) -> str:
    shown = [value for value in (fields or {}).values() if isinstance(value, (str, list))]
    return " ".join(json.dumps(value, ensure_ascii=False) for value in shown)


def _candidates(word: str) -> list["ColumnElement[Any]"]:
    if len(word) == 1:
        return []  # no pair to look up: the newest texts themselves are looked through
    return [
        DESK_TEXTS.c.id.in_(select(DESK_PAIRS.c.text_id).where(DESK_PAIRS.c.pair == pair))
        for pair in pairs_of(word)[:MAX_PAIRS]
    ]
