"""Inside a form: handing in too early, leaving out, another day, an errand, the way back."""

from typing import Any

import pytest
from rasa_sdk.executor import CollectingDispatcher

from actions.bookings.questions import ValidateBookingForm
from actions.cases import ActionFollowCase, ActionUrgeCase, ValidateCaseForm
from actions.feedback import ValidateFeedbackForm
from actions.policy import ActionStartPolicyMatch, ValidatePolicyForm
from actions.start_business import ValidateStartBusinessForm
from actions.whistle import ValidateWhistleForm
from tests.actions.trackers import entity, message, responses, slots_set, tracker

pytestmark = pytest.mark.usefixtures("application")

WHISTLE = {
    "whistle_description": "厂子通不上电两个月没人管",
    "whistle_company": "聊城示例机械有限公司",
    "whistle_credit_code": "none",
    "whistle_phone": "13800138000",
}
PHARMACY = {
    "start_business_trade": "bundle:ot-pharmacy",
    "start_business_enterprise_type": "individual",
    "start_business_district": "371581",
}
BOOKING = {
    "booking_purpose": "new",
    "booking_mode": "window",
    "booking_district": "371502",
    "booking_date": "2026-12-02",
}


async def run(
    action: Any, said: dict[str, Any], form: str, requested: str, slots: dict[str, Any]
) -> tuple[dict[str, Any], CollectingDispatcher]:
    say = CollectingDispatcher()
    given = tracker(said, form=form, requested=requested, slots=slots)
    if not action.name().startswith("validate_"):
        given.events = given.events[:2]  # the form has rejected the message; a rule's action comes
    return slots_set(await action.run(say, given, {})), say


@pytest.mark.parametrize(
    ("text", "intent"),
    [("对就这么交上去吧", "affirm"), ("直接提交吧", "apply_online"), ("行 派吧", "affirm")],
)
async def test_who_hands_in_too_early_hears_what_is_missing_and_why(text: str, intent: str) -> None:
    slots, say = await run(
        ValidateWhistleForm(), message(text, intent), "whistle_form", "whistle_district", WHISTLE
    )
    assert responses(say)[:2] == ["utter_common_still_missing", "utter_whistle_why_district"]
    assert slots["requested_slot"] == "whistle_district"


async def test_a_number_that_must_be_given_is_not_left_out_by_handing_in() -> None:
    state = {**WHISTLE, "whistle_district": "371502", "whistle_phone": None}
    slots, say = await run(
        ValidateWhistleForm(),
        message("那不留了 直接派吧", "apply_online"),
        "whistle_form",
        "whistle_phone",
        state,
    )
    assert responses(say)[:2] == ["utter_common_still_missing", "utter_common_why_phone"]
    assert slots["requested_slot"] == "whistle_phone"


async def test_leaving_the_telephone_out_and_handing_in_files_the_complaint() -> None:
    slots, _ = await run(
        ValidateFeedbackForm(),
        message("那就不留了，直接提交", "apply_online"),
        "feedback_form",
        "feedback_phone",
        {"feedback_kind": "complaint", "feedback_text": "窗口的人一直玩手机"},
    )
    assert (slots["feedback_phone"], slots["requested_slot"]) == ("none", None)


async def test_what_is_added_at_the_end_is_written_down_and_hands_nothing_in() -> None:
    slots, say = await run(
        ValidateWhistleForm(),
        message("对了 再加一条 已经影响生产了", "affirm"),
        "whistle_form",
        "whistle_confirmed",
        {**WHISTLE, "whistle_district": "371502"},
    )
    assert slots["whistle_description"].endswith("已经影响生产了")
    assert slots.get("whistle_confirmed") is None
    assert "utter_whistle_story_added" in responses(say)


async def test_a_story_goes_on_behind_an_answer_that_is_left_out() -> None:
    slots, _ = await run(
        ValidateWhistleForm(),
        message("那个先不填了 事儿就是增容两个月没批", "urge_case", 0.6),
        "whistle_form",
        "whistle_confirmed",
        {**WHISTLE, "whistle_district": "371502"},
    )
    assert slots["whistle_description"].endswith("；事儿就是增容两个月没批")


async def test_putting_a_booking_off_leaves_it_to_the_pause() -> None:
    events, say = await run(
        ValidateBookingForm(),
        message("先别约了，我自己先去问问再说", "stop", 0.5),
        "booking_form",
        "booking_slot",
        BOOKING,
    )
    assert (list(events), responses(say)) == (["requested_slot"], [])


@pytest.mark.parametrize("text", ["那个号上哪儿看去", "号在哪儿印着呢", "编号印在哪张纸上"])
async def test_where_the_number_stands_is_said_and_no_hall(text: str) -> None:
    slots, say = await run(
        ValidateCaseForm(), message(text, "ask_place", 0.9), "case_form", "case_number", {}
    )
    assert responses(say) == ["utter_cases_why_number", "utter_cases_ask_number"]
    assert slots["requested_slot"] == "case_number"


@pytest.mark.parametrize(
    ("action", "number", "response"),
    [
        (ActionFollowCase(), None, "utter_cases_follow_find_first"),
        (ActionFollowCase(), "371500202611010001", "utter_cases_follow_prove_first"),
        (ActionUrgeCase(), None, "utter_cases_find_first"),
    ],
)
async def test_a_wish_about_a_case_is_answered_before_it_is_proven(
    action: Any, number: str | None, response: str
) -> None:
    _, say = await run(
        action,
        message("以后有进展能通知我吗", "follow_case"),
        "case_form",
        "case_credential",
        {"case_number": number},
    )
    assert responses(say) == [response]


@pytest.mark.parametrize("text", ["刚才说到哪了 接着说扩车间", "回到开店那事儿接着说", "往下问吧"])
async def test_going_on_by_its_name_names_what_is_done(text: str) -> None:
    slots, say = await run(
        ValidateStartBusinessForm(),
        message(text, "repeat", 0.6),
        "start_business_form",
        "start_business_device2",
        PHARMACY,
    )
    back = say.messages[0]
    assert (back["response"], back["label"]) == ("utter_common_back_to_form_known", "开店办照")
    assert slots["requested_slot"] == "start_business_device2"


@pytest.mark.parametrize(
    ("text", "answer"), [("血压计体温计这些也卖", "yes"), ("口罩这些不卖", "no")]
)
async def test_a_thing_of_the_question_answers_it_whatever_the_model_thinks(
    text: str, answer: str
) -> None:
    slots, _ = await run(
        ValidateStartBusinessForm(),
        message(text, "out_of_scope", 0.9),
        "start_business_form",
        "start_business_device2",
        PHARMACY,
    )
    assert slots["start_business_device2"] == answer


@pytest.mark.parametrize(
    ("text", "intent"),
    [("处方药卖不卖 有啥区别", "deny"), ("执业药师是不是必须得有", "ask_eligibility")],
)
async def test_a_question_of_the_plan_goes_before_the_open_question(text: str, intent: str) -> None:
    _, say = await run(
        ValidateStartBusinessForm(),
        message(text, intent),
        "start_business_form",
        "start_business_device2",
        PHARMACY,
    )
    assert "执业药师" in str(say.messages[0].get("answer"))


async def test_praise_between_two_questions_is_no_complaint() -> None:
    _, say = await run(
        ValidateStartBusinessForm(),
        message("哎呀真清亮 比我问一圈人都管用", "complain", 0.6),
        "start_business_form",
        "start_business_device2",
        PHARMACY,
    )
    assert responses(say)[0] == "utter_common_thank"


async def test_what_somebody_is_opens_the_package_with_it() -> None:
    say = CollectingDispatcher()
    said = message("我是当兵回来的，开了个修车铺，有啥政策", "match_policy")
    slots = slots_set(await ActionStartPolicyMatch().run(say, tracker(said), {}))
    assert slots["policy_profile"]["owner_group"] == "退役军人"
    assert responses(say) == ["utter_policy_start_match_known"]


async def test_the_reason_of_a_question_on_policies_has_its_numbers() -> None:
    _, say = await run(
        ValidatePolicyForm(),
        message("问这个干啥用", "ask_why"),
        "policy_form",
        "policy_answer",
        {"policy_profile": {}, "policy_skipped": []},
    )
    assert [
        made.get("decides") for made in say.messages if made.get("response") == "utter_policy_why"
    ] != [None]


@pytest.mark.parametrize(
    ("text", "intent", "name"),
    [
        ("个体户以后做大了能变成公司吗？", "ask_eligibility", "个转企"),
        ("以后想变更法定代表人 咋弄", "ask_procedure", "法定代表人"),
    ],
)
async def test_what_may_change_later_is_answered_and_changes_no_answer(
    text: str, intent: str, name: str
) -> None:
    slots, say = await run(
        ValidateStartBusinessForm(),
        message(text, intent),
        "start_business_form",
        "start_business_device2",
        PHARMACY,
    )
    assert name in str(say.messages[0].get("answer"))
    about = {"focus", "focus_topic", "matter_id"}  # what is talked about next
    assert set(slots) - about <= {"form_failures", "requested_slot"}


async def test_a_question_that_no_intent_fits_is_asked_of_the_plan() -> None:
    slots, say = await run(
        ValidateStartBusinessForm(),
        message("那里头是不是都得是农民呀俺有个同学在城里上班也想进来", "nlu_fallback", 0.3),
        "start_business_form",
        "start_business_trade",
        {"start_business_enterprise_type": "coop", "journey": "start_business"},
    )
    assert "80%" in str(say.messages[0].get("answer"))
    assert slots["requested_slot"] == "start_business_trade"


async def test_urging_on_is_no_name_of_a_company() -> None:
    slots, say = await run(
        ValidateWhistleForm(),
        message("那就吹哨 现在就吹", "blow_whistle"),
        "whistle_form",
        "whistle_company",
        {**WHISTLE, "whistle_company": None},
    )
    assert slots.get("whistle_company") is None
    assert responses(say)[0] == "utter_common_back_to_form_known"


async def test_a_code_is_left_out_and_the_story_goes_on_in_one_breath() -> None:
    slots, _ = await run(
        ValidateWhistleForm(),
        message("那个先不填了 事儿就是增容两个月没批", "blow_whistle", 0.6),
        "whistle_form",
        "whistle_credit_code",
        {**WHISTLE, "whistle_credit_code": None},
    )
    assert slots["whistle_credit_code"] == "none"
    assert slots["whistle_description"].endswith("增容两个月没批")


async def test_that_is_all_answers_no_open_question_with_yes() -> None:
    slots, say = await run(
        ValidateStartBusinessForm(),
        message("就这些吧", "goodbye"),
        "start_business_form",
        "start_business_device2",
        PHARMACY,
    )
    assert responses(say)[0] == "utter_common_skipped_rest"
    assert slots["start_business_device2"] == "unknown"


async def test_giving_up_an_errand_to_go_on_with_the_journey_leaves_the_errand() -> None:
    events, say = await run(
        ValidateBookingForm(),
        message("算了不约了 先接着办", "stop"),
        "booking_form",
        "booking_mode",
        {"booking_purpose": "new", "open_forms": ["start_business_form"]},
    )
    assert (list(events), responses(say)) == (["requested_slot"], [])


async def test_a_short_sentence_goes_on_with_a_complaint() -> None:
    slots, _ = await run(
        ValidateFeedbackForm(),
        message("我就问了句材料", "apply_online", 0.4),
        "feedback_form",
        "feedback_phone",
        {"feedback_kind": "complaint", "feedback_text": "三号窗口那个男的冲我吼"},
    )
    assert slots["feedback_text"].endswith("我就问了句材料")


async def test_how_many_are_hired_tells_no_form_of_business() -> None:
    slots, _ = await run(
        ValidateStartBusinessForm(),
        message("先雇两个人"),
        "start_business_form",
        "start_business_enterprise_type",
        {**PHARMACY, "start_business_enterprise_type": None},
    )
    assert slots.get("start_business_enterprise_type") is None
    assert slots["start_business_hires_staff"] == "yes"


async def test_a_guessed_farewell_with_a_wish_behind_it_leaves_nothing() -> None:
    events, say = await run(
        ValidateBookingForm(),
        message("没事了 就按窗口的约", "goodbye"),
        "booking_form",
        "booking_mode",
        {"booking_purpose": "new"},
    )
    assert events["booking_mode"] == "window"
    assert "utter_common_stopped" not in responses(say)


async def test_how_many_work_there_is_noted_while_something_else_is_asked() -> None:
    profile = {"entity_type": "公司", "in_liaocheng": True, "employees": 30}
    known = {**profile, "taxpayer_type": "general"}
    del known["employees"]
    slots, _ = await run(
        ValidatePolicyForm(),
        message("三十来个人"),
        "policy_form",
        "policy_answer",
        {"policy_profile": known, "policy_skipped": [], "policy_again": ["sme_type"]},
    )
    assert slots["policy_profile"]["employees"] == 30


async def test_who_has_told_enough_gets_the_package() -> None:
    slots, _ = await run(
        ValidatePolicyForm(),
        message("够了 出结果吧", "stop", 0.6),
        "policy_form",
        "policy_answer",
        {"policy_profile": {"entity_type": "公司"}, "policy_skipped": []},
    )
    assert slots["requested_slot"] is None


async def test_a_paper_that_cannot_be_had_is_answered_with_what_does_instead() -> None:
    said = message("房东的房产证没给我 咋办", "ask_deferral", 0.9, [entity("material", "房产证")])
    _, say = await run(
        ValidateStartBusinessForm(), said, "start_business_form", "start_business_device2", PHARMACY
    )
    assert "租赁合同" in str(say.messages[0].get("answer"))
