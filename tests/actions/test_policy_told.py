"""A policy that is told by what it gives is answered for, outside forms and inside them."""

from typing import Any

import pytest
from rasa_sdk.executor import CollectingDispatcher

from actions.funding.between import _search_between
from actions.funding.meant import policies_told
from actions.funding.places import answer_policy_asked
from actions.turns.turn import Turn, read_turn
from tests.actions.trackers import entity, message, tracker

pytestmark = pytest.mark.usefixtures("application")

REFUND = "一年没怎么裁人，社保局能退一部分失业险？"


def _turn(text: str, intent: str, entities: Any = (), sure: float = 0.6, **state: Any) -> Turn:
    return read_turn(tracker(message(text, intent, sure, list(entities)), **state))


@pytest.mark.parametrize("intent", ["out_of_scope", "nlu_fallback", "match_policy"])
def test_what_it_gives_tells_the_policy(intent: str) -> None:
    assert [one.id for one in policies_told(_turn(REFUND, intent))] == ["job-unemp-refund"]


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("俺爹的高龄补贴咋领啊", "out_of_scope"),  # nothing of a business
        ("有没有残疾人出行优惠", "out_of_scope"),
        ("我们厂能拿到哪些补助", "match_policy"),  # all that there is
        ("没贷款", "inform"),  # asks nothing
        (REFUND, "complain"),
    ],
)
def test_what_is_not_asked_of_one_policy_tells_none(text: str, intent: str) -> None:
    assert not policies_told(_turn(text, intent))


def test_a_matter_in_the_text_is_what_is_asked_about() -> None:
    named = [entity("matter", "抵押登记")]
    assert not policies_told(_turn("抵押登记没还完贷款可以少交税吗", "out_of_scope", named))


@pytest.mark.parametrize("text", ["抵的比例是多少？", "几年里头得还清", "要什么材料"])
def test_short_questions_of_terms_are_about_the_last_policy(text: str) -> None:
    say = CollectingDispatcher()
    spoken = {"focus": "policy", "policy_found": "tax-rd-deduct"}
    assert answer_policy_asked(_turn(text, "out_of_scope", slots=spoken), say)
    assert "研发费用" in str(say.messages)


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("明天下雨不", {"focus": "policy", "policy_found": "tax-rd-deduct"}),
        ("抵的比例是多少？", {"focus": "matter", "policy_found": "tax-rd-deduct"}),
        ("抵的比例是多少？", {"focus": "policy"}),
    ],
)
def test_other_questions_are_not(text: str, spoken: dict[str, Any]) -> None:
    assert not answer_policy_asked(
        _turn(text, "out_of_scope", slots=spoken), CollectingDispatcher()
    )


def test_a_policy_asked_for_between_two_questions_tells_no_form_of_business() -> None:
    form = {"form": "start_business_form", "requested": "start_business_enterprise_type"}
    kind = [entity("enterprise_type", "个体户")]
    say = CollectingDispatcher()
    asked = _turn("创业补贴个体户能给多少", "search_policy", kind, **form)
    assert _search_between(asked, say, tells=False)
    other = _turn("个体户能给多少", "search_policy", kind, **form)
    assert not _search_between(other, say, tells=False)


def test_money_asked_for_between_two_questions_is_looked_for() -> None:
    form = {"form": "start_business_form", "requested": "start_business_area_m2"}
    say = CollectingDispatcher()
    asked = _turn("有没有头一回创业的钱", "search_policy", sure=0.9, **form)
    assert _search_between(asked, say, tells=False)
    other = _turn("政府投资还是社会投资有啥区别", "search_policy", sure=0.9, **form)
    assert not _search_between(other, say, tells=False)


def test_in_a_form_terms_are_those_of_a_policy_only_right_after_it() -> None:
    form = {"form": "start_business_form", "requested": "start_business_area_m2"}
    spoken = {"focus": "policy", "policy_found": "tax-rd-deduct"}
    asked = _turn("要啥条件", "out_of_scope", slots=spoken, **form)
    assert not answer_policy_asked(asked, CollectingDispatcher())
