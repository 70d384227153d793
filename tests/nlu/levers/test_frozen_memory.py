"""What the start has made is no longer looked through, and what comes later still is."""

import gc
import weakref
from collections.abc import Iterator

import pytest
import rasa.core.run

from bot.nlu.levers import frozen_memory


@pytest.fixture
def _thawed() -> Iterator[None]:
    yield
    gc.unfreeze()


class Ring:
    """An object that holds itself, so only a search finds that nobody needs it."""

    def __init__(self) -> None:
        self.itself = self


@pytest.mark.usefixtures("_thawed")
async def test_what_was_loaded_is_set_aside_and_later_garbage_is_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def load(*_arguments: object) -> str:
        return "agent"

    monkeypatch.setattr(frozen_memory, "_STOCK", load)
    monkeypatch.setattr(rasa.core.run, "load_agent_on_start", load)
    frozen_memory.LEVER.pull()
    before = gc.get_freeze_count()

    assert await rasa.core.run.load_agent_on_start("model") == "agent"  # type: ignore[call-arg,comparison-overlap]
    assert gc.get_freeze_count() > before

    later = weakref.ref(Ring())
    gc.collect()
    assert later() is None
