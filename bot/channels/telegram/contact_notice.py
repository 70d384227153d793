"""The notice before a telephone number that somebody shares with Telegram's own button."""

from dataclasses import dataclass

from bot.domain.privacy import Decision
from bot.services.ports import Clock, OpenUnitOfWork
from bot.services.privacy.consents import decide, decided

TOLD = ":notice"
"""Ends the id of what the person did right before the notice was shown."""


@dataclass(frozen=True)
class ContactNotice:
    """Knows whether the notice has to come first, and takes a shared number for a yes to it.

    Attributes:
        notice: Its text.
        version: Which notice it is.
        is_asking: False when another page has asked already.
    """

    unit_of_work: OpenUnitOfWork
    now: Clock
    notice: str
    version: str
    is_asking: bool

    def must_tell(self, conversation_id: str) -> bool:
        """Tell whether the person has not agreed yet."""
        if not self.is_asking:
            return False
        found = decided(self.unit_of_work, conversation_id, self.version)
        return found is not Decision.AGREED

    def is_told(self, conversation_id: str, event_id: str) -> bool:
        """Tell whether the notice was shown after what the person did before this event."""
        with self.unit_of_work() as unit:
            last = unit.conversations.last_external_id(conversation_id)
        # an event that comes twice must not be its own yes
        return last is not None and last.endswith(TOLD) and last != f"{event_id}{TOLD}"

    def agree(self, conversation_id: str) -> None:
        """Write the yes down."""
        with self.unit_of_work() as unit:
            decide(unit, conversation_id, self.version, Decision.AGREED, self.now())
