"""Listening to the platform: pushed changes, polled ones, gaps, and look-ups that wait.

Everything here may run in several hubs at once: work is claimed with a time, each entry has its
place in the history of its case, and an answer is told by whoever takes the look-up away.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from bot.domain.cases import Case
from bot.domain.conversations import Author, Reply, UnknownConversation
from bot.planner.calendar import WorkingCalendar
from bot.services.cases.access import Question, shown
from bot.services.cases.mine import MyCases, mirrored, open_to, page_of
from bot.services.cases.views import CaseView
from bot.services.platform.errors import (
    CursorGone,
    GrantRefused,
    PlatformTrouble,
    UnknownToPlatform,
)
from bot.services.platform.lookup import Platform, settle
from bot.services.platform.mirror import Mirror, Taken, mirror_case, take_event
from bot.services.platform.ports import Ask, Copy, PlatformCase, PlatformEvent
from bot.services.ports import Clock, OpenUnitOfWork, UnitOfWork

CLAIM = timedelta(seconds=90)
"""Longer than any call: nobody else takes the same work meanwhile."""

CALL_S = 60.0
"""Nobody waits for these calls; a platform that takes 40 s is still heard."""

POLL_CALL_S = 10.0
AGAIN = timedelta(seconds=5)
BATCH = 4
MOST_PAGES = 50
NONCE_LIFE = timedelta(minutes=15)

log = structlog.get_logger()

Render = Callable[[CaseView], Reply]
"""Makes the line that shows a case."""

RenderList = Callable[[MyCases], Reply]
"""Makes the line that lists somebody's cases."""


@dataclass(frozen=True)
class FeedTexts:
    """Words of what the platform answers late, from `data/services/platform.yml`.

    Attributes:
        answered: Before the case that was asked for.
        not_found: With {number}; unknown, or not proven.
        gave_up: With {number}; the platform did not answer within a quarter of an hour.
        answered_mine: Before the list of somebody's cases.
        not_found_mine: The platform has none of this applicant, or it was not proven.
        gave_up_mine: No answer within a quarter of an hour to who asked for the list.
    """

    answered: str
    not_found: str
    gave_up: str
    answered_mine: str
    not_found_mine: str
    gave_up_mine: str


Answer = Callable[[UnitOfWork], Reply]
"""Writes down what the platform said, and makes the line that tells it."""


@dataclass(frozen=True)
class Feed:
    """What listening needs."""

    unit_of_work: OpenUnitOfWork
    platform: Platform
    calendar: WorkingCalendar
    now: Clock
    poll_every: timedelta
    texts: FeedTexts
    render: Render
    render_list: RenderList


def take_push(feed: Feed, event: PlatformEvent, nonce: str) -> Taken | None:
    """Take a pushed change in one transaction; None when its message was taken before.

    A platform that sends a change again signs it anew: that is no replay, and changes nothing.
    """
    now = feed.now()
    with feed.unit_of_work() as uow:
        if not uow.platform.use_nonce(nonce, now, now + NONCE_LIFE):
            return None
        return take_event(_mirror(uow, feed, now), event)


def poll_changes(feed: Feed) -> bool:
    """Read what has changed, if it is this hub's turn; tells whether a copy has to be fetched."""
    now = feed.now()
    with feed.unit_of_work() as uow:
        if not uow.platform.claim_poll(now, now + feed.poll_every):
            return False
        cursor = uow.platform.cursor()
    is_wanted = False
    for _ in range(MOST_PAGES):
        try:
            page = feed.platform.client.changes(cursor, within_s=POLL_CALL_S)
        except CursorGone:
            log.warning("platform_cursor_gone")
            with feed.unit_of_work() as uow:
                uow.platform.set_cursor(None, None)
            return False
        except PlatformTrouble:
            return is_wanted
        with feed.unit_of_work() as uow:
            if cursor is None:
                # what changed before anybody listened is found by looking
                uow.platform.want_all(now)
                is_wanted = True
            for change in page.changes:
                is_wanted |= uow.platform.want(change.number, change.sequence, now)
            uow.platform.set_cursor(page.cursor, None if page.has_more else now)
        cursor = page.cursor
        if not page.has_more:
            break
    return is_wanted


def claim_copies(feed: Feed) -> Sequence[Copy]:
    """Return copies that have to be fetched, for `fetch_copy`."""
    now = feed.now()
    with feed.unit_of_work() as uow:
        return uow.platform.claim_due(now, now + CLAIM, BATCH)


def fetch_copy(feed: Feed, copy: Copy) -> bool:
    """Fetch a case whose copy lacks an entry; tells whether that was possible."""
    try:
        told = feed.platform.client.refresh(copy.number, copy.grant, within_s=CALL_S)
    except PlatformTrouble:
        with feed.unit_of_work() as uow:
            uow.platform.retry(copy.case_id, feed.now() + AGAIN)
        return False
    except (GrantRefused, UnknownToPlatform) as error:
        log.warning("platform_case_refused", case_id=copy.case_id, error=type(error).__name__)
        with feed.unit_of_work() as uow:
            uow.platform.save(copy, None)
        return False
    now = feed.now()
    with feed.unit_of_work() as uow:
        mirror_case(_mirror(uow, feed, now), told)
    return True


def claim_asks(feed: Feed) -> Sequence[Ask]:
    """Return look-ups that wait, for `answer_ask`."""
    now = feed.now()
    with feed.unit_of_work() as uow:
        return uow.platform.claim_asks(now, now + CLAIM, BATCH)


def answer_ask(feed: Feed, ask: Ask) -> bool:
    """Ask again for somebody who waits; tells whether there was an answer to tell."""
    try:
        answer = _answer_list(feed, ask) if ask.phone else _answer_one(feed, ask)
    except PlatformTrouble:
        with feed.unit_of_work() as uow:
            uow.platform.retry_ask(ask.id, feed.now() + AGAIN)
        return False
    with feed.unit_of_work() as uow:
        return uow.platform.end_ask(ask.id) and _say(uow, ask, answer(uow), feed.now())


def _answer_one(feed: Feed, ask: Ask) -> Answer:
    told = _asked_again(feed, ask)

    def answer(uow: UnitOfWork) -> Reply:
        asked = Question(ask.number, ask.proof or None, ask.conversation_id, feed.now())
        view = _settled(uow, feed, asked, told)
        if view is None:
            return Reply(feed.texts.not_found.format(number=ask.number))
        return _after(feed.texts.answered, feed.render(view))

    return answer


def _answer_list(feed: Feed, ask: Ask) -> Answer:
    try:
        told = feed.platform.client.cases_of(ask.phone or "", ask.proof, within_s=CALL_S)
    except UnknownToPlatform:
        told = ()

    def answer(uow: UnitOfWork) -> Reply:
        now, who = feed.now(), ask.conversation_id
        numbers = list(mirrored(uow, feed.platform, told, now))
        if not numbers:
            return Reply(feed.texts.not_found_mine)
        open_to(uow, numbers, who, now)
        return _after(feed.texts.answered_mine, feed.render_list(page_of(uow, who, 0, now)))

    return answer


def _after(text: str, shown_below: Reply) -> Reply:
    return Reply(f"{text}\n{shown_below.text}", shown_below.buttons)


def give_up_asks(feed: Feed) -> Sequence[str]:
    """Tell those who have waited too long; returns their conversations."""
    now = feed.now()
    with feed.unit_of_work() as uow:
        expired = uow.platform.expire_asks(now)
        for ask in expired:
            text = feed.texts.gave_up_mine if ask.phone else feed.texts.gave_up
            _say(uow, ask, Reply(text.format(number=ask.number)), now)
    return [ask.conversation_id for ask in expired]


def _asked_again(feed: Feed, ask: Ask) -> PlatformCase | None:
    client = feed.platform.client
    try:
        if ask.proof:
            return client.find(ask.number, ask.proof, within_s=CALL_S)
        with feed.unit_of_work() as uow:
            copy = uow.platform.lock(ask.number)
        return client.refresh(ask.number, copy.grant, within_s=CALL_S) if copy else None
    except (UnknownToPlatform, GrantRefused):
        return None


def _settled(
    uow: UnitOfWork, feed: Feed, asked: Question, told: PlatformCase | None
) -> CaseView | None:
    if asked.credential is not None:
        return settle(uow, asked, feed.calendar, feed.platform, told)
    if told is None:
        return None
    case: Case = mirror_case(_mirror(uow, feed, asked.now), told)
    if not uow.cases.is_granted(case.id, asked.conversation_id):
        return None
    return shown(uow, case, asked, feed.calendar)


def _say(uow: UnitOfWork, ask: Ask, reply: Reply, now: datetime) -> bool:
    try:
        uow.conversations.get(ask.conversation_id)
    except UnknownConversation:
        return False
    line = Reply(reply.text, reply.buttons, author=Author.SYSTEM)
    uow.conversations.add_message(ask.conversation_id, line, now=now)
    return True


def _mirror(uow: UnitOfWork, feed: Feed, now: datetime) -> Mirror:
    return Mirror(uow, feed.platform.catalogue, now, feed.platform.is_first)
