"""A person on Telegram, for tests: what the app on their phone would send, as the Bot API tells."""

import itertools
import re
from collections.abc import Callable
from typing import Any

from tests.telegram_api import FakeBotApi

Update = dict[str, Any]
_ids = itertools.count(7_000_001)


class Person:
    """李雷 with his phone; each has a chat of their own."""

    def __init__(self, api: FakeBotApi, deliver: Callable[[Update], Any]) -> None:
        """Take the platform, and how its updates get to the hub."""
        self.api = api
        self.deliver = deliver
        self.id = next(_ids)
        self._read = 0

    def message(self, **content: Any) -> Update:
        """Return an update with a message, not yet sent."""
        number = self.api.next_id()
        message = {
            "message_id": number,
            "date": 1_795_000_000,
            "chat": {"id": self.id, "type": "private", "first_name": "雷"},
            "from": {"id": self.id, "is_bot": False, "first_name": "雷"},
            **content,
        }
        return {"update_id": number, "message": message}

    def say(self, text: str) -> Update:
        """Type a text."""
        return self._send(self.message(text=text))

    def send(self, **content: Any) -> Update:
        """Send something else."""
        return self._send(self.message(**content))

    def edit(self, update: Update, text: str) -> Update:
        """Change a message of before."""
        edited = {**update["message"], "text": text, "edit_date": 1_795_000_100}
        return self._send({"update_id": self.api.next_id(), "edited_message": edited})

    def press(self, title: str) -> Update:
        """Press the newest button of this title."""
        for call in reversed(self.shown):
            for button in buttons_of(call):
                if button["text"] == title:
                    return self.press_data(button["callback_data"], call["message_id"])
        raise AssertionError(f"no button {title!r} in {[buttons_of(one) for one in self.shown]}")

    def press_data(self, data: str, message_id: int) -> Update:
        """Press a button of which only the data are known, as a changed app could."""
        number = self.api.next_id()
        query = {
            "id": str(number),
            "from": {"id": self.id, "is_bot": False, "first_name": "雷"},
            "chat_instance": "1",
            "data": data,
            "message": {
                "message_id": message_id,
                "date": 1_795_000_000,
                "chat": {"id": self.id, "type": "private"},
                "text": "…",
            },
        }
        return self._send({"update_id": number, "callback_query": query})

    def membership(self, status: str) -> Update:
        """Block the bot ("kicked") or allow it again ("member")."""
        bot = {"id": 4242, "is_bot": True, "first_name": "小二"}
        number = self.api.next_id()
        change = {
            "chat": {"id": self.id, "type": "private"},
            "from": {"id": self.id, "is_bot": False, "first_name": "雷"},
            "date": 1_795_000_000,
            "old_chat_member": {"status": "member", "user": bot},
            "new_chat_member": {"status": status, "user": bot, "until_date": 0},
        }
        return self._send({"update_id": number, "my_chat_member": change})

    @property
    def shown(self) -> list[dict[str, Any]]:
        """Return all that the phone shows from the bot, in order."""
        return [call.values for call in self.api.sent(self.id)]

    @property
    def texts(self) -> list[str]:
        """Return the texts of it."""
        return [plain(one) for one in self.shown]

    def read(self, count: int = 1) -> list[str]:
        """Wait for so many new lines and return all new ones."""
        self.api.wait(lambda: len(self.shown) >= self._read + count)
        new = self.texts[self._read :]
        self._read += len(new)
        return new

    def _send(self, update: Update) -> Update:
        self.deliver(update)
        return update


def buttons_of(call: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the inline buttons under a sent message."""
    rows = (call.get("reply_markup") or {}).get("inline_keyboard", [])
    return [button for row in rows for button in row]


def plain(call: dict[str, Any]) -> str:
    """Return what a person sees of a message."""
    text = str(call.get("text") or call.get("caption") or "")
    if call.get("parse_mode") != "HTML":
        return text
    bare = re.sub(r"<[^>]+>", "", text)
    return bare.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
