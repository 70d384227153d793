"""Invites people to review what is over: once a service, on the channel used last."""

from dataclasses import dataclass, fields
from datetime import datetime, timedelta

from bot.domain.case_rules import CaseRules
from bot.domain.conversations import Author, Button, Reply
from bot.domain.reviews import TargetKind
from bot.services.local_time import LOCAL
from bot.services.ports import OpenUnitOfWork
from bot.services.review_ports import Ended
from bot.services.telling import tell

BACK = timedelta(days=3)
"""What ended earlier is not asked about any more, e.g. after a long stop."""


@dataclass(frozen=True)
class InvitationTexts:
    """The words, from `data/services/review_invitation.yml`; the file says what each holds."""

    case: str
    booking: str
    good_title: str
    good_payload: str
    bad_title: str
    bad_payload: str
    other_title: str
    other_payload: str

    @classmethod
    def keys(cls) -> frozenset[str]:
        """Return the names of all texts."""
        return frozenset(one.name for one in fields(cls))


def invite_all(
    unit_of_work: OpenUnitOfWork,
    reading: OpenUnitOfWork,
    *,
    texts: InvitationTexts,
    rules: CaseRules,
    now: datetime,
) -> tuple[str, ...]:
    """Invite for everything that has ended; returns the conversations in which it was said.

    Only people who follow the case or have booked are asked: they have agreed to be told. In the
    quiet hours nobody is asked; it waits. Note and words are one transaction, so that of two clocks
    at once one asks.
    """
    if rules.quiet.covers(now.astimezone(LOCAL)):
        return ()
    with reading() as unit:
        waiting = unit.review_codes.to_invite(now - BACK, now)
    told = []
    for one in waiting:
        with unit_of_work() as unit:
            if unit.review_codes.invite(one, now) and tell(
                unit, one.conversation_id, invitation(texts, one), now
            ):
                told.append(unit.links.used_last(one.conversation_id))
    return tuple(told)


def invitation(texts: InvitationTexts, one: Ended) -> Reply:
    """Return the words and buttons of an invitation."""
    words = texts.case if one.kind is TargetKind.CASE else texts.booking
    what = one.what or f"{one.at.astimezone(LOCAL):%-m 月 %-d 日}"
    pairs = (
        (texts.good_title, texts.good_payload),
        (texts.bad_title, texts.bad_payload),
        (texts.other_title, texts.other_payload),
    )
    return Reply(
        text=words.format(number=one.number, what=what),
        buttons=tuple(
            Button(title, payload.replace("{number}", one.number)) for title, payload in pairs
        ),
        author=Author.SYSTEM,
    )
