"""Deciding what messages mean: checks, four eyes, nobody over another one's head."""

from collections.abc import Sequence

import pytest
from sqlalchemy.engine import Engine

from bot.domain.learning import (
    BadLesson,
    LessonChanged,
    LessonKind,
    LessonState,
    LessonTaken,
    OwnLesson,
)
from bot.domain.people import Agent, NotAllowed, Role
from bot.services.learning.lesson_examples import plain_text, spans, squashed
from bot.services.learning.lesson_groups import LessonGroups
from bot.services.learning.lessons import Proposal, Vocabulary, decide, propose
from bot.services.ports import OpenUnitOfWork
from bot.store.learning_words import load_learning_words, load_trained
from bot.store.unit_of_work import unit_of_work_factory
from tests.desk_cast import DATA, NOW, Cast
from tests.learning_factories import NEEDLE, TICKET, not_understood
from tests.routing_factories import router

VOCABULARY = Vocabulary(
    intents={"ask_materials", "ask_fee"},
    matters={"food-licence"},
    entities={"matter", "industry"},
    taken={squashed("刻章要钱吗"): "ask_fee"},
)


@pytest.fixture
def store(engine: Engine) -> OpenUnitOfWork:
    return unit_of_work_factory(engine)


@pytest.fixture
def editor(store: OpenUnitOfWork) -> Agent:
    return Cast(store).agent("editor", "周编辑", Role.EDITOR)


@pytest.fixture
def second(store: OpenUnitOfWork) -> Agent:
    return Cast(store).agent("second", "吴编辑", Role.EDITOR)


@pytest.fixture
def waiting(store: OpenUnitOfWork) -> Sequence[int]:
    for text in NEEDLE:
        not_understood(store, text, now=NOW)
    with store() as unit:
        return [one.id for one in unit.misunderstood.undecided(10)]


def proposed(
    store: OpenUnitOfWork, agent: Agent, ids: Sequence[int], typed: str = NEEDLE[0], **more: object
) -> int:
    values: dict[str, object] = {"kind": LessonKind.INTENT, "target": "ask_materials", **more}
    proposal = Proposal(messages=ids, typed=typed, **values)  # type: ignore[arg-type]
    return propose(store, agent=agent, proposal=proposal, vocabulary=VOCABULARY, now=NOW)


def move(store: OpenUnitOfWork, agent: Agent, lesson: int, to: LessonState, why: str = "") -> None:
    decide(store, agent=agent, lesson_id=lesson, to=to, reason=why, now=NOW)


def test_a_second_person_releases_and_the_history_tells_both(
    store: OpenUnitOfWork, editor: Agent, second: Agent, waiting: Sequence[int]
) -> None:
    lesson = proposed(store, editor, waiting)
    with pytest.raises(OwnLesson):
        move(store, editor, lesson, LessonState.RELEASED)
    move(store, second, lesson, LessonState.RELEASED)

    with store() as unit:
        history = unit.lessons.history(lesson)
        assert unit.misunderstood.undecided(10) == []
    assert [(one.agent_id, one.state) for one in history] == [
        (editor.id, LessonState.PROPOSED),
        (second.id, LessonState.RELEASED),
    ]


def test_what_was_returned_waits_again(
    store: OpenUnitOfWork, editor: Agent, second: Agent, waiting: Sequence[int]
) -> None:
    lesson = proposed(store, editor, waiting)
    with pytest.raises(BadLesson, match="reason"):
        move(store, second, lesson, LessonState.RETURNED)
    move(store, second, lesson, LessonState.RETURNED, "问的是流程")

    with store() as unit:
        assert len(unit.misunderstood.undecided(10)) == len(waiting)
    with pytest.raises(LessonChanged):
        move(store, second, lesson, LessonState.RELEASED)


def test_two_people_do_not_decide_about_the_same_message(
    store: OpenUnitOfWork, editor: Agent, second: Agent, waiting: Sequence[int]
) -> None:
    proposed(store, editor, waiting[:1])
    with pytest.raises(LessonTaken):
        proposed(store, second, waiting)

    with store() as unit:
        assert len(unit.lessons.in_states([LessonState.PROPOSED], 10)) == 1
        assert len(unit.misunderstood.undecided(10)) == len(waiting) - 1


@pytest.mark.parametrize(
    ("problem", "typed", "more"),
    [
        ("target", "甲", {"target": "no_such_intent"}),
        ("target", "甲", {"kind": LessonKind.MATTER, "target": "no-such-matter"}),
        ("empty", " \n", {}),
        ("markup", "那个[本本(industry)咋整", {}),
        ("entity", "[本本](person)咋整", {}),
        ("masked", "我电话＊＊＊", {}),
        ("twice", "本本咋整\n本本咋整？", {}),
        ("other_intent", "刻章要錢嗎", {}),
        ("reason", "", {"kind": LessonKind.FACT}),
        ("reason", "", {"kind": LessonKind.DISCARD}),
    ],
)
def test_what_must_not_be_trained_is_refused(
    store: OpenUnitOfWork,
    editor: Agent,
    waiting: Sequence[int],
    problem: str,
    typed: str,
    more: dict[str, object],
) -> None:
    with pytest.raises(BadLesson) as caught:
        proposed(store, editor, waiting, typed, **more)
    assert caught.value.problem == problem
    with store() as unit:
        assert len(unit.misunderstood.undecided(10)) == len(waiting)


def test_a_decision_about_no_message_is_refused(store: OpenUnitOfWork, editor: Agent) -> None:
    with pytest.raises(BadLesson, match="nothing"):
        proposed(store, editor, [])


def test_an_agent_of_the_window_teaches_nothing(
    store: OpenUnitOfWork, waiting: Sequence[int]
) -> None:
    agent = Cast(store).agent("window", "钱坐席", Role.AGENT)
    with pytest.raises(NotAllowed):
        proposed(store, agent, waiting)


def test_a_missing_fact_is_a_task_until_it_is_written(
    store: OpenUnitOfWork, editor: Agent, waiting: Sequence[int]
) -> None:
    lesson = proposed(store, editor, waiting, "", kind=LessonKind.FACT, note="补上公示牌")
    move(store, editor, lesson, LessonState.DONE)

    with store() as unit:
        assert unit.lessons.get(lesson).state is LessonState.DONE  # type: ignore[union-attr]


def test_marks_are_read_with_their_places() -> None:
    example = "[奶茶店](industry)办[营业执照](matter)"
    assert plain_text(example) == "奶茶店办营业执照"
    assert spans(example) == ((0, 3, "industry"), (4, 8, "matter"))


def test_similar_messages_are_one_group_and_the_largest_comes_first(
    store: OpenUnitOfWork, waiting: Sequence[int]
) -> None:
    not_understood(store, TICKET, now=NOW)
    groups = LessonGroups(store, router()).groups()

    assert [{one.text for one in group.messages} for group in groups][-1] == {TICKET}
    assert len(groups[0].messages) >= len(waiting) - 1
    assert groups[0].guesses[0][0] == "ask_procedure"


def test_every_intent_with_examples_can_be_assigned_and_no_other() -> None:
    words, trained = load_learning_words(DATA), load_trained(DATA)
    assert set(words.intents) == set(trained.values())
    labels = [one.label for one in words.intents.values()]
    assert len(labels) == len(set(labels))
    assert all(words.intent_named(words.intent_label(name)) == name for name in words.intents)
