"""Booking in the chat: wishes, held slots, full days, offers, the one-to-one helper."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from rasa_sdk.executor import CollectingDispatcher
from sqlalchemy.engine import Engine

import actions
from actions.booking import (
    ActionCancelBooking,
    ActionChangeBooking,
    ActionShowBookings,
    ActionStartBooking,
    ActionSubmitBooking,
)
from actions.bookings.questions import ValidateBookingForm
from actions.common import ActionInform, ActionOutsideForm
from actions.whistle import ValidateWhistleForm
from bot.bootstrap import App
from bot.domain.bookings import Booking
from bot.domain.halls import Mode
from bot.services.bookings import bookings
from bot.services.bookings import holds as booking_holds
from bot.services.bookings.clock import BookingClock, sweep_bookings
from bot.services.bookings.slots import NOBODY
from bot.services.bookings.slots_elsewhere import free_elsewhere
from bot.services.conversations.conversations import open_web_conversation
from bot.services.desk import assistance
from bot.store.service_seed import seed_services
from tests.actions.trackers import entity, message, pressed, responses, slots_set, tracker
from tests.booking_desk_factories import helper
from tests.desk_cast import FakeClock
from tests.desk_server import build_app
from tests.service_factories import DISTRICT, NOW, SATURDAY, SEED, TUESDAY, at, book, cancel

ME = "conversation-1"
CHOSEN = {
    "booking_purpose": "new",
    "booking_mode": "video",
    "booking_district": DISTRICT,
    "booking_name": "李雷",
    "booking_phone": "13800138000",
}
AT_ONCE = 12
SATURDAY_NINE = at(SATURDAY, 9).isoformat()


@pytest.fixture
def clock() -> FakeClock:
    """Monday at half past eight."""
    return FakeClock(NOW)


@pytest.fixture
def at_home(
    sqlite_engine: Engine, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> Iterator[App]:
    """What `actions.app()` returns: the real application with the operator's settings."""
    built = build_app(sqlite_engine, clock)
    monkeypatch.setattr(actions, "build", lambda _settings: built)
    actions.app.cache_clear()
    seed_services(built.unit_of_work, folder=SEED, now=NOW)
    yield built
    actions.app.cache_clear()


async def answer(
    said: dict[str, Any], requested: str, **slots: Any
) -> tuple[dict[str, Any], CollectingDispatcher]:
    say = CollectingDispatcher()
    state = tracker(said, form="booking_form", requested=requested, slots={**CHOSEN, **slots})
    return slots_set(await ValidateBookingForm().run(say, state, {})), say


def titles(say: CollectingDispatcher) -> list[str]:
    return [button["title"] for line in say.messages for button in line.get("buttons") or []]


@pytest.mark.parametrize(
    ("text", "day", "first"),
    [
        ("下周三上午", "2026-12-02", "12月2日（周三）09:00"),
        ("周末吧", "2026-11-28", "11月28日（周六）09:00"),
        ("下班以后", "2026-11-23", "11月23日（周一）17:00"),
        ("中午能约吗", "2026-11-23", "11月23日（周一）12:00"),
        ("明天下班后", "2026-11-24", "11月24日（周二）17:00"),
    ],
)
async def test_wishes_lead_to_the_right_day_and_slots(
    at_home: App, text: str, day: str, first: str
) -> None:
    set_to, say = await answer(message(text), "booking_date")
    assert set_to["booking_date"] == day
    assert titles(say)[0] == first
    assert titles(say)[-2:] == ["换一天", "换方式"]


async def test_as_soon_as_possible_is_the_first_free_slot_read_back_and_kept(at_home: App) -> None:
    set_to, say = await answer(message("越快越好"), "booking_date")
    assert set_to["booking_slot"] == at(NOW.date(), 9, 30).isoformat()
    assert responses(say)[-1] == "utter_booking_ask_confirm"
    read = say.messages[-1]
    assert read["when"] == "11月23日（周一）09:30"
    assert read["held"] == "（08:40前给您留着）"


async def test_many_who_want_the_first_slot_at_the_same_time_all_get_one(at_home: App) -> None:
    async def want(number: int) -> tuple[dict[str, Any], CollectingDispatcher]:
        say = CollectingDispatcher()
        state = tracker(
            message("越快越好"), form="booking_form", requested="booking_date", slots=CHOSEN
        )
        state.sender_id = f"conversation-{number}"
        return slots_set(await ValidateBookingForm().run(say, state, {})), say

    found = await asyncio.gather(*(want(number) for number in range(AT_ONCE)))

    assert [responses(say)[-1] for _, say in found] == ["utter_booking_ask_confirm"] * AT_ONCE
    assert not [one for _, say in found for one in responses(say) if "full" in one]
    taken = Counter(set_to["booking_slot"] for set_to, _ in found)
    with at_home.reading() as unit:
        held = Counter(
            one.starts_at.isoformat() for one in unit.booking_holds.live(DISTRICT, Mode.VIDEO, NOW)
        )
    assert taken == held


async def test_a_slot_that_somebody_else_is_deciding_about_is_said_to_be_full(at_home: App) -> None:
    hold_for_other(at_home)
    set_to, say = await answer(
        pressed(f"booking_slot={SATURDAY_NINE}"), "booking_slot", booking_date="2026-11-28"
    )
    assert set_to["booking_slot"] is None
    assert responses(say) == ["utter_booking_slot_full", "utter_booking_ask_slot"]
    assert "11月28日（周六）09:30" in titles(say)


def hold_for_other(application: App) -> None:
    booking_holds.hold_slot(
        application.unit_of_work,
        conversation_id="other",
        district=DISTRICT,
        mode=Mode.VIDEO,
        starts_at=at(SATURDAY, 9),
        now=application.now(),
        calendar=application.calendar,
    )


@pytest.mark.parametrize(
    ("day", "mode", "response"),
    [
        ("2026-11-22", "video", "utter_booking_day_past"),
        ("2027-06-01", "video", "utter_booking_day_too_far"),
        ("2027-01-02", "video", "utter_booking_ask_slot"),  # a Saturday of a year to come
        ("2026-11-29", "on_site", "utter_booking_ask_slot"),
    ],
)
async def test_a_day_without_slots_is_refused_with_its_reason(
    at_home: App, day: str, mode: str, response: str
) -> None:
    _, say = await answer(
        message("那啥", "nlu_fallback"), "booking_slot", booking_date=day, booking_mode=mode
    )
    assert response in responses(say)


async def test_a_full_day_offers_the_waiting_list_and_the_nearest_slots(at_home: App) -> None:
    fill_saturday(at_home)
    _, say = await answer(message("这周六"), "booking_date")
    assert responses(say) == ["utter_booking_day_full_here"]
    assert "排候补" in titles(say)
    assert titles(say)[3].startswith("11月23日")
    set_to, say = await answer(
        pressed("booking_slot=候补"), "booking_slot", booking_date="2026-11-28"
    )
    assert set_to["booking_slot"] == "候补"
    assert responses(say) == ["utter_booking_ask_confirm_wait"]
    assert say.messages[-1]["when"] == "2026年11月28日（周六）"


async def test_a_full_day_offers_other_halls_that_have_places(at_home: App) -> None:
    fill_saturday(at_home)
    _, say = await answer(message("这周六上午十点"), "booking_date")
    (line,) = say.messages
    first = line["buttons"][0]
    assert line["halls"].split("、")[0] == "东昌府区政务服务大厅"
    assert first["title"] == "东昌府区政务服务大厅 10:00"

    choice = first["payload"].split('"')[3]
    set_to, say = await answer(
        pressed(choice), "booking_slot", booking_date="2026-11-28", booking_said="这周六上午十点"
    )

    assert set_to["booking_district"] == "371502"
    assert set_to["booking_slot"] == at(SATURDAY, 10).isoformat()
    assert responses(say)[-1] == "utter_booking_ask_confirm"


async def test_a_visit_on_site_is_not_sent_to_another_district(at_home: App) -> None:
    found = free_elsewhere(
        at_home.unit_of_work,
        district=DISTRICT,
        mode=Mode.ON_SITE,
        on=TUESDAY,
        now=NOW,
        calendar=at_home.calendar,
        asker=NOBODY,
    )
    assert found == ()


def fill_saturday(application: App) -> list[Booking]:
    starts = [at(SATURDAY, 9) + n * timedelta(minutes=30) for n in range(6)]
    return [
        book(application.unit_of_work, n, starts_at=start, mode=Mode.VIDEO)
        for n, start in enumerate(starts)
    ]


async def submit(**slots: Any) -> tuple[dict[str, Any], CollectingDispatcher]:
    say = CollectingDispatcher()
    wanted = {**CHOSEN, "booking_confirmed": "yes", **slots}
    events = await ActionSubmitBooking().run(say, tracker(message("对"), slots=wanted), {})
    return slots_set(events), say


async def test_a_hold_that_ran_out_is_said_so(at_home: App, clock: FakeClock) -> None:
    await answer(
        pressed(f"booking_slot={SATURDAY_NINE}"), "booking_slot", booking_date="2026-11-28"
    )
    clock.forward(minutes=11)
    hold_for_other(at_home)
    set_to, say = await submit(booking_slot=SATURDAY_NINE)
    assert responses(say) == ["utter_booking_hold_over"]
    assert say.messages[0]["until"] == "08:40"
    assert set_to["booking_slot"] is None


async def test_a_booking_comes_with_its_link(at_home: App) -> None:
    _, say = await submit(booking_slot=SATURDAY_NINE)
    assert responses(say) == ["utter_booking_done"]
    assert "/bookings/" in say.messages[0]["link"]


async def test_what_it_is_for_reaches_the_desk_in_the_applicants_words(at_home: App) -> None:
    set_to, _ = await submit(booking_slot=SATURDAY_NINE, booking_note="开饭店的事")
    own = bookings.my_bookings(at_home.unit_of_work, ME, only_open=True)
    assert [one.note for one in own] == ["开饭店的事"]
    assert set_to["booking_note"] is None


async def test_not_booking_after_all_gives_the_slot_back(at_home: App) -> None:
    await answer(
        pressed(f"booking_slot={SATURDAY_NINE}"), "booking_slot", booking_date="2026-11-28"
    )
    await submit(booking_slot=SATURDAY_NINE, booking_confirmed="no")
    assert booking_holds.held_slot(at_home.unit_of_work, ME) is None


async def start(text: str, **more: Any) -> tuple[dict[str, Any], CollectingDispatcher]:
    say = CollectingDispatcher()
    said = message(text, "book_appointment", **more)
    return slots_set(await ActionStartBooking().run(say, tracker(said), {})), say


async def test_the_second_visit_shows_the_booking_that_there_is(at_home: App) -> None:
    book(at_home.unit_of_work, conversation_id=ME)
    set_to, say = await start("预约帮办")
    assert responses(say) == ["utter_booking_have_one"]
    assert "booking_purpose" not in set_to
    set_to, say = await start("再约一个")
    assert responses(say) == ["utter_booking_beside", "utter_booking_start"]
    assert set_to["booking_purpose"] == "new"
    told = [entity("service_mode", "上门")]
    _, say = await start("约个上门", entities=told)
    assert responses(say)[0] == "utter_booking_beside"


async def test_as_soon_as_possible_in_the_first_sentence_is_remembered(at_home: App) -> None:
    told = [entity("district", "茌平区"), entity("service_mode", "电话")]
    set_to, _ = await start("茌平的电话帮办，越快越好", entities=told)
    assert set_to["booking_slot"] == at(NOW.date(), 9).isoformat()


@pytest.fixture
def offered(at_home: App) -> tuple[App, str]:
    """Somebody who waited is offered the place that has become free."""
    who = open_web_conversation(at_home.unit_of_work, now=NOW).conversation_id
    first = fill_saturday(at_home)[0]
    booking_holds.join_waiting(
        at_home.unit_of_work,
        origin="w",
        conversation_id=who,
        district=DISTRICT,
        mode=Mode.VIDEO,
        first_at=at(SATURDAY, 9),
        last_at=at(SATURDAY, 12),
        contact_name="李雷",
        contact_phone="13800138000",
        now=NOW,
        calendar=at_home.calendar,
    )
    cancel(at_home.unit_of_work, first)
    clock = BookingClock(at_home.unit_of_work, at_home.booking_teller, at_home.calendar)
    assert sweep_bookings(clock, NOW) == (who,)
    return at_home, who


async def run(action: Any, said: dict[str, Any], who: str) -> CollectingDispatcher:
    say = CollectingDispatcher()
    state = tracker(said)
    state.sender_id = who
    await action.run(say, state, {})
    return say


async def test_an_offer_is_taken_by_its_button(offered: tuple[App, str]) -> None:
    application, who = offered
    say = await run(ActionInform(), pressed("booking_offer=yes"), who)
    assert responses(say) == ["utter_booking_offer_taken"]
    assert bookings.my_bookings(application.unit_of_work, who)[0].starts_at == at(SATURDAY, 9)
    say = await run(ActionInform(), pressed("booking_offer=no"), who)
    assert responses(say) == ["utter_booking_offer_over"]


@pytest.mark.parametrize(
    ("said", "told"),
    [("好的", "utter_booking_offer_taken"), ("不要了", "utter_booking_offer_declined")],
)
async def test_an_offer_is_answered_by_typed_words_in_the_middle_of_a_form(
    offered: tuple[App, str], said: str, told: str
) -> None:
    _, who = offered
    say = CollectingDispatcher()
    known = {"whistle_description": "新厂房通不上电"}
    state = tracker(message(said), form="whistle_form", requested="whistle_company", slots=known)
    state.sender_id = who
    events = slots_set(await ValidateWhistleForm().run(say, state, {}))

    assert responses(say) == [told, "utter_whistle_ask_company"]
    assert events["requested_slot"] == "whistle_company"
    assert events.get("whistle_company") is None


async def test_an_offer_is_shown_again_and_declined_by_a_typed_no(
    offered: tuple[App, str],
) -> None:
    _, who = offered
    say = await run(ActionShowBookings(), message("我的预约", "query_appointment"), who)
    assert responses(say) == ["utter_booking_offer_stands"]
    say = await run(ActionOutsideForm(), message("不要了", "deny"), who)
    assert responses(say) == ["utter_booking_offer_declined"]
    say = await run(ActionOutsideForm(), message("要", "affirm"), who)
    assert responses(say) == ["utter_booking_offer_over"]


async def test_a_typed_yes_takes_the_offer(offered: tuple[App, str]) -> None:
    _, who = offered
    say = await run(ActionOutsideForm(), message("好的", "affirm"), who)
    assert responses(say) == ["utter_booking_offer_taken"]


async def test_a_helper_is_agreed_to_shown_and_ended_in_the_chat(at_home: App) -> None:
    who = open_web_conversation(at_home.unit_of_work, now=NOW).conversation_id
    made = helper(at_home.unit_of_work, "a", name="韩梅梅", phone="0635-8000000")
    with at_home.unit_of_work() as unit:
        agent = unit.people.agent(made.agent_id)
    assistance.propose(
        at_home.unit_of_work,
        at_home.booking_teller,
        agent=agent,
        helper_id=agent.id,
        conversation_id=who,
        subject="",
        now=NOW,
    )
    say = await run(ActionOutsideForm(), message("同意", "affirm"), who)
    assert responses(say) == ["utter_booking_helper_started"]
    say = await run(ActionShowBookings(), message("我的帮办是谁", "query_appointment"), who)
    assert responses(say) == ["utter_booking_helper"]
    assert say.messages[0]["phone"] == "0635-8000000"
    say = await run(ActionInform(), pressed("assist=end"), who)
    assert responses(say) == ["utter_booking_helper_ended"]
    say = await run(ActionInform(), pressed("assist=end"), who)
    assert responses(say) == ["utter_booking_no_helper"]


async def test_the_wish_is_kept_on_tuesday_too(at_home: App) -> None:
    set_to, _ = await answer(message("明天上午十点"), "booking_date")
    assert set_to["booking_slot"] == at(TUESDAY, 10).isoformat()


async def test_a_change_takes_the_day_and_time_of_the_first_sentence(at_home: App) -> None:
    book(at_home.unit_of_work, conversation_id=ME)
    say = CollectingDispatcher()
    said = message("帮我改到周四下午三点", "change_appointment")
    set_to = slots_set(await ActionChangeBooking().run(say, tracker(said), {}))
    assert set_to["booking_slot"] == at(TUESDAY + timedelta(days=2), 15).isoformat()
    hold = booking_holds.held_slot(at_home.unit_of_work, ME)
    assert hold is not None


async def test_the_waiting_list_is_joined_and_left_in_words(at_home: App) -> None:
    fill_saturday(at_home)
    _, say = await submit(booking_slot="候补", booking_date="2026-11-28", booking_said="周六")
    assert responses(say) == ["utter_booking_waiting"]
    assert say.messages[0]["ahead"] == "0"
    say = await run(ActionShowBookings(), message("我的候补", "query_appointment"), ME)
    assert responses(say) == ["utter_booking_wait_stands"]
    say = await run(ActionCancelBooking(), message("不排候补了", "cancel_appointment"), ME)
    assert responses(say) == ["utter_booking_left_list"]
    _, say = await submit(booking_slot="候补", booking_date="2026-11-29", booking_said="周日")
    assert responses(say) == ["utter_booking_no_need_to_wait"]


async def test_a_yes_takes_none_of_several_free_slots(at_home: App) -> None:
    day = SATURDAY.isoformat()
    set_to, say = await answer(message("对，没错", "affirm"), "booking_slot", booking_date=day)
    assert set_to.get("booking_slot") is None
    assert responses(say) == ["utter_booking_slot_still_open", "utter_booking_ask_slot"]


@pytest.mark.parametrize(
    ("text", "names", "day"),
    [
        ("周六我要去进货，改到下周四下午行吗", ["周六", "下周四"], "2026-12-03"),
        ("周六不行了 明天得送孩子 下周三上午吧", ["周六", "明天", "下周三"], "2026-12-02"),
    ],
)
async def test_of_several_days_the_last_is_meant_where_another_does_not_do(
    at_home: App, text: str, names: list[str], day: str
) -> None:
    said = message(text, "change_appointment", 0.9, [entity("date", name) for name in names])
    known = {"booking_date": SATURDAY.isoformat(), "booking_slot": SATURDAY_NINE}
    set_to, _ = await answer(said, "booking_name", **known, booking_name=None)
    assert set_to["booking_date"] == day
    assert "booking_name" not in set_to


async def test_either_of_two_days_is_not_the_second_alone(at_home: App) -> None:
    said = message("下周三下午，下周四也行", "inform", 0.9, [entity("date", "下周三")])
    set_to, _ = await answer(said, "booking_date")
    assert set_to.get("booking_date") != "2026-12-03"


async def test_another_way_may_be_asked_for_at_the_end(at_home: App) -> None:
    known = {"booking_date": SATURDAY.isoformat(), "booking_slot": SATURDAY_NINE}
    said = message("能不能改成去大厅", "suggest", 0.7)
    set_to, _ = await answer(said, "booking_confirmed", **known)
    assert set_to["booking_mode"] == "window"


async def test_a_number_said_before_is_taken_by_pointing_at_it(at_home: App) -> None:
    say = CollectingDispatcher()
    slots = {**CHOSEN, "booking_name": None, "booking_phone": None}
    state = tracker(
        message("郭建军 电话就刚才那个"), form="booking_form", requested="booking_slot", slots=slots
    )
    before = {"event": "user", **message("报手机号行不 15166358890"), "metadata": {"message_id": 6}}
    state.events = [before, *state.events]
    set_to = slots_set(await ValidateBookingForm().run(say, state, {}))
    assert (set_to["booking_name"], set_to["booking_phone"]) == ("郭建军", "15166358890")
