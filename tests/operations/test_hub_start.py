"""A hub starts without looking for garbage, and looks for it afterwards."""

import gc

import pytest

from bot.hub_start import uncollected


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
