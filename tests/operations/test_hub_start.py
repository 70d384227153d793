"""A hub starts without looking for garbage, and looks for it afterwards."""

import gc
import sys
from collections.abc import Iterator

import pytest

from bot.hub_start import HAND_OVER_S, hand_over_soon, uncollected


@pytest.fixture
def usual_interval() -> Iterator[float]:
    usual = sys.getswitchinterval()
    yield usual
    sys.setswitchinterval(usual)


def test_a_hub_hands_the_interpreter_over_sooner_than_python_does(usual_interval: float) -> None:
    hand_over_soon()

    assert sys.getswitchinterval() == pytest.approx(HAND_OVER_S)
    assert usual_interval > HAND_OVER_S


def test_no_garbage_is_looked_for_while_it_starts_and_afterwards_it_is() -> None:
    before = sum(generation["collections"] for generation in gc.get_stats())
    try:
        with uncollected():
            made = [[number] for number in range(100_000)]
            during = sum(generation["collections"] for generation in gc.get_stats())

        assert during == before
        assert gc.isenabled()
        assert gc.get_freeze_count() > len(made), "what a start leaves is spared"
    finally:
        gc.unfreeze()


def test_a_start_that_fails_leaves_the_collection_as_it_was() -> None:
    def start() -> None:
        with uncollected():
            raise OSError("no database")

    try:
        with pytest.raises(OSError, match="no database"):
            start()

        assert gc.isenabled()
    finally:
        gc.unfreeze()
