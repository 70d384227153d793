"""The authorities that a client trusts are read once in a worker, not once for each client.

Reading them takes 20 ms, and the tests open thousands of clients, most of them to plain addresses
of this machine. Only the usual list of authorities is shared, or the one that the environment names
instead; a test that names its own reads it.
"""

import os
import ssl
from functools import lru_cache
from typing import Any

import certifi

_read = ssl.create_default_context


_usual = (certifi.where(), os.environ.get("SSL_CERT_FILE") or certifi.where())


@lru_cache(maxsize=2)
def _shared(file: str) -> ssl.SSLContext:
    return _read(cafile=file)


def _context(*purpose: Any, **options: Any) -> ssl.SSLContext:
    is_usual = not purpose and options.keys() == {"cafile"} and options["cafile"] in _usual
    return _shared(options["cafile"]) if is_usual else _read(*purpose, **options)


def pytest_configure() -> None:
    """Share the list from now on."""
    ssl.create_default_context = _context
