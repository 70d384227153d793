"""With XIAOER_NO_SKIP=1 a skipped test is a failed test: CI must see everything."""

import os
from collections.abc import Generator
from typing import Any

import pytest

VARIABLE = "XIAOER_NO_SKIP"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, Any, pytest.TestReport]:
    """Turn the report of a skip into that of a failure; expected failures stay."""
    report = yield
    assert isinstance(report, pytest.TestReport)
    if os.environ.get(VARIABLE) == "1" and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped, and {VARIABLE}=1 allows none: {call.excinfo}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, Any, pytest.CollectReport]:
    """Treat a module that skips itself the same way."""
    report = yield
    assert isinstance(report, pytest.CollectReport)
    if os.environ.get(VARIABLE) == "1" and report.skipped:
        report.outcome = "failed"
        report.longrepr = f"{collector.nodeid} was skipped, and {VARIABLE}=1 allows none"
    return report
