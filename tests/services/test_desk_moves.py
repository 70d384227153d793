from datetime import timedelta

import pytest
from sqlalchemy.engine import Engine

from bot.domain.conversations import Author, Owner
from bot.domain.desk_errors import BadReason, BadSnooze, NotPresent, UnknownColleague
from bot.domain.desk_work import AWAY_AFTER, Assignment, PresenceState, QueueRules
from bot.domain.handovers import NotYours
from bot.domain.people import HEARTBEAT_TIMEOUT, Agent, NotAllowed, Role
from bot.services.accounts import accounts
from bot.services.desk import handover
from bot.services.desk import lists as desk_lists
from bot.services.desk import moves as desk_moves
from bot.services.desk import notes as desk_notes
from bot.services.desk import presence as desk_presence
from bot.services.desk import queue as desk_queue
from bot.services.desk import reading as desk_reading
from bot.services.ports import OpenUnitOfWork
from bot.store.unit_of_work import unit_of_work_factory
from tests.desk_cast import NOW, Cast, texts

TEXTS = texts()
LATER = NOW + timedelta(hours=2)


@pytest.fixture
def open_unit(sqlite_engine: Engine) -> OpenUnitOfWork:
    return unit_of_work_factory(sqlite_engine)


@pytest.fixture
def cast(open_unit: OpenUnitOfWork) -> Cast:
    return Cast(open_unit)


@pytest.fixture
def meimei(cast: Cast) -> Agent:
    return cast.agent()


@pytest.fixture
def lilei(cast: Cast) -> Agent:
    return cast.agent("lilei", "李雷")


@pytest.fixture
def chief(cast: Cast) -> Agent:
    return cast.agent("wangfang", "王芳", Role.SUPERVISOR)


def held_by(cast: Cast, agent: Agent) -> str:
    conversation_id = cast.waiting()
    handover.claim(
        cast.open_unit, conversation_id=conversation_id, agent_id=agent.id, now=NOW, texts=TEXTS
    )
    return conversation_id


def owner(cast: Cast, conversation_id: str) -> tuple[Owner, int | None]:
    with cast.open_unit() as unit:
        found = unit.conversations.get(conversation_id)
    return found.owner, found.agent_id


def lines(cast: Cast, conversation_id: str) -> list[str]:
    with cast.open_unit() as unit:
        found = unit.conversations.messages(conversation_id)
    return [one.text for one in found if one.author is Author.SYSTEM]


def pass_to(
    cast: Cast, conversation_id: str, agent: Agent, to: int, reason: str = "归他管"
) -> None:
    desk_moves.transfer_to_colleague(
        cast.open_unit,
        conversation_id=conversation_id,
        agent_id=agent.id,
        to_agent_id=to,
        reason=reason,
        now=NOW,
        texts=TEXTS,
    )


def pass_to_department(cast: Cast, conversation_id: str, agent: Agent, department: str) -> bool:
    return desk_moves.transfer_to_department(
        cast.open_unit,
        conversation_id=conversation_id,
        agent_id=agent.id,
        department_id=department,
        department_name="市场监管局",
        reason="食品许可归他们",
        now=NOW,
        texts=TEXTS,
    )


def test_a_colleague_who_is_there_takes_over_and_the_applicant_is_told(
    cast: Cast, meimei: Agent, lilei: Agent
) -> None:
    conversation_id = held_by(cast, meimei)

    pass_to(cast, conversation_id, meimei, lilei.id)

    assert owner(cast, conversation_id) == (Owner.AGENT, lilei.id)
    assert lines(cast, conversation_id)[-1].startswith("客服韩梅梅已把您转给客服李雷")
    with cast.open_unit() as unit:
        last = unit.desk_lists.history(conversation_id)[0]
    assert (last.step, last.reason, last.to_agent_id) == ("transferred", "归他管", lilei.id)


def test_nothing_is_passed_on_twice(cast: Cast, meimei: Agent, lilei: Agent, chief: Agent) -> None:
    conversation_id = held_by(cast, meimei)
    pass_to(cast, conversation_id, meimei, lilei.id)

    with pytest.raises(NotYours):
        pass_to(cast, conversation_id, meimei, chief.id)

    assert owner(cast, conversation_id) == (Owner.AGENT, lilei.id)


def test_nothing_is_passed_to_somebody_who_is_away(cast: Cast, meimei: Agent, lilei: Agent) -> None:
    conversation_id = held_by(cast, meimei)
    desk_presence.choose(cast.open_unit, agent_id=lilei.id, state=PresenceState.AWAY, now=NOW)

    with pytest.raises(NotPresent, match="李雷"):
        pass_to(cast, conversation_id, meimei, lilei.id)

    assert owner(cast, conversation_id) == (Owner.AGENT, meimei.id)


@pytest.mark.parametrize("to", [0, 999])
def test_nothing_is_passed_to_nobody(cast: Cast, meimei: Agent, to: int) -> None:
    conversation_id = held_by(cast, meimei)
    with pytest.raises(UnknownColleague):
        pass_to(cast, conversation_id, meimei, to or meimei.id)


def test_passing_on_needs_a_reason(cast: Cast, meimei: Agent, lilei: Agent) -> None:
    conversation_id = held_by(cast, meimei)
    with pytest.raises(BadReason):
        pass_to(cast, conversation_id, meimei, lilei.id, reason=" ")


def test_a_department_gets_it_into_its_queue_at_the_old_place(cast: Cast, meimei: Agent) -> None:
    conversation_id = held_by(cast, meimei)

    is_staffed = pass_to_department(cast, conversation_id, meimei, "market")

    assert not is_staffed
    assert owner(cast, conversation_id) == (Owner.WAITING, None)
    assert "现在没有人在线" in lines(cast, conversation_id)[-1]
    with cast.open_unit() as unit:
        assert unit.desk_work.thread(conversation_id).department_id == "market"
        assert unit.conversations.get(conversation_id).waiting_since == NOW
        places = desk_queue.places(unit, now=NOW)
    assert [(one.position, one.is_staffed) for one in places] == [(1, False)]


def test_supervisors_are_asked_in_and_may_take_over(
    cast: Cast, meimei: Agent, chief: Agent
) -> None:
    conversation_id = held_by(cast, meimei)

    present = desk_moves.ask_supervisor(
        cast.open_unit,
        conversation_id=conversation_id,
        agent_id=meimei.id,
        reason="用户要投诉",
        now=NOW,
    )
    with cast.open_unit() as unit:
        called = unit.desk_lists.mentioned(chief.id)
    desk_moves.step_in(
        cast.open_unit, conversation_id=conversation_id, agent_id=chief.id, now=NOW, texts=TEXTS
    )

    assert (present, called) == (1, [conversation_id])
    assert owner(cast, conversation_id) == (Owner.AGENT, chief.id)
    assert "用户要投诉" not in " ".join(lines(cast, conversation_id))


def test_only_those_who_oversee_step_in(cast: Cast, meimei: Agent, lilei: Agent) -> None:
    conversation_id = held_by(cast, meimei)
    with pytest.raises(NotAllowed):
        desk_moves.step_in(
            cast.open_unit,
            conversation_id=conversation_id,
            agent_id=lilei.id,
            now=NOW,
            texts=TEXTS,
        )


def test_what_was_put_aside_comes_back_by_itself(cast: Cast, meimei: Agent) -> None:
    conversation_id = held_by(cast, meimei)
    desk_moves.snooze(
        cast.open_unit,
        conversation_id=conversation_id,
        agent_id=meimei.id,
        until=LATER,
        now=NOW,
    )
    later = desk_lists.counts(cast.open_unit, agent_id=meimei.id, now=NOW).later

    early = desk_queue.bring_back(cast.open_unit, now=LATER - timedelta(seconds=1))
    due = desk_queue.bring_back(cast.open_unit, now=LATER)

    assert (later, early, due) == (1, [], [conversation_id])
    assert desk_lists.counts(cast.open_unit, agent_id=meimei.id, now=LATER).later == 0
    assert owner(cast, conversation_id) == (Owner.AGENT, meimei.id)


def test_what_was_put_aside_stays_when_the_agent_goes_home(cast: Cast, meimei: Agent) -> None:
    kept, lost = held_by(cast, meimei), held_by(cast, meimei)
    desk_moves.snooze(
        cast.open_unit, conversation_id=kept, agent_id=meimei.id, until=LATER, now=NOW
    )
    gone = NOW + HEARTBEAT_TIMEOUT + timedelta(seconds=1)

    swept = handover.sweep_lost_claims(cast.open_unit, now=gone, texts=TEXTS)
    desk_queue.bring_back(cast.open_unit, now=LATER)
    then = handover.sweep_lost_claims(cast.open_unit, now=LATER, texts=TEXTS)

    assert (swept, then) == ([lost], [kept])


@pytest.mark.parametrize("length", [timedelta(0), -timedelta(hours=1), timedelta(days=61)])
def test_putting_aside_needs_a_time_to_come(cast: Cast, meimei: Agent, length: timedelta) -> None:
    conversation_id = held_by(cast, meimei)
    with pytest.raises(BadSnooze):
        desk_moves.snooze(
            cast.open_unit,
            conversation_id=conversation_id,
            agent_id=meimei.id,
            until=NOW + length,
            now=NOW,
        )


def test_a_note_reaches_the_colleague_and_never_the_applicant(
    cast: Cast, meimei: Agent, lilei: Agent
) -> None:
    conversation_id = held_by(cast, meimei)
    secret = "@李雷 房东有纠纷，小心"

    told = desk_notes.add_note(
        cast.open_unit,
        conversation_id=conversation_id,
        agent_id=meimei.id,
        text=secret,
        now=NOW,
    )
    read = desk_reading.read(
        cast.open_unit, conversation_id=conversation_id, agent_id=lilei.id, now=NOW
    )

    assert told == [lilei.id]
    assert [note.text for note in read.notes] == [secret]
    with cast.open_unit() as unit:
        messages = unit.conversations.messages(conversation_id)
        assert not any("房东" in one.text for one in messages)
        assert unit.desk_lists.mentioned(lilei.id) == []  # seen by reading


def test_a_stranger_to_the_conversation_writes_no_note(
    cast: Cast, meimei: Agent, lilei: Agent
) -> None:
    conversation_id = held_by(cast, meimei)
    with pytest.raises(NotAllowed):
        desk_notes.add_note(
            cast.open_unit, conversation_id=conversation_id, agent_id=lilei.id, text="x", now=NOW
        )


def give_turns_to(cast: Cast, chief: Agent, assignment: Assignment) -> None:
    rules = QueueRules("", assignment, 30)
    desk_presence.set_queue_rules(cast.open_unit, agent_id=chief.id, rules=rules, now=NOW)
    desk_presence.choose(cast.open_unit, agent_id=chief.id, state=PresenceState.BUSY, now=NOW)


def test_a_turn_without_an_answer_goes_to_the_next(
    cast: Cast, meimei: Agent, lilei: Agent, chief: Agent
) -> None:
    give_turns_to(cast, chief, Assignment.ROUND_ROBIN)
    conversation_id = cast.waiting()
    asked = []
    for seconds in (0, 29, 30, 61):
        now = NOW + timedelta(seconds=seconds)
        for one in (meimei, lilei):
            accounts.heartbeat(cast.open_unit, agent_id=one.id, now=now)
        desk_queue.give_turns(cast.open_unit, now=now)
        with cast.open_unit() as unit:
            asked.append(unit.desk_work.thread(conversation_id).offered_to)

    assert asked == [meimei.id, meimei.id, lilei.id, meimei.id]
    with cast.open_unit() as unit:
        steps = [one.step for one in unit.desk_lists.history(conversation_id)]
    assert steps == ["offered", "missed", "offered", "missed", "offered"]


def test_two_clocks_at_once_give_one_turn(
    cast: Cast, meimei: Agent, lilei: Agent, chief: Agent
) -> None:
    give_turns_to(cast, chief, Assignment.LEAST_BUSY)
    conversation_id = cast.waiting()
    with cast.open_unit() as unit:
        until = NOW + timedelta(seconds=30)
        first = unit.desk_work.offer(conversation_id, meimei.id, until=until, now=NOW)
        second = unit.desk_work.offer(conversation_id, lilei.id, until=until, now=NOW)

    assert (first, second) == (True, False)


def test_full_agents_are_not_asked(cast: Cast, meimei: Agent, chief: Agent) -> None:
    give_turns_to(cast, chief, Assignment.LEAST_BUSY)
    desk_presence.set_profile(
        cast.open_unit, agent_id=chief.id, of_agent_id=meimei.id, capacity=1, skills=[], now=NOW
    )
    held_by(cast, meimei)
    conversation_id = cast.waiting()

    desk_queue.give_turns(cast.open_unit, now=NOW)

    with cast.open_unit() as unit:
        assert unit.desk_work.thread(conversation_id).offered_to is None


def test_applicants_are_told_their_wait_once_and_again_when_it_grows(
    cast: Cast, meimei: Agent
) -> None:
    conversation_id = cast.waiting()

    first = desk_queue.tell_waiting(cast.open_unit, now=NOW, texts=TEXTS)
    again = desk_queue.tell_waiting(cast.open_unit, now=NOW + timedelta(minutes=6), texts=TEXTS)

    assert (first, again) == ([conversation_id], [])
    assert "等多久现在估不准" in lines(cast, conversation_id)[-1]


def test_without_anybody_there_the_wait_says_so(cast: Cast) -> None:
    conversation_id = cast.waiting()
    desk_queue.tell_waiting(cast.open_unit, now=NOW, texts=TEXTS)
    assert "现在暂时没有客服在线" in lines(cast, conversation_id)[-1]


def test_the_wait_comes_from_what_really_happened(cast: Cast, meimei: Agent) -> None:
    for _ in range(5):  # each waited one minute and was served ten
        served = cast.waiting()
        at = NOW + timedelta(minutes=1)
        handover.claim(
            cast.open_unit, conversation_id=served, agent_id=meimei.id, now=at, texts=TEXTS
        )
        handover.close(
            cast.open_unit,
            conversation_id=served,
            agent_id=meimei.id,
            now=at + timedelta(minutes=10),
            texts=TEXTS,
        )
    now = NOW + timedelta(minutes=12)
    accounts.heartbeat(cast.open_unit, agent_id=meimei.id, now=now)
    for _ in range(6):
        cast.waiting(now=now)

    with cast.open_unit() as unit:
        waits = [one.minutes for one in desk_queue.places(unit, now=now)]

    assert waits == [1, 1, 1, 1, 1, 15]  # five places, then one round of ten minutes and one


def test_nobody_typing_means_away_and_typing_means_back(cast: Cast, meimei: Agent) -> None:
    def beat(minutes: float, *, is_active: bool) -> PresenceState | None:
        now = NOW + timedelta(minutes=minutes)
        return desk_presence.beat(cast.open_unit, agent_id=meimei.id, is_active=is_active, now=now)

    limit = AWAY_AFTER / timedelta(minutes=1)
    assert beat(0, is_active=True) is None
    assert beat(limit - 0.1, is_active=False) is None
    assert beat(limit, is_active=False) is PresenceState.AWAY
    assert desk_presence.state_of(cast.open_unit, agent_id=meimei.id) is PresenceState.AWAY
    assert beat(limit + 1, is_active=True) is PresenceState.AVAILABLE


def test_who_chose_to_be_away_stays_away_while_typing(cast: Cast, meimei: Agent) -> None:
    desk_presence.choose(cast.open_unit, agent_id=meimei.id, state=PresenceState.AWAY, now=NOW)
    found = desk_presence.beat(cast.open_unit, agent_id=meimei.id, is_active=True, now=NOW)
    assert found is None
    assert desk_presence.state_of(cast.open_unit, agent_id=meimei.id) is PresenceState.AWAY
