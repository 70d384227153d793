"""What the bot said is read out of Rasa's tracker, with the names of the responses."""

from typing import Any

from bot.operations.dialogue_checks import Response
from bot.operations.dialogue_talk import responses_of


def _bot(text: str | None, **metadata: Any) -> dict[str, Any]:
    return {"event": "bot", "text": text, "metadata": metadata}


def test_each_message_has_its_response_its_answer_and_who_said_it() -> None:
    events = [
        {"event": "user", "text": "开美容店"},
        {"event": "action", "name": "action_start_business"},
        _bot("好嘞", utter_action="utter_start_business_start"),
        _bot("也可能", utter_action="utter_matters_second_reading", answer="可先发证"),
        {"event": "slot", "name": "journey", "value": "start_business"},
        {"event": "action", "name": "start_business_form"},
        _bot("什么身份", utter_action="utter_start_business_ask_enterprise_type"),
        {"event": "action", "name": "action_listen"},
    ]

    begun, form = "action_start_business", "start_business_form"
    assert responses_of(events) == [
        Response("utter_start_business_start", "好嘞", "", begun),
        Response("utter_matters_second_reading", "也可能", "可先发证", begun),
        Response("utter_start_business_ask_enterprise_type", "什么身份", "", form),
    ]


def test_a_text_that_is_no_response_has_no_name() -> None:
    assert responses_of([_bot(None), {"event": "bot", "text": "好"}]) == [
        Response("", ""),
        Response("", "好"),
    ]


def test_nothing_said_is_none() -> None:
    assert responses_of([{"event": "user", "text": "好"}]) == []
