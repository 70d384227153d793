import pytest

from tools.again import without_group


@pytest.mark.parametrize(
    ("nodeid", "name"),
    [
        ("tests/a.py::test_a", "tests/a.py::test_a"),
        ("tests/a.py::test_a@stack", "tests/a.py::test_a"),
        ("tests/a.py::test_a[/greet@1.0]", "tests/a.py::test_a[/greet@1.0]"),
        ("tests/a.py::test_a[/greet@1.0]@stack", "tests/a.py::test_a[/greet@1.0]"),
    ],
)
def test_a_test_is_run_again_by_the_name_that_it_has_alone(nodeid: str, name: str) -> None:
    assert without_group(nodeid) == name
