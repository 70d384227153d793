"""Challenged answers: kept, answered in the conversation, and marked at the fact."""

from datetime import timedelta

import pytest
from sqlalchemy.engine import Engine

from bot.domain.challenges import (
    BadReply,
    ChallengeClosed,
    ChallengeState,
    NewChallenge,
    UnknownChallenge,
)
from bot.domain.feedback import FeedbackKind, FeedbackState
from bot.domain.people import Agent, NotAllowed, Role
from bot.services.feedback import feedback
from bot.services.learning import challenges, fact_checks
from bot.services.learning.challenges import Found
from bot.store.unit_of_work import unit_of_work_factory
from tests.application_factories import FOOD
from tests.casework_factories import calendar
from tests.desk_cast import NOW, Cast, catalogue, texts

WRONG = Found(ChallengeState.WRONG, "现在只要两份材料，已经通知修改")


@pytest.fixture
def cast(engine: Engine) -> Cast:
    return Cast(unit_of_work_factory(engine))


@pytest.fixture
def editor(cast: Cast) -> Agent:
    return cast.agent("editor", "钱编辑", Role.EDITOR)


def doubt(cast: Cast, conversation_id: str, *, matter: str = FOOD, origin: str = "m1") -> int:
    return challenges.open_challenge(
        cast.open_unit,
        NewChallenge(
            origin=origin,
            conversation_id=conversation_id,
            answer="需要三份材料",
            said="你说的不对",
            matter_id=matter,
            topic="materials",
            opened_at=NOW,
        ),
    )


def answer(cast: Cast, editor: Agent, challenge_id: int, found: Found = WRONG) -> None:
    challenges.answer_challenge(
        cast.open_unit,
        catalogue(),
        agent=editor,
        challenge_id=challenge_id,
        found=found,
        now=NOW,
        texts=texts(),
    )


def changed(cast: Cast) -> list[tuple[str, str]]:
    work = fact_checks.work_list(cast.open_unit, catalogue(), now=NOW, days=180)
    return [(fact.entry_id, check.note) for fact, check in work.changed]


def test_the_same_message_again_is_one_challenge(cast: Cast) -> None:
    conversation_id = cast.conversation()

    assert doubt(cast, conversation_id) == doubt(cast, conversation_id)
    assert challenges.list_challenges(cast.open_unit, is_open=True)[1] == 1


def test_a_wrong_answer_is_told_in_the_conversation_and_marks_the_fact(
    cast: Cast, editor: Agent
) -> None:
    conversation_id = cast.conversation()

    answer(cast, editor, doubt(cast, conversation_id))

    with cast.open_unit() as unit:
        said = unit.conversations.messages(conversation_id, after=0)[-1].text
    assert "你说的不对" in said
    assert WRONG.reply in said
    assert changed(cast) == [(FOOD, WRONG.reply)]
    found, count = challenges.list_challenges(cast.open_unit, is_open=False)
    assert (count, found[0].state, found[0].closed_by) == (0, ChallengeState.WRONG, editor.id)


def test_a_right_answer_marks_no_fact(cast: Cast, editor: Agent) -> None:
    challenge_id = doubt(cast, cast.conversation())

    answer(cast, editor, challenge_id, Found(ChallengeState.RIGHT, "核对过，仍是三份"))

    assert changed(cast) == []


def test_without_a_known_matter_only_the_words_are_answered(cast: Cast, editor: Agent) -> None:
    answer(cast, editor, doubt(cast, cast.conversation(), matter=""))

    assert changed(cast) == []


def test_the_suggestion_that_was_left_about_it_is_answered_too(cast: Cast, editor: Agent) -> None:
    conversation_id = cast.conversation()
    challenge_id = doubt(cast, conversation_id)
    filed = feedback.file_feedback(
        cast.open_unit,
        origin="m2",
        conversation_id=conversation_id,
        kind=FeedbackKind.SUGGESTION,
        text="食品证现在只要两份材料",
        phone=None,
        now=NOW,
        calendar=calendar(),
        catalogue=catalogue(),
    )
    challenges.name_challenge(
        cast.open_unit,
        conversation_id=conversation_id,
        number=filed.number,
        said=filed.text,
        now=NOW,
    )

    answer(cast, editor, challenge_id)

    with cast.open_unit() as unit:
        found = unit.feedback.by_number(filed.number)
        kept = unit.challenges.get(challenge_id)
    assert found is not None
    assert (found.state, found.events[-1].reason) == (FeedbackState.ANSWERED, WRONG.reply)
    assert kept is not None
    assert (kept.number, kept.new.said) == (filed.number, filed.text)


def test_of_two_who_answer_one_is_told_that_it_is_done(cast: Cast, editor: Agent) -> None:
    challenge_id = doubt(cast, cast.conversation())
    answer(cast, editor, challenge_id)

    with pytest.raises(ChallengeClosed):
        answer(cast, editor, challenge_id)


def test_answers_that_say_nothing_are_refused(cast: Cast, editor: Agent) -> None:
    challenge_id = doubt(cast, cast.conversation())

    with pytest.raises(BadReply):
        answer(cast, editor, challenge_id, Found(ChallengeState.WRONG, " "))
    with pytest.raises(BadReply):
        answer(cast, editor, challenge_id, Found(ChallengeState.OPEN, "再看看"))
    with pytest.raises(UnknownChallenge):
        answer(cast, editor, challenge_id + 1)
    with pytest.raises(NotAllowed):
        answer(cast, cast.agent(), challenge_id)


def test_a_suggestion_long_after_a_doubt_is_about_something_else(cast: Cast) -> None:
    conversation_id = cast.conversation()
    challenge_id = doubt(cast, conversation_id)

    challenges.name_challenge(
        cast.open_unit,
        conversation_id=conversation_id,
        number="JY-20261124-0001",
        said="大厅多放几把椅子",
        now=NOW + timedelta(hours=2),
    )

    with cast.open_unit() as unit:
        kept = unit.challenges.get(challenge_id)
    assert kept is not None
    assert (kept.number, kept.new.said) == ("", "你说的不对")
