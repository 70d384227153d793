"""The name of a test holds no whole document: a long parameter is named by its beginning.

pytest makes a name of each text among the parameters, however long. Each worker sends the names of
all tests, and those of a test again with each of its reports: one file of 5 MB was sent 20 times.
"""

import pytest

LONGEST = 100
"""Characters of one parameter in a name."""


def pytest_make_parametrize_id(config: pytest.Config, val: object) -> str | None:
    """Return a name for a long text; None lets pytest name everything else."""
    if not isinstance(val, str | bytes) or len(val) <= LONGEST:
        return None
    begins = val[:LONGEST]
    return ascii(begins.decode("latin-1") if isinstance(begins, bytes) else begins).strip("'\"")
