"""Stories of conversations: questions, what was not understood, people asked for, ratings."""

import uuid
from datetime import datetime, timedelta
from functools import partial

from bot.domain.challenges import ChallengeState, NewChallenge
from bot.domain.conversations import Owner, Reply, TurnOutcome
from bot.domain.learning import Misread, MisreadReason
from bot.domain.people import Agent, Role
from bot.domain.quality import NewMark
from bot.domain.reports import Sign
from bot.domain.reviews import RectificationState, TargetKind
from bot.operations.demo.city import City
from bot.services.accounts import accounts
from bot.services.desk import handover, quality
from bot.services.learning import challenges
from bot.services.operating import talk_counts
from bot.services.reviews import reviews
from bot.services.reviews.desk import ReviewOffice, name_owner

GUESSES = (("ask_procedure", 0.24), ("ask_materials", 0.2))
DISTRICTS = ("371502", "371503", "371526")
SOON = timedelta(seconds=50)
SERVED_S = 420
"""How long an agent needs for a conversation, in seconds, on average."""


def _ask(city: City, at: datetime) -> str:
    """Let somebody ask the bot for something; returns the conversation."""
    asked = city.chance.choice(city.words["questions"])
    fields = {"start_business_district": city.chance.choice(DISTRICTS)}
    if asked["matter"]:
        fields["matter_id"] = asked["matter"]
    who = city.open(at)
    told = TurnOutcome((Reply(city.words["answer"]),), fields=fields)
    city.say(who, asked["text"], told, at)
    return who


def question(city: City, at: datetime) -> None:
    """Somebody asks the bot; some rate it."""
    who = _ask(city, at)
    if city.chance.random() < 0.4:  # noqa: PLR2004 - a share
        city.later(at, timedelta(minutes=3), lambda then: rate(city, who, then))


def misunderstood(city: City, at: datetime) -> None:
    """The bot does not understand, and says so."""
    lesson = Misread(MisreadReason.GUESSED, candidates=GUESSES)
    told = TurnOutcome((Reply(city.words["guess"]),), lesson=lesson)
    who = city.open(at)
    message_id = city.say(who, city.chance.choice(city.words["misunderstood"]), told, at)
    talk_counts.note_sign(
        city.app.unit_of_work,
        origin=f"{who}:{message_id}",
        conversation_id=who,
        kind=Sign.NOT_UNDERSTOOD,
        now=at,
    )


def doubted(city: City, at: datetime) -> None:
    """Somebody doubts an answer."""
    doubt = city.chance.choice(city.words["challenges"])
    who = city.open(at)
    city.say(who, doubt["said"], TurnOutcome((Reply(city.words["answer"]),)), at)
    new = NewChallenge(
        f"demo:{who}", who, doubt["answer"], doubt["said"], doubt["matter"], "materials", at
    )
    opened = challenges.open_challenge(city.app.unit_of_work, new)
    city.in_days(at, 2, partial(_checked, city, opened))


def _checked(city: City, challenge: int, at: datetime) -> None:
    challenges.answer_challenge(
        city.app.unit_of_work,
        city.app.catalogue,
        agent=city.somebody(Role.EDITOR),
        challenge_id=challenge,
        found=challenges.Found(ChallengeState.RIGHT, city.words["challenge_reply"]),
        now=at,
        texts=city.texts,
    )


def asks_for_person(city: City, at: datetime, *, is_served: bool = True) -> None:
    """Somebody asks for a person, waits, is served, and rates."""
    who = _wait(city, at)
    if is_served:
        waits = timedelta(seconds=city.chance.randrange(20, 600))
        city.later(at, waits, lambda then: _serve(city, who, then))


def is_talked_to(city: City, agent: Agent, at: datetime) -> None:
    """Somebody asks for a person, is served soon, and the two are talking still."""
    who = _wait(city, at)
    _answer(city, who, agent, at + SOON)


def _wait(city: City, at: datetime) -> str:
    """Let somebody ask for something and then for a person; returns the conversation."""
    who = _ask(city, at)
    told = TurnOutcome(
        (Reply(city.words["to_person"]),), owner=Owner.WAITING, handoff_reason="asked"
    )
    city.say(who, city.words["ask_person"], told, at)
    return who


def _serve(city: City, who: str, at: datetime) -> None:
    agent = city.somebody(Role.AGENT)
    _answer(city, who, agent, at)
    lasts = timedelta(seconds=city.chance.randrange(SERVED_S // 2, SERVED_S * 2))
    city.later(at, lasts, lambda then: _end(city, who, agent.id, then))


def _answer(city: City, who: str, agent: Agent, at: datetime) -> None:
    store = city.app.unit_of_work
    accounts.heartbeat(store, agent_id=agent.id, now=at, is_available=True)
    handover.claim(store, conversation_id=who, agent_id=agent.id, now=at, texts=city.texts)
    for text in city.words["agent_says"][: city.chance.randrange(1, 3)]:
        handover.reply(
            store,
            conversation_id=who,
            agent_id=agent.id,
            text=text,
            client_id=uuid.uuid4().hex,
            now=at + timedelta(seconds=30),
        )


def _end(city: City, who: str, agent_id: int, at: datetime) -> None:
    reason = city.words["ended"]
    handover.close(
        city.app.unit_of_work,
        conversation_id=who,
        agent_id=agent_id,
        now=at,
        texts=city.texts,
        reason=reason,
    )
    city.later(at, timedelta(minutes=2), lambda then: rate(city, who, then))
    if city.chance.random() < 0.15:  # noqa: PLR2004 - a share
        city.later(at, timedelta(hours=3), lambda then: _mark(city, who, then))


def _mark(city: City, who: str, at: datetime) -> None:
    is_good = city.chance.random() < 0.7  # noqa: PLR2004 - a share
    remark = "" if is_good else city.words["mark_remark"]
    quality.mark_conversation(
        city.app.unit_of_work,
        agent=city.somebody(Role.SUPERVISOR),
        conversation_id=who,
        mark=NewMark(answers=True, names_basis=is_good, says_next=True, remark=remark),
        now=at,
    )


def rate(city: City, who: str, at: datetime) -> None:
    """Somebody rates a conversation; a bad rating is followed up."""
    given = city.chance.choice(city.words["reviews"])
    rated = reviews.rate(
        city.app.unit_of_work,
        origin=f"demo:{who}:review",
        conversation_id=who,
        target_kind=TargetKind.CONVERSATION,
        target_id=who,
        level=given["level"],
        comment=given["text"],
        now=at,
        calendar=city.app.calendar,
        catalogue=city.app.catalogue,
    )
    task = rated.rectification
    if task is None:
        return
    boss = next(one for one in city.people.values() if one.role is Role.SUPERVISOR)
    office = ReviewOffice(city.app.unit_of_work, boss, at, city.app.catalogue)
    name_owner(office, task.id, boss.id)
    steps = (RectificationState.FOLLOWED_UP, RectificationState.RECTIFIED)
    for days, (state, reason) in enumerate(zip(steps, city.words["rectified"], strict=True), 1):

        def move(then: datetime, state: RectificationState = state, reason: str = reason) -> None:
            reviews.advance_rectification(
                city.app.unit_of_work,
                rectification_id=task.id,
                state=state,
                actor=f"agent:{city.somebody(Role.SUPERVISOR).id}",
                reason=reason,
                now=then,
            )

        city.in_days(at, days, move)
