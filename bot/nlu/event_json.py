"""The JSON of an event, made once: it is sent with every action and written to the database."""

import json
from collections.abc import Iterable
from typing import Any

from rasa.shared.core.events import Event

_ATTRIBUTE = "_xiaoer_json"


def event_json(event: Event) -> str:
    """Return the JSON of `event.as_dict()`.

    Kept with the event until its time or metadata change, which Rasa does when it takes an event
    that was made on a copy of the tracker over into the tracker itself.
    """
    kept: tuple[float | None, Any, str] | None = event.__dict__.get(_ATTRIBUTE)
    if kept is not None and kept[0] == event.timestamp and kept[1] is event.metadata:
        return kept[2]
    text = json.dumps(event.as_dict())
    event.__dict__[_ATTRIBUTE] = (event.timestamp, event.metadata, text)
    return text


def events_json(events: Iterable[Event]) -> list[str]:
    """Return `event_json` of each event; most are kept, so that is looked at right here."""
    found = []
    for event in events:
        kept = event.__dict__.get(_ATTRIBUTE)
        if kept and kept[0] == event.timestamp and kept[1] is event.metadata:
            found.append(kept[2])
        else:
            found.append(event_json(event))
    return found
