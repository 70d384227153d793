"""With several pytest workers, tests that share something dear stay on one of them.

The running stack is four processes, and a browser is one more: starting them once for each worker
would cost what the second worker saves.
"""

from collections.abc import Collection

import pytest

DEAR = ("stack", "chromium")
"""Fixtures that name the group of their tests, dearest first."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give each test the group of the dearest fixture that it asks for."""
    for item in items:
        group = group_of(getattr(item, "fixturenames", ()))
        if group is not None:
            item.add_marker(pytest.mark.xdist_group(group))


def group_of(fixtures: Collection[str]) -> str | None:
    """Return the group of a test that asks for these fixtures, None when it may run anywhere."""
    return next((name for name in DEAR if name in fixtures), None)
