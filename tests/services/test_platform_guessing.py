"""Guessing whose a case of the platform is: counted, locked, also when many guess at once."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from bot.services.cases import cases
from bot.services.cases.mine import identify
from bot.services.platform.errors import UnknownToPlatform
from bot.services.platform.lookup import Platform
from bot.services.platform.ports import PlatformCase
from bot.services.privacy.identity import NUMBER_LIMIT
from tests.casework_factories import NOW, WANG_WU, catalogue, opened
from tests.platform_bench import NUMBER, PHONE, Bench, ask, bench, told

UNKNOWN = "371500201901029999"


@pytest.fixture
def platform(tmp_path: Path) -> Iterator[Bench]:
    with bench(tmp_path) as made:
        yield made


def test_three_wrong_tries_lock_and_unknown_numbers_are_answered_alike(
    sqlite_engine: Engine, platform: Bench
) -> None:
    unit, used = opened(sqlite_engine), platform.platform()
    left = []
    for number in (NUMBER, UNKNOWN, NUMBER):
        with pytest.raises(cases.CaseNotVerified) as refused:
            ask(unit, used, "0000", number=number)
        left.append(refused.value.tries_left)

    assert left == [2, 1, 0]
    with pytest.raises(cases.TooManyTries):
        ask(unit, used)


def test_a_locked_conversation_does_not_reach_the_platform(
    sqlite_engine: Engine, platform: Bench
) -> None:
    unit, used = opened(sqlite_engine), platform.platform()
    for _ in range(3):
        with pytest.raises(cases.CaseNotVerified):
            ask(unit, used, "0000")
    platform.server.stop()  # whoever asked now would be told of an outage

    with pytest.raises(cases.TooManyTries):
        ask(unit, used)


def test_guessing_during_an_outage_is_counted_and_saying_it_again_is_not(
    sqlite_engine: Engine, platform: Bench
) -> None:
    unit, used = opened(sqlite_engine), platform.platform()
    platform.server.stop()
    for _ in range(4):
        with pytest.raises(cases.PlatformPending):
            ask(unit, used)
    for guess in ("0001", "0002"):
        with pytest.raises(cases.PlatformPending):
            ask(unit, used, guess)

    with pytest.raises(cases.TooManyTries):
        ask(unit, used, "0003")


def test_guessing_at_a_list_during_an_outage_is_counted_like_any_guessing(
    sqlite_engine: Engine, platform: Bench
) -> None:
    unit, used = opened(sqlite_engine), platform.platform()
    platform.server.stop()

    def guess(credential: str) -> None:
        identify(
            unit,
            phone=PHONE,
            credential=credential,
            conversation_id=WANG_WU,
            now=NOW,
            platform=used,
        )

    for credential in ("0001", "0001", "0002", "0003"):
        with pytest.raises(cases.PlatformPending):
            guess(credential)
    with pytest.raises(cases.TooManyTries):
        guess("0004")


class TurnsAtThePlatform:
    """A platform at which many are before the first of them has got an answer."""

    def __init__(self, guessers: int) -> None:
        self._all_are_here = threading.Barrier(guessers)
        self.let_the_owner_go = threading.Event()

    def find(self, number: str, proof: str, *, within_s: float) -> PlatformCase:
        if proof == PHONE[-4:]:
            assert self.let_the_owner_go.wait(60)
            return told("收件")
        self._all_are_here.wait(60)
        raise UnknownToPlatform


def test_guesses_made_at_the_same_moment_do_not_pass_the_limit_of_a_number(
    engine: Engine,
) -> None:
    unit, guessers = opened(engine), NUMBER_LIMIT.failures + 10
    client = TurnsAtThePlatform(guessers)
    used = Platform(client, catalogue())  # type: ignore[arg-type]  # the only call that is made

    def outcome(place: int, proof: str) -> type[Exception] | None:
        try:
            ask(unit, used, proof, who=f"conversation-{place}")
        except (cases.CaseNotVerified, cases.TooManyTries) as error:
            return type(error)
        return None

    with ThreadPoolExecutor(guessers + 1) as pool:
        right = pool.submit(outcome, guessers, PHONE[-4:])
        wrong = list(pool.map(outcome, range(guessers), [f"{one:04}" for one in range(guessers)]))
        client.let_the_owner_go.set()

    assert wrong.count(cases.CaseNotVerified) == NUMBER_LIMIT.failures
    assert wrong.count(cases.TooManyTries) == 10
    assert right.result() is cases.TooManyTries  # the one that would have hit came too late
