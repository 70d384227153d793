"""The cast of desk tests: applicants in a conversation, agents with a desk, real use cases."""

import uuid
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from functools import lru_cache
from pathlib import Path

from argon2 import PasswordHasher

from bot.domain.catalogue import Catalogue
from bot.domain.conversations import Accepted, Button, Inbound, Owner, Reply, TurnOutcome
from bot.domain.handovers import DeskTexts, DeskVocabulary
from bot.domain.people import Agent, Role
from bot.services.accounts import accounts
from bot.services.accounts.accounts import Passwords
from bot.services.conversations import conversations, turns
from bot.services.desk.fields import fill_in
from bot.services.ports import OpenUnitOfWork
from bot.store.catalogue.loader import load_catalogue
from bot.store.desk_texts import load_desk_texts, load_desk_vocabulary

DATA = Path(__file__).parent.parent / "data"
NOW = datetime(2026, 11, 24, 2, 0, tzinfo=timezone.utc)  # Tuesday, 10:00 in Shanghai
PASSWORD = "correct horse battery"


def texts() -> DeskTexts:
    """Return the texts that ship."""
    return load_desk_texts(DATA)


def vocabulary() -> DeskVocabulary:
    """Return the field labels that ship, with the words of the catalogue."""
    return fill_in(load_desk_vocabulary(DATA), catalogue())


@lru_cache(maxsize=1)
def catalogue() -> Catalogue:
    """Return the catalogue that ships."""
    return load_catalogue(DATA / "catalogue")


@dataclass
class FakeClock:
    """A clock that stands still until a test moves it."""

    moment: datetime = NOW

    def __call__(self) -> datetime:
        return self.moment

    def forward(self, **length: float) -> datetime:
        self.moment += timedelta(**length)
        return self.moment


CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
"""For accounts of tests: a check takes as long as the hash says, and hundreds log in."""


@dataclass
class Cast:
    """Builds people and conversations through the use cases that the product uses."""

    open_unit: OpenUnitOfWork
    passwords: Passwords = field(default_factory=lambda: Passwords(hasher=CHEAP))

    def agent(
        self, login: str = "hanmeimei", name: str = "韩梅梅", role: Role = Role.AGENT
    ) -> Agent:
        """Add an account and let it be online at `NOW`."""
        agent = accounts.add_agent(
            self.open_unit,
            login=login,
            name=name,
            role=role,
            password=PASSWORD,
            now=NOW,
            passwords=self.passwords,
        )
        accounts.heartbeat(self.open_unit, agent_id=agent.id, now=NOW, is_available=agent.serves)
        return agent

    def conversation(self, *, now: datetime = NOW) -> str:
        """Open a conversation of the web chat that the bot owns."""
        return conversations.open_web_conversation(self.open_unit, now=now).conversation_id

    def says(self, conversation_id: str, text: str, *, now: datetime = NOW) -> Accepted:
        """Let the applicant say something."""
        inbound = Inbound(
            channel="web",
            conversation_id=conversation_id,
            external_id=str(uuid.uuid4()),
            text=text,
        )
        return conversations.accept(self.open_unit, inbound=inbound, now=now)

    def turn(self, outcome: TurnOutcome, *, now: datetime = NOW) -> None:
        """Let the hub's worker answer the next message like this."""
        turn = turns.claim_turn(self.open_unit, now=now)
        assert turn is not None
        turns.complete_turn(self.open_unit, turn=turn, outcome=outcome, now=now)

    def waiting(
        self,
        text: str = "俺想在东昌府区开个火锅店",
        *,
        now: datetime = NOW,
        fields: dict[str, object] | None = None,
    ) -> str:
        """Let an applicant talk to the bot, answer questions and ask for a person."""
        conversation_id = self.conversation(now=now)
        self.says(conversation_id, text, now=now)
        question = Reply(
            text="您想办哪种企业？",
            buttons=(Button("有限公司", "/inform"), Button("个体户", "/inform")),
        )
        self.turn(TurnOutcome(replies=(question,), fields=fields or {}), now=now)
        self.says(conversation_id, "转人工", now=now)
        told = Reply(text="正在为您转接人工客服，请稍候。")
        outcome = TurnOutcome(replies=(told,), owner=Owner.WAITING, handoff_reason="asked")
        self.turn(outcome, now=now)
        return conversation_id
