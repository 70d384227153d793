"""Tests marked `thorough` run in CI and `make thorough`; `make test` says what it leaves out."""

import pytest

from tests.thorough import IS_THOROUGH, ONE_DIALOGUE_IN, ONE_IN

MARK = "thorough"


def pytest_report_header() -> str | None:
    """Say what a run leaves to CI."""
    if IS_THOROUGH:
        return None
    return (
        f"left to CI and `make thorough`: tests marked {MARK}, {ONE_DIALOGUE_IN - 1} dialogues of "
        f"{ONE_DIALOGUE_IN}, {ONE_IN - 1} generated messages of {ONE_IN}"
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave them out of a run of all tests; whoever names the file or the mark gets them."""
    if IS_THOROUGH or any(".py" in arg for arg in config.args) or config.option.markexpr:
        return
    left = [item for item in items if item.get_closest_marker(MARK) is not None]
    items[:] = [item for item in items if item.get_closest_marker(MARK) is None]
    config.hook.pytest_deselected(items=left)
