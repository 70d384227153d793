"""Supervisors: silent view, stepping in, giving to somebody else, quality marks."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.engine import Engine
from sqlalchemy.exc import DBAPIError

from bot.domain.conversations import Owner, Reply, TurnOutcome
from bot.domain.desk_errors import BadReason, NotPresent, UnknownColleague
from bot.domain.handovers import NotYours
from bot.domain.people import HEARTBEAT_TIMEOUT, Agent, NotAllowed, Role
from bot.domain.quality import BadMark, NewMark, NotOver
from bot.services.conversations import turns
from bot.services.desk import handover, quality
from bot.services.desk import moves as desk_moves
from bot.services.desk import oversight as desk_oversight
from bot.services.desk import reading as desk_reading
from bot.store.unit_of_work import unit_of_work_factory
from tests.desk_cast import NOW, Cast, texts

TEXTS = texts()
GOOD = NewMark(answers=True, names_basis=True, says_next=True, remark="")
POOR = NewMark(answers=True, names_basis=False, says_next=True, remark="没有说依据")


@pytest.fixture
def cast(engine: Engine) -> Cast:
    return Cast(unit_of_work_factory(engine))


@pytest.fixture
def chief(cast: Cast) -> Agent:
    return cast.agent("wangfang", "王芳", Role.SUPERVISOR)


@pytest.fixture
def meimei(cast: Cast) -> Agent:
    return cast.agent()


@pytest.fixture
def lilei(cast: Cast) -> Agent:
    return cast.agent("lilei", "李雷")


def held_by(cast: Cast, agent: Agent) -> str:
    conversation_id = cast.waiting()
    handover.claim(
        cast.open_unit, conversation_id=conversation_id, agent_id=agent.id, now=NOW, texts=TEXTS
    )
    return conversation_id


def ended_by(cast: Cast, agent: Agent) -> str:
    conversation_id = held_by(cast, agent)
    handover.close(
        cast.open_unit, conversation_id=conversation_id, agent_id=agent.id, now=NOW, texts=TEXTS
    )
    return conversation_id


def reassign(
    cast: Cast, conversation_id: str, by: Agent, to: Agent, reason: str = "更熟悉"
) -> None:
    desk_oversight.reassign(
        cast.open_unit,
        conversation_id=conversation_id,
        agent_id=by.id,
        to_agent_id=to.id,
        reason=reason,
        now=NOW,
        texts=TEXTS,
    )


def holder(cast: Cast, conversation_id: str) -> tuple[Owner, int | None]:
    with cast.open_unit() as unit:
        found = unit.conversations.get(conversation_id)
    return found.owner, found.agent_id


def test_a_silent_view_leaves_an_audit_entry_and_nothing_else(
    cast: Cast, chief: Agent, meimei: Agent
) -> None:
    conversation_id = held_by(cast, meimei)

    def seen_by_others() -> object:
        with cast.open_unit() as unit:
            return (
                unit.conversations.get(conversation_id),
                unit.conversations.messages(conversation_id, after=0),
                unit.desk_work.thread(conversation_id),
                unit.desk_lists.history(conversation_id),
                unit.desk_notes.of_conversation(conversation_id),
            )

    before = seen_by_others()
    desk_reading.read(cast.open_unit, conversation_id=conversation_id, agent_id=chief.id, now=NOW)

    assert seen_by_others() == before
    with cast.open_unit() as unit:
        last = unit.people.audit()[-1]
    assert (last.agent_id, last.action, last.subject) == (
        chief.id,
        "conversation_watched",
        conversation_id,
    )


def test_what_a_colleague_holds_is_given_to_another(
    cast: Cast, chief: Agent, meimei: Agent, lilei: Agent
) -> None:
    conversation_id = held_by(cast, meimei)

    reassign(cast, conversation_id, chief, lilei)

    assert holder(cast, conversation_id) == (Owner.AGENT, lilei.id)
    with cast.open_unit() as unit:
        last = unit.desk_lists.history(conversation_id)[0]
        said = unit.conversations.messages(conversation_id, after=0)[-1].text
    assert (last.agent_id, last.to_agent_id, last.reason) == (meimei.id, lilei.id, "更熟悉")
    assert said == TEXTS.transferred.format(name="韩梅梅", to="李雷")


def test_whoever_waits_is_given_to_a_colleague(cast: Cast, chief: Agent, lilei: Agent) -> None:
    conversation_id = cast.waiting()

    reassign(cast, conversation_id, chief, lilei)

    assert holder(cast, conversation_id) == (Owner.AGENT, lilei.id)
    with cast.open_unit() as unit:
        assert unit.desk.count_waiting() == 0


def test_a_supervisor_sends_what_a_colleague_holds_to_a_department(
    cast: Cast, chief: Agent, meimei: Agent
) -> None:
    conversation_id = held_by(cast, meimei)

    desk_moves.transfer_to_department(
        cast.open_unit,
        conversation_id=conversation_id,
        agent_id=chief.id,
        department_id="tax",
        department_name="税务局",
        reason="税的事",
        now=NOW,
        texts=TEXTS,
    )

    assert holder(cast, conversation_id) == (Owner.WAITING, None)
    with cast.open_unit() as unit:
        assert unit.desk_work.thread(conversation_id).department_id == "tax"


def test_giving_away_is_for_supervisors_only(cast: Cast, meimei: Agent, lilei: Agent) -> None:
    with pytest.raises(NotAllowed):
        reassign(cast, held_by(cast, meimei), lilei, lilei)


def test_nothing_is_given_to_somebody_who_is_away(cast: Cast, chief: Agent, meimei: Agent) -> None:
    away = cast.agent("zhao", "赵四")
    with cast.open_unit() as unit:
        unit.people.set_presence(away.id, now=NOW - 2 * HEARTBEAT_TIMEOUT)
    conversation_id = held_by(cast, meimei)

    with pytest.raises(NotPresent):
        reassign(cast, conversation_id, chief, away)

    assert holder(cast, conversation_id) == (Owner.AGENT, meimei.id)


def test_a_reason_and_another_colleague_are_needed(
    cast: Cast, chief: Agent, meimei: Agent, lilei: Agent
) -> None:
    conversation_id = held_by(cast, meimei)

    with pytest.raises(BadReason):
        reassign(cast, conversation_id, chief, lilei, reason=" ")
    with pytest.raises(UnknownColleague):
        reassign(cast, conversation_id, chief, meimei)
    with pytest.raises(NotYours):
        reassign(cast, cast.conversation(), chief, lilei)


def test_a_supervisor_steps_into_a_conversation_of_the_bot_and_its_answer_is_dropped(
    cast: Cast, chief: Agent
) -> None:
    conversation_id = cast.conversation()
    cast.says(conversation_id, "你好")
    turn = turns.claim_turn(cast.open_unit, now=NOW)
    assert turn is not None

    desk_oversight.take_from_bot(
        cast.open_unit, conversation_id=conversation_id, agent_id=chief.id, now=NOW, texts=TEXTS
    )
    outcome = TurnOutcome(replies=(Reply(text="我是小二"),))
    is_said = turns.complete_turn(cast.open_unit, turn=turn, outcome=outcome, now=NOW)

    assert not is_said
    assert holder(cast, conversation_id) == (Owner.AGENT, chief.id)
    with pytest.raises(NotYours):
        desk_oversight.take_from_bot(
            cast.open_unit, conversation_id=conversation_id, agent_id=chief.id, now=NOW, texts=TEXTS
        )


def test_a_mark_is_seen_by_whose_work_it_was(cast: Cast, chief: Agent, meimei: Agent) -> None:
    conversation_id = ended_by(cast, meimei)

    whose = quality.mark_conversation(
        cast.open_unit, agent=chief, conversation_id=conversation_id, mark=POOR, now=NOW
    )

    page = quality.quality_page(cast.open_unit, agent=meimei, of_agent_id=None, now=NOW)
    assert whose == meimei.id
    assert [(one.by_id, one.mark) for one in page.own] == [(chief.id, POOR)]
    assert page.ended == ()


def test_ended_conversations_are_listed_with_their_first_words(
    cast: Cast, chief: Agent, meimei: Agent, lilei: Agent
) -> None:
    mine, theirs = ended_by(cast, meimei), ended_by(cast, lilei)
    quality.mark_conversation(cast.open_unit, agent=chief, conversation_id=mine, mark=GOOD, now=NOW)

    page = quality.quality_page(cast.open_unit, agent=chief, of_agent_id=None, now=NOW)
    only = quality.quality_page(cast.open_unit, agent=chief, of_agent_id=lilei.id, now=NOW)

    found = {one.conversation_id: (one.marks, one.first_line) for one in page.ended}
    assert found == {mine: (1, "俺想在东昌府区开个火锅店"), theirs: (0, "俺想在东昌府区开个火锅店")}
    assert [one.conversation_id for one in only.ended] == [theirs]


def test_a_mark_is_never_changed(engine: Engine, cast: Cast, chief: Agent, meimei: Agent) -> None:
    conversation_id = ended_by(cast, meimei)
    quality.mark_conversation(
        cast.open_unit, agent=chief, conversation_id=conversation_id, mark=GOOD, now=NOW
    )

    with pytest.raises(DBAPIError, match="append-only"), engine.begin() as connection:
        connection.execute(text("UPDATE quality_marks SET remark = 'x'"))


def test_marks_that_make_no_sense_are_refused(cast: Cast, chief: Agent, meimei: Agent) -> None:
    ended, own = ended_by(cast, meimei), ended_by(cast, chief)
    wordless = NewMark(answers=False, names_basis=True, says_next=True, remark=" ")

    for conversation_id, by, mark, error in (
        (ended, chief, wordless, BadMark),
        (ended, meimei, GOOD, NotAllowed),
        (own, chief, GOOD, NotAllowed),
        (cast.conversation(), chief, GOOD, NotOver),
    ):
        with pytest.raises(error):
            quality.mark_conversation(
                cast.open_unit,
                agent=by,
                conversation_id=conversation_id,
                mark=mark,
                now=NOW + timedelta(minutes=1),
            )
