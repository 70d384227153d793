"""Passing a conversation on: to a colleague, a department, a supervisor, or to a later time."""

from datetime import datetime

from bot.domain.conversations import Author, Owner, Reply
from bot.domain.desk_errors import BadSnooze, NotPresent, UnknownColleague, check_reason
from bot.domain.desk_work import HELP_DESK, LONGEST_SNOOZE, Colleague
from bot.domain.handovers import DeskTexts, NotYours, Step
from bot.domain.people import HEARTBEAT_TIMEOUT, Agent, AuditEntry, NotAllowed
from bot.services.desk.handover import serving
from bot.services.ports import OpenUnitOfWork, UnitOfWork


def transfer_to_colleague(
    unit_of_work: OpenUnitOfWork,
    *,
    conversation_id: str,
    agent_id: int,
    to_agent_id: int,
    reason: str,
    now: datetime,
    texts: DeskTexts,
) -> None:
    """Give the conversation to a colleague who is there; one UPDATE decides who holds it.

    Raises:
        NotYours: The agent does not hold it (any more).
        NotPresent: The colleague is away; carries the name.
        UnknownColleague: Nobody of this id serves, or it is the agent.
        BadReason: The reason is missing or too long.
    """
    reason = check_reason(reason)
    with unit_of_work() as unit:
        agent = serving(unit, agent_id)
        found = {one.id: one for one in _colleagues(unit, now)}.get(to_agent_id)
        if found is None or found.id == agent_id:
            raise UnknownColleague
        if not found.is_present:
            raise NotPresent(found.name)
        if not unit.desk_work.hand_over(conversation_id, seen=agent_id, to=found.id, now=now):
            raise NotYours(conversation_id)
        unit.desk_work.settle(conversation_id)
        _note(
            unit,
            conversation_id,
            agent_id,
            Step.TRANSFERRED,
            now=now,
            reason=reason,
            to_agent_id=found.id,
        )
        told = texts.transferred.format(name=agent.name, to=found.name)
        _say(unit, conversation_id, told, now)


def transfer_to_department(
    unit_of_work: OpenUnitOfWork,
    *,
    conversation_id: str,
    agent_id: int,
    department_id: str,
    department_name: str,
    reason: str,
    now: datetime,
    texts: DeskTexts,
) -> bool:
    """Put the conversation into a department's queue, at its old place.

    Supervisors may do so with what others hold and with what waits.

    Returns:
        False when nobody of that department is there now; the applicant was told so.

    Raises:
        NotYours: The agent does not hold it (any more).
        BadReason: The reason is missing or too long.
    """
    reason = check_reason(reason)
    with unit_of_work() as unit:
        agent = serving(unit, agent_id)
        _to_queue(unit, agent, conversation_id, now)
        unit.desk_work.settle(conversation_id)
        unit.desk_work.change_thread(conversation_id, department_id=department_id or None)
        _note(
            unit,
            conversation_id,
            agent_id,
            Step.TRANSFERRED,
            now=now,
            reason=reason,
            to_department_id=department_id,
        )
        is_staffed = any(
            one.is_present and one.department_id == department_id and one.id != agent_id
            for one in _colleagues(unit, now)
        )
        text = texts.to_department if is_staffed else texts.to_empty_department
        _say(unit, conversation_id, text.format(name=agent.name, to=department_name), now)
    return is_staffed


def _to_queue(unit: UnitOfWork, agent: Agent, conversation_id: str, now: datetime) -> None:
    holder, is_waiting = agent.id, False
    if agent.oversees:
        conversation = unit.conversations.get(conversation_id)
        is_waiting = conversation.owner is Owner.WAITING
        holder = conversation.agent_id or agent.id
    is_released = unit.desk.release(conversation_id, holder, to=Owner.WAITING, now=now)
    if not (is_released or is_waiting):
        raise NotYours(conversation_id)


def ask_supervisor(
    unit_of_work: OpenUnitOfWork,
    *,
    conversation_id: str,
    agent_id: int,
    reason: str,
    now: datetime,
) -> int:
    """Ask the supervisors to look at a conversation; they are mentioned in a private note.

    Returns:
        How many supervisors are there now.

    Raises:
        NotYours: The agent does not hold it.
        BadReason: The reason is missing or too long.
    """
    reason = check_reason(reason)
    with unit_of_work() as unit:
        serving(unit, agent_id)
        if not unit.desk.hold(conversation_id, agent_id, now=now):
            raise NotYours(conversation_id)
        overseers = [one.id for one in unit.people.agents() if one.oversees and one.id != agent_id]
        unit.desk_notes.add(conversation_id, agent_id, text=reason, mentions=overseers, now=now)
        unit.desk_work.change_thread(conversation_id, supervisor_asked_at=now)
        _note(unit, conversation_id, agent_id, Step.ASKED, now=now, reason=reason)
        present = {one.id for one in _colleagues(unit, now) if one.is_present}
    return len(present & set(overseers))


def step_in(
    unit_of_work: OpenUnitOfWork,
    *,
    conversation_id: str,
    agent_id: int,
    now: datetime,
    texts: DeskTexts,
) -> None:
    """Let a supervisor take a conversation over from the agent who holds it.

    Raises:
        NotAllowed: The role does not oversee others.
        NotYours: Nobody holds it, or it changed hands in this second.
    """
    with unit_of_work() as unit:
        agent = serving(unit, agent_id)
        if not agent.oversees:
            raise NotAllowed
        seen = unit.conversations.get(conversation_id).agent_id
        if seen == agent_id:
            return
        if seen is None or not unit.desk_work.hand_over(
            conversation_id, seen=seen, to=agent_id, now=now
        ):
            raise NotYours(conversation_id)
        unit.desk_work.settle(conversation_id)
        _note(unit, conversation_id, agent_id, Step.STEPPED_IN, now=now)
        _say(unit, conversation_id, texts.stepped_in.format(name=agent.name), now)


def snooze(
    unit_of_work: OpenUnitOfWork,
    *,
    conversation_id: str,
    agent_id: int,
    until: datetime,
    now: datetime,
) -> None:
    """Put a conversation aside until a time; it comes back by itself, or when somebody writes.

    Raises:
        NotYours: The agent does not hold it.
        BadSnooze: `until` is past, or more than `LONGEST_SNOOZE` ahead.
    """
    if not now < until <= now + LONGEST_SNOOZE:
        raise BadSnooze
    with unit_of_work() as unit:
        if not unit.desk.hold(conversation_id, agent_id, now=now):
            raise NotYours(conversation_id)
        unit.desk_work.change_thread(
            conversation_id,
            snoozed_until=until,
            snoozed_after_id=unit.desk_work.newest_message(conversation_id),
        )
        _note(unit, conversation_id, agent_id, Step.SNOOZED, now=now)


def wake_up(
    unit_of_work: OpenUnitOfWork, *, conversation_id: str, agent_id: int, now: datetime
) -> None:
    """Take a conversation back that was put aside; raises `NotYours`."""
    with unit_of_work() as unit:
        if not unit.desk.hold(conversation_id, agent_id, now=now):
            raise NotYours(conversation_id)
        unit.desk_work.change_thread(conversation_id, snoozed_until=None)


def present_colleagues(
    unit_of_work: OpenUnitOfWork, *, agent_id: int, now: datetime
) -> list[Colleague]:
    """Return the others who serve, those who are there first.

    Raises:
        NotAllowed: This role does not talk to applicants.
    """
    with unit_of_work() as unit:
        serving(unit, agent_id)
        found = [one for one in _colleagues(unit, now) if one.id != agent_id]
    return sorted(found, key=lambda one: not one.is_present)


def department_of(unit: UnitOfWork, agent_id: int) -> str:
    """Return whose queue an agent serves first."""
    return unit.people.agent(agent_id).department_id or HELP_DESK


def _colleagues(unit: UnitOfWork, now: datetime) -> list[Colleague]:
    return unit.desk_work.colleagues(since=now - HEARTBEAT_TIMEOUT)


def _note(
    unit: UnitOfWork,
    conversation_id: str,
    agent_id: int,
    step: Step,
    *,
    now: datetime,
    reason: str = "",
    to_agent_id: int | None = None,
    to_department_id: str | None = None,
) -> None:
    unit.desk.note(
        conversation_id,
        agent_id,
        step,
        now=now,
        reason=reason,
        to_agent_id=to_agent_id,
        to_department_id=to_department_id,
    )
    unit.people.add_audit(AuditEntry(now, agent_id, f"conversation_{step.value}", conversation_id))


def _say(unit: UnitOfWork, conversation_id: str, text: str, now: datetime) -> None:
    line = Reply(text=text, author=Author.SYSTEM)
    unit.conversations.add_message(conversation_id, line, now=now)
