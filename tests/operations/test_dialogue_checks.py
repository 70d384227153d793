"""What came back is compared forgivingly, and what differs is named."""

from typing import Any

import pytest

from bot.operations.dialogue_checks import Outcome, button, found_in, problems

OUTCOME = Outcome(
    texts=["“食品经营许可（新办）”的费用：不收费", "还想知道什么？"],
    buttons={"要什么材料": "/ask_materials", "约个帮办": "/book_appointment"},
    owner="bot",
    intent="ask_fee",
    entities=[("matter", "食品证")],
    actions=["action_answer_fee", "case_form"],
    slots={"matter_id": "lic-food-operate", "later": None, "area": 80.0, "requested_slot": "x"},
    form="case_form",
)


@pytest.mark.parametrize(
    "words",
    [
        "食品经营许可新办",
        "不 收 费",
        "不收費",
        ["没有", "不收费"],
        "/费用：\\w+/",
        "还想知道什么?",
        "。",
    ],
)
def test_words_are_found_however_they_are_written(words: Any) -> None:
    text = "，".join([*OUTCOME.texts, "。"])

    assert found_in(words, text)


@pytest.mark.parametrize(
    "expected",
    [
        {"says": ["费用", ["收费", "要钱"]]},
        {"says_any": ["没有这句", "不收费"]},
        {"says_not": "要交钱"},
        {"intent": ["ask_fee", "ask_materials"], "intent_not": "abuse"},
        {"action": "action_answer_fee", "action_not": ["action_fallback"]},
        {"slots": {"matter_id": "*", "later": None, "area": 80}},
        {"entities": [{"entity": "matter", "value": "食品证"}]},
        {"form": "case_form", "asks": "x", "owner": "bot"},
        {"buttons": ["要什么材料"], "buttons_any": ["没有", "帮办"], "buttons_not": ["转人工"]},
    ],
)
def test_what_is_as_expected_gives_no_problem(expected: dict[str, Any]) -> None:
    assert problems(expected, OUTCOME) == []


@pytest.mark.parametrize(
    "expected",
    [
        {"says": ["要交钱"]},
        {"says_any": ["要交钱", "免费"]},
        {"says_not": ["不收费"]},
        {"intent": "ask_materials"},
        {"intent_not": ["ask_fee"]},
        {"action": ["action_fallback"]},
        {"action_not": "case_form"},
        {"slots": {"later": "*"}},
        {"slots": {"matter_id": None}},
        {"entities": [{"entity": "matter", "value": "卫生证"}]},
        {"form": "none"},
        {"owner": ["waiting", "agent"]},
        {"buttons": ["转人工"]},
        {"buttons_any": ["转人工"]},
        {"buttons_not": ["约个帮办"]},
    ],
)
def test_what_differs_is_one_problem(expected: dict[str, Any]) -> None:
    assert len(problems(expected, OUTCOME)) == 1


def test_what_the_page_does_not_show_is_not_judged_from_the_page_alone() -> None:
    page = Outcome(texts=["好"], is_inspected=False)

    assert problems({"intent": "greet", "slots": {"a": 1}, "form": "x"}, page) == []


def test_a_button_is_found_by_its_title_before_one_that_holds_it() -> None:
    outcome = Outcome(buttons={"不是这个": "/no", "是": "/yes"})

    assert button("是", outcome) == "/yes"
    assert button("这个", outcome) == "/no"
    assert button("转人工", outcome) is None
