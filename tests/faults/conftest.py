"""A breaker that leaves the shared stack as whole as it was."""

from collections.abc import Iterator

import pytest

from tests.faults.breakage import Breaker
from tests.stack import Stack


@pytest.fixture(scope="module")
def module_breaker(stack: Stack) -> Breaker:
    return Breaker(stack)


@pytest.fixture
def breaker(module_breaker: Breaker) -> Iterator[Breaker]:
    yield module_breaker
    module_breaker.revive()
