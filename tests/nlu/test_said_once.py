"""A message that comes again has no second turn. Imports Rasa, which takes a while."""

import asyncio
from typing import Any

import pytest
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.core.processor import MessageProcessor
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, Event, SlotSet, UserUttered
from rasa.shared.core.slots import TextSlot
from rasa.shared.core.trackers import DialogueStateTracker

from bot.hub.answers import read_answer
from bot.nlu.levers.lever import Replaced
from bot.nlu.said_once import _PLAIN_HANDLING, SaidBefore, answer_once, said_to


def user(message_id: str) -> UserUttered:
    return UserUttered("说一句", metadata={"message_id": message_id})


TALK: list[Event] = [
    user("1"), BotUttered("一"), user("2"),
    BotUttered("二", {"buttons": [{"title": "x", "payload": "/x"}]}), SlotSet("district", "高新区"),
    BotUttered(None, {"custom": {"type": "handoff", "reason": "asked"}}), user("3"),
]  # fmt: skip


@pytest.fixture
def processor(monkeypatch: pytest.MonkeyPatch) -> MessageProcessor:
    """Rasa's own, without a model: the messages here are understood already."""
    monkeypatch.setattr(MessageProcessor, "_handle_message_with_tracker", _PLAIN_HANDLING)
    answer_once()
    made = object.__new__(MessageProcessor)
    made.domain = Domain.empty()
    return made


def hear(processor: MessageProcessor, tracker: DialogueStateTracker, **metadata: Any) -> None:
    message = UserMessage(
        "说一句",
        CollectingOutputChannel(),
        "c1",
        parse_data={"text": "说一句", "intent": {"name": "greet"}, "entities": []},
        metadata=metadata,
    )
    asyncio.run(processor._handle_message_with_tracker(message, tracker))


def tracker_of(events: list[Event]) -> DialogueStateTracker:
    slots = [TextSlot("district", mappings=[])]
    return DialogueStateTracker.from_events("c1", events, slots=slots)


def test_what_was_said_to_a_message_is_found_by_its_id() -> None:
    said = said_to(TALK, "2")

    assert said is not None
    answer = read_answer(said)
    assert [line.text for line in answer.replies] == ["二"]
    assert answer.replies[0].buttons[0].payload == "/x"
    assert answer.handoff_reason == "asked"


def test_a_message_answered_without_a_word_had_its_turn_all_the_same() -> None:
    assert said_to(TALK, "3") == []


@pytest.mark.parametrize("message_id", ["4", ""])
def test_a_message_that_is_not_there_had_none(message_id: str) -> None:
    assert said_to(TALK, message_id) is None


def test_a_message_that_comes_again_changes_nothing(processor: MessageProcessor) -> None:
    tracker = tracker_of([])
    hear(processor, tracker, message_id="7")
    tracker.update(BotUttered("好"))
    before = list(tracker.events)

    with pytest.raises(SaidBefore) as raised:
        hear(processor, tracker, message_id="7", fields={"district": "高新区"})

    assert [item["text"] for item in raised.value.said] == ["好"]
    assert list(tracker.events) == before
    assert not issubclass(SaidBefore, Exception), "Rasa swallows those of actions"


def test_messages_without_an_id_are_each_a_message(processor: MessageProcessor) -> None:
    tracker = tracker_of([])
    hear(processor, tracker)
    hear(processor, tracker)

    assert sum(isinstance(event, UserUttered) for event in tracker.events) == 2


def test_what_an_agent_corrected_is_filled_before_the_message_is_heard(
    processor: MessageProcessor,
) -> None:
    tracker = tracker_of([])
    hear(processor, tracker, message_id="7", fields={"district": "高新区"})

    assert tracker.get_slot("district") == "高新区"
    assert [type(event) for event in tracker.events] == [SlotSet, UserUttered]
    assert tracker.events[-1].metadata == {"message_id": "7"}, "the words stay out of metadata"


def test_rasa_handles_a_message_as_it_did_when_this_was_written() -> None:
    assert Replaced(_PLAIN_HANDLING, "ce9f8771572864e2").is_as_known
