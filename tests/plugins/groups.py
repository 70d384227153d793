"""Several pytest workers: a module stays on one of them, and what takes long begins first.

What a module shares (a browser, a hub with its fake platforms) is then made once. The running stack
is four processes: all tests that ask for it stay together.
"""

import os
from collections.abc import Collection

import pytest

STACK, BROWSER, LONG = "stack", "chromium", "long"
MOST_WORKERS = 4
"""Each collects for itself and holds some hundred MB."""


def pytest_xdist_auto_num_workers() -> int:
    """Return one worker more than there are cores.

    Tests that kill a process or look at a page wait for a good part of their time; the worker too
    many uses the processor meanwhile.
    """
    return min(MOST_WORKERS, len(os.sched_getaffinity(0)) + 1)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """In a worker, give each test its group and put the longest groups in front."""
    if not hasattr(config, "workerinput"):
        return
    ranks: dict[str, int] = {}
    for item in items:
        fixtures = getattr(item, "fixturenames", ())
        group = group_of(fixtures, item.nodeid)
        item.add_marker(pytest.mark.xdist_group(group))
        rank = rank_of(fixtures, is_long=item.get_closest_marker(LONG) is not None)
        ranks[group] = min(rank, ranks.get(group, rank))
    items.sort(key=lambda item: ranks[group_of(getattr(item, "fixturenames", ()), item.nodeid)])


def group_of(fixtures: Collection[str], nodeid: str) -> str:
    """Return what stays together with a test that asks for these fixtures."""
    return STACK if STACK in fixtures else nodeid.partition("::")[0]


def rank_of(fixtures: Collection[str], *, is_long: bool) -> int:
    """Return when a test begins, the smallest first."""
    if STACK in fixtures:
        return 0
    return 1 if is_long or BROWSER in fixtures else 2
