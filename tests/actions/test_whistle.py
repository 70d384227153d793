"""Blowing the whistle, adding to it and rating its answer in the chat."""

from typing import Any

import pytest
from rasa_sdk.executor import CollectingDispatcher

from actions.review import ActionSubmitReview
from actions.tickets import ActionShowTicket, ActionStartTicket, ValidateTicketForm
from actions.whistle import ActionSubmitWhistle, ValidateWhistleForm
from bot.bootstrap import App
from bot.domain.ticket_acts import Act
from bot.domain.tickets import Ticket, TicketEventKind, TicketState
from tests.actions.trackers import entity, message, responses, slots_set, tracker
from tests.whistle_factories import Desk

ASKER = "conversation-1"
S = TicketState
SLOTS = {
    "whistle_confirmed": "yes",
    "whistle_phone": "13800138000",
    "whistle_district": "371526",
    "whistle_description": "新厂房通不上电，两周没人管",
    "whistle_company": "李雷机械厂",
}


async def blow(number: int = 7, **slots: Any) -> tuple[dict[str, Any], CollectingDispatcher]:
    say = CollectingDispatcher()
    state = tracker(message(""), slots={**SLOTS, **slots}, message_id=number)
    return slots_set(await ActionSubmitWhistle().run(say, state, {})), say


def ticket(application: App) -> Ticket:
    with application.unit_of_work() as uow:
        return uow.tickets.of_conversation(ASKER)[-1]


async def test_a_whistle_says_its_number_and_the_page_to_follow_it(application: App) -> None:
    slots, say = await blow()

    assert responses(say) == ["utter_whistle_opened"]
    assert slots["ticket_number"] == ticket(application).number
    assert "/whistles/" in say.messages[0]["url"]


async def test_the_same_whistle_five_times_is_one_ticket(application: App) -> None:
    await blow()
    for number in range(8, 12):
        _, say = await blow(number, whistle_description="我们新厂房还是通不上电啊，没人管")
        assert responses(say) == ["utter_whistle_joined"]

    with application.unit_of_work() as uow:
        (only,) = uow.tickets.of_conversation(ASKER)
    assert [e.kind for e in only.events].count(TicketEventKind.JOINED) == 4


async def asked_at_the_end(text: str, **slots: Any) -> tuple[dict[str, Any], list[str]]:
    """Answer the last question of the form, or have it asked with no text."""
    say = CollectingDispatcher()
    filled = {**SLOTS, "whistle_confirmed": None, "whistle_credit_code": "none", **slots}
    requested = "whistle_confirmed" if text else "whistle_phone"
    said = message(text or SLOTS["whistle_phone"])
    if not text:
        filled["whistle_phone"] = None
    state = tracker(said, form="whistle_form", requested=requested, slots=filled, message_id=30)
    return slots_set(await ValidateWhistleForm().run(say, state, {})), responses(say)


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("是同一件", "yes"),
        ("不是，另一件事", "separate"),
        ("不是", "separate"),
        ("另派一张吧", "separate"),
        ("算了，先不派了", "no"),
    ],
)
async def test_a_business_that_has_whistled_is_asked_whether_it_is_the_same_thing(
    application: App, said: str, kept: str
) -> None:
    await blow()

    _, shown = await asked_at_the_end("")
    answered, _ = await asked_at_the_end(said)

    assert shown == ["utter_whistle_ask_same"]
    assert answered["whistle_confirmed"] == kept


async def test_no_means_no_where_nothing_similar_is_open(application: App) -> None:
    _, shown = await asked_at_the_end("")
    answered, _ = await asked_at_the_end("不是")

    assert shown == ["utter_whistle_ask_confirm"]
    assert answered["whistle_confirmed"] == "no"
    with application.unit_of_work() as uow:
        assert uow.tickets.of_conversation(ASKER) == []


async def test_what_was_taken_back_before_the_last_answer_is_asked_again(
    application: App,
) -> None:
    await blow()
    say, left = CollectingDispatcher(), {**SLOTS}
    del left["whistle_company"], left["whistle_confirmed"]
    asked = {"form": "whistle_form", "requested": "whistle_confirmed"}
    state = tracker(message("是同一件", "affirm"), slots=left, **asked)
    answered = slots_set(await ValidateWhistleForm().run(say, state, {}))

    assert answered["requested_slot"] == "whistle_company"


async def test_another_thing_gets_a_ticket_of_its_own(application: App) -> None:
    await blow()

    _, say = await blow(8, whistle_confirmed="separate")

    assert responses(say) == ["utter_whistle_opened"]
    with application.unit_of_work() as uow:
        assert len(uow.tickets.of_conversation(ASKER)) == 2


@pytest.mark.parametrize("slot", ["whistle_company", "whistle_description"])
async def test_a_whistle_without_business_or_content_asks_again(
    application: App, slot: str
) -> None:
    slots, say = await blow(**{slot: "  "})

    assert responses(say) == []
    assert slots[slot] is None
    with application.unit_of_work() as uow:
        assert uow.tickets.of_conversation(ASKER) == []


async def test_words_are_added_to_the_ticket_that_waits_for_them(application: App) -> None:
    await blow()
    desk = Desk(application.unit_of_work, application.now())
    desk.until(ticket(application).number, Act.ASK_BUSINESS)
    said = message("补充：变压器是四百千伏安的", "query_ticket")
    say = CollectingDispatcher()
    begun = slots_set(await ActionStartTicket().run(say, tracker(said), {}))
    assert begun["ticket_addition"] == "变压器是四百千伏安的"

    state = tracker(said, slots=begun)
    await ActionShowTicket().run(say, state, {})

    assert responses(say) == ["utter_whistle_added"]
    assert ticket(application).state is S.IN_PROGRESS
    assert ticket(application).events[-2].reason == "变压器是四百千伏安的"


async def test_the_button_to_add_asks_what(application: App) -> None:
    await blow()
    said = message(
        '/query_ticket{"case_act": "supplement"}',
        "query_ticket",
        1.0,
        [entity("case_act", "supplement")],
    )
    say = CollectingDispatcher()
    begun = slots_set(await ActionStartTicket().run(say, tracker(said), {}))
    state = tracker(said, form="ticket_form", slots=begun, after_action="action_start_ticket")

    asked = slots_set(await ValidateTicketForm().run(say, state, {}))

    assert asked["requested_slot"] == "ticket_addition"
    assert responses(say) == ["utter_whistle_ask_addition_with_page"]
    assert "/whistles/" in say.messages[-1]["url"]


async def test_an_unhappy_business_has_it_done_again_once(application: App) -> None:
    await blow()
    number = ticket(application).number
    desk = Desk(application.unit_of_work, application.now())
    desk.until(number, Act.ANSWER)

    assert await rate(number, 2, message_id=20) == ["utter_review_ticket_reopened"]
    assert (ticket(application).state, ticket(application).round) == (S.IN_PROGRESS, 1)

    desk.act(number, Act.ANSWER, "再次答复")
    assert await rate(number, 2, message_id=21) == ["utter_review_ticket_complaint"]
    assert ticket(application).round == 1


async def test_a_content_business_closes_it(application: App) -> None:
    await blow()
    number = ticket(application).number
    Desk(application.unit_of_work, application.now()).until(number, Act.ANSWER)

    assert await rate(number, 5, message_id=20) == ["utter_review_ticket_closed"]
    assert ticket(application).state is S.CLOSED


async def rate(number: str, level: int, *, message_id: int) -> list[str]:
    say = CollectingDispatcher()
    slots = {"review_level": float(level), "ticket_shown": number}
    await ActionSubmitReview().run(
        say, tracker(message(""), slots=slots, message_id=message_id), {}
    )
    return responses(say)


@pytest.mark.usefixtures("application")
async def test_a_case_number_in_the_middle_is_no_mistyped_telephone() -> None:
    say = CollectingDispatcher()
    text = "先帮我查个办件 371500209912310001"
    number = [entity("case_number", "371500209912310001")]
    state = tracker(
        message(text, "query_case", 0.99, number),
        form="whistle_form",
        requested="whistle_phone",
        slots={"whistle_description": "厂房通不上电", "whistle_company": "李雷机械厂"},
    )
    await ValidateWhistleForm().run(say, state, {})

    assert "utter_common_phone_bad" not in responses(say)
