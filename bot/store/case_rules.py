"""Loads the operator's rules of cases from `data/services/case_rules.yml`."""

from collections.abc import Mapping
from datetime import time
from pathlib import Path
from types import MappingProxyType
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from bot.domain.case_rules import (
    CaseRules,
    ColourRule,
    DigestRule,
    Escalation,
    Pause,
    QuietHours,
)
from bot.domain.cases import PAUSED_STATES, CaseState
from bot.domain.errors import BotError
from bot.domain.people import Role

FILE = "case_rules.yml"


class BadCaseRules(BotError):
    """The file is missing or does not hold what it should; the message names the place."""


def load_case_rules(folder: Path) -> CaseRules:
    """Read `case_rules.yml` in `folder`, usually `data/services`.

    Raises:
        BadCaseRules: See there.
    """
    file = folder / FILE
    try:
        content = YAML(typ="safe").load(file.read_text(encoding="utf-8"))
        return _read(content)
    except (OSError, YAMLError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise BadCaseRules(f"{file}: {error!r}") from error


def _read(content: Mapping[str, Any]) -> CaseRules:
    return CaseRules(
        colours=_colours(content["colours"]),
        escalations=_escalations(content["escalations"]),
        reply_working_days=_whole(content["urge_reply_working_days"], 1),
        pauses=_by_state(content["pauses"], PAUSED_STATES, _pause),
        happening=_by_state(content["happening"], frozenset(CaseState), _text),
        quiet=_quiet(content["quiet_hours"]),
        digest=DigestRule(
            _whole(content["digest"]["over_cases"], 1),
            time.fromisoformat(content["digest"]["at"]),
        ),
    )


def _colours(entry: Mapping[str, Any]) -> ColourRule:
    share = float(entry["yellow_share_left"])
    rule = ColourRule(
        _whole(entry["yellow_days_left"], 0), share, _whole(entry["red_days_left"], -1)
    )
    if not 0 <= share <= 1:
        raise ValueError(f"yellow_share_left: {share} is not between 0 and 1")
    if rule.red_days_left > rule.yellow_days_left:
        raise ValueError("red_days_left: red comes before yellow")
    return rule


def _escalations(entries: list[Mapping[str, Any]]) -> tuple[Escalation, ...]:
    found = tuple(
        Escalation(_whole(one["after_working_days"], 1), Role(one["role"]), _text(one["name"]))
        for one in entries
    )
    days = [one.after_working_days for one in found]
    if days != sorted(set(days)):
        raise ValueError(f"escalations: the days {days} do not rise")
    return found


def _quiet(entry: Mapping[str, Any]) -> QuietHours:
    hours = QuietHours(time.fromisoformat(entry["begins"]), time.fromisoformat(entry["ends"]))
    if hours.begins <= hours.ends:
        raise ValueError("quiet_hours: they begin in the evening and end in the morning")
    return hours


def _by_state(
    entries: Mapping[str, Any], wanted: frozenset[CaseState], read: Any
) -> Mapping[CaseState, Any]:
    found = {CaseState(name): read(entry) for name, entry in entries.items()}
    if set(found) != wanted:
        missing = sorted(state.value for state in wanted.symmetric_difference(found))
        raise ValueError(f"states missing or too many: {missing}")
    return MappingProxyType(found)


def _pause(entry: Mapping[str, Any]) -> Pause:
    if type(entry["verified"]) is not bool:
        raise ValueError("verified: true or false")
    return Pause(_text(entry["text"]), _text(entry["source"]), entry["verified"])


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"{value!r} is no text")
    return value.strip()


def _whole(value: object, least: int) -> int:
    if type(value) is not int or value < least:
        raise ValueError(f"{value!r} is no whole number from {least} on")
    return value
