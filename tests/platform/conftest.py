"""A running reference platform."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.platform_bench import Bench, bench


@pytest.fixture
def platform(tmp_path: Path) -> Iterator[Bench]:
    with bench(tmp_path) as made:
        yield made
