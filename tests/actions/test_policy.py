"""The policy package form on the committed catalogue."""

from typing import Any

import pytest
from rasa_sdk.executor import CollectingDispatcher

from actions.policy import (
    ActionApplyPolicy,
    ActionSearchPolicy,
    ActionShowPolicyPackage,
    ActionStartPolicyMatch,
    ValidatePolicyForm,
)
from bot.bootstrap import App
from bot.domain.policy_watch import WATCH_NOTICE
from bot.domain.privacy import Decision
from bot.services.conversations.conversations import open_web_conversation
from bot.services.privacy.consents import decided
from tests.actions.trackers import entity, message, responses, slots_set, tracker

pytestmark = pytest.mark.usefixtures("application")

SMALL_FIRM = {"taxpayer_type": "small_scale", "monthly_sales": 80000.0}


async def turn(text: str, **slots: Any) -> tuple[dict[str, Any], CollectingDispatcher]:
    say = CollectingDispatcher()
    state = tracker(message(text), form="policy_form", requested="policy_answer", slots=slots)
    return slots_set(await ValidatePolicyForm().run(say, state, {})), say


async def do(
    action: Any, said: dict[str, Any], sender: str | None = None, **slots: Any
) -> tuple[dict[str, Any], CollectingDispatcher]:
    say = CollectingDispatcher()
    state = tracker(said, slots=slots)
    if sender is not None:
        state.sender_id = sender
    return slots_set(await action.run(say, state, {})), say


def button(intent: str, choice: str) -> dict[str, Any]:
    return message(f'/{intent}{{"choice": "{choice}"}}', intent, 1.0, [entity("choice", choice)])


def titles(say: CollectingDispatcher) -> list[str]:
    return [b["title"] for m in say.messages for b in m.get("buttons") or []]


async def test_an_everyday_name_of_the_enterprise_is_understood() -> None:
    slots, _ = await turn("个体户", policy_profile={}, policy_skipped=[])

    assert slots["policy_profile"] == {"entity_type": "个体工商户"}


async def test_no_button_shows_a_word_of_the_catalogues_code() -> None:
    _, say = await turn(
        "我也说不好", policy_profile={}, policy_skipped=["entity_type", "employees"]
    )

    assert titles(say)
    assert [title for title in titles(say) if title.isascii()] == []


async def test_each_question_says_why_it_is_asked() -> None:
    _, say = await turn("个体户", policy_profile={}, policy_skipped=[])

    asked = say.messages[-1]
    assert str(asked["response"]).startswith("utter_policy_ask_")
    assert asked["decides"] > 1
    assert asked["example"]


async def test_answers_that_exclude_each_other_are_named_and_asked_again() -> None:
    said = {"entity_type": "公司", "monthly_sales": 80000.0, "quarterly_sales": 300000.0}
    again = ["taxpayer_type"]
    slots, say = await turn(
        "小规模纳税人",
        policy_profile={**said, "sales_revenue": 9_000_000.0},
        policy_again=again,
        policy_skipped=[],
    )

    told = next(m for m in say.messages if m["response"] == "utter_policy_contradiction")
    assert told["said"] == "年销售收入：900万元；增值税纳税人类型：小规模纳税人"
    assert "500万元" in told["rule"]
    assert "增值税法" in told["source"]
    # everything else is kept, and only the two are asked once more
    assert slots["policy_profile"] == said
    assert slots["policy_again"] == ["sales_revenue", "taxpayer_type"]
    assert say.messages[-1]["response"] == "utter_policy_ask_field"


@pytest.mark.parametrize(
    ("text", "value"), [("3%", 0.03), ("百分之三", 0.03), ("没有", 0.0), ("0.03", 0.03)]
)
async def test_a_share_may_be_said_in_any_way(text: str, value: float) -> None:
    slots, _ = await turn(text, policy_profile={}, policy_again=["layoff_rate"])

    assert slots["policy_profile"]["layoff_rate"] == pytest.approx(value)


async def test_a_share_above_the_whole_is_refused_with_the_way_on() -> None:
    slots, say = await turn("300%", policy_profile={}, policy_again=["layoff_rate"])

    assert "policy_profile" not in slots
    assert "utter_policy_out_of_range" in responses(say)


@pytest.mark.parametrize("text", ["都不是", "没有"])
async def test_none_of_the_groups_is_an_answer(text: str) -> None:
    slots, _ = await turn(text, policy_profile={}, policy_again=["hire_group"])

    assert slots["policy_profile"] == {"hire_group": "都不是"}


async def test_a_word_that_no_policy_names_is_still_an_answer() -> None:
    slots, _ = await turn("大型", policy_profile={}, policy_again=["sme_type"])

    assert slots["policy_profile"] == {"sme_type": "大型"}


async def test_what_another_journey_knows_is_not_asked() -> None:
    known = {"start_business_enterprise_type": "company", "start_business_district": "371502"}
    slots, say = await do(ActionStartPolicyMatch(), message("政策包", "match_policy"), **known)

    assert slots["policy_profile"] == {"entity_type": "公司", "in_liaocheng": True}
    assert responses(say) == ["utter_policy_start_match_known"]


async def test_a_search_answers_with_conditions_version_date_and_source() -> None:
    _, say = await do(ActionSearchPolicy(), message("六税两费", "search_policy"))

    text = say.messages[0]["policies"]
    assert "①增值税纳税人类型为小规模纳税人" in text
    assert "有效期：2023年1月1日起至2027年12月31日" in text
    assert "版本 20261123-" in text
    assert "2026年11月23日核对" in text
    assert "2023年第12号" in text


async def test_the_package_lies_under_a_link_and_offers_the_watch(application: App) -> None:
    sender = open_web_conversation(application.unit_of_work, now=application.now())
    _, say = await do(
        ActionShowPolicyPackage(),
        message("小规模", "inform"),
        sender.conversation_id,
        policy_profile=SMALL_FIRM,
    )

    shown = say.messages[0]
    assert "/p/" in shown["url"]
    assert "估算：" in shown["package"]
    assert "有新政策告诉我" in titles(say)


async def test_the_watch_begins_with_consent_and_stops_by_words(application: App) -> None:
    store = application.unit_of_work
    sender = open_web_conversation(store, now=application.now()).conversation_id
    start = ActionStartPolicyMatch()
    wish = message("有新政策告诉我", "search_policy")

    _, say = await do(start, wish, sender, policy_profile=SMALL_FIRM)
    assert responses(say) == ["utter_policy_watch_consent"]
    assert decided(store, sender, WATCH_NOTICE) is None
    agreed = button("match_policy", "policy_watch=agree")
    _, say = await do(start, agreed, sender, policy_profile=SMALL_FIRM)
    assert responses(say) == ["utter_policy_watch_on"]
    assert decided(store, sender, WATCH_NOTICE) is Decision.AGREED
    _, say = await do(ActionSearchPolicy(), message("别再推送政策了", "stop"), sender)
    assert responses(say) == ["utter_policy_watch_off"]
    assert decided(store, sender, WATCH_NOTICE) is Decision.REFUSED


async def test_without_facts_the_watch_asks_for_them_first() -> None:
    slots, say = await do(ActionStartPolicyMatch(), message("有新政策告诉我", "match_policy"))

    assert responses(say) == ["utter_policy_watch_needs_facts", "utter_policy_start_match"]
    assert slots["policy_profile"] == {}


async def test_a_policy_of_the_window_can_be_claimed_here() -> None:
    _, say = await do(ActionApplyPolicy(), button("apply_policy", "policy=job-start-subsidy"))

    (made,) = [b for m in say.messages for b in m["buttons"]]
    assert responses(say) == ["utter_policy_claim_here"]
    assert made["payload"] == '/apply_online{"choice": "apply_target=policy:job-start-subsidy"}'


async def test_a_policy_enjoyed_with_the_tax_return_is_only_explained() -> None:
    _, say = await do(ActionApplyPolicy(), button("apply_policy", "policy=tax-small-profit"))

    assert responses(say) == ["utter_policy_claim"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("个体户", {"entity_type": "个体工商户"}),
        ("不对，我是个体工商户", {"entity_type": "个体工商户"}),
        ("改成一般纳税人", {"taxpayer_type": "general"}),
    ],
)
async def test_a_fact_that_was_told_before_can_be_changed_while_another_one_is_asked(
    text: str, told: dict[str, str]
) -> None:
    known = {"entity_type": "公司", "employees": 35.0, "taxpayer_type": "small_scale"}
    named = [entity("enterprise_type", "个体工商户")] if "个体" in text else []
    said = message(text, entities=named)
    say = CollectingDispatcher()
    state = tracker(
        said, form="policy_form", requested="policy_answer", slots={"policy_profile": known}
    )
    slots = slots_set(await ValidatePolicyForm().run(say, state, {}))

    assert slots["policy_profile"] == {**known, **told}
    assert "utter_common_noted_as" in responses(say)
    assert str(say.messages[-1]["response"]).startswith("utter_policy_ask_")


async def test_a_short_name_of_the_taxpayer_is_an_answer() -> None:
    known = {"entity_type": "公司", "employees": 35.0, "sme_type": "小型"}
    slots, _ = await turn("小规模", policy_profile=known)

    assert slots["policy_profile"] == {**known, "taxpayer_type": "small_scale"}


async def test_a_field_is_asked_in_a_sentence() -> None:
    known = {"entity_type": "公司", "employees": 35.0}
    _, say = await turn("一般纳税人", policy_profile=known)

    asked = say.messages[-1]
    assert asked["response"] == "utter_policy_ask_field"
    assert str(asked["field"]).endswith(("？", "。"))
