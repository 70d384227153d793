"""The authorities that a client trusts are read once in a worker, not once for each client.

Reading them takes 20 ms, and the tests open thousands of clients, most of them to plain addresses
of this machine. Only the usual list of authorities is shared; a test that names its own reads it.
"""

import ssl
from functools import lru_cache
from typing import Any

import certifi

_read = ssl.create_default_context


@lru_cache(maxsize=1)
def _usual() -> ssl.SSLContext:
    return _read(cafile=certifi.where())


def _context(*purpose: Any, **options: Any) -> ssl.SSLContext:
    is_usual = not purpose and options == {"cafile": certifi.where()}
    return _usual() if is_usual else _read(*purpose, **options)


def pytest_configure() -> None:
    """Share the list from now on."""
    ssl.create_default_context = _context
