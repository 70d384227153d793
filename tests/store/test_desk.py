"""Two agents, one conversation: on both databases at most one holds it."""

import itertools
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy.engine import Engine

from bot.domain.conversations import Owner, TurnOutcome
from bot.domain.handovers import AlreadyClaimed, NotWaiting, NotYours
from bot.domain.people import HEARTBEAT_TIMEOUT
from bot.services.accounts import accounts
from bot.services.conversations import turns
from bot.services.desk import handover
from bot.store.unit_of_work import unit_of_work_factory
from tests.desk_cast import NOW, Cast, FakeClock, texts

TEXTS = texts()
COUNT = itertools.count()  # logins are never used twice in one database


@pytest.fixture
def cast(engine: Engine) -> Cast:
    return Cast(unit_of_work_factory(engine))


def test_of_agents_claiming_in_the_same_moment_exactly_one_wins(cast: Cast) -> None:
    agents = [cast.agent(f"agent{number}", f"客服{number}") for number in range(4)]
    for _ in range(5):
        conversation_id = cast.waiting()
        together = Barrier(len(agents))

        def claim(agent_id: int, wanted: str = conversation_id, start: Barrier = together) -> str:
            start.wait(10)
            try:
                handover.claim(
                    cast.open_unit,
                    conversation_id=wanted,
                    agent_id=agent_id,
                    now=NOW,
                    texts=TEXTS,
                )
            except AlreadyClaimed as lost:
                return lost.by_name
            return "won"

        with ThreadPoolExecutor(len(agents)) as pool:
            outcomes = list(pool.map(claim, [agent.id for agent in agents]))

        winner = agents[outcomes.index("won")]
        assert sorted(outcomes) == sorted(["won", *[winner.name] * (len(agents) - 1)])
        with cast.open_unit() as unit:
            assert unit.conversations.get(conversation_id).agent_id == winner.id
            lines = [line.text for line in unit.conversations.messages(conversation_id)]
        assert sum("已接入" in line for line in lines) == 1


def test_the_same_reply_from_two_tabs_is_one_message(cast: Cast) -> None:
    agent, conversation_id = cast.agent(), cast.waiting()
    handover.claim(
        cast.open_unit, conversation_id=conversation_id, agent_id=agent.id, now=NOW, texts=TEXTS
    )
    together = Barrier(4)

    def reply(_: int) -> int:
        together.wait(10)
        return handover.reply(
            cast.open_unit,
            conversation_id=conversation_id,
            agent_id=agent.id,
            text="您好",
            client_id="the-same-one",
            now=NOW,
        )

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(reply, range(4)))) == 1


class TakeOver(RuleBasedStateMachine):
    """Claim, return, hand back, close, fall silent, turn of the bot: compared with a model."""

    engine: Engine

    def __init__(self) -> None:
        super().__init__()
        self.cast = Cast(unit_of_work_factory(self.engine))
        suffix = next(COUNT)
        self.agents = [
            self.cast.agent(f"a{suffix}", "韩梅梅"), self.cast.agent(f"b{suffix}", "李雷")
        ]  # fmt: skip
        self.clock = FakeClock()
        self.conversation_id = self.cast.waiting()
        self.owner, self.holder = Owner.WAITING, None
        self.after_claim: int | None = None

    @rule(who=st.integers(0, 1))
    def claim(self, who: int) -> None:
        agent = self.agents[who]
        try:
            self._do(handover.claim, who)
        except AlreadyClaimed as lost:
            other = self.agents[1 - who]
            told = lost.by_name
            assert (self.holder, told) == (other.id, other.name)
        except NotWaiting:
            assert self.owner in {Owner.BOT, Owner.CLOSED}
        else:
            assert self.owner is Owner.WAITING or self.holder == agent.id
            self.owner, self.holder = Owner.AGENT, agent.id

    @rule(who=st.integers(0, 1))
    def return_to_queue(self, who: int) -> None:
        self._let_go(handover.return_to_queue, who, Owner.WAITING)

    @rule(who=st.integers(0, 1))
    def hand_back(self, who: int) -> None:
        self._let_go(handover.hand_back, who, Owner.BOT)

    @rule(who=st.integers(0, 1))
    def close(self, who: int) -> None:
        self._let_go(handover.close, who, Owner.CLOSED)

    @rule(who=st.integers(0, 1))
    def fall_silent(self, who: int) -> None:
        now = self.clock.forward(seconds=HEARTBEAT_TIMEOUT.total_seconds() + 1)
        other = self.agents[1 - who]
        accounts.heartbeat(self.cast.open_unit, agent_id=other.id, now=now)
        swept = handover.sweep_lost_claims(self.cast.open_unit, now=now, texts=TEXTS)
        is_lost = self.holder == self.agents[who].id
        # the database is shared by all runs of this machine: look at ours only
        assert (self.conversation_id in swept) == is_lost
        if is_lost:
            self.owner, self.holder = Owner.WAITING, None

    @rule()
    def ask_for_a_person_again(self) -> None:
        now = self.clock.forward(seconds=11)
        self.cast.says(self.conversation_id, "转人工", now=now)
        owner = Owner.WAITING if self.owner in {Owner.BOT, Owner.CLOSED} else None
        while (turn := turns.claim_turn(self.cast.open_unit, now=now)) is not None:
            is_ours = turn.message.conversation_id == self.conversation_id
            outcome = TurnOutcome(owner=owner if is_ours else None)
            turns.complete_turn(self.cast.open_unit, turn=turn, outcome=outcome, now=now)
            if is_ours and owner is not None:
                self.owner, owner = owner, None

    @invariant()
    def the_database_agrees(self) -> None:
        with self.cast.open_unit() as unit:
            found = unit.conversations.get(self.conversation_id)
        assert (found.owner, found.agent_id) == (self.owner, self.holder)

    def _let_go(self, step, who: int, to: Owner) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
        try:
            self._do(step, who)
        except NotYours:
            assert self.holder != self.agents[who].id
        else:
            assert self.holder == self.agents[who].id
            self.owner, self.holder = to, None

    def _do(self, step, who: int) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
        accounts.heartbeat(self.cast.open_unit, agent_id=self.agents[who].id, now=self.clock())
        step(
            self.cast.open_unit,
            conversation_id=self.conversation_id,
            agent_id=self.agents[who].id,
            now=self.clock(),
            texts=TEXTS,
        )


def test_whatever_two_agents_do_at_most_one_holds_the_conversation(engine: Engine) -> None:
    machine = type("TakeOverHere", (TakeOver,), {"engine": engine})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=10,
            stateful_step_count=15,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
