"""Codes to review with, printed for one service, and invitations to do it in the chat."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy.engine import Engine

from bot.domain.cases import Case, CaseState
from bot.domain.people import Agent, NotAllowed, Role
from bot.domain.review_codes import (
    LASTS,
    MOST_FAILURES,
    CodeLocked,
    CodeUsed,
    NothingToReview,
    NotYours,
    TooManyCodes,
    UnknownCode,
)
from bot.domain.reviews import AlreadyRated, Rating, TargetKind
from bot.domain.short_links import TooManyLookups
from bot.services.conversations.conversations import open_web_conversation
from bot.services.desk import handover
from bot.services.operating.talk_counts import mark_test
from bot.services.reviews import codes as review_codes
from bot.services.reviews.codes import (
    MAX_WRONG_CODES,
    CodedReview,
    ReviewSite,
    make_code,
    read_target,
    review_by_code,
)
from bot.services.reviews.invitations import invite_all
from bot.settings import ROOT
from bot.store.hub_texts import load_hub_texts
from bot.store.review_texts import load_invitation
from tests.casework_factories import (
    NOW,
    PHONE,
    calendar,
    case,
    case_rules,
    catalogue,
    local,
    opened,
    rules,
)
from tests.desk_cast import Cast, texts
from tests.service_factories import OpenUnit

TEXTS = load_invitation(ROOT / "data" / "services")
DANGER = load_hub_texts(ROOT / "data").danger


def closed(units: OpenUnit, *, at: datetime = NOW) -> Case:
    """Return a case of 李雷's that is over."""
    states = (CaseState.ACCEPTED, CaseState.UNDER_REVIEW, CaseState.COMPLETED)
    return case(units, *((state, at) for state in states), at=at)


def printed(units: OpenUnit, made: Case, name: str = "hanmeimei") -> str:
    agent = Cast(units).agent(name)
    return make_code(units, agent=agent, text=made.number, now=NOW)


def review(
    units: OpenUnit, code: str, digits: str = PHONE[-4:], level: int = 1, *, at: datetime = NOW
) -> Rating:
    site = ReviewSite(units, calendar(), catalogue(), rules())
    given = CodedReview(code, digits, level, "等得太久")
    return review_by_code(site, given, client="10.0.0.1", now=at)


def test_a_code_reviews_its_service_once_and_opens_the_task(engine: Engine) -> None:
    units = opened(engine)
    made = closed(units)
    code = printed(units, made)
    done = review(units, code.upper())

    assert done.review.comment == "等得太久"
    assert done.rectification is not None
    assert done.rectification.department_id == made.department_id
    with pytest.raises(CodeUsed):
        review(units, code, level=5)


def test_a_second_code_for_the_same_service_adds_no_second_vote(engine: Engine) -> None:
    units = opened(engine)
    made = closed(units)
    first, second = printed(units, made), printed(units, made, "lilei")
    review(units, first, level=5)
    with pytest.raises(AlreadyRated):
        review(units, second)


def test_somebody_elses_case_is_refused_and_a_few_guesses_close_the_code(engine: Engine) -> None:
    units = opened(engine)
    code = printed(units, closed(units))
    for _ in range(MOST_FAILURES):
        with pytest.raises(NotYours):
            review(units, code, digits="0000")
    with pytest.raises(CodeLocked):
        review(units, code)


def test_codes_cannot_be_guessed_from_one_place(engine: Engine) -> None:
    units = opened(engine)
    for at in range(MAX_WRONG_CODES):
        with pytest.raises(UnknownCode):
            review(units, f"nosuchcode{at}")
    with pytest.raises(TooManyLookups):
        review(units, "nosuchcode")


def test_a_code_that_is_too_old_is_unknown(engine: Engine) -> None:
    units = opened(engine)
    code = printed(units, closed(units))
    with pytest.raises(UnknownCode):
        review(units, code, at=NOW + LASTS + timedelta(seconds=1))


def test_there_is_no_code_for_what_is_not_over_or_not_there(engine: Engine) -> None:
    units = opened(engine)
    agent = Cast(units).agent()
    for text in (case(units).number, "371500209911220001", "你好"):
        with pytest.raises(NothingToReview):
            make_code(units, agent=agent, text=text, now=NOW)


def test_printing_is_limited_noted_and_not_for_everybody(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    units = opened(engine)
    made = closed(units)
    agent = Cast(units).agent()
    monkeypatch.setattr(review_codes, "MOST_A_DAY", 1)
    make_code(units, agent=agent, text=made.number, now=NOW)
    with pytest.raises(TooManyCodes):
        make_code(units, agent=agent, text=made.number, now=NOW)
    with pytest.raises(NotAllowed):
        make_code(units, agent=Agent(9, "e", "赵", Role.EDITOR), text=made.number, now=NOW)
    with units() as unit:
        noted = unit.people.audit(agent_id=agent.id)
    assert [one.subject for one in noted if one.action == "review_code_made"] == [made.number]


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("cs 20261123 1", (TargetKind.TICKET, "CS-20261123-0001")),
        ("TC-20261111-0002", (TargetKind.TICKET, "TC-20261111-0002")),
        ("371500202611230017", (TargetKind.CASE, "371500202611230017")),
        ("yy-20261118-0002", (TargetKind.BOOKING, "YY-20261118-0002")),
        ("满意", None),
    ],
)
def test_a_number_says_what_is_reviewed(text: str, target: object) -> None:
    assert read_target(text) == target


def invite(units: OpenUnit, at: datetime) -> tuple[str, ...]:
    return invite_all(units, units, texts=TEXTS, rules=case_rules(), danger=DANGER, now=at)


def test_who_follows_a_case_is_invited_once_when_it_is_over(engine: Engine) -> None:
    units = opened(engine)
    made = closed(units)
    talk = open_web_conversation(units, now=NOW).conversation_id
    assert invite(units, NOW + timedelta(minutes=1)) == ()
    with units() as unit:
        unit.cases.grant(made.id, talk, now=NOW)
        unit.cases.follow(made.id, talk, now=NOW)

    assert invite(units, local("2026-11-23 23:30")) == ()
    assert invite(units, local("2026-11-24 09:30")) == (talk,)
    assert invite(units, local("2026-11-24 09:31")) == ()
    with units() as unit:
        said = unit.conversations.messages(talk, after=0, limit=5)
    assert made.number in said[-1].text
    assert [button.title for button in said[-1].buttons] == ["满意", "不满意", "按五档评"]


def test_what_is_reviewed_or_long_over_invites_nobody(engine: Engine) -> None:
    units = opened(engine)
    made = closed(units)
    talk = open_web_conversation(units, now=NOW).conversation_id
    with units() as unit:
        unit.cases.grant(made.id, talk, now=NOW)
        unit.cases.follow(made.id, talk, now=NOW)
    assert invite(units, NOW + timedelta(days=4)) == ()
    review(units, printed(units, made))
    assert invite(units, NOW + timedelta(hours=1)) == ()


@pytest.mark.parametrize(
    ("said", "is_test", "is_invited"),
    [
        ("办事要带什么", False, True),
        ("你这个废物", False, False),
        ("厂里着火了快来人", False, False),
        ("办事要带什么", True, False),
    ],
)
def test_who_spoke_with_a_person_is_invited_once_unless_it_would_be_wrong(
    sqlite_engine: Engine, said: str, is_test: bool, is_invited: bool
) -> None:
    units = opened(sqlite_engine)
    cast = Cast(units)
    talk, agent = cast.waiting(said, now=NOW), cast.agent()
    who = {"conversation_id": talk, "agent_id": agent.id, "now": NOW}
    handover.claim(units, texts=texts(), **who)
    handover.reply(units, text="带身份证", client_id="1", **who)
    assert invite(units, NOW + timedelta(minutes=1)) == ()
    handover.close(units, texts=texts(), **who)
    if is_test:
        boss = cast.agent("boss", "王芳", Role.SUPERVISOR)
        mark_test(units, is_test=True, **{**who, "agent_id": boss.id})
    assert invite(units, NOW + timedelta(minutes=1)) == ((talk,) if is_invited else ())
    assert invite(units, NOW + timedelta(minutes=2)) == ()
    with units() as unit:
        last = unit.conversations.messages(talk)[-1]
    pressed = [button.payload for button in last.buttons]
    wanted = '/rate_service{"rating": "满意", "ticket_number": "conversation"}'
    assert (wanted in pressed) is is_invited
