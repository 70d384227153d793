"""The way of the hub into memory: what `uvicorn --factory` is given, as quick as it gets.

While a hub starts, whoever writes waits. A start makes some hundred thousand objects that live as
long as the process; looking through them for garbage again and again takes a quarter of its time.
"""

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from starlette.applications import Starlette

HAND_OVER_S = 0.0005
"""After so long a thread lets another one have the interpreter.

Whoever waits for the database gives the interpreter away with each statement, and has to get it
back from the event loop, which keeps it for Python's usual 5 ms while messages come: ten times what
a statement takes.
"""


def application() -> Starlette:
    """Import and build the hub; for `uvicorn --factory bot.hub_start:application`."""
    hand_over_soon()
    with uncollected():
        # the imports are most of the start, so they belong within
        from bot.asgi import application as built  # noqa: PLC0415 - see above

        return built()


def hand_over_soon() -> None:
    """Let threads that wait for the database go on soon after it has answered."""
    sys.setswitchinterval(HAND_OVER_S)


@contextmanager
def uncollected() -> Iterator[None]:
    """Collect no garbage within the block; afterwards as before, and what is there is spared."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_enabled:
            gc.enable()
