"""Conversations of the scale run: what is written, and what became of it."""

import random
import re
import time
import uuid
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import httpx

from tests.chat_client import Chat
from tests.faults.breakage import eventually, is_idle, lines, tickets_of
from tests.stack import Stack

BUSINESS = "{business}"
"""Stands for another name in each conversation: whistles of one business are joined."""

QUESTIONS = (
    "食品经营许可要什么材料",
    "那要交多少钱",
    "公司设立登记多久能办好",
    "在哪办",
    "你好",
)
WHISTLE = (
    "我要吹哨, 厂房通不上电",
    BUSINESS,
    "跳过",
    "开发区",
    "13800138000",
    "对，派单",
)
SENT_TWICE = 0.2
OWN = re.compile(r"(?<=whistles/)[\w-]+|(?<=周)[一二三四五六日]|\d+")
"""Secret links, numbers, days and times: what is each conversation's own."""

SYLLABLES = "安邦昌达丰广宏佳康隆明宁鹏瑞盛泰万祥裕正"
RETRY_S = 0.2
GIVE_UP_S = 600.0


@dataclass
class Written:
    """What one conversation has sent, and was told to be taken."""

    chat: Chat
    script: Sequence[str]
    business: str
    acknowledged: list[int] = field(default_factory=list)

    @property
    def texts(self) -> list[str]:
        """Return what is typed."""
        return [text.replace(BUSINESS, self.business) for text in self.script]

    def answers(self) -> Counter[str]:
        """Return the bot's lines without what differs from one conversation to the next."""
        said = (line.replace(self.business, BUSINESS) for line in lines(self.chat, "bot"))
        return Counter(OWN.sub("#", line) for line in said)


@dataclass
class Tally:
    """What is counted over all conversations."""

    acknowledged: int = 0
    lost: int = 0
    stored_twice: int = 0
    out_of_order: int = 0
    answers_missing: int = 0
    answers_twice: int = 0
    tickets: int = 0
    tickets_wanted: int = 0
    recoveries_s: list[float] = field(default_factory=list)
    kills: Counter[str] = field(default_factory=Counter)
    other_answers: list[str] = field(default_factory=list)

    def rows(self) -> list[tuple[str, object]]:
        """Return name and value of what every run tells."""
        return [
            ("acknowledged", self.acknowledged),
            ("lost", self.lost),
            ("stored twice", self.stored_twice),
            ("conversations out of order", self.out_of_order),
            ("answers missing", self.answers_missing),
            ("answers said twice", self.answers_twice),
            ("tickets opened / wanted", f"{self.tickets} / {self.tickets_wanted}"),
        ]


def scripts(messages: int) -> Iterator[Sequence[str]]:
    """Yield the sentences of conversations until there are so many messages."""
    sent, turn = 0, 0
    while sent < messages:
        script = (*WHISTLE, *QUESTIONS) if turn % 4 == 0 else (*QUESTIONS, *QUESTIONS)
        yield script
        sent, turn = sent + len(script), turn + 1


def write(written: Written, dice: random.Random, pause_s: float) -> None:
    """Send a script; what is not taken is sent again, and a fifth of it twice."""
    for text in written.texts:
        body = {"client_id": str(uuid.uuid4()), "text": text}
        taken = [_deliver(written.chat, body)]
        if dice.random() < SENT_TWICE:
            taken.append(_deliver(written.chat, body))
        assert len(set(taken)) == 1, "one message got two numbers"
        written.acknowledged.append(taken[0])
        time.sleep(dice.expovariate(1 / pause_s))


def _deliver(chat: Chat, body: dict[str, str]) -> int:
    deadline = time.monotonic() + GIVE_UP_S
    while time.monotonic() < deadline:
        try:
            answer = chat.post(body)
            if answer.status_code == httpx.codes.ACCEPTED:
                return int(answer.json()["message_id"])
        except httpx.TransportError:
            pass  # the hub is away
        time.sleep(RETRY_S)
    raise AssertionError("the hub never came back")


def count(
    stack: Stack,
    written: Sequence[Written],
    healthy: dict[Sequence[str], Counter[str]],
    tally: Tally,
) -> None:
    """Compare each conversation with what it has sent, and with the healthy one."""
    for one in written:
        eventually(lambda chat=one.chat: is_idle(chat), "an end of the answers")  # type: ignore[misc]
        stored = lines(one.chat, "applicant")
        tally.acknowledged += len(one.acknowledged)
        wanted, found = Counter(one.texts), Counter(stored)
        tally.lost += sum((wanted - found).values())
        tally.stored_twice += sum((found - wanted).values())
        tally.out_of_order += one.texts != stored
        answers = one.answers()
        tally.other_answers += [f"- {line!r}" for line in healthy[one.script] - answers]
        tally.other_answers += [f"+ {line!r}" for line in answers - healthy[one.script]]
        tally.answers_missing += sum((healthy[one.script] - answers).values())
        tally.answers_twice += sum((answers - healthy[one.script]).values())
        tally.tickets += len(tickets_of(stack, one.chat))
        tally.tickets_wanted += WHISTLE[0] in one.script


def business_name(at: int) -> str:
    """Return another name for each conversation."""
    first, second = divmod(at, len(SYLLABLES))
    return f"聊城{SYLLABLES[first % len(SYLLABLES)]}{SYLLABLES[second]}机械有限公司"
