"""How long the departments have for a whistle by the operator's rules, in chat words."""

from bot.domain.ticket_clocks import CLOCK_LABELS, UNIT_LABELS, ClockKind, Urgency, WhistleRules

TOLD = (ClockKind.REPORT_IN, ClockKind.ANSWER)
"""Clocks that somebody who whistles waits for."""


def whistle_limits_text(rules: WhistleRules) -> str:
    """Return the usual limits and those of a pressing whistle, for reporting in and answering."""
    names = ((Urgency.NORMAL, "一般"), (Urgency.URGENT, "紧急的"))
    return "，".join(f"{name}{_limits(rules, urgency)}" for urgency, name in names)


def _limits(rules: WhistleRules, urgency: Urgency) -> str:
    limits = ((kind, rules.limits[kind][urgency]) for kind in TOLD)
    return "、".join(
        f"{one.value} {UNIT_LABELS[one.unit]}内{CLOCK_LABELS[kind]}" for kind, one in limits
    )
