"""Switching a part of the service off and on; every process sees it with the next message."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from bot.domain.people import AuditEntry
from bot.domain.switches import (
    BOT,
    CHANNEL,
    MAX_REASON_LENGTH,
    SKILL,
    SKILLS,
    WIDGET,
    BadSwitchReason,
    SwitchChange,
    SwitchUnchanged,
    UnknownSwitch,
)
from bot.services.ports import OpenUnitOfWork


def switch_names(channels: Collection[str]) -> Sequence[str]:
    """Return every switch there is, for these channels."""
    skills = (f"{SKILL}{name}" for name in SKILLS)
    return (BOT, WIDGET, *(f"{CHANNEL}{name}" for name in sorted(channels)), *skills)


def switches_off(unit_of_work: OpenUnitOfWork) -> Mapping[str, SwitchChange]:
    """Return the switches that are off now, by name."""
    with unit_of_work() as unit:
        return unit.switches.off()


def turn_switch(
    unit_of_work: OpenUnitOfWork,
    *,
    name: str,
    is_on: bool,
    reason: str,
    by: str,
    agent_id: int | None,
    now: datetime,
    known: Collection[str],
) -> SwitchChange:
    """Switch something off or on.

    Args:
        unit_of_work: Opens the transaction.
        name: Which switch, one of `known`.
        is_on: How it is to stand.
        reason: Shown to applicants while it is off, in Chinese, without a full stop at its end.
        by: "agent:3", or "operator" for the command line.
        agent_id: The member of staff, for the audit log; None for the command line.
        now: The time.
        known: The switches there are.

    Raises:
        UnknownSwitch: There is no such switch.
        BadSwitchReason: No reason for switching off, or one that is too long.
        SwitchUnchanged: It stands that way already.
    """
    if name not in known:
        raise UnknownSwitch(name)
    said = " ".join(reason.split()).rstrip("。.!！")
    if (not is_on and not said) or len(said) > MAX_REASON_LENGTH:
        raise BadSwitchReason
    change = SwitchChange(name, is_on, "" if is_on else said, now, by)
    with unit_of_work() as unit:
        if not unit.switches.add(change):
            raise SwitchUnchanged(name)
        word = "switched_on" if is_on else "switched_off"
        unit.people.add_audit(AuditEntry(now, agent_id, word, name, change.reason))
    return change
