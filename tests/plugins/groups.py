"""Several pytest workers: a module stays on one of them, and what takes long begins first.

What a module shares (a browser, a hub with its fake platforms) is then made once. The running stack
is four processes: the tests that ask for it stay together, in two groups. Those that break parts of
it take as long as all others, and have a stack of their own, on whichever worker is free then.
"""

import os
from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from xdist.remote import Producer
    from xdist.scheduler import LoadGroupScheduling

STACK, BROWSER, LONG = "stack", "chromium", "long"
BREAKING = "faults"
"""Folder and group of the tests that kill and freeze parts of the stack."""
MOST_WORKERS = 4
"""Each collects for itself and holds some hundred MB."""


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Return one worker more than there are cores.

    Tests that kill a process or look at a page wait for a good part of their time; the worker too
    many uses the processor meanwhile.
    """
    return min(MOST_WORKERS, len(os.sched_getaffinity(0)) + 1)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(
    config: pytest.Config, log: "Producer | None"
) -> "LoadGroupScheduling | None":
    """Hand out the group of the stack as one, everything else module by module."""
    if config.getvalue("dist") != "loadgroup":
        return None
    from xdist.scheduler import LoadGroupScheduling  # noqa: PLC0415 - only where xdist runs

    class ByModule(LoadGroupScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return scope_of(nodeid, super()._split_scope(nodeid))

    config.option.loadscopereorder = False  # by number of tests, which says nothing of their length
    return ByModule(config, log)


# xdist writes the group into the name of the test in the same hook, so this one must come first
@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """In a worker, mark the tests of the stack and put the longest in front."""
    if not hasattr(config, "workerinput"):
        return
    for item in items:
        if STACK in fixtures_of(item):
            item.add_marker(pytest.mark.xdist_group(stack_group(item.path)))
    items.sort(
        key=lambda item: rank_of(
            fixtures_of(item),
            is_long=item.get_closest_marker(LONG) is not None,
            is_breaking=item.path.parent.name == BREAKING,
        )
    )


def fixtures_of(item: pytest.Item) -> Collection[str]:
    """Return the names of the fixtures that a test asks for, also those that others ask for."""
    found: Collection[str] = getattr(item, "fixturenames", ())
    return found


def stack_group(path: Path) -> str:
    """Return the group of a test of the stack, by the file in which it stands."""
    return BREAKING if path.parent.name == BREAKING else STACK


def scope_of(nodeid: str, group: str) -> str:
    """Return what a test stays together with: its group, or its module where it has none.

    Args:
        nodeid: Name of the test.
        group: What xdist read from the name; the whole name for a test without group.
    """
    return nodeid.partition("::")[0] if group == nodeid else group


def rank_of(fixtures: Collection[str], *, is_long: bool, is_breaking: bool = False) -> int:
    """Return when a test begins, the smallest first.

    Until the model is trained all tests of the stack wait: one worker does that, not two.
    """
    if STACK in fixtures:
        return 2 if is_breaking else 0
    return 1 if is_long or BROWSER in fixtures else 3
