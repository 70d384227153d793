"""A message that Rasa has answered is answered with the same lines again, without a second turn.

The hub says a message again when its answer was lost. Stock Rasa takes that for a new message: the
form moves on by two steps. To ask for the tracker first is not enough, because a first try may
still wait for the conversation's lock, or be at work; so the look is taken here, under that lock.

What an agent has corrected comes with the message and is stored with its turn, or not at all.
"""

from collections.abc import Mapping, Reversible
from itertools import islice
from typing import Any

from rasa.core.channels.channel import UserMessage
from rasa.core.processor import MessageProcessor
from rasa.shared.core.events import BotUttered, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

LOOK_BACK = 400
"""Events; a message is said again before the next one is, so that its turn is the newest."""

FIELDS = "fields"
"""Where the metadata of a message carry slots to fill before it is understood."""

_PLAIN_HANDLING = MessageProcessor._handle_message_with_tracker  # noqa: SLF001 - see the docstring

Said = list[dict[str, Any]]


class SaidBefore(BaseException):
    """The message had its turn; `said` is what the bot answered, as a channel's items.

    No `Exception`, so that it ends Rasa's turn before anything of it is stored.
    """

    def __init__(self, said: Said) -> None:
        super().__init__()
        self.said = said


def answer_once() -> None:
    """Make Rasa look for a message's id in its conversation before it begins with the turn."""
    MessageProcessor._handle_message_with_tracker = _handle_once  # type: ignore[method-assign,assignment]  # noqa: SLF001


async def _handle_once(
    processor: MessageProcessor, message: UserMessage, tracker: DialogueStateTracker
) -> None:
    metadata = message.metadata or {}
    said = said_to(tracker.events, str(metadata.get("message_id") or ""))
    if said is not None:
        raise SaidBefore(said)
    fields: Mapping[str, Any] = metadata.pop(FIELDS, None) or {}
    tracker.update_with_events([SlotSet(*field) for field in fields.items()], processor.domain)
    await _PLAIN_HANDLING(processor, message, tracker)


def said_to(events: Reversible[Event], message_id: str) -> Said | None:
    """Return what the bot said to a message, empty when nothing; None when it had no turn."""
    if not message_id:
        return None
    said: Said = []
    for event in islice(reversed(events), LOOK_BACK):
        if isinstance(event, BotUttered):
            said.append({**event.data, "text": event.text})
        elif isinstance(event, UserUttered):
            if str(event.metadata.get("message_id")) == message_id:
                return said[::-1]
            said.clear()
    return None
