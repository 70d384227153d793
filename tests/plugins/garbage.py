"""What collection makes lives until the end: the garbage collector need not look at it again.

Thousands of tests, and the modules that they import, are millions of objects. Each full collection
would walk over all of them, while they are made and again and again while the tests run.
"""

import gc
from collections.abc import Generator

import pytest


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection() -> Generator[None, object, object]:
    """Let the collector rest while tests are collected, then hide what is there from it."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()
