"""What comes together shares a commit; one refusal, or one fault, is nobody else's."""

import asyncio
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from bot.bootstrap import App, utc_now
from bot.hub.shared_commits import Joint, SharedCommits
from bot.hub.threads import InThreads
from bot.services.conversations.conversations import open_pushed_conversation
from bot.services.ports import OpenUnitOfWork, UnitOfWork, within
from bot.settings import Settings
from tests.web_app import open_app

MOST = 8


class Refused(Exception):
    """Something that a use case raises."""


class Counted:
    """Opens real transactions, counts them, and holds the first back until it is let go."""

    def __init__(self, unit_of_work: OpenUnitOfWork) -> None:
        self._unit_of_work = unit_of_work
        self.opened = 0
        self.has_begun = threading.Event()
        self.may_go_on = threading.Event()
        self.fail: Callable[[int], bool] = lambda _number: False

    @contextmanager
    def open(self) -> Iterator[UnitOfWork]:
        self.opened += 1
        number = self.opened
        with self._unit_of_work() as unit:
            yield unit
            self.has_begun.set()
            self.may_go_on.wait(60)
            if self.fail(number):
                raise Refused("the disk")


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    with open_app(Settings(database_url=f"sqlite:///{tmp_path / 'hub.db'}", testing=True)) as made:
        yield made


def person(number: int, *, is_refused: bool = False) -> Callable[[OpenUnitOfWork], str]:
    def job(unit_of_work: OpenUnitOfWork) -> str:
        with unit_of_work() as unit:
            opened = open_pushed_conversation(
                within(unit), channel="telegram", external_id=str(number), now=utc_now()
            )
            if is_refused:
                raise Refused(str(number))
        return opened.id

    return job


def known(app: App, numbers: range) -> list[int]:
    with app.reading() as unit:
        return [n for n in numbers if unit.conversations.find("telegram", str(n)) is not None]


def together(counted: Counted, jobs: list[Callable[[OpenUnitOfWork], str]]) -> list[Any]:
    """Hand in all at once: the first opens a transaction, the rest come while it is under way."""

    async def run() -> list[Any]:
        commits = SharedCommits(InThreads(counted.open, 1), MOST)
        tasks = [asyncio.ensure_future(commits.run(job)) for job in jobs]
        await asyncio.to_thread(counted.has_begun.wait, 60)
        counted.may_go_on.set()
        return await asyncio.gather(*tasks, return_exceptions=True)

    return asyncio.run(run())


def test_what_comes_together_shares_commits(app: App) -> None:
    counted = Counted(app.unit_of_work)

    ids = together(counted, [person(number) for number in range(2 * MOST)])

    assert len(set(ids)) == 2 * MOST
    assert known(app, range(2 * MOST)) == list(range(2 * MOST))
    assert counted.opened == 2  # no more than `MOST` in one


def test_a_refusal_undoes_its_own_writes_and_no_others(app: App) -> None:
    counted = Counted(app.unit_of_work)
    jobs = [person(number, is_refused=number == 1) for number in range(4)]

    outcomes = together(counted, jobs)

    assert [type(one).__name__ for one in outcomes] == ["str", "Refused", "str", "str"]
    assert known(app, range(4)) == [0, 2, 3]


def test_when_their_commit_fails_each_is_tried_alone(app: App) -> None:
    counted = Counted(app.unit_of_work)
    counted.fail = lambda number: number in {1, 3}  # the shared one, and the second of those alone

    outcomes = together(counted, [person(number) for number in range(4)])

    assert [type(one).__name__ for one in outcomes] == ["str", "Refused", "str", "str"]
    assert known(app, range(4)) == [0, 2, 3]


def test_nobody_is_answered_before_the_commit(app: App) -> None:
    async def run() -> tuple[bool, list[int]]:
        counted = Counted(app.unit_of_work)
        task = asyncio.ensure_future(SharedCommits(InThreads(counted.open, 1), MOST).run(person(1)))
        await asyncio.to_thread(counted.has_begun.wait, 60)
        was_answered = task.done(), known(app, range(2))
        counted.may_go_on.set()
        await task
        return was_answered

    assert asyncio.run(run()) == (False, [])
    assert known(app, range(2)) == [1]


def test_who_has_gone_does_not_stop_the_others(app: App) -> None:
    async def run() -> str:
        counted = Counted(app.unit_of_work)
        commits = SharedCommits(InThreads(counted.open, 1), MOST)
        gone = asyncio.ensure_future(commits.run(person(1)))
        stays = asyncio.ensure_future(commits.run(person(2)))
        await asyncio.to_thread(counted.has_begun.wait, 60)
        gone.cancel()
        counted.may_go_on.set()
        return await stays

    assert asyncio.run(run())
    assert known(app, range(3)) == [1, 2]


def test_those_that_can_be_are_done_at_once_in_the_order_in_which_all_came(app: App) -> None:
    """Nobody's second message with the first, and nothing before what came before it."""
    done: list[object] = []

    def at_once(_unit: UnitOfWork, given: Sequence[str]) -> Sequence[str]:
        done.append(list(given))
        return [f"{one} of {len(given)}" for one in given]

    def alone(name: str) -> Callable[[OpenUnitOfWork], str]:
        def job(_unit_of_work: OpenUnitOfWork) -> str:
            done.append(name)
            return name

        return job

    def joint(name: str, kind: str, key: str) -> Joint[str]:
        return Joint(alone(name), at_once, kind=kind, key=key, given=name)

    jobs: list[Callable[[OpenUnitOfWork], str]] = [
        alone("before"),
        joint("a1", "person", "a"),
        joint("b1", "person", "b"),
        joint("a2", "person", "a"),
        joint("c1", "person", "c"),
        alone("between"),
        joint("d1", "person", "d"),
        joint("e1", "token", "e"),
    ]
    counted = Counted(app.unit_of_work)

    outcomes = together(counted, jobs)

    assert done == ["before", ["a1", "b1"], ["a2", "c1"], "between", "d1", "e1"]
    assert outcomes[1:5] == ["a1 of 2", "b1 of 2", "a2 of 2", "c1 of 2"]
    assert counted.opened == 1
