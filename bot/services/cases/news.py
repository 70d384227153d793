"""Tells those who follow a case, or have urged it, what has happened; called by the clock."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time

from bot.domain.case_rules import CaseRules
from bot.domain.case_watch import Notice
from bot.domain.cases import CASE_STATE_LABELS, CaseEventKind, CaseState
from bot.domain.conversations import Author, Button, Reply, UnknownConversation
from bot.services.ports import OpenUnitOfWork, UnitOfWork
from bot.services.times.local_time import LOCAL, at_local, local_day

BATCH = 100
"""Conversations told in one round; the rest is told in the next."""

LONGEST_DIGEST = 30
"""Cases listed in one digest; the line after them says how many more there are."""


@dataclass(frozen=True)
class CaseNewsTexts:
    """The words, from `data/services/case_news.yml`.

    Attributes:
        moved: With {number}, {matter} and {state}.
        reason: With {reason}; said when the department has said something.
        missing: With {papers}; said when papers have to be handed in.
        step: With {number}, {matter} and {step}, the step that has begun.
        escalated: With {number}, {matter} and {reason}, who has it now.
        urge_escalated: With {number}, {matter} and {reason}, who has the unanswered urge now.
        answered: With {number}, {matter} and {reason}, what the department answers to an urge.
        digest: With {count}, before the list of cases.
        digest_line: With {number}, {matter} and {state}, the latest of a case.
        digest_more: With {count}, after a list that would be too long.
        show_title: Title of the button that shows the case.
        show_payload: What the button sends; {number} is the case.
        stop_title: Title of the button that ends the subscription.
        stop_payload: What the button sends; {number} is the case.
        list_title: Title of the button that lists all cases.
        list_payload: What the button sends.
        supplement_title: Title of the button that hands in missing papers of an application.
        supplement_payload: What that button sends.
    """

    moved: str
    reason: str
    missing: str
    step: str
    escalated: str
    urge_escalated: str
    answered: str
    digest: str
    digest_line: str
    digest_more: str
    show_title: str
    show_payload: str
    stop_title: str
    stop_payload: str
    list_title: str
    list_payload: str
    supplement_title: str
    supplement_payload: str


def announce_moves(
    unit_of_work: OpenUnitOfWork,
    *,
    texts: CaseNewsTexts,
    rules: CaseRules,
    now: datetime,
    limit: int = BATCH,
) -> tuple[str, ...]:
    """Write a line for everything that has not been told; returns the conversations told.

    In the quiet hours nobody is told; the news wait. Who follows more cases than the digest's
    threshold that move on one day hears of them together. The lines and the mark "told" are one
    transaction for each conversation: two clocks at once tell everything once and in order, and one
    that is cut off goes on where it stopped. News of a conversation that is gone count as told.

    Args:
        unit_of_work: Opens the transactions.
        texts: The words.
        rules: Quiet hours and digest.
        now: Aware UTC.
        limit: At most so many conversations.
    """
    if rules.quiet.covers(now.astimezone(LOCAL)):
        return ()
    with unit_of_work() as uow:
        waiting = uow.case_notices.waiting(now, limit)
    told = []
    for conversation_id in waiting:
        with unit_of_work() as uow:
            if _tell(uow, conversation_id, texts, rules, now):
                told.append(conversation_id)
    return tuple(told)


def _tell(
    uow: UnitOfWork, conversation_id: str, texts: CaseNewsTexts, rules: CaseRules, now: datetime
) -> bool:
    notices = uow.case_notices.take(conversation_id)
    if not notices:
        return False
    ids = [notice.id for notice in notices]
    try:
        uow.conversations.get(conversation_id)
    except UnknownConversation:
        uow.case_notices.mark_told(ids, now)
        return False
    now_told, later = _sort(uow, conversation_id, notices, rules, now)
    if later:
        at = rules.digest.next_after(now.astimezone(LOCAL))
        uow.case_notices.put_off([notice.id for notice in later], at)
    is_due = any(one.digest_at is not None and one.digest_at <= now for one in now_told)
    replies = [_digest(now_told, texts)] if is_due else [_line(uow, one, texts) for one in now_told]
    for reply in replies:
        uow.conversations.add_message(uow.links.used_last(conversation_id), reply, now=now)
    uow.case_notices.mark_told([notice.id for notice in now_told], now)
    return bool(now_told)


def _sort(
    uow: UnitOfWork,
    conversation_id: str,
    notices: Sequence[Notice],
    rules: CaseRules,
    now: datetime,
) -> tuple[Sequence[Notice], Sequence[Notice]]:
    """Return what is told now and what waits for the digest.

    When the digest is due, everything is. Otherwise, when these and what was told today are of
    more cases than are told one by one, only the cases whose urge was answered are not put off:
    somebody waits for that.
    """
    if any(one.digest_at is not None and one.digest_at <= now for one in notices):
        return notices, ()
    cases = {notice.case_number for notice in notices}
    if len(cases) <= rules.digest.over_cases:
        midnight = at_local(local_day(now), time())
        cases |= uow.case_notices.told_cases(conversation_id, midnight)
    if len(cases) <= rules.digest.over_cases:
        return notices, ()
    answered = {n.case_number for n in notices if n.event.kind is CaseEventKind.URGE_ANSWERED}
    pressing = [notice for notice in notices if notice.case_number in answered]
    return pressing, [notice for notice in notices if notice.case_number not in answered]


def _digest(notices: Sequence[Notice], texts: CaseNewsTexts) -> Reply:
    latest = {notice.case_number: notice for notice in notices}
    lines = [texts.digest.format(count=len(latest))]
    lines += [
        texts.digest_line.format(number=one.case_number, matter=one.matter_name, state=_what(one))
        for one in [*latest.values()][:LONGEST_DIGEST]
    ]
    more = len(latest) - LONGEST_DIGEST
    if more > 0:
        lines.append(texts.digest_more.format(count=more))
    button = Button(texts.list_title, texts.list_payload)
    return Reply("\n".join(lines), (button,), author=Author.SYSTEM)


def _what(notice: Notice) -> str:
    event = notice.event
    # a state that only the platform knows stands in the reason
    return CASE_STATE_LABELS[event.to] if event.to else event.reason


def _line(uow: UnitOfWork, notice: Notice, texts: CaseNewsTexts) -> Reply:
    number = notice.case_number
    buttons = [
        Button(texts.show_title, texts.show_payload.replace("{number}", number)),
        Button(texts.stop_title, texts.stop_payload.replace("{number}", number)),
    ]
    if notice.event.to is CaseState.RECTIFICATION:
        case = uow.cases.by_number(number)
        if case and uow.applications.by_case(case.id):
            buttons.insert(0, Button(texts.supplement_title, texts.supplement_payload))
    # a system line: it may stand between what an agent and the applicant say
    return Reply(_words(uow, notice, texts), tuple(buttons), author=Author.SYSTEM)


def _words(uow: UnitOfWork, notice: Notice, texts: CaseNewsTexts) -> str:
    event = notice.event
    names = {"number": notice.case_number, "matter": notice.matter_name}
    if event.kind is CaseEventKind.ESCALATED:
        return texts.escalated.format(reason=event.reason, **names)
    if event.kind is CaseEventKind.URGE_ESCALATED:
        return texts.urge_escalated.format(reason=event.reason, **names)
    if event.kind is CaseEventKind.URGE_ANSWERED:
        return texts.answered.format(reason=event.reason, **names)
    case = uow.cases.by_number(notice.case_number)
    if event.kind is CaseEventKind.STEP_FINISHED:
        step = case.current_step if case else None
        lines = [texts.step.format(step=step.name if step else "", **names)]
    else:
        lines = [texts.moved.format(state=_what(notice), **names)]
    if event.reason and (event.to or event.kind is CaseEventKind.STEP_FINISHED):
        lines.append(texts.reason.format(reason=event.reason))
    if case and case.missing and event.to is CaseState.RECTIFICATION:
        lines.append(texts.missing.format(papers="、".join(case.missing)))
    return "\n".join(lines)
