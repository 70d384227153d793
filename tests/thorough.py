"""How much of what can be tried without end is tried in a run of the tests.

Generated messages and the dialogues that were mended once are many, and each run of the tests would
wait for them. `make test` tries a part; `.ci/run` and `make thorough` try all of it.
"""

import os
import zlib

IS_THOROUGH = os.environ.get("XIAOER_THOROUGH") == "1"
"""All is tried."""

ONE_IN = 4
"""Of so many generated cases one is tried."""

ONE_DIALOGUE_IN = 8
"""Of so many dialogues one is played."""


def cases(most: int) -> int:
    """Return how many of `most` generated cases a run tries."""
    return most if IS_THOROUGH else most // ONE_IN


def is_drawn(name: str) -> bool:
    """Tell whether a run tries what has this name: the same in each run, whatever stands beside."""
    return IS_THOROUGH or zlib.crc32(name.encode()) % ONE_DIALOGUE_IN == 0
