"""Tests that share the running stack must not start it twice."""

from tests.plugins.groups import group_of


def test_a_test_of_the_stack_in_a_browser_stays_with_the_stack() -> None:
    assert group_of(["chromium", "phone", "stack"]) == "stack"


def test_a_test_that_shares_nothing_dear_may_run_anywhere() -> None:
    assert group_of(["tmp_path", "postgres_url"]) is None
