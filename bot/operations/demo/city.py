"""The made-up city: its words, its staff, its chance, and how people there talk."""

import random
import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from bot.bootstrap import App
from bot.domain.conversations import Inbound, TurnOutcome
from bot.domain.people import Agent, Role
from bot.operations.demo.timeline import Act, Timeline
from bot.operations.errors import OperationFailed
from bot.services.conversations import conversations, turns
from bot.services.ports import within
from bot.services.times.local_time import LOCAL, at_local, local_day
from bot.store.desk_texts import load_desk_texts
from bot.store.feedback_news import load_feedback_news

TRIES = 50
PAUSE_S = 0.2


def load_month(data_dir: Path) -> Mapping[str, Any]:
    """Return the words of `data/demo/month.yml`."""
    loaded: Mapping[str, Any] = yaml.load(
        (data_dir / "demo" / "month.yml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader
    )
    return loaded


@dataclass
class City:
    """Everything the stories share.

    Attributes:
        links: Paths of pages that applicants hold in their hands, by what they are; only the hash
            of their secret is in the database.
        closed_case: Number of the case that was closed last.
    """

    app: App
    words: Mapping[str, Any]
    people: dict[str, Agent] = field(default_factory=dict)
    line: Timeline = field(default_factory=Timeline)
    links: dict[str, str] = field(default_factory=dict)
    closed_case: str = ""
    chance: random.Random = field(default_factory=lambda: random.Random(20261126))  # noqa: S311

    @cached_property
    def texts(self) -> Any:
        """The desk's words to applicants."""
        return load_desk_texts(self.app.settings.data_dir)

    @cached_property
    def news(self) -> Any:
        """The words around answers to complaints."""
        return load_feedback_news(self.app.settings.data_dir / "services" / "feedback_news.yml")

    def somebody(self, role: Role) -> Agent:
        """Return one of the staff in this role."""
        return self.chance.choice([one for one in self.people.values() if one.role is role])

    def business(self) -> str:
        """Return a name that says that it is made up."""
        surname, trade = (self.chance.choice(self.words[name]) for name in ("surnames", "trades"))
        return f"演示{surname}{trade}"

    def phone(self) -> str:
        """Return a number that no network has given out."""
        return f"1000000{self.chance.randrange(10_000):04d}"

    def later(self, since: datetime, delay: timedelta, act: Act) -> None:
        """Plan the next step of a story."""
        self.line.plan(since + delay, act)

    def in_days(self, since: datetime, working_days: int, act: Act) -> None:
        """Plan the next step of a story for office hours some working days on."""
        day = local_day(since)
        left = working_days
        while left:
            day += timedelta(days=1)
            left -= self.app.calendar.is_working_day(day)
        minute = self.chance.randrange(7 * 60)
        local = datetime.combine(day, datetime.min.time(), LOCAL) + timedelta(minutes=540 + minute)
        moment = at_local(local.date(), local.time())
        self.line.plan(max(moment, since + timedelta(minutes=5)), act)

    def open(self, at: datetime) -> str:
        """Let somebody open the chat page; returns the conversation."""
        return conversations.open_web_conversation(self.app.unit_of_work, now=at).conversation_id

    def say(self, conversation_id: str, text: str, outcome: TurnOutcome, at: datetime) -> int:
        """Let somebody say something and the bot answer, in one step; returns the message.

        A running hub never sees the message unanswered. Raises `OperationFailed` when real people
        talk here all the time.
        """
        inbound = Inbound("web", conversation_id, uuid.uuid4().hex, text)
        for _ in range(TRIES):
            with self.app.unit_of_work() as unit:
                if (
                    not unit.turns.holders(at)
                    and unit.figures.read(now=at, today=local_day(at)).inbox.count == 0
                ):
                    here = within(unit)
                    accepted = conversations.accept(here, inbound=inbound, now=at)
                    turn = turns.claim_turn(here, now=at)
                    if turn is not None:
                        turns.complete_turn(here, turn=turn, outcome=outcome, now=at)
                        return accepted.message_id
            time.sleep(PAUSE_S)
        raise OperationFailed("有人正在和小二对话, 过一会儿再试 (somebody is talking, try again)")
