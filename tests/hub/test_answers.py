"""Rasa's JSON, read as lines."""

from bot.domain.conversations import Attachment, Button
from bot.hub.answers import read_answer, visible_slots


def test_attachments_that_come_alone_belong_to_the_line_before() -> None:
    item = {"title": "方案", "url": "/plan/1", "media_type": "text/html"}
    answer = read_answer([{"text": "好了"}, {"custom": {"type": "attachments", "items": [item]}}])

    (line,) = answer.replies
    assert line.text == "好了"
    assert line.attachments == (Attachment("方案", "/plan/1", "text/html"),)


def test_attachments_without_a_line_are_a_line_of_their_own() -> None:
    answer = read_answer(
        [{"custom": {"type": "attachments", "items": [{"title": "表", "url": "/a.pdf"}]}}]
    )

    assert answer.replies[0].attachments == (Attachment("表", "/a.pdf", "application/pdf"),)


def test_pictures_become_attachments() -> None:
    answer = read_answer([{"image": "http://127.0.0.1/plan.png"}])

    assert answer.replies[0].attachments[0].media_type == "image/png"


def test_unknown_custom_payloads_and_empty_items_are_skipped() -> None:
    assert read_answer([{"custom": {"type": "later"}}, {"text": "  "}, {}]).is_empty


def test_buttons_without_a_payload_are_dropped() -> None:
    answer = read_answer(
        [{"text": "选", "buttons": [{"title": "a"}, {"title": "b", "payload": "/b"}]}]
    )

    assert answer.replies[0].buttons == (Button("b", "/b"),)


def test_a_handoff_without_a_reason_was_asked_for() -> None:
    answer = read_answer([{"custom": {"type": "handoff"}}])

    assert answer.handoff_reason == "asked"
    assert not answer.is_empty


def test_empty_and_inner_slots_are_not_shown() -> None:
    slots = {"a": 1, "b": None, "requested_slot": "a", "_x": 2, "c": False}

    assert visible_slots(slots) == {"a": 1, "c": False}
