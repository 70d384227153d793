"""Use cases that run in the event loop while PostgreSQL works, and nothing else waits for them."""

import asyncio
import tempfile
import threading
from collections.abc import Iterator
from contextvars import ContextVar
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine
from sqlalchemy.exc import DBAPIError, OperationalError

from bot.services.ports import OpenUnitOfWork
from bot.store.engine import open_engine
from bot.store.greens import Greens
from bot.store.one_journey import JourneyConnection
from tests.databases import PostgresServer
from tests.keys import TEST_KEYS

pytestmark = pytest.mark.postgres

MOST = 3
WHO = ContextVar("WHO", default="nobody")


@pytest.fixture
def engine(postgres_url: str) -> Iterator[Engine]:
    engine = open_engine(postgres_url, TEST_KEYS, kept=MOST, more=0, made_by=JourneyConnection)
    yield engine
    engine.dispose()


@pytest.fixture
def own_server() -> Iterator[PostgresServer]:
    """A server that the test may stop; its folder as that of `postgres_url`."""
    with tempfile.TemporaryDirectory(prefix="xiaoer-") as folder:
        server = PostgresServer(Path(folder))
        server.create()
        server.start()
        yield server
        server.stop()


def ask(engine: Engine, question: str) -> object:
    with engine.begin() as connection:
        return connection.exec_driver_sql(question).scalar()


async def well(engine: Engine) -> Greens:
    """Return one whose database has answered."""
    greens = Greens(engine, most=MOST)
    await greens.run(lambda _: ask(engine, "SELECT 1"))
    return greens


def test_the_loop_goes_on_while_the_server_works(engine: Engine) -> None:
    """The second one has a thread: it is not alone."""

    async def play() -> tuple[list[str], list[bool]]:
        greens = await well(engine)
        ended: list[str] = []
        held = asyncio.Event()
        are_here: list[bool] = []
        here = threading.get_ident()

        def wait_for_key(_: OpenUnitOfWork) -> None:
            are_here.append(threading.get_ident() == here)
            with engine.begin() as connection:
                asyncio.get_running_loop().call_soon(held.set)
                connection.exec_driver_sql("SELECT pg_advisory_lock(7), pg_advisory_unlock(7)")
            ended.append("held up")

        def quick(_: OpenUnitOfWork) -> None:
            are_here.append(threading.get_ident() == here)
            ask(engine, "SELECT 1")
            ended.append("quick")

        with engine.connect() as holder:
            holder.exec_driver_sql("SELECT pg_advisory_lock(7)")
            first = asyncio.ensure_future(greens.run(wait_for_key))
            await held.wait()
            await greens.run(quick)
            holder.exec_driver_sql("SELECT pg_advisory_unlock(7)")
        await first
        return ended, are_here

    ended, are_here = asyncio.run(play())

    assert ended == ["quick", "held up"]
    assert are_here == [True, False]


def test_one_of_many_statements_has_a_thread(engine: Engine) -> None:
    """Each of its statements would wait for all else that the loop has to do."""

    async def play() -> bool:
        greens = await well(engine)
        return await greens.run(lambda _: threading.get_ident(), is_short=False) != here

    here = threading.get_ident()
    assert asyncio.run(play())


def test_others_of_the_process_go_on_as_before(postgres_url: str) -> None:
    """The driver asks the same function for them: also where rows come in parts, in any thread."""
    other = open_engine(postgres_url, TEST_KEYS)
    Greens(other, most=MOST)
    found: list[int] = []

    def read() -> None:
        with other.connect() as connection:
            rows = connection.execution_options(stream_results=True).exec_driver_sql(
                "SELECT generate_series(1, 3000)"
            )
            found.extend(number for part in rows.partitions(500) for (number,) in part)

    reading = threading.Thread(target=read)
    reading.start()
    reading.join()

    assert found == [*range(1, 3001)]
    other.dispose()


def test_an_error_is_raised_where_the_use_case_was_handed_in(engine: Engine) -> None:
    async def play() -> None:
        greens = await well(engine)
        with pytest.raises(DBAPIError):
            await greens.run(lambda _: ask(engine, "SELECT 1 / 0"))
        assert await greens.run(lambda _: ask(engine, "SELECT 2")) == 2

    asyncio.run(play())


def test_context_goes_along_and_stays_with_its_use_case(engine: Engine) -> None:
    """One id in all logs: it must not leak into what runs meanwhile."""

    def whose(_: OpenUnitOfWork) -> str:
        before = WHO.get()
        ask(engine, "SELECT pg_sleep(0.01)")
        return f"{before} {WHO.get()}"

    async def one(greens: Greens, name: str) -> str:
        WHO.set(name)
        return await greens.run(whose)

    async def play() -> list[str]:
        greens = await well(engine)
        return list(await asyncio.gather(*(one(greens, name) for name in ("李雷", "韩梅梅"))))

    assert asyncio.run(play()) == ["李雷 李雷", "韩梅梅 韩梅梅"]


def test_never_more_at_once_than_there_are_connections(engine: Engine) -> None:
    """To wait for a connection would hold the loop."""

    async def play() -> tuple[list[object], int]:
        greens = await well(engine)
        most = 0

        def count(_: OpenUnitOfWork) -> object:
            nonlocal most
            with engine.begin() as connection:
                most = max(most, engine.pool.checkedout())  # type: ignore[attr-defined]
                return connection.exec_driver_sql("SELECT pg_sleep(0.01) IS NULL").scalar()

        found = await asyncio.gather(*(greens.run(count) for _ in range(5 * MOST)))
        return found, most

    found, most = asyncio.run(play())

    assert found == [False] * 5 * MOST
    assert most == MOST


def test_who_is_cancelled_waits_for_the_end(engine: Engine) -> None:
    async def play() -> list[str]:
        greens = await well(engine)
        done: list[str] = []
        begun = asyncio.Event()

        def work(_: OpenUnitOfWork) -> None:
            asyncio.get_running_loop().call_soon(begun.set)
            ask(engine, "SELECT pg_sleep(0.05)")
            done.append("committed")

        task = asyncio.ensure_future(greens.run(work))
        await begun.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        return done

    assert asyncio.run(play()) == ["committed"]


def test_a_server_that_was_away_is_asked_in_a_thread_until_it_is_back(
    own_server: PostgresServer,
) -> None:
    """To connect may take as long as to find a name: nobody else is held up by that."""
    engine = open_engine(own_server.url, TEST_KEYS, kept=MOST, more=0, made_by=JourneyConnection)
    here = threading.get_ident()

    def where(_: OpenUnitOfWork) -> int:
        ask(engine, "SELECT 1")
        return threading.get_ident()

    async def play() -> list[bool]:
        greens = Greens(engine, most=MOST)
        seen = [await greens.run(where) == here for _ in range(2)]
        own_server.stop()
        with pytest.raises(OperationalError):
            await greens.run(where)
        own_server.start()
        return [*seen, *[await greens.run(where) == here for _ in range(2)]]

    assert asyncio.run(play()) == [False, True, False, True]
    engine.dispose()
