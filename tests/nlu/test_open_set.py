"""An unsure guess about a text with words that the field never saw is out of scope."""

from typing import Any

import pytest
from rasa.nlu.tokenizers.tokenizer import Token
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.open_set import OpenSetClassifier

CONFIG = {
    "sure": 0.9,
    "intents": ["ask_eligibility"],
    "near": 0.0,
    "talk": [],
    "with_a_trade": ["证"],
    "ours": ["大厅"],
}
NEAR = {**CONFIG, "intents": [], "near": 10.0, "talk": ["thank"]}
KNOWN = frozenset({"公司", "登记", "要不要"})


def answered(
    words: list[str],
    intent: str,
    confidence: float,
    entities: tuple[str, ...] = (),
    config: dict[str, Any] = CONFIG,
) -> dict[str, Any]:
    """Return the intent of a message whose first guess is this one."""
    text, tokens = "", []
    for word in words:
        tokens.append(Token(word, len(text), len(text) + len(word)))
        text += word
    message = Message({"text": text, "text_tokens": tokens})
    message.set("entities", [{"entity": name} for name in entities])
    ranking = [
        {"name": intent, "confidence": confidence},
        {"name": "out_of_scope", "confidence": 1 - confidence},
    ]
    message.set("intent", ranking[0])
    message.set("intent_ranking", ranking)
    component = OpenSetClassifier(config, None, None, KNOWN)  # type: ignore[arg-type]
    component.process([message])
    found: dict[str, Any] = message.get("intent")
    return found


def test_a_strange_word_turns_an_unsure_guess_down() -> None:
    found = answered(["鼻炎", "要不要", "开刀"], "ask_eligibility", 0.5)
    assert found == {"name": "out_of_scope", "confidence": 0.5}


@pytest.mark.parametrize(
    ("words", "intent", "confidence", "entities"),
    [
        (["鼻炎", "要不要", "开刀"], "ask_eligibility", 0.95, ()),
        (["公司", "要不要", "登记"], "ask_eligibility", 0.5, ()),
        (["诊所", "要不要", "开刀"], "ask_eligibility", 0.5, ("industry",)),
        (["鼻炎", "要不要", "开刀"], "blow_whistle", 0.5, ()),
        (["唔哩哇", "要不要"], "ask_eligibility", 0.5, ()),
        (["公司章程", "要不要"], "ask_eligibility", 0.5, ()),
    ],
    ids=["sure", "known", "an entity", "another intent", "no word at all", "put together"],
)
def test_any_other_guess_stands(
    words: list[str], intent: str, confidence: float, entities: tuple[str, ...]
) -> None:
    assert answered(words, intent, confidence, entities)["name"] == intent


@pytest.mark.parametrize("entities", [(), ("date",), ("industry", "district")], ids=str)
def test_a_guess_that_out_of_scope_comes_near_to_is_turned_down(entities: tuple[str, ...]) -> None:
    found = answered(["收银机", "连不上"], "urge_case", 0.9, entities, NEAR)
    assert found == {"name": "out_of_scope", "confidence": 0.5}


@pytest.mark.parametrize(
    ("intent", "confidence", "entities"),
    [
        ("urge_case", 0.95, ()),
        ("urge_case", 0.9, ("matter",)),
        ("urge_case", 0.9, ("date", "service_mode")),
        ("thank", 0.6, ()),
    ],
    ids=["far", "a matter", "a way of service", "talk"],
)
def test_a_guess_that_is_far_from_it_or_names_the_field_stands(
    intent: str, confidence: float, entities: tuple[str, ...]
) -> None:
    assert answered(["收银机", "连不上"], intent, confidence, entities, NEAR)["name"] == intent


def test_a_trade_with_a_licence_is_of_the_field() -> None:
    assert answered(["澡堂", "要", "哪些证"], "ask_materials", 0.9, ("industry",), NEAR)[
        "name"
    ] == ("ask_materials")
    assert answered(["澡堂", "赚钱", "不"], "ask_materials", 0.9, ("industry",), NEAR)["name"] == (
        "out_of_scope"
    )
    assert answered(["大厅", "停车场"], "complain", 0.9, (), NEAR)["name"] == "complain"
