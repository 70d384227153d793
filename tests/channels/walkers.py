"""The same person on all channels of the running product: types, presses, reads."""

import queue
import re
import sqlite3
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

import httpx

from bot.operations.chat import ChatClient, chat
from bot.settings import ROOT
from bot.store.hub_texts import load_hub_texts
from tests.chat_client import Chat
from tests.operations.waiting import wait_for
from tests.stack import Stack
from tests.telegram_api import FakeBotApi
from tests.telegram_person import Person
from tests.tencent_api import sealed_call, xml_of
from tests.wechat_api import APP_ID, FakeWechat, Follower
from tests.wecom_api import CORP_ID, OPEN_KFID, Customer, FakeWecom, Member

PATIENCE_S = 60.0
PRESS = "按 "
"""A step of a journey that begins so presses the button of this title."""


@dataclass(frozen=True)
class Outcome:
    """What a journey came to.

    Attributes:
        owner: Who has the conversation in the end.
        lines: What was said to the person, with the titles of the buttons under it.
        shown: All that the person could see.
    """

    owner: str
    lines: list[tuple[str, tuple[str, ...]]]
    shown: str


class Walker(Protocol):
    """One person on one channel."""

    def walk(self, steps: tuple[str, ...]) -> Outcome:
        """Take all steps, each after the answer to the one before."""


@dataclass
class Records:
    """Reads what the hub has stored."""

    stack: Stack

    def outcome(self, conversation_id: str, shown: str) -> Outcome:
        with self._open() as database:
            (owner,) = database.execute(
                "SELECT owner FROM conversations WHERE id = ?", (conversation_id,)
            ).fetchone()
            rows = database.execute(
                "SELECT text, buttons FROM messages WHERE conversation_id = ?"
                " AND author != 'applicant' ORDER BY id",
                (conversation_id,),
            ).fetchall()
        lines = [(text, tuple(re.findall(r'\["([^"]*)",', buttons))) for text, buttons in rows]
        return Outcome(owner, lines, shown)

    def find(self, chat_id: int | str) -> str | None:
        with self._open() as database:
            found = database.execute(
                "SELECT id FROM conversations WHERE external_id = ?", (str(chat_id),)
            ).fetchone()
        return found[0] if found else None

    def is_quiet(self, chat_id: int | str, said: int) -> bool:
        """Tell whether so many messages have had their answer, and all of it is sent or held."""
        name = self.find(chat_id)
        with self._open() as database:
            (handled,) = database.execute(
                "SELECT count(*) FROM messages WHERE conversation_id = ? AND author = 'applicant'"
                " AND handled_at IS NOT NULL",
                (name,),
            ).fetchone()
            (waiting,) = database.execute(
                "SELECT count(*) FROM deliveries WHERE conversation_id = ? AND state = 'pending'",
                (name,),
            ).fetchone()
        return bool(handled >= said and waiting == 0)

    def _open(self) -> sqlite3.Connection:
        path = self.stack.settings.database_url.removeprefix("sqlite:///")
        return sqlite3.connect(f"file:{path}?mode=ro", uri=True)


class WebWalker:
    """Someone at the chat page."""

    def __init__(self, stack: Stack) -> None:
        self._records = Records(stack)
        self._url = stack.url

    def walk(self, steps: tuple[str, ...]) -> Outcome:
        """Take all steps, each after the answer to the one before."""
        seen, offered = [], dict[str, str]()
        with Chat(self._url) as talk:
            for step in steps:
                title = step.removeprefix(PRESS)
                turn = talk.press(offered[title]) if step.startswith(PRESS) else talk.say(step)
                offered = turn.buttons
                seen.append(turn.text)
            return self._records.outcome(talk.conversation_id, "\n".join(seen))


class TelegramWalker:
    """Someone with a phone."""

    def __init__(self, stack: Stack, api: FakeBotApi) -> None:
        self._records = Records(stack)
        self._person = Person(api, api.queue)

    def walk(self, steps: tuple[str, ...]) -> Outcome:
        """Take all steps, each after the answer to the one before."""
        person = self._person
        for number, step in enumerate(steps, start=1):
            if step.startswith(PRESS):
                person.press(step.removeprefix(PRESS))
            else:
                person.say(step)
            wait_for(lambda done=number: self._records.is_quiet(person.id, done))
        name = self._records.find(person.id)
        assert name is not None
        return self._records.outcome(name, "\n".join(person.texts))


class TencentWalker:
    """Someone on WeChat, in WeCom or at 微信客服: numbers or a menu, "更多" when more waits."""

    def __init__(self, stack: Stack, person: Follower | Member, name: str) -> None:
        self._records = Records(stack)
        self._person = person
        self._name = name

    @classmethod
    def on_wechat(cls, stack: Stack, api: FakeWechat) -> "TencentWalker":
        """Return a follower of the account."""
        person = Follower(api, deliverer(f"{stack.url}/wechat/callback", APP_ID))
        return cls(stack, person, person.id)

    @classmethod
    def in_wecom(cls, stack: Stack, api: FakeWecom) -> "TencentWalker":
        """Return a member of the enterprise."""
        person = Member(api, deliverer(f"{stack.url}/wecom/callback", CORP_ID))
        return cls(stack, person, person.id)

    @classmethod
    def at_kf(cls, stack: Stack, api: FakeWecom) -> "TencentWalker":
        """Return somebody on WeChat who writes to 微信客服."""
        person = Customer(api, deliverer(f"{stack.url}/wecom/callback", CORP_ID))
        return cls(stack, person, f"{OPEN_KFID}:{person.id}")

    def walk(self, steps: tuple[str, ...]) -> Outcome:
        """Take all steps, each after the answer to the one before."""
        said = 0
        for step in steps:
            if step.startswith(PRESS):
                self._choose(step.removeprefix(PRESS))
            else:
                self._person.say(step)
            said += 1
            while not self._is_answered(said):
                self._person.say("更多")
                said += 1
        name = self._records.find(self._name)
        assert name is not None
        return self._records.outcome(name, "\n".join(self._person.texts))

    def _is_answered(self, said: int) -> bool:
        """Wait for the answer; False when it stopped in the middle and asks to be asked on."""
        seen = len(self._person.texts)

        def has_more() -> bool:
            new = self._person.texts[seen:]
            return bool(new) and new[-1].endswith("接着看）")

        def is_done() -> bool:
            return self._records.find(self._name) is not None and self._records.is_quiet(
                self._name, said
            )

        wait_for(lambda: is_done() or has_more())
        return is_done() or not has_more()

    def _choose(self, title: str) -> None:
        found = re.findall(
            rf"^(\d+)\. {re.escape(title)}$", "\n".join(self._person.texts), re.MULTILINE
        )
        if found:
            self._person.say(found[-1])
        else:
            assert isinstance(self._person, Customer)
            self._person.press(title)


def deliverer(url: str, owner_id: str) -> Callable[[dict[str, object]], None]:
    def deliver(fields: dict[str, object]) -> None:
        query, body = sealed_call(xml_of(fields), owner_id)
        answer = httpx.post(url, params=query, content=body, timeout=PATIENCE_S, trust_env=False)
        assert answer.status_code == 200

    return deliver


@dataclass
class TerminalWalker:
    """Someone at `xiaoer chat`."""

    stack: Stack
    _typed: "queue.Queue[str]" = field(default_factory=queue.Queue)
    _asked: "queue.Queue[int]" = field(default_factory=queue.Queue)
    _written: list[str] = field(default_factory=list)

    def walk(self, steps: tuple[str, ...]) -> Outcome:
        """Take all steps, each after the answer to the one before."""
        with httpx.Client(base_url=self.stack.url, timeout=PATIENCE_S, trust_env=False) as http:
            client = ChatClient(http)
            words = load_hub_texts(ROOT / "data").choices
            arguments = (client, self._read, self._written.append, words)
            talk = threading.Thread(target=chat, args=arguments, daemon=True)
            talk.start()
            for step in (*steps, "/quit"):
                self._asked.get(timeout=PATIENCE_S)
                self._typed.put(self._number(step) if step.startswith(PRESS) else step)
            talk.join(PATIENCE_S)
            assert not talk.is_alive()
        return Records(self.stack).outcome(client.conversation_id, "\n".join(self._written))

    def _read(self) -> str:
        self._asked.put(1)
        return self._typed.get(timeout=PATIENCE_S)

    def _number(self, step: str) -> str:
        title = re.escape(step.removeprefix(PRESS))
        found = re.findall(rf"^(\d+)\. {title}$", "\n".join(self._written), re.MULTILINE)
        assert found, f"{step} in {self._written[-1]}"
        return str(found[-1])
