"""Invites people to review what is over: once a service, on the channel used last."""

import re
from dataclasses import dataclass, fields
from datetime import datetime, timedelta

from bot.domain.case_rules import CaseRules
from bot.domain.conversations import Author, Button, Reply
from bot.domain.danger import DangerWords
from bot.domain.reviews import THIS_CONVERSATION, TargetKind
from bot.services.conversations.telling import tell
from bot.services.ports import OpenUnitOfWork, UnitOfWork
from bot.services.reviews.ports import Ended
from bot.services.times.local_time import LOCAL

BACK = timedelta(days=3)
"""What ended earlier is not asked about any more, e.g. after a long stop."""


LOOKED_AT = 2000
"""Lines of a conversation that are read for danger and insults."""


@dataclass(frozen=True)
class InvitationTexts:
    """The words, from `data/services/review_invitation.yml`; the file says what each holds."""

    case: str
    booking: str
    conversation: str
    good_title: str
    good_payload: str
    bad_title: str
    bad_payload: str
    other_title: str
    other_payload: str
    insults: str

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
    danger: DangerWords,
    now: datetime,
) -> tuple[str, ...]:
    """Invite for everything that has ended; returns the conversations in which it was said.

    Only people who follow the case or have booked are asked: they have agreed to be told; and who
    was served by a person, in that conversation, unless it was about danger, or insults. In the
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
            if (
                unit.review_codes.invite(one, now)
                and not _is_unfit(unit, one, texts, danger)
                and tell(unit, one.conversation_id, invitation(texts, one), now)
            ):
                told.append(unit.links.used_last(one.conversation_id))
    return tuple(told)


def _is_unfit(unit: UnitOfWork, one: Ended, texts: InvitationTexts, danger: DangerWords) -> bool:
    """Tell whether a talk with a person was about danger to life, or had insults in it."""
    if one.kind is not TargetKind.CONVERSATION:
        return False
    lines = unit.conversations.messages(one.conversation_id, limit=LOOKED_AT)
    said = [line.text for line in lines if line.author is Author.APPLICANT]
    return any(danger.are_in(text) or re.search(texts.insults, text) for text in said)


def invitation(texts: InvitationTexts, one: Ended) -> Reply:
    """Return the words and buttons of an invitation."""
    words = str(getattr(texts, one.kind.value))
    is_talk = one.kind is TargetKind.CONVERSATION
    number = THIS_CONVERSATION if is_talk else one.number
    what = one.what or f"{one.at.astimezone(LOCAL):%-m 月 %-d 日}"
    pairs = (
        (texts.good_title, texts.good_payload),
        (texts.bad_title, texts.bad_payload),
        (texts.other_title, texts.other_payload),
    )
    return Reply(
        text=words.format(number=number, what=what),
        buttons=tuple(
            Button(title, payload.replace("{number}", number)) for title, payload in pairs
        ),
        author=Author.SYSTEM,
    )
