"""A database that goes away in the middle of an action costs nobody an answer."""

import sqlite3
from collections.abc import Iterator

import pytest
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from sqlalchemy.engine import Engine, make_url
from sqlalchemy.exc import OperationalError, ProgrammingError

import actions
from actions.turns.skill import SkillAction
from actions.turns.turn import Turn
from bot.services.operating.incidents import list_incidents
from bot.store.outages import is_outage
from tests.actions.trackers import message, tracker
from tests.faults.proxy import Proxy


class Looking(SkillAction):
    """Reads twice in a transaction; the line is reset in between, the first time."""

    def __init__(self, line: Proxy) -> None:
        self.line, self.tries = line, 0

    def name(self) -> str:
        """Return its name."""
        return "action_looking"

    def act(self, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
        """Say something before and after."""
        self.tries += 1
        say.utter_message(text=f"好的，{turn.text}")
        with actions.app().unit_of_work() as unit:
            unit.incidents.newest(1, None)
            if self.tries == 1:
                self.line.reset()
            unit.incidents.newest(1, None)
        say.utter_message(text="查到了")
        return []


@pytest.fixture
def line(
    postgres_url: str, postgres_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Proxy]:
    """The line to the database of the actions."""
    between = Proxy(int(str(make_url(postgres_url).port)))
    address = make_url(postgres_url).set(port=between.port)
    monkeypatch.setenv("XIAOER_DATABASE_URL", str(address))
    actions.app.cache_clear()
    yield between
    actions.app().engine.dispose()
    actions.app.cache_clear()
    between.close()


@pytest.mark.postgres
async def test_a_line_that_breaks_in_mid_action_is_tried_again_and_nothing_is_filed(
    line: Proxy,
) -> None:
    before = list_incidents(actions.app().unit_of_work)
    action, say = Looking(line), CollectingDispatcher()
    await action.run(say, tracker(message("多少钱")), {})

    assert [one["text"] for one in say.messages] == ["好的，多少钱", "查到了"]
    assert action.tries == 2
    assert list_incidents(actions.app().unit_of_work) == before


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (OperationalError("", {}, sqlite3.OperationalError("database is locked")), True),
        (OperationalError("", {}, sqlite3.OperationalError("database or disk is full")), True),
        (OperationalError("", {}, sqlite3.OperationalError("no such table: tickets")), False),
        (ProgrammingError("", {}, Exception("gone"), connection_invalidated=True), True),
        (KeyError("text"), False),
    ],
)
def test_a_fault_of_ours_is_no_outage(error: Exception, expected: bool) -> None:
    assert is_outage(error) is expected
