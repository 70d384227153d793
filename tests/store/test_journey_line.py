"""A connection that the event loop waits for: answers, refusals, locks, ends."""

import asyncio
from collections.abc import AsyncIterator

import anyio
import pytest
import pytest_asyncio
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from bot.store.journey_line import DriverError, JourneyLine, LineGone

pytestmark = pytest.mark.postgres

PATIENCE_S = 30.0


@pytest_asyncio.fixture
async def line(postgres_engine: Engine) -> AsyncIterator[JourneyLine]:
    to = postgres_engine.dialect.create_connect_args(postgres_engine.url)
    opened = await JourneyLine.open(*to)
    yield opened
    opened.close()


async def rows(line: JourneyLine, text: str, patience_s: float = PATIENCE_S) -> list[object]:
    cursor = line.cursor()
    await line.run(text.encode(), patience_s)
    return list(cursor.fetchall())


async def test_statements_are_one_transaction_and_give_the_rows_of_the_last(
    line: JourneyLine,
) -> None:
    assert await rows(line, "SELECT 1; SELECT txid_current() = txid_current(), 2") == [(True, 2)]
    assert line.is_free


async def test_a_long_text_goes_whole(line: JourneyLine) -> None:
    assert await rows(line, f"SELECT length('{'长' * 9_000_000}')") == [(9_000_000,)]


async def test_a_refused_statement_undoes_what_came_before_it(line: JourneyLine) -> None:
    with pytest.raises(DriverError):
        await rows(line, "CREATE TABLE tried (one int); SELECT 1 / 0")
    assert await rows(line, "SELECT to_regclass('tried') IS NULL") == [(True,)]


async def test_patience_has_an_end(line: JourneyLine) -> None:
    with pytest.raises(LineGone):
        await rows(line, "SELECT pg_sleep(60)", 0.05)
    assert line.is_gone


async def test_the_server_ends_the_connection(line: JourneyLine, postgres_engine: Engine) -> None:
    def end() -> None:
        with postgres_engine.connect() as connection:
            connection.execute(sa.text("SELECT pg_terminate_backend(:pid)"), {"pid": pid})

    pid = line.server_pid
    waiting = asyncio.create_task(rows(line, "SELECT pg_sleep(60)"))
    await asyncio.sleep(0)
    await asyncio.to_thread(end)
    with pytest.raises(LineGone):
        await waiting
    assert line.is_gone


async def test_an_idle_connection_that_ends_is_seen_to(
    line: JourneyLine, postgres_engine: Engine
) -> None:
    await rows(line, "SELECT 1")
    fd = line._raw.fileno()
    with postgres_engine.connect() as connection:
        connection.execute(sa.text("SELECT pg_terminate_backend(:pid)"), {"pid": line.server_pid})
    with anyio.fail_after(PATIENCE_S):
        while not line.is_gone:  # noqa: ASYNC110 - nothing rings
            await asyncio.sleep(0.01)
    assert not asyncio.get_running_loop().remove_reader(fd), "the loop still watches its socket"


async def test_who_is_cancelled_waits_for_the_end(
    line: JourneyLine, postgres_engine: Engine
) -> None:
    going = asyncio.create_task(
        line.run(b"CREATE TABLE behind (one int); SELECT pg_sleep(0.2)", PATIENCE_S)
    )
    await asyncio.sleep(0)
    going.cancel()
    with pytest.raises(asyncio.CancelledError):
        await going
    try:
        assert line.is_free
        assert await rows(line, "SELECT to_regclass('behind') IS NOT NULL") == [(True,)]
    finally:
        with postgres_engine.begin() as connection:
            connection.execute(sa.text("DROP TABLE IF EXISTS behind"))
