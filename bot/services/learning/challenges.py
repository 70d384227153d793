"""Challenged answers: kept with what the bot had said, looked up, answered, the fact marked."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain.catalogue import Catalogue
from bot.domain.challenges import (
    MAX_QUOTE_LENGTH,
    MAX_REPLY_LENGTH,
    BadReply,
    Challenge,
    ChallengeClosed,
    ChallengeState,
    NewChallenge,
    UnknownChallenge,
)
from bot.domain.conversations import Author, Reply
from bot.domain.fact_checks import MAX_NOTE_LENGTH, CheckResult, FactCheck, FactKey
from bot.domain.feedback import FeedbackState
from bot.domain.handovers import DeskTexts
from bot.domain.people import Agent, AuditEntry, NotAllowed
from bot.domain.permissions import Permission
from bot.services.conversations.telling import tell
from bot.services.feedback.feedback import step
from bot.services.learning.fact_checks import EVER, key_of
from bot.services.learning.stale_facts import stale_facts
from bot.services.ports import OpenUnitOfWork, UnitOfWork
from bot.services.times.local_time import local_day

UNANSWERED = frozenset({FeedbackState.RECEIVED, FeedbackState.IN_PROGRESS})
SHOWN = 60
ONE_STORY = timedelta(hours=1)
FACTS = {"fee": "fee", "time_limit": "promised", "materials": "whole"}
"""Which fact of a matter a question is about; every other question is about the whole."""


@dataclass(frozen=True)
class Found:
    """What was found about a challenge, and what the applicant is told."""

    state: ChallengeState
    reply: str


def open_challenge(unit_of_work: OpenUnitOfWork, challenge: NewChallenge) -> int:
    """Keep what somebody doubts; the same origin again returns the first one."""
    kept = NewChallenge(
        **{
            **vars(challenge),
            "answer": challenge.answer[:MAX_QUOTE_LENGTH],
            "said": challenge.said[:MAX_QUOTE_LENGTH],
        }
    )
    with unit_of_work() as unit:
        return unit.challenges.add(kept)


def name_challenge(
    unit_of_work: OpenUnitOfWork, *, conversation_id: str, number: str, said: str, now: datetime
) -> None:
    """Note the number under which the applicant asks for the answer, and the fuller words.

    A suggestion long after the doubt (`ONE_STORY`) is about something else.
    """
    with unit_of_work() as unit:
        found = unit.challenges.newest_open(conversation_id)
        if found is not None and not found.number and now - found.new.opened_at <= ONE_STORY:
            unit.challenges.name(found.id, number, said[:MAX_QUOTE_LENGTH])


def list_challenges(
    unit_of_work: OpenUnitOfWork, *, is_open: bool
) -> tuple[Sequence[Challenge], int]:
    """Return the open or the answered ones, and how many are open."""
    with unit_of_work() as unit:
        return unit.challenges.list(is_open=is_open, limit=SHOWN), unit.challenges.count_open()


def answer_challenge(
    unit_of_work: OpenUnitOfWork,
    catalogue: Catalogue,
    *,
    agent: Agent,
    challenge_id: int,
    found: Found,
    now: datetime,
    texts: DeskTexts,
) -> Challenge:
    """Answer a challenge: in the conversation, under its number, and as a mark on the fact.

    A fact of which the answer was wrong stands on top of the catalogue's page until its file is
    newer.

    Raises:
        NotAllowed: This role does not check facts.
        UnknownChallenge: No such challenge.
        ChallengeClosed: Somebody else was faster.
        BadReply: Nothing was found, or the words are missing or too long.
    """
    if not agent.may(Permission.CHECK_FACTS):
        raise NotAllowed
    reply = found.reply.strip()
    if found.state is ChallengeState.OPEN or not 0 < len(reply) <= MAX_REPLY_LENGTH:
        raise BadReply
    with unit_of_work() as unit:
        challenge = unit.challenges.get(challenge_id)
        if challenge is None:
            raise UnknownChallenge
        if not unit.challenges.close(
            challenge_id, state=found.state, reply=reply, by=agent.id, now=now
        ):
            raise ChallengeClosed
        _answer_feedback(unit, challenge, agent, reply, now)
        if found.state is ChallengeState.WRONG:
            key = fact_of(catalogue, challenge, now)
            if key is not None:
                note, by = reply[:MAX_NOTE_LENGTH], f"agent:{agent.id}"
                unit.fact_checks.add(FactCheck(key, CheckResult.CHANGED, note, now, by))
        subject = f"challenge:{challenge_id}"
        entry = AuditEntry(now, agent.id, "challenge_answered", subject, found.state.value)
        unit.people.add_audit(entry)
        told = texts.challenge_answered.format(said=_quote(challenge.new.said), reply=reply)
        line = Reply(text=told, author=Author.SYSTEM)
        tell(unit, challenge.new.conversation_id, line, now)
    return challenge


def _answer_feedback(
    unit: UnitOfWork, challenge: Challenge, agent: Agent, reply: str, now: datetime
) -> None:
    feedback = unit.feedback.by_number(challenge.number) if challenge.number else None
    if feedback is None or feedback.state not in UNANSWERED:
        return  # an answer is on its way by the desk of complaints
    actor = f"agent:{agent.id}"
    step(unit, feedback, FeedbackState.CHECKING, actor=actor, reason="", now=now)
    checking = replace(feedback, state=FeedbackState.CHECKING)
    # whoever checks facts has checked this one
    step(unit, checking, FeedbackState.ANSWERED, actor=actor, reason=reply, now=now)


def fact_of(catalogue: Catalogue, challenge: Challenge, now: datetime) -> FactKey | None:
    """Return the fact of the catalogue that a challenge is about, None when that is not known."""
    matter_id = challenge.new.matter_id
    if matter_id not in catalogue.matters:
        return None
    known = {key_of(one) for one in stale_facts(catalogue, local_day(now), EVER)}
    narrow = FactKey("matter", matter_id, FACTS.get(challenge.new.topic, "whole"), "")
    return narrow if narrow in known else FactKey("matter", matter_id, "whole", "")


def _quote(said: str) -> str:
    line = " ".join(said.split())
    return line if len(line) <= 40 else f"{line[:40]}…"  # noqa: PLR2004 - characters of a quotation
