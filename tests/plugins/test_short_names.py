"""Names of tests are short, and those of short parameters are pytest's own."""

import pytest

from tests.plugins.short_names import LONGEST, pytest_make_parametrize_id


@pytest.mark.parametrize("value", ["一" * LONGEST, b"x" * LONGEST, 10**LONGEST, None])
def test_pytest_names_what_is_short_or_no_text(value: object, pytestconfig: pytest.Config) -> None:
    assert pytest_make_parametrize_id(pytestconfig, value) is None


@pytest.mark.parametrize("value", ["'" + "长" * 5_000, b"%PDF\n" + b"\xff" * 5_000])
def test_a_long_text_is_named_by_its_beginning(
    value: str | bytes, request: pytest.FixtureRequest
) -> None:
    assert len(request.node.name) < 1_000
    assert request.node.name.isascii()
    assert request.node.name.isprintable()


def test_no_test_of_this_run_has_an_endless_name(request: pytest.FixtureRequest) -> None:
    longest = max(request.session.items, key=lambda item: len(item.nodeid))

    assert len(longest.nodeid) < 2_000, longest.nodeid[:200]
