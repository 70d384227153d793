"""Bends of a form: read back, passed over, proposed, left, paused, handed down."""

from typing import Any

import pytest
from rasa_sdk.executor import CollectingDispatcher

from actions.booking import ActionChangeBooking
from actions.bookings.questions import ValidateBookingForm
from actions.common import ActionInform, ActionReply, ActionStop
from actions.feedback import ValidateFeedbackForm
from actions.start_business import ValidateStartBusinessForm
from actions.whistle import ValidateWhistleForm
from tests.actions.trackers import entity, message, responses, slots_set, tracker

pytestmark = pytest.mark.usefixtures("application")

WHISTLE = {
    "whistle_description": "厂子通不上电两个月没人管",
    "whistle_company": "聊城示例机械有限公司",
    "whistle_district": "371502",
}


async def run(
    action: Any, said: dict[str, Any], **state: Any
) -> tuple[list[dict[str, Any]], dict[str, Any], CollectingDispatcher]:
    say = CollectingDispatcher()
    given = tracker(said, **state)
    if not action.name().startswith("validate_"):
        given.events = given.events[:2]  # the form has rejected the message; a rule's action comes
    events = await action.run(say, given, {})
    return events, slots_set(events), say


def items(say: CollectingDispatcher) -> str:
    return "".join(str(made.get("items") or "") for made in say.messages)


async def test_what_was_noted_is_read_back_and_the_question_asked_again() -> None:
    _, slots, say = await run(
        ValidateStartBusinessForm(),
        message("现在地区写的啥", "ask_place"),
        form="start_business_form",
        requested="start_business_enterprise_type",
        slots={"start_business_trade": "bundle:ot-pharmacy", "start_business_district": "371581"},
    )
    assert items(say) == "临清市"
    assert slots["requested_slot"] == "start_business_enterprise_type"


async def test_an_optional_question_is_passed_over_when_a_later_one_is_answered() -> None:
    said = message("13800138000", entities=[entity("phone", "13800138000")])
    _, slots, say = await run(
        ValidateWhistleForm(),
        said,
        form="whistle_form",
        requested="whistle_credit_code",
        slots=WHISTLE,
    )
    assert slots["whistle_credit_code"] == "none"
    assert slots["requested_slot"] == "whistle_confirmed"
    assert "utter_whistle_ask_confirm" in responses(say)


async def test_a_whistle_is_confirmed_with_its_last_answer() -> None:
    said = message("13800138000，派单吧", entities=[entity("phone", "13800138000")])
    _, slots, _ = await run(
        ValidateWhistleForm(),
        said,
        form="whistle_form",
        requested="whistle_credit_code",
        slots=WHISTLE,
    )
    assert (slots["whistle_confirmed"], slots["requested_slot"]) == ("yes", None)


async def test_a_whistle_is_not_confirmed_while_something_is_open() -> None:
    _, slots, _ = await run(
        ValidateWhistleForm(),
        message("就这样派单吧", "affirm"),
        form="whistle_form",
        requested="whistle_credit_code",
        slots=WHISTLE,
    )
    assert slots.get("whistle_confirmed") is None
    assert slots["requested_slot"] == "whistle_phone"


async def test_a_complaint_is_filed_without_the_number_that_may_be_left_out() -> None:
    _, slots, _ = await run(
        ValidateFeedbackForm(),
        message("救护车来了，投诉还给我提上", "complain"),
        form="feedback_form",
        requested="feedback_phone",
        slots={"feedback_text": "电梯老坏没人修", "feedback_kind": "complaint"},
    )
    assert (slots["feedback_phone"], slots["requested_slot"]) == ("none", None)


async def test_a_form_that_is_left_for_something_else_is_closed_before_it_is_done() -> None:
    events, slots, say = await run(
        ActionReply(),
        message("不填了，把我的删掉", "ask_privacy"),
        form="apply_form",
        requested="apply_target",
    )
    assert {"event": "active_loop", "name": None, "timestamp": None} in events
    assert responses(say) == ["utter_common_stopped", "utter_common_privacy"]
    assert slots["paused_form"] == "apply_form"


async def test_a_pause_brings_no_other_form_back_and_keeps_the_journey_below() -> None:
    events, slots, _ = await run(
        ActionStop(),
        message("改天再说", "stop"),
        form="feedback_form",
        slots={"open_forms": ["start_business_form"]},
    )
    assert slots["open_forms"] == []
    assert slots["paused_form"] == "start_business_form"
    assert not any(event.get("event") == "followup" for event in events)


async def test_an_answer_to_the_form_underneath_closes_the_look_up() -> None:
    said = message(
        "临清，做轴承", entities=[entity("district", "临清"), entity("industry", "轴承")]
    )
    events, slots, _ = await run(
        ActionInform(),
        said,
        form="case_form",
        requested="case_credential",
        slots={"open_forms": ["start_business_form"], "case_number": "371500202611240003"},
    )
    assert slots["start_business_district"] == "371581"
    assert [e["name"] for e in events if e.get("event") == "followup"] == ["start_business_form"]


async def test_moving_a_booking_that_is_not_made_yet_asks_what_is_to_be_other() -> None:
    _, _, say = await run(
        ActionChangeBooking(),
        message("改一下", "change_appointment"),
        form="booking_form",
        requested="booking_district",
        slots={"booking_purpose": "new"},
    )
    assert responses(say) == ["utter_booking_change_what"]


async def test_a_story_is_never_taken_for_a_question_about_what_was_noted() -> None:
    _, slots, say = await run(
        ValidateFeedbackForm(),
        message("窗口表上填的啥都看不清", "complain"),
        form="feedback_form",
        requested="feedback_text",
        slots={"feedback_kind": "complaint"},
    )
    assert slots["feedback_text"] == "窗口表上填的啥都看不清"
    assert "utter_common_nothing_known" not in responses(say)


async def test_a_yes_to_a_proposed_day_takes_it() -> None:
    made = {"slot": "booking_date", "value": "2026-11-30", "made": "6"}
    say = CollectingDispatcher()
    given = tracker(
        message("对", "affirm"),
        form="booking_form",
        requested="booking_district",
        slots={"booking_purpose": "new", "booking_mode": "window", "proposal": made},
    )
    before = {"event": "user", "text": "下周", "metadata": {"message_id": 6}}
    given.events = [before, *given.events]
    slots = slots_set(await ValidateBookingForm().run(say, given, {}))
    assert slots["booking_date"] == "2026-11-30"
    assert slots["requested_slot"] == "booking_district"
