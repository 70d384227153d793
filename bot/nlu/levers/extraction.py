"""Does not look for slots in a message when no slot is filled from messages.

Stock Rasa walks over all slots for each message and asks of each of its mappings whether intent,
entity and open form fit. Our slots are set by actions alone: their mappings are `custom` and name
no action, which stock finds out anew each time before it does nothing. Here it is found out once
for a domain; a domain with any other mapping gets stock's walk.
"""

from typing import Any

from rasa.core.actions.action import ActionExtractSlots
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event
from rasa.shared.core.slot_mappings import SlotMapping

from bot.nlu.levers.lever import Lever, Replaced

_STOCK = ActionExtractSlots.run
_FILLS_NOTHING: dict[str, Any] = {"type": "custom"}
_KNOWN = "_xiaoer_fills_nothing"
_DEFAULTS = frozenset({"requested_slot", "session_started_metadata"})


def _pull() -> None:
    ActionExtractSlots.run = _run  # type: ignore[method-assign,assignment]


async def _run(action: ActionExtractSlots, *arguments: Any) -> list[Event]:
    output_channel, nlg, tracker, domain = arguments
    if not fills_nothing(domain):
        return await _STOCK(action, *arguments)
    found: list[Event] = await action._execute_validation_action(  # noqa: SLF001 - as stock does at its end
        [], output_channel, nlg, tracker, domain
    )
    return found


def fills_nothing(domain: Domain) -> bool:
    """Tell whether no message can fill a slot of this domain; remembered with the domain."""
    known: bool | None = domain.__dict__.get(_KNOWN)
    if known is None:
        known = all(
            mapping == _FILLS_NOTHING
            for slot in domain.slots
            if slot.name not in _DEFAULTS
            for mapping in slot.mappings
        )
        domain.__dict__[_KNOWN] = known
    return known


LEVER = Lever(
    "extraction",
    _pull,
    (
        Replaced(ActionExtractSlots.run, "1b1416fde7754e09"),
        Replaced(ActionExtractSlots._execute_custom_action, "169b1ae23cfb6557"),  # noqa: SLF001
        Replaced(SlotMapping.check_mapping_validity, "543658cec3311463"),
    ),
)
