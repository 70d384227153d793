"""Answers in an odd shape: half a name, a slip mended in passing, what is said twice."""

from dataclasses import replace
from typing import Any

import pytest
from rasa_sdk.executor import CollectingDispatcher

from actions.bookings.questions import ValidateBookingForm
from actions.cases import ValidateCaseForm
from actions.feedback import ActionStartComplaint
from actions.forms.form import ValidateForm
from actions.forms.leaving import returns_below, without_leaving
from actions.life_events import ValidateLifeEventForm
from actions.plan_project import ValidatePlanProjectForm
from actions.start_business import ValidateStartBusinessForm
from actions.turns.turn import Clause, Turn, read_turn
from actions.whistle import ValidateWhistleForm
from tests.actions.trackers import entity, message, responses, tracker

pytestmark = pytest.mark.usefixtures("application")

WHISTLED = {
    "whistle_description": "变压器扩容三周没人管",
    "whistle_company": "华兴纸业",
    "whistle_credit_code": "none",
    "whistle_district": "371503",
    "whistle_phone": "13563501122",
}
BOOKED = {
    "booking_purpose": "new",
    "booking_district": "371502",
    "booking_date": "2026-12-04",
    "booking_name": "赵敏",
    "booking_phone": "15066667777",
}


def _turn(text: str, intent: str, *named: tuple[str, str], **state: Any) -> Turn:
    found = [entity(*one) for one in named]
    return read_turn(tracker(message(text, intent, entities=found), **state))


def _told(
    form: ValidateForm, text: str, intent: str, *named: tuple[str, str], **state: Any
) -> dict[str, Any]:
    turn = _turn(text, intent, *named, form=form.form, **state)
    events = form.answer(turn, CollectingDispatcher(), is_fresh=True)
    return {e["name"]: e["value"] for e in events if e["event"] == "slot"}


@pytest.mark.parametrize(
    ("text", "intent"),
    [("不对 是赵旻 日字头那个", "go_back"), ("人换成赵亮", "inform")],
)
def test_a_name_takes_the_place_of_one_like_it(text: str, intent: str) -> None:
    told = _told(ValidateBookingForm(), text, intent, requested="booking_mode", slots=BOOKED)

    assert told["booking_name"] in {"赵旻", "赵亮"}
    assert told.get("booking_phone", "15066667777") == "15066667777"


def test_a_name_that_is_like_none_mends_none() -> None:
    said = "不对 是下午那个"
    told = _told(ValidateBookingForm(), said, "go_back", requested="booking_mode", slots=BOOKED)

    assert "booking_name" not in told


def test_the_name_of_a_business_is_mended_where_all_is_read_back() -> None:
    said = "企业名写错了 是华鑫纸业 三个金的鑫"
    told = _told(
        ValidateWhistleForm(), said, "go_back", requested="whistle_confirmed", slots=WHISTLED
    )

    assert told["whistle_company"] == "华鑫纸业"


@pytest.mark.parametrize("text", ["就是我自己的小店 没公司", "个体户 没起名"])
def test_who_names_no_business_is_asked_again(text: str) -> None:
    slots = {"whistle_description": WHISTLED["whistle_description"]}
    told = _told(ValidateWhistleForm(), text, "inform", requested="whistle_company", slots=slots)

    assert told.get("whistle_company") is None


@pytest.mark.parametrize(
    ("text", "investor"),
    [
        ("企业", "社会投资"),
        ("社会", "社会投资"),
        ("我们自己公司出钱", "社会投资"),
        ("国家", "政府投资"),
        ("企业能算政府投资吗", None),
    ],
)
def test_who_pays_says_who_invests(text: str, investor: str | None) -> None:
    slots = {"plan_project_works": "新建"}
    asked = "plan_project_investor"
    told = _told(ValidatePlanProjectForm(), text, "inform", requested=asked, slots=slots)

    assert told.get(asked) == investor


def test_land_that_is_not_got_yet_is_none() -> None:
    slots = {"plan_project_works": "新建", "plan_project_investor": "社会投资"}
    asked = "plan_project_needs_verification"
    told = _told(ValidatePlanProjectForm(), "还没拿到地", "inform", requested=asked, slots=slots)

    assert told["plan_project_has_land"] == "no"


def test_to_drop_what_is_being_booked_is_no_wish_beside_it() -> None:
    turn = _turn("算了 先不约了", "stop", form="booking_form", requested="booking_district")
    parts = (Clause("算了", "stop", 0.9), Clause("先不约了", "cancel_appointment", 0.9))

    assert without_leaving(replace(turn, clauses=parts)) is None


def test_another_way_is_taken_though_one_gives_the_first_up() -> None:
    told = _told(
        ValidateBookingForm(),
        "算了 不上门了 我自己去窗口",
        "stop",
        requested="booking_district",
        slots={"booking_purpose": "new", "booking_mode": "home"},
    )

    assert told["booking_mode"] == "window"


def test_a_telephone_in_the_place_of_a_number_looks_for_all_cases() -> None:
    told = _told(
        ValidateCaseForm(),
        "我是替我弟查的 他电话13500001111",
        "inform",
        ("phone", "13500001111"),
        requested="case_number",
    )

    assert (told["case_number"], told["case_phone"]) == ("mine", "13500001111")


def test_who_was_asked_twice_hears_what_is_noted() -> None:
    form = ValidateStartBusinessForm()
    slots = {"start_business_district": "371525", "start_business_enterprise_type": "individual"}
    said = message("刚不是说了吗", "query_case", confidence=0.4)
    turn = read_turn(tracker(said, form=form.form, requested="start_business_trade", slots=slots))
    say = CollectingDispatcher()

    form.answer(turn, say, is_fresh=True)

    assert "utter_common_known" in responses(say)


@pytest.mark.parametrize("text", ["我还想再开个洗车行一起", "我弟弟他也想开个洗车行"])
def test_one_more_business_waits_and_changes_no_trade(text: str) -> None:
    told = _told(
        ValidateStartBusinessForm(),
        text,
        "start_business",
        ("industry", "洗车行"),
        requested="start_business_district",
        slots={"start_business_trade": "bundle:ot-pharmacy"},
    )

    assert [one["text"] for one in told["later"]] == ["洗车行"]
    assert "start_business_trade" not in told


@pytest.mark.parametrize(
    ("text", "intent", "told_area"),
    [("88", "goodbye", 88.0), ("帮我查一下我投诉那个事", "out_of_scope", None)],
)
def test_a_number_is_an_area_and_a_bare_one_none(
    text: str, intent: str, told_area: float | None
) -> None:
    slots = {
        "start_business_trade": "bundle:ot-restaurant",
        "start_business_enterprise_type": "individual",
        "start_business_district": "371525",
    }
    asked = "start_business_area_m2"
    told = _told(ValidateStartBusinessForm(), text, intent, requested=asked, slots=slots)

    assert told.get(asked) == told_area


@pytest.mark.parametrize(
    ("text", "intent", "name"),
    [("喜乐蛋糕", "out_of_scope", "喜乐蛋糕"), ("今天下雨吗", "out_of_scope", None)],
)
def test_a_shop_may_be_called_anything(text: str, intent: str, name: str | None) -> None:
    slots = {"whistle_description": WHISTLED["whistle_description"]}
    told = _told(ValidateWhistleForm(), text, intent, requested="whistle_company", slots=slots)

    assert told.get("whistle_company") == name


@pytest.mark.parametrize(("text", "more"), [("另外颜色也太浅", True), ("另外我要投诉保安", False)])
def test_what_goes_on_right_after_filing_is_added_to_it(text: str, *, more: bool) -> None:
    filed = {"event": "bot", "text": "-", "metadata": {"utter_action": "utter_feedback_filed"}}
    slots = {"ticket_number": "TC-20261128-0001", "focus": "ticket"}
    now = tracker(message(text, "complain"), slots=slots)
    before = [{"event": "user", **message("不留", "skip")}, filed]
    now.events[:] = [*before, *now.events]
    turn = read_turn(now)
    say = CollectingDispatcher()

    ActionStartComplaint().act(turn, say)

    assert ("utter_feedback_more" in responses(say)) is more


def test_the_last_digits_of_a_telephone_are_mended() -> None:
    said = "电话尾号错了 是1213"
    told = _told(ValidateBookingForm(), said, "go_back", requested="booking_mode", slots=BOOKED)

    assert told["booking_phone"] == "15066661213"


@pytest.mark.parametrize(
    ("named", "answer"), [(("冠县", "莘县"), "yes"), (("冠县",), None), (("冠县", "冠县"), None)]
)
def test_a_move_between_two_districts_leaves_one(
    named: tuple[str, ...], answer: str | None
) -> None:
    told = _told(
        ValidateLifeEventForm(),
        "就从" + "搬到".join(named),
        "inform",
        *(("district", name) for name in named),
        requested="life_event_crosses_district",
        slots={"life_event_id": "move"},
    )

    assert told.get("life_event_crosses_district") == answer


@pytest.mark.parametrize(
    ("text", "returns"),
    [("接着刚才开店的", True), ("接着约", False), ("接着来", False), ("开店要多久", False)],
)
def test_who_goes_back_to_what_waits_leaves_the_errand(text: str, *, returns: bool) -> None:
    state = {"form": "booking_form", "requested": "booking_district"}
    turn = _turn(text, "affirm", slots={"open_forms": ["start_business_form"]}, **state)

    assert returns_below(turn) is returns
