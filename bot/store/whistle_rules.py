"""Loads the operator's rules of the whistle from `data/services`."""

from collections.abc import Mapping
from datetime import time
from pathlib import Path
from types import MappingProxyType
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from bot.domain.errors import BotError
from bot.domain.tickets import LimitUnit, OperatorLimit, Urgency, WhistleRules

DEADLINES_FILE = "deadlines.yml"
WORDS_FILE = "whistle_words.yml"


class BadWhistleRules(BotError):
    """A file of the whistle's rules is missing or does not hold what it should."""


def load_whistle_rules(folder: Path) -> WhistleRules:
    """Read `deadlines.yml` and `whistle_words.yml` in `folder`, usually `data/services`.

    Raises:
        BadWhistleRules: A file is missing, no YAML, or an entry is missing or of the wrong kind;
            the message names the file.
    """
    deadlines = _read(folder / DEADLINES_FILE)
    words = _read(folder / WORDS_FILE)
    try:
        hours = deadlines["working_hours"]
        rules = WhistleRules(
            report_in=_by_urgency(deadlines["report_in"]),
            answer=_by_urgency(deadlines["answer"]),
            extension=_limit(deadlines["extension"]),
            opens_at=time.fromisoformat(hours["opens_at"]),
            closes_at=time.fromisoformat(hours["closes_at"]),
            keywords=MappingProxyType(_keywords(words["words"])),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise BadWhistleRules(f"{folder}: {error!r}") from error
    if rules.opens_at >= rules.closes_at:
        raise BadWhistleRules(f"{folder / DEADLINES_FILE}: working hours end before they begin")
    return rules


def _read(file: Path) -> Any:
    try:
        return YAML(typ="safe").load(file.read_text(encoding="utf-8"))
    except (OSError, YAMLError) as error:
        raise BadWhistleRules(f"{file}: {error}") from error


def _by_urgency(entries: Mapping[str, Any]) -> Mapping[Urgency, OperatorLimit]:
    return MappingProxyType({one: _limit(entries[one.value]) for one in Urgency})


def _limit(entry: Mapping[str, Any]) -> OperatorLimit:
    value = entry["value"]
    if type(value) is not int or value < 1:
        raise ValueError(f"a limit of {value!r}")
    return OperatorLimit(
        value=value,
        unit=LimitUnit(entry["unit"]),
        source=str(entry["source"]),
        verified=bool(entry["verified"]),
    )


def _keywords(words: Mapping[str, list[str]]) -> dict[str, str]:
    pairs = [(str(word), matter_id) for matter_id, many in words.items() for word in many]
    if len(dict(pairs)) != len(pairs):
        raise ValueError("a word stands under two matters")
    return dict(pairs)
