"""Private notes, canned replies and saved filters of the desk."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.domain.desk_errors import BadCanned, BadFilter, BadNote
from bot.domain.desk_work import (
    MAX_CANNED_LENGTH,
    MAX_FILTER_NAME,
    MAX_FILTERS,
    MAX_NOTE_LENGTH,
    MAX_SHORTCUT_LENGTH,
    MAX_TITLE_LENGTH,
    CannedReply,
    SavedFilter,
)
from bot.domain.people import AuditEntry, NotAllowed
from bot.services.desk.handover import serving
from bot.services.desk.moves import department_of
from bot.services.desk.reading import may_read
from bot.services.ports import OpenUnitOfWork, UnitOfWork

FILTER_KEYS = frozenset({"q", "owner", "channel", "reason"})
_SHORTCUT = re.compile(r"[0-9A-Za-z一-鿿_-]+")


def add_note(
    unit_of_work: OpenUnitOfWork,
    *,
    conversation_id: str,
    agent_id: int,
    text: str,
    now: datetime,
) -> list[int]:
    """Append a private note; a colleague whose name follows an @ is told.

    Notes lie in a table of their own that no channel reads, so they cannot reach the applicant.

    Returns:
        Ids of the colleagues who are mentioned.

    Raises:
        BadNote: It is empty or too long.
        NotAllowed: The agent may not read this conversation.
        UnknownConversation: No such conversation.
    """
    cleaned = text.strip()
    if not 0 < len(cleaned) <= MAX_NOTE_LENGTH:
        raise BadNote
    with unit_of_work() as unit:
        agent = serving(unit, agent_id)
        conversation = unit.conversations.get(conversation_id)
        if not may_read(unit, agent, conversation, now=now):
            raise NotAllowed
        mentions = [
            one.id
            for one in unit.people.agents()
            if one.serves and one.id != agent_id and f"@{one.name}" in cleaned
        ]
        unit.desk_notes.add(conversation_id, agent_id, text=cleaned, mentions=mentions, now=now)
        unit.people.add_audit(AuditEntry(now, agent_id, "note_added", conversation_id))
    return mentions


def canned_for(unit_of_work: OpenUnitOfWork, *, agent_id: int) -> list[CannedReply]:
    """Return the canned replies that an agent may use; those of the own department win."""
    with unit_of_work() as unit:
        serving(unit, agent_id)
        return unit.desk_notes.canned(department_of(unit, agent_id))


def list_canned(unit_of_work: OpenUnitOfWork, *, agent_id: int) -> list[CannedReply]:
    """Return the canned replies that an agent may change: all of them for those who oversee."""
    with unit_of_work() as unit:
        agent = serving(unit, agent_id)
        return unit.desk_notes.canned(None if agent.oversees else department_of(unit, agent_id))


def save_canned(
    unit_of_work: OpenUnitOfWork, *, agent_id: int, reply: CannedReply, now: datetime
) -> None:
    """Add a canned reply (id 0) or change one.

    Those who oversee change all; an agent of a department changes the department's.

    Raises:
        BadCanned: Shortcut, title or text is missing or too long.
        ShortcutTaken: The department has one with this shortcut.
        NotAllowed: It is not the agent's to change.
    """
    is_fit = (
        _SHORTCUT.fullmatch(reply.shortcut) is not None
        and len(reply.shortcut) <= MAX_SHORTCUT_LENGTH
        and 0 < len(reply.title.strip()) <= MAX_TITLE_LENGTH
        and 0 < len(reply.text.strip()) <= MAX_CANNED_LENGTH
    )
    if not is_fit:
        raise BadCanned
    with unit_of_work() as unit:
        _check_canned(unit, agent_id, reply.department_id)
        unit.desk_notes.save_canned(reply, agent_id=agent_id, now=now)
        unit.people.add_audit(AuditEntry(now, agent_id, "canned_saved", reply.shortcut))


def _check_canned(unit: UnitOfWork, agent_id: int, department_id: str) -> None:
    agent = serving(unit, agent_id)
    is_own = bool(department_id) and agent.department_id == department_id
    if not (agent.oversees or is_own):
        raise NotAllowed


def drop_canned(
    unit_of_work: OpenUnitOfWork, *, agent_id: int, reply_id: int, now: datetime
) -> None:
    """Take a canned reply away; raises `NotAllowed`."""
    with unit_of_work() as unit:
        found = [one for one in unit.desk_notes.canned(None) if one.id == reply_id]
        for one in found:
            _check_canned(unit, agent_id, one.department_id)
            unit.desk_notes.drop_canned(one.id)
            unit.people.add_audit(AuditEntry(now, agent_id, "canned_dropped", one.shortcut))


def saved_filters(unit_of_work: OpenUnitOfWork, *, agent_id: int) -> Sequence[SavedFilter]:
    """Return the agent's saved filters."""
    with unit_of_work() as unit:
        return unit.desk_notes.filters(agent_id)


def save_filter(
    unit_of_work: OpenUnitOfWork, *, agent_id: int, name: str, query: Mapping[str, str]
) -> None:
    """Keep a filter under a name; the same name again replaces it.

    Raises:
        BadFilter: The name is empty or too long, nothing is filtered, or there are too many.
    """
    cleaned = name.strip()
    kept = {key: value.strip() for key, value in query.items() if key in FILTER_KEYS}
    kept = {key: value for key, value in kept.items() if value}
    if not 0 < len(cleaned) <= MAX_FILTER_NAME or not kept:
        raise BadFilter
    with unit_of_work() as unit:
        serving(unit, agent_id)
        if unit.desk_notes.count_filters(agent_id) >= MAX_FILTERS:
            raise BadFilter
        unit.desk_notes.save_filter(agent_id, cleaned, kept)


def drop_filter(unit_of_work: OpenUnitOfWork, *, agent_id: int, name: str) -> None:
    """Forget a filter."""
    with unit_of_work() as unit:
        unit.desk_notes.drop_filter(agent_id, name)
