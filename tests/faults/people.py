"""People on three channels who write without waiting, and send again what was not taken."""

import random
import threading
import time
import uuid
import weakref
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence

import httpx

from bot.channels.wechat.channel import PATH as WECHAT
from tests.chat_client import Chat
from tests.faults.city import City
from tests.telegram_person import Person
from tests.tencent_api import sealed_call, xml_of
from tests.wechat_api import APP_ID, Follower

SENT_TWICE = 0.2
RETRY_S = 0.2
GIVE_UP_S = 600.0
MORE = "更多"
"""What a person on WeChat writes to read on."""

_telegram_order = threading.Lock()
"""Updates are numbered and queued one after the other, as the platform does."""


class Writer(ABC):
    """One conversation.

    Attributes:
        channel: Name of the channel in the database.
        texts: What is to be written.
        slowest_s: How long the longest message took until it was taken.
    """

    channel = ""

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = list(texts)
        self.slowest_s = 0.0
        self.acknowledged = 0

    def write(self, dice: random.Random, progress: Callable[[], float]) -> None:
        """Send all; a fifth of it twice, as a client does that heard nothing.

        Args:
            dice: Decides what is sent twice, and when.
            progress: How much of the faults is over, 0 to 1: the writing goes along with it.
        """
        for number, text in enumerate(self.texts):
            while progress() < (number + dice.random()) / (len(self.texts) + 1):
                time.sleep(RETRY_S)
            began = time.monotonic()
            self.send(text, twice=dice.random() < SENT_TWICE)
            self.slowest_s = max(self.slowest_s, time.monotonic() - began)

    @property
    @abstractmethod
    def address(self) -> tuple[str, str]:
        """Return the column of `conversations` and the value that find this one."""

    @abstractmethod
    def send(self, text: str, *, twice: bool) -> None:
        """Send a message until it is taken, and perhaps once more."""

    def await_acknowledgement(self) -> None:
        """Return once all is taken, where that is not told with each message."""
        return

    def seen(self) -> list[str] | None:
        """Return what the platform was given for this person; None where nobody looks."""
        return None

    def read_on(self) -> None:
        """Ask for what waits because of a quota."""
        return


class WebWriter(Writer):
    """Someone at the chat page."""

    channel = "web"

    def __init__(self, city: City, texts: Sequence[str]) -> None:
        super().__init__(texts)
        self.chat = Chat(city.stack.url)

    @property
    def address(self) -> tuple[str, str]:
        return "id", self.chat.conversation_id

    def send(self, text: str, *, twice: bool) -> None:
        body = {"client_id": str(uuid.uuid4()), "text": text}
        taken = {self._deliver(body) for _time in range(1 + twice)}
        assert len(taken) == 1, "one message got two numbers"
        self.acknowledged += 1

    def _deliver(self, body: dict[str, str]) -> int:
        answers: list[int] = []

        def is_taken() -> bool:
            answer = self.chat.post(body)
            if answer.status_code == httpx.codes.ACCEPTED:
                answers.append(int(answer.json()["message_id"]))
            return bool(answers)

        _until(is_taken)
        return answers[0]


class TelegramWriter(Writer):
    """Someone with Telegram; the hub fetches, and confirms by asking for what comes next."""

    channel = "telegram"

    def __init__(self, city: City, texts: Sequence[str]) -> None:
        super().__init__(texts)
        self._api = city.telegram
        self._person = Person(city.telegram, city.telegram.queue)
        self._last = 0

    @property
    def address(self) -> tuple[str, str]:
        return "external_id", str(self._person.id)

    def send(self, text: str, *, twice: bool) -> None:
        with _telegram_order:
            update = self._person.message(text=text)
            for _time in range(1 + twice):
                self._api.queue(update)
        self._last = update["update_id"]
        self.acknowledged += 1

    def await_acknowledgement(self) -> None:
        self._api.wait(lambda: self._api.confirmed > self._last, GIVE_UP_S)

    def seen(self) -> list[str]:
        return self._person.texts


class WechatWriter(Writer):
    """A follower of the account; WeChat calls until it is answered."""

    channel = "wechat"

    def __init__(self, city: City, texts: Sequence[str]) -> None:
        super().__init__(texts)
        self._api = city.wechat
        self._follower = Follower(city.wechat, lambda _fields: None)
        self._http = httpx.Client(base_url=city.stack.url, timeout=30, trust_env=False)
        weakref.finalize(self, self._http.close)

    @property
    def address(self) -> tuple[str, str]:
        return "external_id", str(self._follower.id)

    def send(self, text: str, *, twice: bool) -> None:
        fields = self._follower.message("text", Content=text)
        self._api.left[self._follower.id] = 5
        for _time in range(1 + twice):
            _until(lambda: self._is_taken(fields))
        self.acknowledged += 1

    def seen(self) -> list[str]:
        return self._follower.texts

    def read_on(self) -> None:
        self.send(MORE, twice=False)
        self.acknowledged -= 1

    def _is_taken(self, fields: dict[str, object]) -> bool:
        query, body = sealed_call(xml_of(fields), APP_ID)
        answer = self._http.post(WECHAT, params=query, content=body)
        return answer.status_code == httpx.codes.OK


WRITERS = (WebWriter, TelegramWriter, WechatWriter)


def _until(condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + GIVE_UP_S
    while time.monotonic() < deadline:
        try:
            if condition():
                return
        except httpx.TransportError:
            pass  # the hub is away
        time.sleep(RETRY_S)
    raise AssertionError("the hub never came back")
