"""A plain text is read as the library would read it, and nothing else is."""

from typing import Any

import pytest

from bot.channels.telegram.updates import parse_update, plain_text, read_update

CHAT = {"id": 7, "type": "private", "first_name": "李雷"}
LILEI = {"id": 7, "is_bot": False, "first_name": "李雷", "language_code": "zh-hans"}
TEXT = {"message_id": 5, "date": 1_764_200_000, "chat": CHAT, "from": LILEI, "text": "在吗"}


def update(**changed: Any) -> dict[str, Any]:
    """Return an update with a message whose fields are changed; None takes one out."""
    message = {name: value for name, value in {**TEXT, **changed}.items() if value is not None}
    return {"update_id": 3, "message": message}


@pytest.mark.parametrize(
    "text", ["在吗", "  在吗\n", "/start case_1", "/Help@xiaoer_bot  什么 ", "/", "/帮助", "", "2"]
)
def test_a_text_is_what_the_library_makes_of_it(text: str) -> None:
    data = update(text=text)

    assert plain_text(data) == (3, read_update(parse_update(data)))


@pytest.mark.parametrize(
    "data",
    [
        update(chat={**CHAT, "type": "group"}),
        update(chat={**CHAT, "type": "supergroup"}),
        update(chat={"type": "private"}),
        update(**{"from": {**LILEI, "is_bot": True}}),
        update(**{"from": {"id": 7}}),
        update(**{"from": None}),
        update(text=None, sticker={"file_id": "s"}),
        update(text=7),
        update(entities=[{"type": "url", "offset": 0, "length": 2}]),
        update(forward_origin={"type": "hidden_user", "date": 1, "sender_user_name": "某"}),
        update(message_id="5"),
        update(message_id=True),
        update(date=-1),
        update(date=10**18),
        update(chat=[7]),
        {"update_id": True, "message": TEXT},
        {"update_id": 3, "edited_message": TEXT},
        {"update_id": 3, "message": TEXT, "callback_query": {}},
        {"update_id": 3, "message": None},
        {"message": TEXT},
        [],
        None,
        "update",
    ],
)
def test_what_is_more_or_other_is_left_to_the_library(data: Any) -> None:
    assert plain_text(data) is None
