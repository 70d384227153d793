"""Tests that share the running stack must not start it twice, and long ones must not begin last."""

from tests.plugins.groups import group_of, rank_of


def test_a_test_of_the_stack_in_a_browser_stays_with_the_stack() -> None:
    assert group_of(["chromium", "phone", "stack"], "tests/a.py::test_a") == "stack"


def test_tests_of_one_module_stay_together() -> None:
    assert group_of(["chromium"], "tests/a.py::test_a[1::2]") == "tests/a.py"


def test_the_stack_begins_first_then_what_takes_long() -> None:
    stack = rank_of(["chromium", "stack"], is_long=False)
    browser, marked = rank_of(["chromium"], is_long=False), rank_of([], is_long=True)

    assert stack < browser == marked < rank_of(["tmp_path"], is_long=False)
