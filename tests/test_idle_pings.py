"""Connections to PostgreSQL are asked when there is reason to, and a dead one reaches nobody."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from bot import idle_pings
from bot.idle_pings import ping_when_rested

pytestmark = pytest.mark.postgres


@pytest.fixture
def engine(postgres_url: str) -> Iterator[Engine]:
    made = ping_when_rested(sa.create_engine(postgres_url, future=True))
    yield made
    made.dispose()


def backend(engine: Engine) -> int:
    """Return the id of the server's process behind the connection that is given."""
    with engine.connect() as connection:
        found = connection.exec_driver_sql("SELECT pg_backend_pid()").scalar_one()
    assert isinstance(found, int)
    return found


def pings(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Note each time that a connection is asked."""
    asked: list[object] = []
    ping = engine.dialect.do_ping  # type: ignore[attr-defined]

    def noted(connection: object) -> object:
        asked.append(connection)
        return ping(connection)

    monkeypatch.setattr(engine.dialect, "do_ping", noted)
    return asked


def test_a_connection_used_a_moment_ago_is_not_asked(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(idle_pings, "RESTED_S", 3600.0)
    asked = pings(engine, monkeypatch)

    assert backend(engine) == backend(engine) == backend(engine)
    assert asked == []


def test_a_connection_that_has_rested_is_asked_and_used_again(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(idle_pings, "RESTED_S", 0.0)
    asked = pings(engine, monkeypatch)

    assert backend(engine) == backend(engine)
    assert len(asked) == 1


@pytest.mark.parametrize("rested_s", [0.0, 3600.0], ids=["rested", "used a moment ago"])
def test_a_connection_that_the_server_has_ended_is_replaced_unseen(
    engine: Engine, postgres_url: str, monkeypatch: pytest.MonkeyPatch, rested_s: float
) -> None:
    monkeypatch.setattr(idle_pings, "RESTED_S", rested_s)
    ended = backend(engine)
    other = sa.create_engine(postgres_url, future=True)
    with other.connect() as connection:  # returns once that process is gone
        statement = sa.text("SELECT pg_terminate_backend(:pid, 30000)")
        assert connection.execute(statement, {"pid": ended}).scalar_one()
    other.dispose()

    assert backend(engine) != ended
