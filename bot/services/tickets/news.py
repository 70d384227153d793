"""Tells a business what has happened to its whistle; called by the clock."""

from dataclasses import dataclass, fields
from datetime import datetime

from bot.domain.case_rules import CaseRules
from bot.domain.catalogue import Catalogue
from bot.domain.conversations import Author, Button, Reply, UnknownConversation
from bot.domain.ticket_clocks import CLOCK_LABELS
from bot.domain.ticket_lists import TicketNotice
from bot.domain.tickets import (
    TICKET_STATE_LABELS,
    Ticket,
    TicketEvent,
    TicketEventKind,
    TicketState,
)
from bot.services.ports import OpenUnitOfWork, UnitOfWork
from bot.services.times.local_time import LOCAL

BATCH = 100
"""Conversations told in one round; the rest is told in the next."""

LONGEST_REASON = 1500
"""Characters of an answer in one line of the chat; the page shows all of it."""

WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True)
class TicketNewsTexts:
    """The words, from `data/services/ticket_news.yml`; the file says what each holds."""

    moved: str
    dispatched: str
    reported_in: str
    contacted: str
    waiting: str
    extension_asked: str
    extended: str
    not_extended: str
    answered: str
    answered_again: str
    returned: str
    left: str
    breached: str
    raised: str
    reopened: str
    closed: str
    reason: str
    provisional: str
    show_title: str
    show_payload: str
    supplement_title: str
    supplement_payload: str
    solved_title: str
    solved_payload: str
    unsolved_title: str
    unsolved_payload: str
    complain_title: str
    complain_payload: str

    @classmethod
    def keys(cls) -> frozenset[str]:
        """Return the names of all texts."""
        return frozenset(one.name for one in fields(cls))


SAYS_REASON = frozenset({"waiting", "answered", "answered_again"})
"""Texts that hold the reason themselves."""

BY_STATE = {
    TicketState.DISPATCHED: "dispatched",
    TicketState.REPORTED_IN: "reported_in",
    TicketState.WAITING: "waiting",
    TicketState.EXTENSION_REQUESTED: "extension_asked",
    TicketState.RETURNED: "returned",
    TicketState.CLOSED: "closed",
}
BY_KIND = {
    TicketEventKind.REPORTED_IN: "reported_in",
    TicketEventKind.DEPARTMENT_LEFT: "left",
    TicketEventKind.EXTENDED: "extended",
    TicketEventKind.NOT_EXTENDED: "not_extended",
    TicketEventKind.BREACHED: "breached",
    TicketEventKind.RAISED: "raised",
    TicketEventKind.REOPENED: "reopened",
}


def announce_steps(
    unit_of_work: OpenUnitOfWork,
    *,
    texts: TicketNewsTexts,
    rules: CaseRules,
    catalogue: Catalogue,
    now: datetime,
    limit: int = BATCH,
) -> tuple[str, ...]:
    """Write a line for every step that has not been told; returns the conversations told.

    In the quiet hours nobody is told; the news wait. The lines and the mark "told" are one
    transaction for each conversation, whose news are held: two clocks at once tell every step once
    and in order. News of a conversation that is gone count as told.
    """
    if rules.quiet.covers(now.astimezone(LOCAL)):
        return ()
    with unit_of_work() as uow:
        waiting = uow.ticket_notices.waiting(limit)
    told = []
    for conversation_id in waiting:
        with unit_of_work() as uow:
            if _tell(uow, conversation_id, texts, catalogue, now):
                told.append(conversation_id)
    return tuple(told)


def _tell(
    uow: UnitOfWork,
    conversation_id: str,
    texts: TicketNewsTexts,
    catalogue: Catalogue,
    now: datetime,
) -> bool:
    notices = uow.ticket_notices.take(conversation_id)
    if not notices:
        return False
    uow.ticket_notices.mark_told([notice.id for notice in notices], now)
    try:
        uow.conversations.get(conversation_id)
    except UnknownConversation:
        return False
    for notice in notices:
        ticket = uow.tickets.by_number(notice.ticket_number)
        assert ticket is not None
        reply = _line(notice, ticket, texts, catalogue)
        uow.conversations.add_message(uow.links.used_last(conversation_id), reply, now=now)
    return True


def _line(
    notice: TicketNotice, ticket: Ticket, texts: TicketNewsTexts, catalogue: Catalogue
) -> Reply:
    name = _text_name(notice.event, ticket)
    words = _words(name, notice.event, ticket, texts, catalogue)
    buttons = [Button(title, payload) for title, payload in _buttons(name, texts)]
    pressed = tuple(
        Button(one.title, one.payload.replace("{number}", ticket.number)) for one in buttons
    )
    # a system line: it may stand between what an agent and the business say
    return Reply(words, pressed, author=Author.SYSTEM)


def _text_name(event: TicketEvent, ticket: Ticket) -> str:
    if event.kind in BY_KIND:
        return BY_KIND[event.kind]
    if event.to is TicketState.ANSWERED:
        return "answered_again" if ticket.round else "answered"
    if event.to is TicketState.IN_PROGRESS and event.seen is TicketState.REPORTED_IN:
        return "contacted"
    return BY_STATE.get(event.to, "moved") if event.to else "moved"


def _words(
    name: str,
    event: TicketEvent,
    ticket: Ticket,
    texts: TicketNewsTexts,
    catalogue: Catalogue,
) -> str:
    departments = [one.department_id for one in ticket.departments]
    if event.to is not TicketState.DISPATCHED:
        leading = ticket.leading.department_id if ticket.leading else None
        departments = [one for one in (event.department_id or leading,) if one]
    due = ticket.answer_due
    text = str(getattr(texts, name)).format(
        number=ticket.number,
        state=TICKET_STATE_LABELS[event.to] if event.to else "",
        reason=event.reason[:LONGEST_REASON],
        who="、".join(catalogue.department(one).name for one in departments) or "部门",
        clock=CLOCK_LABELS[event.clock] if event.clock else "",
        due=_moment(due.at) + (texts.provisional if due.provisional else ""),
        days=event.days or 0,
    )
    is_machine = event.clock is not None
    if event.reason and name not in SAYS_REASON and not is_machine:
        text += "\n" + texts.reason.format(reason=event.reason[:LONGEST_REASON])
    return text


def _buttons(name: str, texts: TicketNewsTexts) -> list[tuple[str, str]]:
    show = (texts.show_title, texts.show_payload)
    if name == "waiting":
        return [(texts.supplement_title, texts.supplement_payload), show]
    solved = (texts.solved_title, texts.solved_payload)
    unsolved = (texts.unsolved_title, texts.unsolved_payload)
    if name == "answered":
        return [solved, unsolved, show]
    if name == "answered_again":
        return [solved, unsolved, (texts.complain_title, texts.complain_payload), show]
    return [show]


def _moment(at: datetime) -> str:
    local = at.astimezone(LOCAL)
    return (
        f"{local.year}年{local.month}月{local.day}日（周{WEEKDAYS[local.weekday()]}）{local:%H:%M}"
    )
