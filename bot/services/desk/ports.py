"""The repository of the queue, the claims and the hand-overs, as use cases see it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from bot.domain.conversations import Message, Owner
from bot.domain.handovers import Held, LostClaim, Step, Waiting


class DeskStore(Protocol):
    """What the desk reads and changes in conversations."""

    def waiting(self, *, now: datetime, limit: int) -> list[Waiting]:
        """Return the queue, longest waiting first."""

    def count_waiting(self) -> int:
        """Return the length of the queue."""

    def held(self, agent_id: int, *, since: datetime) -> list[Held]:
        """Return what the agent holds and what was let go after `since`, newest first."""

    def has_held(self, conversation_id: str, agent_id: int, *, since: datetime) -> bool:
        """Tell whether the agent had a step in this conversation after `since`."""

    def claim(self, conversation_id: str, agent_id: int, *, now: datetime) -> bool:
        """Give a waiting conversation to the agent; False when it is not waiting."""

    def release(self, conversation_id: str, agent_id: int, *, to: Owner, now: datetime) -> bool:
        """Take the conversation from this agent; False when the agent does not hold it."""

    def hold(self, conversation_id: str, agent_id: int, *, now: datetime) -> bool:
        """Lock the conversation for this transaction; False when the agent does not hold it."""

    def set_field(
        self, conversation_id: str, agent_id: int, *, slot: str, value: object, now: datetime
    ) -> None:
        """Note what the agent filled in, for the next hand-back."""

    def take_fields(self, conversation_id: str, *, now: datetime) -> Mapping[str, object]:
        """Return what agents filled in since the last hand-back, and mark it as passed on."""

    def stale_claims(self, *, before: datetime) -> list[LostClaim]:
        """Return claims whose agent was last heard of before this time."""

    def page(
        self, conversation_id: str, *, before: int | None, after: int, limit: int
    ) -> list[Message]:
        """Return the newest `limit` messages with `after` < id < `before`, oldest first.

        Those of the person's linked conversations are among them.
        """

    def note(
        self,
        conversation_id: str,
        agent_id: int,
        step: Step,
        *,
        now: datetime,
        reason: str = "",
        to_agent_id: int | None = None,
        to_department_id: str | None = None,
    ) -> None:
        """Append a step to the history; a claim takes the applicant out of the queue."""

    def name_message(self, message_id: int, external_id: str) -> None:
        """Note the page's own id of a reply, so that the same reply is stored once."""
