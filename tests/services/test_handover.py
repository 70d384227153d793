import json
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from sqlalchemy.engine import Engine

from bot.domain.conversations import (
    MAX_TEXT_LENGTH,
    Author,
    EmptyMessage,
    Owner,
    TextTooLong,
    UnknownConversation,
)
from bot.domain.handovers import (
    AlreadyClaimed,
    Available,
    BadField,
    Closed,
    NobodyOnline,
    NotWaiting,
    NotYours,
)
from bot.domain.payloads import HAND_BACK
from bot.domain.people import HEARTBEAT_TIMEOUT, Agent, NotAllowed, Role
from bot.services.accounts import accounts
from bot.services.conversations import turns
from bot.services.desk import handover
from bot.services.desk import reading as desk_reading
from bot.services.ports import OpenUnitOfWork
from bot.store.unit_of_work import unit_of_work_factory
from tests.desk_cast import NOW, Cast, texts, vocabulary

TEXTS = texts()
VOCABULARY = vocabulary()


@dataclass
class FakeHours:
    opens: datetime | None = None

    def is_open(self, now: datetime) -> bool:
        return self.opens is None

    def opens_at(self, now: datetime) -> datetime | None:
        return self.opens


@pytest.fixture
def open_unit(sqlite_engine: Engine) -> OpenUnitOfWork:
    return unit_of_work_factory(sqlite_engine)


@pytest.fixture
def cast(open_unit: OpenUnitOfWork) -> Cast:
    return Cast(open_unit)


@pytest.fixture
def meimei(cast: Cast) -> Agent:
    return cast.agent()


def _claim(cast: Cast, conversation_id: str, agent: Agent) -> None:
    handover.claim(
        cast.open_unit, conversation_id=conversation_id, agent_id=agent.id, now=NOW, texts=TEXTS
    )


def _reply(cast: Cast, conversation_id: str, agent: Agent, text: str, key: str = "key-1") -> int:
    return handover.reply(
        cast.open_unit,
        conversation_id=conversation_id,
        agent_id=agent.id,
        text=text,
        client_id=key,
        now=NOW,
    )


def _owner(cast: Cast, conversation_id: str) -> Owner:
    with cast.open_unit() as unit:
        return unit.conversations.get(conversation_id).owner


def _lines(cast: Cast, conversation_id: str) -> list[tuple[Author, str]]:
    with cast.open_unit() as unit:
        found = unit.conversations.messages(conversation_id)
    return [(message.author, message.text) for message in found]


def _set(cast: Cast, conversation_id: str, agent: Agent, slot: str, value: str) -> None:
    handover.set_field(
        cast.open_unit,
        conversation_id=conversation_id,
        agent_id=agent.id,
        slot=slot,
        value=value,
        now=NOW,
        vocabulary=VOCABULARY,
    )


# --- before the promise ---------------------------------------------------------------------


def test_out_of_hours_with_nobody_online_the_next_opening_is_named(
    cast: Cast, meimei: Agent
) -> None:
    opens = NOW + timedelta(hours=3)
    later = NOW + HEARTBEAT_TIMEOUT + timedelta(seconds=1)

    found = handover.availability(cast.open_unit, now=later, hours=FakeHours(opens))

    assert found == Closed(opens_at=opens)


def test_somebody_who_stays_after_hours_is_promised(cast: Cast, meimei: Agent) -> None:
    opens = NOW + timedelta(hours=3)

    found = handover.availability(cast.open_unit, now=NOW, hours=FakeHours(opens))

    assert found == Available(ahead=0)


def test_without_anybody_online_nobody_is_promised(cast: Cast, meimei: Agent) -> None:
    later = NOW + HEARTBEAT_TIMEOUT + timedelta(seconds=1)

    assert handover.availability(cast.open_unit, now=later, hours=FakeHours()) == NobodyOnline()


def test_with_somebody_online_the_number_ahead_is_told(cast: Cast, meimei: Agent) -> None:
    cast.waiting()
    cast.waiting()

    found = handover.availability(cast.open_unit, now=NOW, hours=FakeHours())

    assert found == Available(ahead=2)


# --- queue ----------------------------------------------------------------------------------


def test_the_queue_shows_the_longest_waiting_first_with_what_was_said_first(
    cast: Cast, meimei: Agent
) -> None:
    late = cast.waiting("我要吹哨", now=NOW - timedelta(minutes=2))
    early = cast.waiting("开火锅店", now=NOW - timedelta(minutes=9))

    queue = handover.queue(cast.open_unit, agent_id=meimei.id, now=NOW)

    assert [(one.conversation.id, one.position, one.first_line) for one in queue] == [
        (early, 1, "开火锅店"),
        (late, 2, "我要吹哨"),
    ]
    assert queue[0].waited == timedelta(minutes=9)
    assert queue[0].conversation.handoff_reason == "asked"


def test_an_officer_has_no_queue(cast: Cast) -> None:
    officer = cast.agent("officer", "王主任", Role.OFFICER)

    with pytest.raises(NotAllowed):
        handover.queue(cast.open_unit, agent_id=officer.id, now=NOW)


# --- claim ----------------------------------------------------------------------------------


def test_claiming_tells_the_applicant_who_is_there(cast: Cast, meimei: Agent) -> None:
    conversation_id = cast.waiting()

    _claim(cast, conversation_id, meimei)

    assert _owner(cast, conversation_id) is Owner.AGENT
    author, text = _lines(cast, conversation_id)[-1]
    assert author is Author.SYSTEM
    assert "客服韩梅梅已接入" in text


def test_the_second_claim_is_told_who_was_faster(cast: Cast, meimei: Agent) -> None:
    lilei = cast.agent("lilei", "李雷")
    conversation_id = cast.waiting()
    _claim(cast, conversation_id, lilei)

    with pytest.raises(AlreadyClaimed) as refusal:
        _claim(cast, conversation_id, meimei)

    assert refusal.value.by_name == "李雷"


def test_claiming_twice_says_hello_once(cast: Cast, meimei: Agent) -> None:
    conversation_id = cast.waiting()

    _claim(cast, conversation_id, meimei)
    _claim(cast, conversation_id, meimei)

    joined = [text for _, text in _lines(cast, conversation_id) if "已接入" in text]
    assert len(joined) == 1


def test_a_conversation_with_the_bot_cannot_be_claimed(cast: Cast, meimei: Agent) -> None:
    with pytest.raises(NotWaiting):
        _claim(cast, cast.conversation(), meimei)


def test_an_unknown_conversation_cannot_be_claimed(cast: Cast, meimei: Agent) -> None:
    with pytest.raises(UnknownConversation):
        _claim(cast, "nothing", meimei)


# --- reply ----------------------------------------------------------------------------------


def test_a_reply_reaches_the_transcript_under_the_agents_name(cast: Cast, meimei: Agent) -> None:
    conversation_id = cast.waiting()
    _claim(cast, conversation_id, meimei)

    _reply(cast, conversation_id, meimei, " 您好 ")

    seen = desk_reading.read(
        cast.open_unit, conversation_id=conversation_id, agent_id=meimei.id, now=NOW
    )
    assert (seen.messages[-1].author, seen.messages[-1].text) == (Author.AGENT, "您好")
    assert seen.names == {meimei.id: "韩梅梅"}


def test_the_same_reply_sent_again_is_one_message(cast: Cast, meimei: Agent) -> None:
    conversation_id = cast.waiting()
    _claim(cast, conversation_id, meimei)

    first = _reply(cast, conversation_id, meimei, "您好", "same")
    again = _reply(cast, conversation_id, meimei, "您好", "same")
    other = _reply(cast, conversation_id, meimei, "您好", "other")

    assert first == again != other
    assert _lines(cast, conversation_id).count((Author.AGENT, "您好")) == 2


@pytest.mark.parametrize(
    ("text", "error"),
    [("", EmptyMessage), (" \n\t", EmptyMessage), ("长" * (MAX_TEXT_LENGTH + 1), TextTooLong)],
)
def test_an_empty_or_endless_reply_is_refused(
    cast: Cast, meimei: Agent, text: str, error: type[Exception]
) -> None:
    conversation_id = cast.waiting()
    _claim(cast, conversation_id, meimei)

    with pytest.raises(error):
        _reply(cast, conversation_id, meimei, text)


def test_only_the_holder_replies(cast: Cast, meimei: Agent) -> None:
    lilei = cast.agent("lilei", "李雷")
    conversation_id = cast.waiting()
    _claim(cast, conversation_id, meimei)
    before = _lines(cast, conversation_id)

    with pytest.raises(NotYours):
        _reply(cast, conversation_id, lilei, "我来说")

    assert _lines(cast, conversation_id) == before


# --- fields and hand-back --------------------------------------------------------------------


def test_handing_back_passes_on_only_what_the_agent_filled_in(cast: Cast, meimei: Agent) -> None:
    conversation_id = cast.waiting(fields={"start_business_district": "371502"})
    _claim(cast, conversation_id, meimei)
    _set(cast, conversation_id, meimei, "start_business_enterprise_type", "individual")
    _set(cast, conversation_id, meimei, "start_business_enterprise_type", "company")
    _set(cast, conversation_id, meimei, "start_business_area_m2", "120.5")
    _set(cast, conversation_id, meimei, "start_business_hires_staff", "yes")

    handover.hand_back(
        cast.open_unit, conversation_id=conversation_id, agent_id=meimei.id, now=NOW, texts=TEXTS
    )

    turn = turns.claim_turn(cast.open_unit, now=NOW)
    assert turn is not None
    assert (turn.owner, turn.message.payload) == (Owner.BOT, HAND_BACK)
    assert json.loads(turn.message.text) == {
        "start_business_enterprise_type": "company",
        "start_business_area_m2": 120.5,
        "start_business_hires_staff": "yes",
    }
    assert _lines(cast, conversation_id)[-1] == (Author.SYSTEM, TEXTS.handed_back)
    with cast.open_unit() as unit:
        known = unit.conversations.get(conversation_id).fields
    assert known["start_business_district"] == "371502"
    assert known["start_business_enterprise_type"] == "company"


def test_a_second_hand_back_passes_on_only_what_is_new(cast: Cast, meimei: Agent) -> None:
    conversation_id = cast.waiting()
    with cast.open_unit() as unit:
        slots = (("whistle_district", "371525"), ("whistle_company", "甲"))
        for slot, value in slots:
            unit.desk.set_field(conversation_id, meimei.id, slot=slot, value=value, now=NOW)
            assert unit.desk.take_fields(conversation_id, now=NOW) == {slot: value}


def test_what_one_agent_filled_in_goes_along_when_a_colleague_hands_back(
    cast: Cast, meimei: Agent
) -> None:
    lilei = cast.agent("lilei", "李雷")
    conversation_id = cast.waiting()
    _claim(cast, conversation_id, meimei)
    _set(cast, conversation_id, meimei, "whistle_company", "甲厂")
    handover.return_to_queue(
        cast.open_unit, conversation_id=conversation_id, agent_id=meimei.id, now=NOW, texts=TEXTS
    )
    _claim(cast, conversation_id, lilei)

    handover.hand_back(
        cast.open_unit, conversation_id=conversation_id, agent_id=lilei.id, now=NOW, texts=TEXTS
    )

    turn = turns.claim_turn(cast.open_unit, now=NOW)
    assert turn is not None
    assert json.loads(turn.message.text) == {"whistle_company": "甲厂"}


@pytest.mark.parametrize(
    ("slot", "value"),
    [
        ("requested_slot", "x"),
        ("no_such_slot", "x"),
        ("booking_number", "YY-20261124-0001"),
        ("start_business_hires_staff", "也许"),
        ("start_business_enterprise_type", "有限公司"),
        ("start_business_area_m2", "三个"),
        ("start_business_area_m2", "nan"),
        ("whistle_company", "长" * 501),
    ],
)
def test_a_field_that_is_not_for_people_or_does_not_fit_is_refused(
    cast: Cast, meimei: Agent, slot: str, value: str
) -> None:
    conversation_id = cast.waiting()
    _claim(cast, conversation_id, meimei)

    with pytest.raises(BadField):
        _set(cast, conversation_id, meimei, slot, value)


def test_only_the_holder_fills_in(cast: Cast, meimei: Agent) -> None:
    conversation_id = cast.waiting()

    with pytest.raises(NotYours):
        _set(cast, conversation_id, meimei, "whistle_company", "甲")


@pytest.mark.parametrize("step", ["hand_back", "return_to_queue", "close"])
def test_only_the_holder_lets_go(cast: Cast, meimei: Agent, step: str) -> None:
    lilei = cast.agent("lilei", "李雷")
    conversation_id = cast.waiting()
    _claim(cast, conversation_id, meimei)

    with pytest.raises(NotYours):
        getattr(handover, step)(
            cast.open_unit, conversation_id=conversation_id, agent_id=lilei.id, now=NOW, texts=TEXTS
        )

    assert _owner(cast, conversation_id) is Owner.AGENT


# --- letting go ------------------------------------------------------------------------------


def test_going_back_to_the_queue_keeps_the_place(cast: Cast, meimei: Agent) -> None:
    first = cast.waiting(now=NOW - timedelta(minutes=10))
    second = cast.waiting(now=NOW - timedelta(minutes=5))
    _claim(cast, first, meimei)

    handover.return_to_queue(
        cast.open_unit, conversation_id=first, agent_id=meimei.id, now=NOW, texts=TEXTS
    )

    queue = handover.queue(cast.open_unit, agent_id=meimei.id, now=NOW)
    assert [one.conversation.id for one in queue] == [first, second]


def test_closing_ends_the_conversation_with_a_line(cast: Cast, meimei: Agent) -> None:
    conversation_id = cast.waiting()
    _claim(cast, conversation_id, meimei)

    handover.close(
        cast.open_unit, conversation_id=conversation_id, agent_id=meimei.id, now=NOW, texts=TEXTS
    )

    assert _owner(cast, conversation_id) is Owner.CLOSED
    assert _lines(cast, conversation_id)[-1] == (Author.SYSTEM, TEXTS.closed)


def test_a_silent_desk_loses_its_conversations_to_the_queue_once(cast: Cast, meimei: Agent) -> None:
    lilei = cast.agent("lilei", "李雷")
    lost, kept = cast.waiting(), cast.waiting()
    _claim(cast, lost, meimei)
    _claim(cast, kept, lilei)
    later = NOW + HEARTBEAT_TIMEOUT + timedelta(seconds=1)
    accounts.heartbeat(cast.open_unit, agent_id=lilei.id, now=later)

    swept = handover.sweep_lost_claims(cast.open_unit, now=later, texts=TEXTS)
    again = handover.sweep_lost_claims(cast.open_unit, now=later, texts=TEXTS)

    assert (swept, again) == ([lost], [])
    assert _owner(cast, lost) is Owner.WAITING
    assert _owner(cast, kept) is Owner.AGENT
    assert _lines(cast, lost)[-1] == (Author.SYSTEM, TEXTS.lost.format(name="韩梅梅"))


def test_a_desk_heard_of_within_a_minute_keeps_its_conversations(cast: Cast, meimei: Agent) -> None:
    _claim(cast, cast.waiting(), meimei)

    swept = handover.sweep_lost_claims(cast.open_unit, now=NOW + HEARTBEAT_TIMEOUT, texts=TEXTS)

    assert swept == []


def test_an_agent_who_is_away_keeps_the_conversations_while_the_desk_is_open(
    cast: Cast, meimei: Agent
) -> None:
    _claim(cast, cast.waiting(), meimei)
    later = NOW + timedelta(minutes=5)
    accounts.heartbeat(cast.open_unit, agent_id=meimei.id, now=later, is_available=False)

    assert handover.sweep_lost_claims(cast.open_unit, now=later, texts=TEXTS) == []


# --- reading ---------------------------------------------------------------------------------


def test_every_read_leaves_an_entry_refused_ones_too(cast: Cast, meimei: Agent) -> None:
    lilei = cast.agent("lilei", "李雷")
    conversation_id = cast.waiting()
    _claim(cast, conversation_id, lilei)

    desk_reading.read(cast.open_unit, conversation_id=conversation_id, agent_id=lilei.id, now=NOW)
    with pytest.raises(NotAllowed):
        desk_reading.read(
            cast.open_unit, conversation_id=conversation_id, agent_id=meimei.id, now=NOW
        )

    with cast.open_unit() as unit:
        entries = unit.people.audit(subject=conversation_id)
    assert [(entry.agent_id, entry.action) for entry in entries] == [
        (lilei.id, "conversation_claimed"),
        (lilei.id, "conversation_read"),
        (meimei.id, "conversation_refused"),
    ]


def test_a_supervisor_reads_what_a_colleague_holds(cast: Cast, meimei: Agent) -> None:
    boss = cast.agent("boss", "王主任", Role.SUPERVISOR)
    conversation_id = cast.waiting()
    _claim(cast, conversation_id, meimei)

    seen = desk_reading.read(
        cast.open_unit, conversation_id=conversation_id, agent_id=boss.id, now=NOW
    )

    assert (seen.is_mine, seen.holder) == (False, meimei)


def test_an_agent_does_not_read_what_the_bot_is_told(cast: Cast, meimei: Agent) -> None:
    with pytest.raises(NotAllowed):
        desk_reading.read(
            cast.open_unit, conversation_id=cast.conversation(), agent_id=meimei.id, now=NOW
        )


@pytest.mark.parametrize(("hours", "may_read"), [(23, True), (25, False)])
def test_after_a_day_a_conversation_that_was_let_go_is_out_of_sight(
    cast: Cast, meimei: Agent, hours: int, may_read: bool
) -> None:
    conversation_id = cast.waiting()
    _claim(cast, conversation_id, meimei)
    handover.close(
        cast.open_unit, conversation_id=conversation_id, agent_id=meimei.id, now=NOW, texts=TEXTS
    )
    later = NOW + timedelta(hours=hours)

    held = desk_reading.my_conversations(cast.open_unit, agent_id=meimei.id, now=later)

    assert [one.conversation.id for one in held] == ([conversation_id] if may_read else [])
    if may_read:
        desk_reading.read(
            cast.open_unit, conversation_id=conversation_id, agent_id=meimei.id, now=later
        )
        return
    with pytest.raises(NotAllowed):
        desk_reading.read(
            cast.open_unit, conversation_id=conversation_id, agent_id=meimei.id, now=later
        )


def test_a_long_transcript_is_read_page_by_page_without_a_gap(cast: Cast, meimei: Agent) -> None:
    conversation_id = cast.waiting()
    _claim(cast, conversation_id, meimei)
    for number in range(desk_reading.PAGE_LENGTH + 20):
        _reply(cast, conversation_id, meimei, f"第 {number} 条", f"key-{number}")

    newest = desk_reading.read(
        cast.open_unit, conversation_id=conversation_id, agent_id=meimei.id, now=NOW
    )
    older = desk_reading.read(
        cast.open_unit,
        conversation_id=conversation_id,
        agent_id=meimei.id,
        now=NOW,
        before=newest.messages[0].id,
    )

    shown = [(line.author, line.text) for line in older.messages + newest.messages]
    assert (newest.has_earlier, older.has_earlier) == (True, False)
    assert shown == _lines(cast, conversation_id)[: len(shown)]


def test_the_internal_note_of_a_hand_back_is_shown_to_nobody(cast: Cast, meimei: Agent) -> None:
    conversation_id = cast.waiting()
    _claim(cast, conversation_id, meimei)
    handover.hand_back(
        cast.open_unit, conversation_id=conversation_id, agent_id=meimei.id, now=NOW, texts=TEXTS
    )

    seen = desk_reading.read(
        cast.open_unit, conversation_id=conversation_id, agent_id=meimei.id, now=NOW
    )

    assert all(message.payload != HAND_BACK for message in seen.messages)


def test_my_list_marks_where_the_applicant_spoke_last(cast: Cast, meimei: Agent) -> None:
    conversation_id = cast.waiting()
    _claim(cast, conversation_id, meimei)
    unanswered = desk_reading.my_conversations(cast.open_unit, agent_id=meimei.id, now=NOW)[0]
    _reply(cast, conversation_id, meimei, "您好")
    answered = desk_reading.my_conversations(cast.open_unit, agent_id=meimei.id, now=NOW)[0]
    cast.says(conversation_id, "在吗")
    again = desk_reading.my_conversations(cast.open_unit, agent_id=meimei.id, now=NOW)[0]

    assert [one.needs_reply for one in (unanswered, answered, again)] == [False, False, True]
