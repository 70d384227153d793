"""Tells those who follow a case that it has moved; the clock calls this every few seconds."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.cases import CASE_STATE_LABELS, CaseState, Notice
from bot.domain.conversations import Author, Button, Reply, UnknownConversation
from bot.services.ports import OpenUnitOfWork, UnitOfWork

BATCH = 100
"""Notices told in one round; the rest is told in the next."""


@dataclass(frozen=True)
class CaseNewsTexts:
    """The words, from `data/services/case_news.yml`.

    Attributes:
        moved: With {number}, {matter} and {state}.
        reason: With {reason}; said when the department has said something.
        missing: With {papers}; said when papers have to be handed in.
        show_title: Title of the button that shows the case.
        show_payload: What the button sends.
        supplement_title: Title of the button that hands in missing papers of an application.
        supplement_payload: What that button sends.
    """

    moved: str
    reason: str
    missing: str
    show_title: str
    show_payload: str
    supplement_title: str
    supplement_payload: str


def announce_moves(
    unit_of_work: OpenUnitOfWork, *, texts: CaseNewsTexts, now: datetime, limit: int = BATCH
) -> tuple[str, ...]:
    """Write a line for every move that a follower has not heard of; returns the conversations.

    The line and the mark "told" are one transaction, one for each notice: two clocks at once tell
    everything once, and one that is cut off goes on where it stopped. A conversation that is gone
    is marked as told.

    Args:
        unit_of_work: Opens the transactions.
        texts: The words.
        now: Aware UTC.
        limit: At most so many lines.
    """
    with unit_of_work() as uow:
        notices = uow.cases.unannounced(limit)
    told: dict[str, None] = {}
    for notice in notices:
        with unit_of_work() as uow:
            if uow.cases.announce(notice) and _tell(uow, notice, texts, now):
                told[notice.conversation_id] = None
    return tuple(told)


def _tell(uow: UnitOfWork, notice: Notice, texts: CaseNewsTexts, now: datetime) -> bool:
    try:
        uow.conversations.get(notice.conversation_id)
    except UnknownConversation:
        return False
    buttons = [Button(texts.show_title, texts.show_payload)]
    case = uow.cases.by_number(notice.case_number)
    is_asked = notice.event.to is CaseState.RECTIFICATION
    if case and is_asked and uow.applications.by_case(case.id):
        buttons.insert(0, Button(texts.supplement_title, texts.supplement_payload))
    # a system line: it may stand between what an agent and the applicant say
    reply = Reply(_words(uow, notice, texts), tuple(buttons), author=Author.SYSTEM)
    uow.conversations.add_message(notice.conversation_id, reply, now=now)
    return True


def _words(uow: UnitOfWork, notice: Notice, texts: CaseNewsTexts) -> str:
    event = notice.event
    state = CASE_STATE_LABELS[event.to] if event.to else ""
    lines = [texts.moved.format(number=notice.case_number, matter=notice.matter_name, state=state)]
    if event.reason:
        lines.append(texts.reason.format(reason=event.reason))
    case = uow.cases.by_number(notice.case_number)
    if case and case.missing and event.to is CaseState.RECTIFICATION:
        lines.append(texts.missing.format(papers="、".join(case.missing)))
    return "\n".join(lines)
