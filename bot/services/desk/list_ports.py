"""The repository of the desk's lists, as use cases see it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.desk_work import Listed, ListPage, ListQuery, PastStep


class DeskListStore(Protocol):
    """The desk's lists and histories."""

    def page(self, query: ListQuery, *, agent_id: int | None, since: datetime) -> ListPage:
        """Return one page of a list, what changed last first.

        Args:
            query: What the list shows.
            agent_id: Only what this agent may read; None for everything.
            since: What was let go after this still counts as the agent's.
        """

    def rows(self, conversation_ids: Sequence[str]) -> tuple[Listed, ...]:
        """Return these conversations as lists show them, in this order."""

    def counts(self, agent_id: int, department_id: str, *, now: datetime) -> Mapping[str, int]:
        """Return how much lies in "later" and "department", and unseen mentions."""

    def in_department(self, department_id: str) -> int:
        """Return how many conversations lie in a department, waiting or held."""

    def own_marks(self) -> Mapping[int, str]:
        """Return for each agent a text that changes when what is held, or mentions it, does."""

    def mentioned(self, agent_id: int) -> list[str]:
        """Return conversations in which the agent is mentioned and has not looked."""

    def is_mentioned(self, agent_id: int, conversation_id: str) -> bool:
        """Tell whether a colleague wrote to this agent in this conversation."""

    def filled_by_agents(self, conversation_id: str) -> set[str]:
        """Return the slots that agents filled in or corrected."""

    def history(self, conversation_id: str) -> list[PastStep]:
        """Return what happened to a conversation at the desk, newest first."""
