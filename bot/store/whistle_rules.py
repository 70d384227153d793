"""Loads the operator's rules of the whistle from `data/services`, and keeps what the desk saved."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from sqlalchemy import insert, select
from sqlalchemy.engine import Connection

from bot.domain.catalogue import Catalogue
from bot.domain.errors import BotError
from bot.domain.ticket_clocks import MatterKind, WhistleRules
from bot.services.tickets.ports import SavedSettings
from bot.services.tickets.whistle_settings import BadWhistleSettings, read_settings
from bot.store.tables.tickets import WHISTLE_SETTINGS

DEADLINES_FILE = "deadlines.yml"
WORDS_FILE = "whistle_words.yml"


class BadWhistleRules(BotError):
    """A file of the whistle's rules is missing or does not hold what it should."""


def load_whistle_rules(folder: Path, catalogue: Catalogue) -> WhistleRules:
    """Read `deadlines.yml` and `whistle_words.yml` in `folder`, usually `data/services`.

    The kinds of matter are the categories of the catalogue; the file gives them their names.

    Raises:
        BadWhistleRules: A file is missing, no YAML, or an entry is missing or of the wrong kind;
            the message names the file.
    """
    deadlines = _read(folder / DEADLINES_FILE)
    words = _read(folder / WORDS_FILE)
    try:
        keywords = MappingProxyType(_keywords(words["words"]))
        urgent = tuple(str(word) for word in words["urgent_words"])
        return read_settings(
            deadlines,
            keywords=keywords,
            urgent_words=urgent,
            kinds=_kinds(deadlines["kinds"], catalogue),
        )
    except (BadWhistleSettings, KeyError, TypeError, ValueError, AttributeError) as error:
        raise BadWhistleRules(f"{folder}: {error!r}") from error


class WhistleSettingsRepository:
    """What officials have saved, on one open transaction; each saving is a row that stays."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def latest(self) -> SavedSettings | None:
        """Return what counts now, None before anything was saved."""
        return next(iter(self.history(1)), None)

    def history(self, limit: int) -> Sequence[SavedSettings]:
        """Return what was saved, the latest first."""
        query = select(WHISTLE_SETTINGS).order_by(WHISTLE_SETTINGS.c.id.desc()).limit(limit)
        return [
            SavedSettings(
                id=row.id,
                saved_at=row.saved_at,
                saved_by=row.saved_by,
                reason=row.reason,
                content=row.content,
            )
            for row in self._connection.execute(query)
        ]

    def add(self, saved: SavedSettings) -> None:
        """Write what is saved; its id is given by the table."""
        self._connection.execute(
            insert(WHISTLE_SETTINGS).values(
                saved_at=saved.saved_at,
                saved_by=saved.saved_by,
                reason=saved.reason,
                content=saved.content,
            )
        )


def _kinds(names: Mapping[str, str], catalogue: Catalogue) -> dict[str, MatterKind]:
    matters: dict[str, set[str]] = {}
    for one in catalogue.matters.values():
        matters.setdefault(one.category, set()).add(one.id)
    if set(names) != set(matters):
        raise ValueError(f"kinds are {sorted(names)}, categories are {sorted(matters)}")
    return {id_: MatterKind(str(name), frozenset(matters[id_])) for id_, name in names.items()}


def _read(file: Path) -> Any:
    try:
        return YAML(typ="safe").load(file.read_text(encoding="utf-8"))
    except (OSError, YAMLError) as error:
        raise BadWhistleRules(f"{file}: {error}") from error


def _keywords(words: Mapping[str, list[str]]) -> dict[str, str]:
    pairs = [(str(word), matter_id) for matter_id, many in words.items() for word in many]
    if len(dict(pairs)) != len(pairs):
        raise ValueError("a word stands under two matters")
    return dict(pairs)
