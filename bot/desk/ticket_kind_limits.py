"""Limits of single kinds of matter on the page of the whistle's limits; an empty field has none."""

from bot.desk.guard import Fields
from bot.domain.ticket_clocks import (
    CLOCK_LABELS,
    URGENCY_LABELS,
    ClockKind,
    Limits,
    LimitUnit,
    OperatorLimit,
    Urgency,
    WhistleRules,
)
from bot.services.tickets.whistle_settings import BadWhistleSettings, changed_limit, own_limit

LONGEST = 4
"""Digits of a limit."""


class BadKindLimit(BadWhistleSettings):
    """One field, named in Chinese."""


def field_name(kind: str, clock: ClockKind, urgency: Urgency) -> str:
    """Return the name of the field with the value; the one with its unit ends in -unit."""
    return f"{kind}:{clock.value}-{urgency.value}"


def read_own_limits(fields: Fields, rules: WhistleRules, source: str) -> dict[str, Limits]:
    """Return what differs for each kind of matter.

    Raises:
        BadKindLimit: A field holds no limit.
    """
    found: dict[str, Limits] = {}
    for kind in rules.kinds:
        limits = {clock: _read_clock(fields, rules, kind, clock, source) for clock in ClockKind}
        if any(limits.values()):
            found[kind] = {clock: by for clock, by in limits.items() if by}
    return found


def _read_clock(
    fields: Fields, rules: WhistleRules, kind: str, clock: ClockKind, source: str
) -> dict[Urgency, OperatorLimit]:
    found = {}
    for urgency in Urgency:
        name = field_name(kind, clock, urgency)
        raw = (fields.get(name) or [""])[0].strip()
        if not raw:
            continue
        label = f"{rules.kinds[kind].name}的{CLOCK_LABELS[clock]}（{URGENCY_LABELS[urgency]}）"
        old = rules.own_limits.get(kind, {}).get(clock, {}).get(urgency)
        found[urgency] = _limit(raw, (fields.get(f"{name}-unit") or [""])[0], label, old, source)
    return found


def _limit(
    raw: str, unit: str, label: str, old: OperatorLimit | None, source: str
) -> OperatorLimit:
    if not (raw.isascii() and raw.isdigit() and len(raw) <= LONGEST):
        raise BadKindLimit(f"{label}要填正整数，不另定就空着。")
    try:
        known = LimitUnit(unit)
        if old is not None:
            return changed_limit(old, int(raw), known, source)
        return own_limit(int(raw), known, source)
    except ValueError as error:
        raise BadKindLimit(f"{label}的单位。") from error
    except BadWhistleSettings as error:
        raise BadKindLimit(f"{label}太长或者是 0。") from error
