"""What happened before this message, read out of the tracker's events."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from actions.turns.turn import Turn

AWAY_S = 4 * 3600.0
"""From this many seconds of silence on, who comes back is told what was left open."""

LATELY_SHOWN = 12
"""So many messages of the bot back a button is still meant by its title."""

HANDOFF = "handoff"
"""Type of the payload by which the hub is asked for a person."""

Event = Mapping[str, Any]


def is_back(turn: Turn) -> bool:
    """Tell whether the applicant was away for hours before this message."""
    times = [float(event.get("timestamp") or 0.0) for event in _user_events(turn.events)]
    known = [time for time in times[-2:] if time > 0]
    return len(known) == 2 and known[1] - known[0] > AWAY_S  # noqa: PLR2004 - this one, the one before


def last_bot_messages(turn: Turn) -> list[Event]:
    """Return the bot's messages between the last two user messages, in order."""
    return _bot_messages(turn.events, users=1)


def was_just_opened(turn: Turn) -> bool:
    """Tell whether the form that is open was opened by the message before this one."""
    users = 0
    for event in reversed(turn.events):
        users += event.get("event") == "user"
        if users > 1:
            return False
        if users == 1 and event.get("event") == "active_loop":
            return bool(event.get("name") == turn.loop)
    return False


def was_said(turn: Turn, answer: str) -> bool:
    """Tell whether an answer stood in what was said right before."""
    return any(answer in str(event.get("text") or "") for event in last_bot_messages(turn))


def was_told(turn: Turn, text: str) -> bool:
    """Tell whether a text stood in anything that was said so far."""
    said = (str(one.get("text") or "") for one in turn.events if one.get("event") == "bot")
    return any(text in one for one in said)


def lately_shown(turn: Turn) -> dict[str, str]:
    """Return title and payload of the buttons shown in the last messages, the newest for each."""
    sent = (event.get("data") or {} for event in turn.events if event.get("event") == "bot")
    lists = [one.get("buttons") or () for one in sent][-LATELY_SHOWN:]
    return {
        str(button.get("title")): str(button.get("payload") or "")
        for buttons in lists
        for button in buttons
    }


def last_responses(turn: Turn) -> frozenset[str]:
    """Return the names of what the bot said between the last two user messages."""
    said = ((event.get("metadata") or {}).get("utter_action") for event in last_bot_messages(turn))
    return frozenset(str(name) for name in said if name)


def services_spoken_of(turn: Turn) -> frozenset[str]:
    """Return the services of which the last responses speak: cases for utter_cases_shown."""
    return frozenset(name.split("_")[1] for name in last_responses(turn) if name.count("_") > 1)


def lately_responded(turn: Turn, users: int) -> frozenset[str]:
    """Return the names of what the bot said since so many messages of the user, this one too."""
    said = [event for back in range(users) for event in _bot_messages(turn.events, users=back + 1)]
    names = ((event.get("metadata") or {}).get("utter_action") for event in said)
    return frozenset(str(name) for name in names if name)


def lately_said(turn: Turn, users: int) -> Iterator[frozenset[str]]:
    """Yield the names of what the bot said behind each of the last user messages, newest first."""
    for back in range(1, users + 1):
        said = _bot_messages(turn.events, users=back)
        names = ((event.get("metadata") or {}).get("utter_action") for event in said)
        yield frozenset(str(name) for name in names if name)


def said_lately(turn: Turn, response: str, messages: int = 3) -> bool:
    """Tell whether a response was said behind one of the last user messages."""
    return response in lately_responded(turn, messages)


def is_handed_over(turn: Turn) -> bool:
    """Tell whether a person was asked for and promised in this very turn."""
    said = _bot_messages(turn.events, users=0)
    return any(
        ((event.get("data") or {}).get("custom") or {}).get("type") == HANDOFF for event in said
    )


def message_before(turn: Turn) -> Event | None:
    """Return the event of the user message before this one, None when this is the first."""
    messages = _user_events(turn.events)
    return messages[-2] if len(messages) > 1 else None


def previous_message_id(turn: Turn) -> str | None:
    """Return the hub's id of the message before this one, None when this is the first."""
    before = message_before(turn)
    if before is None:
        return None
    given = (before.get("metadata") or {}).get("message_id")
    return str(given if given is not None else before.get("message_id"))


def typed_before(turn: Turn) -> str | None:
    """Return what was typed in the message before this one, None for a button or the first."""
    before = message_before(turn)
    text = str(before.get("text") or "") if before else ""
    return text if text and not text.startswith("/") else None


def intents_before(turn: Turn) -> list[str]:
    """Return what the messages before this one were taken for, oldest first."""
    read = (event.get("parse_data") or {} for event in _user_events(turn.events)[:-1])
    return [str((parsed.get("intent") or {}).get("name") or "") for parsed in read]


def entities_before(turn: Turn, name: str) -> list[str]:
    """Return what the messages before this one named of a kind, the newest first."""
    read = (event.get("parse_data") or {} for event in _user_events(turn.events)[:-1])
    found = [e for parsed in read for e in parsed.get("entities") or ()]
    return [str(e.get("value")) for e in reversed(found) if e.get("entity") == name]


def last_typed(turn: Turn, intent: str) -> list[str]:
    """Return the last earlier text that was typed and taken for an intent, none before any."""
    for event in reversed(_user_events(turn.events)[:-1]):
        read = (event.get("parse_data") or {}).get("intent") or {}
        text = str(event.get("text") or "")
        if read.get("name") == intent and text and not text.startswith("/"):
            return [text]
    return []


def whole_text(turn: Turn) -> str:
    """Return the whole message of which a turn may be only a part."""
    now = _user_events(turn.events)[-1:]
    return str(now[0].get("text") or "") if now else turn.text


def texts_before(turn: Turn) -> list[str]:
    """Return the texts that were typed before this message, oldest first."""
    texts = (str(event.get("text") or "") for event in _user_events(turn.events)[:-1])
    return [text for text in texts if text and not text.startswith("/")]


def texts_since(turn: Turn, message_id: str) -> list[str] | None:
    """Return what was typed between a message and this one, oldest first; None if it is unknown."""
    between: list[str] = []
    for event in reversed(_user_events(turn.events)[:-1]):
        given = (event.get("metadata") or {}).get("message_id")
        if str(given if given is not None else event.get("message_id")) == message_id:
            return between[::-1]
        between.append(str(event.get("text") or ""))
    return None


def opened_since(turn: Turn, message_id: str) -> bool:
    """Tell whether a form was opened since a message; also where the message is unknown."""
    for event in reversed(turn.events):
        if event.get("event") == "active_loop" and event.get("name"):
            return True
        given = (event.get("metadata") or {}).get("message_id")
        given = given if given is not None else event.get("message_id")
        if event.get("event") == "user" and str(given) == message_id:
            return False
    return True


def typed_for(turn: Turn, intents: Collection[str]) -> list[str]:
    """Return the texts before this message that were typed and taken for one of some intents."""
    found = []
    for event in _user_events(turn.events)[:-1]:
        read = (event.get("parse_data") or {}).get("intent") or {}
        text = str(event.get("text") or "")
        if read.get("name") in intents and not text.startswith("/"):
            found.append(text)
    return found


def slot_values(turn: Turn, slot: str) -> list[str]:
    """Return the texts that a slot has held so far, oldest first."""
    held = (
        e.get("value") for e in turn.events if (e.get("event"), e.get("name")) == ("slot", slot)
    )
    return [value for value in held if isinstance(value, str)]


def slot_values_by_turn(turn: Turn, slot: str) -> list[list[str]]:
    """Return the texts that a slot has held, oldest first, one list for each message."""
    held: list[list[str]] = [[]]
    for event in turn.events:
        if event.get("event") == "user":
            held.append([])
        elif (event.get("event"), event.get("name")) == ("slot", slot):
            value = event.get("value")
            if isinstance(value, str):
                held[-1].append(value)
    return held


def _user_events(events: Sequence[Event]) -> list[Event]:
    return [event for event in events if event.get("event") == "user"]


def _bot_messages(events: Sequence[Event], users: int) -> list[Event]:
    """Return the bot's messages behind which exactly `users` user messages stand, in order."""
    return list(reversed(list(_backwards(events, users))))


def _backwards(events: Sequence[Event], users: int) -> Iterator[Event]:
    seen = 0
    for event in reversed(events):
        kind = event.get("event")
        if kind == "user":
            seen += 1
            if seen > users:
                return
        elif kind == "bot" and seen == users:
            yield event


def was_just_offered(turn: Turn, slot: str) -> bool:
    """Tell whether the message before this one made an offer that a slot keeps."""
    made = slot_values_by_turn(turn, slot)
    return bool(turn.slots.get(slot)) and len(made) > 1 and bool(made[-2])
