"""One conversation whose action waits holds up no other."""

import asyncio
import threading

import pytest
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.misunderstood import ActionFallback
from actions.turns.skill import SkillAction
from actions.turns.turn import Turn
from tests.actions.trackers import message, tracker

PATIENCE_S = 30.0


class Waiting(SkillAction):
    """Waits as for a table that somebody has locked."""

    def __init__(self) -> None:
        self.is_waiting, self.released = threading.Event(), threading.Event()

    def name(self) -> str:
        """Return its name."""
        return "action_waiting"

    def act(self, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
        """Wait to be released."""
        self.is_waiting.set()
        assert self.released.wait(PATIENCE_S)
        say.utter_message(text="好了")
        return []


@pytest.mark.usefixtures("application")
async def test_an_action_that_waits_holds_no_other_conversation_up() -> None:
    slow, slow_say, other_say = Waiting(), CollectingDispatcher(), CollectingDispatcher()
    first = asyncio.create_task(slow.run(slow_say, tracker(message("查一下", "ask_fee")), {}))
    try:
        assert await asyncio.to_thread(slow.is_waiting.wait, PATIENCE_S)
        said = tracker(message("嘎嘎嘎嘎", "nlu_fallback", 0.3))
        await asyncio.wait_for(ActionFallback().run(other_say, said, {}), PATIENCE_S / 2)

        assert other_say.messages
        assert not first.done()
    finally:
        slow.released.set()

    await first
    assert [one["text"] for one in slow_say.messages] == ["好了"]
