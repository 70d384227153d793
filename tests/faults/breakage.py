"""Breaks parts of the running product and waits, by looking, until it is whole again."""

import os
import signal
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import httpx

from bot.data_keys import data_keys
from bot.domain.tickets import Ticket
from bot.store.engine import open_engine
from bot.store.unit_of_work import unit_of_work_factory
from tests.chat_client import Chat, Turn
from tests.stack import Stack

PATIENCE_S = 120.0
LOOK_EVERY_S = 0.05
STEADY_AHEAD_S = 60.0
ESTABLISHED = "01"
"""State of an open connection in `/proc/net/tcp`."""


def eventually(condition: Callable[[], object], what: str, patience_s: float = PATIENCE_S) -> None:
    """Return as soon as `condition` holds; a hub that is away counts as "not yet"."""
    deadline = time.monotonic() + patience_s
    while time.monotonic() < deadline:
        try:
            if condition():
                return
        except httpx.TransportError:
            pass
        time.sleep(LOOK_EVERY_S)
    raise AssertionError(f"never came: {what}")


_numbers = count(1)


def another_business(kind: str) -> str:
    """Return the name of a business that no whistle knows: those of one business are joined."""
    digits = "零一二三四五六七八九"
    return f"聊城示例{''.join(digits[int(digit)] for digit in str(next(_numbers)))}号{kind}"


@dataclass
class Breaker:
    """Kills processes of a stack and lets its supervisor start them again.

    The supervisor gives up on a process that dies three times within seconds of its start; tests do
    just that, so it is told a time that runs ahead by a minute a death.
    """

    stack: Stack
    ahead_s: float = 0.0

    def __post_init__(self) -> None:
        """Remember how many processes there are when all is well."""
        self._whole = len(self.stack.supervisor.pids())

    def kill(self, name: str) -> None:
        """End a process as `kill -9` does, and see it gone."""
        pid = self.stack.supervisor.pids()[name]
        os.kill(pid, signal.SIGKILL)
        eventually(lambda: name not in self.stack.supervisor.pids(), f"the end of {name}")

    def freeze(self, name: str) -> None:
        """Stop a process without ending it: it takes connections and never answers."""
        os.kill(self.stack.supervisor.pids()[name], signal.SIGSTOP)

    def revive(self) -> float:
        """Have dead processes started again; return after how many seconds all are ready."""
        began = time.monotonic()
        for pid in self.stack.supervisor.pids().values():
            os.kill(pid, signal.SIGCONT)  # a test that failed may have left one frozen
        self.ahead_s += STEADY_AHEAD_S
        eventually(self._is_whole, "a ready stack", 300)
        return time.monotonic() - began

    def is_ready(self) -> bool:
        """Tell whether every part answers."""
        answer = httpx.get(f"{self.stack.url}/readyz", timeout=10)
        return answer.status_code == httpx.codes.OK

    def rasa_calls_actions(self) -> bool:
        """Tell whether Rasa has a connection to the action server, so a turn is in its middle."""
        pid = self.stack.supervisor.pids().get("rasa")
        port = int(self.stack.settings.actions_url.rsplit(":", 1)[1])
        sockets = _open_files(Path(f"/proc/{pid}/fd"))
        for line in Path("/proc/net/tcp").read_text().splitlines()[1:]:
            field = line.split()
            remote = int(field[2].rsplit(":", 1)[1], 16)
            is_open = field[3] == ESTABLISHED
            if is_open and remote == port and f"socket:[{field[9]}]" in sockets:
                return True
        return False

    def _is_whole(self) -> bool:
        self.stack.supervisor.tick(time.monotonic() + self.ahead_s)
        return len(self.stack.supervisor.pids()) == self._whole and self.is_ready()


def lines(chat: Chat, author: str) -> list[str]:
    """Return the texts of one author in the whole transcript, oldest first."""
    return [message["text"] for message in chat.history() if message["author"] == author]


def is_idle(chat: Chat) -> bool:
    """Tell whether no message waits for an answer."""
    return not chat.page()["busy"]


def say_all(chat: Chat, texts: list[str]) -> Turn:
    """Say one text after the other, each after the answer to the one before."""
    turn = Turn()
    for text in texts:
        turn = chat.say(text)
    return turn


def tickets_of(stack: Stack, chat: Chat) -> Sequence[Ticket]:
    """Return the tickets that a conversation has opened, read from the database."""
    engine = open_engine(stack.settings.database_url, data_keys("", stack.settings.state_dir))
    try:
        with unit_of_work_factory(engine)() as unit:
            return unit.tickets.of_conversation(chat.conversation_id)
    finally:
        engine.dispose()


def _open_files(folder: Path) -> set[str]:
    found = set()
    for file in folder.iterdir():
        with suppress(FileNotFoundError):  # closed meanwhile
            found.add(str(file.readlink()))
    return found
