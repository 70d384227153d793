"""Remembers which class stands for which type of event.

Stock Rasa walks all subclasses of `Event`, for every event of every tracker that it reads back.
"""

from collections.abc import Callable

from rasa.shared.core.events import Event

from bot.nlu.levers.lever import Lever, Replaced

_STOCK: Callable[[str, type[Event] | None], type[Event] | None] = Event.resolve_by_type


def _pull() -> None:
    known: dict[str, type[Event]] = {}

    def resolve(type_name: str, default: type[Event] | None = None) -> type[Event] | None:
        found = known.get(type_name)
        if found is None:
            found = _STOCK(type_name, default)
            if found is not None and found is not default:
                known[type_name] = found
        return found

    Event.resolve_by_type = staticmethod(resolve)  # type: ignore[method-assign]


LEVER = Lever("event_types", _pull, (Replaced(Event.resolve_by_type, "eab381cd0a9958e1"),))
