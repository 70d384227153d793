"""Changes and the end of a business, from a question to the plan."""

import pytest
from rasa_sdk.executor import CollectingDispatcher

from actions.apply import ActionApplyOnline
from actions.booking import ActionChangeBooking
from actions.common import ActionInform, ActionOutsideForm
from actions.follow_up import ActionFollowUp
from actions.life_events import ActionSubmitLifeEvent, ValidateLifeEventForm
from actions.matters import ActionAnswerProcedure
from actions.start_business import ActionStartBusiness
from tests.actions.trackers import entity, message, pressed, responses, slots_set, tracker

pytestmark = pytest.mark.usefixtures("application")


def follow_up(events: list[dict[str, object]]) -> list[object]:
    return [event["name"] for event in events if event.get("event") == "followup"]


async def test_asking_how_to_move_offers_the_plan_and_keeps_the_place() -> None:
    say = CollectingDispatcher()
    said = message("公司搬到临清要办啥", "ask_procedure", entities=[entity("district", "临清")])
    slots = slots_set(await ActionAnswerProcedure().run(say, tracker(said), {}))

    answered = responses(say)[:2]  # what may also be meant comes behind it
    assert answered == ["utter_matters_answer", "utter_life_events_offer"]
    assert slots == {"life_event_offer": "move", "life_event_district": "371581"}


async def test_the_procedure_of_a_matter_of_exit_is_answered_and_leads_on() -> None:
    say = CollectingDispatcher()
    said = message("简易注销怎么办", "ask_procedure", entities=[entity("matter", "简易注销")])
    await ActionAnswerProcedure().run(say, tracker(said), {})

    assert responses(say) == ["utter_matters_answer", "utter_life_events_offer"]


async def test_yes_after_the_offer_opens_the_questions() -> None:
    say = CollectingDispatcher()
    slots = {"life_event_offer": "move", "life_event_district": "371581"}
    events = await ActionOutsideForm().run(say, tracker(message("好", "affirm"), slots=slots), {})

    assert follow_up(events) == ["life_event_form"]
    assert slots_set(events)["life_event_district"] == "371581"


async def test_an_event_without_questions_asks_nothing_before_its_plan() -> None:
    say = CollectingDispatcher()
    events = await ActionInform().run(say, tracker(pressed("life_event_offer=capital-down")), {})
    assert follow_up(events) == ["life_event_form"]
    assert responses(say) == []

    shown = CollectingDispatcher()
    state = tracker(message(""), slots=slots_set(events))
    await ActionSubmitLifeEvent().run(shown, state, {})
    assert responses(shown)[:2] == ["utter_life_events_plan", "utter_life_events_link"]
    assert "公告45日" in shown.messages[0]["plan"]


@pytest.mark.parametrize(
    ("action", "text"), [(ActionStartBusiness, "不干了想注销"), (ActionApplyOnline, "公司不要了")]
)
async def test_giving_up_a_business_starts_no_new_one(action: type, text: str) -> None:
    say = CollectingDispatcher()
    said = message(text, "start_business")
    events = await action().run(say, tracker(said), {})

    assert responses(say) == ["utter_life_events_offer"]
    assert "start_business_trade" not in slots_set(events)


async def test_an_answer_that_settles_a_later_question_spares_it() -> None:
    say = CollectingDispatcher()
    state = tracker(
        pressed("life_event_crosses_district=no"),
        form="life_event_form",
        requested="life_event_crosses_district",
        slots={"life_event_id": "move"},
    )
    slots = slots_set(await ValidateLifeEventForm().run(say, state, {}))

    assert slots["requested_slot"] == "life_event_has_food_licence"


async def test_another_day_after_the_plan_dates_it_anew() -> None:
    say = CollectingDispatcher()
    slots = {"journey": "life_event", "life_event_id": "capital-down"}
    events = await ActionInform().run(say, tracker(message("2050年1月1号开始"), slots=slots), {})
    assert responses(say) == ["utter_plan_project_start_too_far"]
    assert events == []

    for action in (ActionInform, ActionApplyOnline, ActionChangeBooking):
        say = CollectingDispatcher()
        state = tracker(message("2027年3月1号开始"), slots=slots)
        events = await action().run(say, state, {})
        assert responses(say) == ["utter_plan_project_start_kept"]
    assert follow_up(events) == ["life_event_form"]
    assert slots_set(events)["life_event_start_on"] == "2027-03-01"


@pytest.mark.parametrize("text", ["我想开个搬家公司", "社保迁移"])
async def test_other_things_that_move_are_no_move_of_a_business(text: str) -> None:
    say = CollectingDispatcher()
    await ActionInform().run(say, tracker(message(text)), {})
    assert "utter_life_events_offer" not in responses(say)


@pytest.mark.parametrize(
    ("text", "trade", "offered"),
    [
        ("美容院干不下去了，想关了", "美容院", "close"),
        ("超市想让给我哥干", "超市", "operator"),
        ("婚庆公司想增个摄影的业务", "婚庆公司", "scope"),
    ],
)
async def test_what_becomes_of_a_business_with_a_trade_begins_none(
    text: str, trade: str, offered: str
) -> None:
    say = CollectingDispatcher()
    said = message(text, "start_business", entities=[entity("industry", trade)])
    slots = slots_set(await ActionStartBusiness().run(say, tracker(said), {}))

    assert responses(say) == ["utter_life_events_offer"]
    assert slots["life_event_offer"] == offered


async def test_a_pause_is_answered_for_itself() -> None:
    say = CollectingDispatcher()
    said = message("店先不开了，想停一阵子", "start_business")
    slots = slots_set(await ActionStartBusiness().run(say, tracker(said), {}))

    assert "utter_start_business_start" not in responses(say)
    assert slots["matter_id"] == "suspend-biz"


async def test_a_step_of_ones_own_belongs_to_an_area_too() -> None:
    say = CollectingDispatcher()
    slots = {"life_event_offer": "shareholders"}
    said = message("要不要交税", "ask_fee")
    await ActionFollowUp().run(say, tracker(said, slots=slots), {})

    assert responses(say) == ["utter_plan_area"]
