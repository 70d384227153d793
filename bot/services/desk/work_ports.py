"""The repository of threads, presence and queues, as use cases see it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from bot.domain.desk_work import Colleague, Pace, Profile, QueueRules, Thread


class DeskWorkStore(Protocol):
    """Threads, presence and queues."""

    def thread(self, conversation_id: str) -> Thread:
        """Return what the desk knows of a conversation; an empty thread when nothing."""

    def threads(self, conversation_ids: Sequence[str]) -> Mapping[str, Thread]:
        """Return the threads that exist, by conversation."""

    def change_thread(self, conversation_id: str, **values: Any) -> None:
        """Store these columns of a thread, which is made when it is not there."""

    def settle(self, conversation_id: str) -> None:
        """Forget offers, putting aside and what was told of the queue."""

    def tell(
        self,
        conversation_id: str,
        *,
        seen: datetime | None,
        minutes: int | None,
        now: datetime,
    ) -> bool:
        """Note that a wait is told now; False when somebody told since `seen`."""

    def newest_message(self, conversation_id: str) -> int:
        """Return the id of the newest message, 0 when there is none."""

    def take_from_bot(self, conversation_id: str, agent_id: int, *, now: datetime) -> bool:
        """Give a conversation of the bot to an agent; False when the bot does not have it."""

    def hand_over(self, conversation_id: str, *, seen: int, to: int, now: datetime) -> bool:
        """Give a held conversation from one agent to another; False when `seen` lost it."""

    def offer(self, conversation_id: str, agent_id: int, *, until: datetime, now: datetime) -> bool:
        """Make it this agent's turn unless somebody's turn it is; False then."""

    def due_snoozes(self, now: datetime) -> list[tuple[str, int | None]]:
        """Return what was put aside and is due: conversation and its agent."""

    def profile(self, agent_id: int) -> Profile:
        """Return how an agent works; the usual when nothing was set."""

    def change_profile(self, agent_id: int, **values: Any) -> None:
        """Store these columns of a profile, which is made when it is not there."""

    def colleagues(self, *, since: datetime) -> list[Colleague]:
        """Return everybody who serves, by name; silent since `since` means away."""

    def queue_rules(self, department_id: str) -> QueueRules:
        """Return how a department's queue is served; by hand when nothing was set."""

    def set_queue_rules(self, rules: QueueRules, *, agent_id: int, now: datetime) -> None:
        """Store how a department's queue is served."""

    def pace(self, *, since: datetime) -> Pace:
        """Return lengths and waits of the last conversations after `since`."""
