"""The way of the hub into memory: what `uvicorn --factory` is given, as quick as it gets.

While a hub starts, whoever writes waits. A start makes some hundred thousand objects that live as
long as the process; looking through them for garbage again and again takes a quarter of its time.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from starlette.applications import Starlette


def application() -> Starlette:
    """Import and build the hub; for `uvicorn --factory bot.hub_start:application`."""
    with uncollected():
        # the imports are most of the start, so they belong within
        from bot.asgi import application as built  # noqa: PLC0415 - see above

        return built()


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
