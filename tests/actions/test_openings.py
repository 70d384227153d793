"""First messages, and the few words that follow an answer, go where a clerk would take them."""

from datetime import date
from typing import Any

import pytest
from rasa_sdk.executor import CollectingDispatcher

from actions.cases import ActionStartCase
from actions.finding.matter_before import brings_up_another
from actions.funding.meant import is_unlisted
from actions.policy import ActionSearchPolicy
from actions.questions.misread import is_question_instead
from actions.start_business import ActionStartBusiness
from actions.steering.not_recorded import answer_not_recorded
from actions.turns.requests import requests_in
from actions.turns.turn import Clause, Turn, read_turn
from bot.bootstrap import App
from bot.services.finding.trade_names import is_not_meant
from bot.services.policies.policies import search_policies
from bot.services.words.asked import counts_something
from bot.services.words.story import is_sent_about
from tests.actions.trackers import entity, message, responses, tracker

pytestmark = pytest.mark.usefixtures("application")


def _turn(text: str, intent: str, *named: tuple[str, str], **state: Any) -> Turn:
    found = [entity(*one) for one in named]
    return read_turn(tracker(message(text, intent, 0.6, entities=found), **state))


def _slots(events: list[dict[str, Any]]) -> dict[str, Any]:
    return {e["name"]: e["value"] for e in events if e["event"] == "slot"}


def _after(matter: str, topic: str = "procedure") -> dict[str, Any]:
    return {"focus": "matter", "matter_id": matter, "focus_topic": topic}


@pytest.mark.parametrize("text", ["180平", "两层", "自己发自己用", "二十来个孩子"])
def test_a_few_words_after_an_answer_add_to_it(text: str) -> None:
    say = CollectingDispatcher()
    turn = _turn(text, "inform", slots=_after("prj-eia", "eligibility"))
    assert answer_not_recorded(turn, say)
    assert responses(say) == ["utter_matters_detail"]


@pytest.mark.parametrize(
    ("text", "intent", "named"),
    [
        ("施工许可证", "inform", (("matter", "施工许可证"),)),
        ("火锅店", "inform", (("industry", "火锅店"),)),  # a trade to begin with
        ("莘县", "inform", (("district", "莘县"),)),
        ("要多久", "inform", ()),
        ("好的", "affirm", ()),
        ("公司想注销", "inform", ()),
    ],
)
def test_what_names_something_new_adds_nothing(
    text: str, intent: str, named: tuple[tuple[str, str], ...]
) -> None:
    say = CollectingDispatcher()
    answer_not_recorded(_turn(text, intent, *named, slots=_after("prj-eia", "eligibility")), say)
    assert "utter_matters_detail" not in responses(say)


def test_sizes_and_heads_are_counted() -> None:
    assert all(map(counts_something, ("30平", "三十个人", "两间房", "五百吨")))
    assert not any(map(counts_something, ("个人", "大人", "一样", "三天")))


@pytest.mark.parametrize(
    ("text", "is_other"),
    [
        ("种粮大户的补贴找谁", True),
        ("有没有租金减免的", True),
        ("规上企业有啥好处", True),
        ("小微企业有啥补贴没", False),  # anything will do
        ("俺是退伍兵 开店能减税不", False),
        ("买新设备国家给补吗", False),  # told by what it gives
        ("下岗的有没有帮扶", False),  # 失业 in other words
        ("听说招应届生给钱 是真的吗", False),
    ],
)
def test_policies_that_speak_of_something_else_are_said_to(
    text: str, application: App, *, is_other: bool
) -> None:
    found = search_policies(
        text,
        lookup=application.lookup,
        catalogue=application.catalogue,
        today=date(2026, 11, 27),
        meant=application.policy_meanings.near(text),
    )
    assert is_unlisted(text, [one.policy for one in found]) is is_other


def test_nothing_near_is_listed_after_an_honest_no() -> None:
    say = CollectingDispatcher()
    ActionSearchPolicy().act(_turn("种粮大户的补贴找谁", "search_policy"), say)
    assert responses(say) == ["utter_policy_none_on_it"]


@pytest.mark.parametrize(
    ("text", "is_sent"),
    [
        ("税务让我去市监 市监让我回税务", True),
        ("住建说找规划，规划说找住建", True),
        ("我去税务办了 税务说行", False),
        ("老板让我去上班", False),
    ],
)
def test_two_sides_that_send_somebody_to_each_other(text: str, *, is_sent: bool) -> None:
    assert is_sent_about(text) is is_sent


@pytest.mark.parametrize(
    ("text", "word", "is_near"),
    [
        ("我家楼下想开个理发店", "理发店", False),
        ("门口准备弄个早点摊", "早点摊", False),
        ("楼下是个理发店 我想开饭店", "理发店", True),
        ("隔壁开了家理发店 我想开饭店", "理发店", False),
    ],
)
def test_a_trade_that_is_wanted_near_by_is_meant(text: str, word: str, *, is_near: bool) -> None:
    assert is_not_meant(text, word) is is_near


@pytest.mark.parametrize(
    ("text", "intent", "named", "is_asked"),
    [
        ("占道搞个开业活动 放两天", "suggest", (("matter", "占道"),), True),
        ("建议占道审批快一点", "suggest", (("matter", "占道审批"),), False),
        ("发票咋领", "apply_policy", (), True),
        ("研发加计扣除怎么享受", "apply_policy", (), False),
        ("卫生许可证到期了", "mark_done", (("matter", "卫生许可证"),), True),
        ("卫生许可证拿到了", "mark_done", (("matter", "卫生许可证"),), False),
        ("盖好了想办房产证", "plan_project", (("matter", "房产证"),), True),
        ("想盖个厂房", "plan_project", (("project_type", "厂房"),), False),
        ("给公司改个名 难不难", "blow_whistle", (), True),
        ("改名卡了一个月没人管", "blow_whistle", (), False),
    ],
)
def test_what_only_names_a_matter_is_no_other_wish(
    text: str, intent: str, named: tuple[tuple[str, str], ...], *, is_asked: bool
) -> None:
    assert is_question_instead(_turn(text, intent, *named)) is is_asked


def test_a_telephone_in_the_place_of_a_number_finds_ones_cases() -> None:
    say = CollectingDispatcher()
    turn = _turn("查个件 13812345678", "query_case", ("phone", "13812345678"))
    slots = _slots(ActionStartCase().act(turn, say))
    assert (slots["case_number"], slots["case_phone"]) == ("mine", "13812345678")
    assert "utter_cases_number_bad" not in responses(say)


def test_a_bare_clause_tells_the_form_of_business() -> None:
    say = CollectingDispatcher()
    named = (("district", "东昌府区"), ("industry", "餐饮"))
    turn = _turn("东昌府区 餐饮 120平 公司", "start_business", *named)
    slots = _slots(ActionStartBusiness().act(turn, say))
    assert slots["start_business_enterprise_type"] == "company"


def test_which_booking_is_to_be_moved_is_no_wish_of_its_own() -> None:
    parts = (
        Clause("我约的是明天上午", "query_appointment", 0.9, ()),
        Clause("改后天行吗", "change_appointment", 0.9, ()),
    )
    turn = _turn("我约的是明天上午 改后天行吗", "change_appointment")
    found = requests_in(Turn(**{**vars(turn), "clauses": parts}))
    assert [one.intent for one in found] == ["change_appointment"]


@pytest.mark.parametrize(
    ("text", "named", "is_other"),
    [
        ("饭店重新装修 要报消防吗", (("industry", "饭店"),), True),
        ("消防那边呢", (), False),  # of what was spoken of
        ("开饭店也要吗", (("industry", "饭店"),), False),
    ],
)
def test_a_trade_and_another_field_of_work_leave_what_was_spoken_of(
    text: str, named: tuple[tuple[str, str], ...], *, is_other: bool
) -> None:
    turn = _turn(text, "ask_eligibility", *named, slots=_after("prj-rural-plan-permit"))
    assert brings_up_another(turn) is is_other
