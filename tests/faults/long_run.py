"""The long run of faults: people write while parts of the product are killed at random.

    python -m tests.faults.long_run [--messages 2000] [--kills 20] [--database sqlite]

Real processes: hub, Rasa and actions. Each conversation sends the same sentences, without waiting
for answers, a fifth of them twice as a client does that heard nothing; what the hub does not take
is sent again until it does. Some conversations open a whistle. Afterwards every conversation is
compared with one that ran before anything was broken.
"""

import argparse
import random
import re
import shutil
import tempfile
import threading
import time
import uuid
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from tests.chat_client import Chat
from tests.databases import new_database
from tests.faults.breakage import Breaker, eventually, is_idle, lines, tickets_of
from tests.stack import Stack, running_stack

PARTS = ("hub", "rasa", "actions")
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
SECONDS_A_KILL = 12.0
"""About what it takes until everything is back; the writing is spread over all of it."""

OWN = re.compile(r"(?<=whistles/)[\w-]+|(?<=周)[一二三四五六日]|\d+")
"""Secret links, numbers, days and times: what is each conversation's own."""

MOST_TOLD = 20
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


def break_things(
    stack: Stack, tally: Tally, kills: int, dice: random.Random, done: threading.Event
) -> None:
    """Kill a part, let it come back, and again, until the writing is over and it was enough."""
    breaker = Breaker(stack)
    while sum(tally.kills.values()) < kills:
        part = dice.choice(PARTS)
        breaker.kill(part)
        tally.kills[part] += 1
        tally.recoveries_s.append(breaker.revive())
        done.wait(dice.uniform(0.5, 3.0))


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


def run(stack: Stack, messages: int, kills: int, seed: int) -> Tally:
    """Write and break at the same time; returns the count."""
    dice, tally = random.Random(seed), Tally()  # noqa: S311 - which part dies is no secret
    every = list(scripts(messages))
    healthy: dict[Sequence[str], Counter[str]] = {}
    for at, script in enumerate(dict.fromkeys(every)):
        with Chat(stack.url) as chat:
            first = Written(chat, script, business_name(-1 - at))
            for text in first.texts:
                chat.say(text)
            healthy[script] = first.answers()
    written = [
        Written(Chat(stack.url), script, business_name(at)) for at, script in enumerate(every)
    ]
    pause_s = kills * SECONDS_A_KILL / len(QUESTIONS) / 2
    writers = [
        threading.Thread(target=write, args=(one, random.Random(seed + at), pause_s))  # noqa: S311
        for at, one in enumerate(written)
    ]
    done = threading.Event()
    breaking = threading.Thread(target=break_things, args=(stack, tally, kills, dice, done))
    breaking.start()
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    done.set()
    breaking.join()
    Breaker(stack).revive()
    count(stack, written, healthy, tally)
    return tally


def tell(kind: str, tally: Tally) -> str:
    """Return the table as Markdown."""
    killed = ", ".join(f"{part} {n}" for part, n in sorted(tally.kills.items()))
    recoveries = sorted(tally.recoveries_s)
    rows = [
        ("killed with -9", f"{sum(tally.kills.values())} ({killed})"),
        ("acknowledged", tally.acknowledged),
        ("lost", tally.lost),
        ("stored twice", tally.stored_twice),
        ("conversations out of order", tally.out_of_order),
        ("answers missing", tally.answers_missing),
        ("answers said twice", tally.answers_twice),
        ("tickets opened / wanted", f"{tally.tickets} / {tally.tickets_wanted}"),
        ("back again, median", f"{recoveries[len(recoveries) // 2]:.1f} s"),
        ("back again, longest", f"{recoveries[-1]:.1f} s"),
    ]
    table = [f"| {kind} | |", "|---|---|", *(f"| {a} | {b} |" for a, b in rows)]
    return "\n".join([*table, *tally.other_answers[:MOST_TOLD]])


def main() -> None:
    """Run and print; the exit code tells whether a promise was broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=2000)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    wanted = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="xiaoer-faults-"))
    try:
        state = folder / "state"
        state.mkdir()
        with new_database(wanted.database, folder) as url:
            more = {"XIAOER_DATABASE_URL": url}
            with running_stack(state, more=more) as stack:
                tally = run(stack, wanted.messages, wanted.kills, wanted.seed)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(tell(wanted.database, tally))  # noqa: T201 - what it is run for
    broken = (tally.lost, tally.stored_twice, tally.out_of_order, tally.answers_missing)
    too_many = tally.answers_twice > sum(tally.kills.values())
    if any(broken) or too_many or tally.tickets != tally.tickets_wanted:
        raise SystemExit("a promise was broken, see the table")


if __name__ == "__main__":
    main()
