"""The repositories of the work at the desk, as use cases see them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from bot.domain.desk_files import SentFile
from bot.domain.desk_work import (
    CannedReply,
    Colleague,
    Listed,
    ListPage,
    ListQuery,
    Note,
    Pace,
    PastStep,
    Profile,
    QueueRules,
    SavedFilter,
    Thread,
)


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

    def mentioned(self, agent_id: int) -> list[str]:
        """Return conversations in which the agent is mentioned and has not looked."""

    def is_mentioned(self, agent_id: int, conversation_id: str) -> bool:
        """Tell whether a colleague wrote to this agent in this conversation."""

    def filled_by_agents(self, conversation_id: str) -> set[str]:
        """Return the slots that agents filled in or corrected."""

    def history(self, conversation_id: str) -> list[PastStep]:
        """Return what happened to a conversation at the desk, newest first."""


class DeskNoteStore(Protocol):
    """Notes, canned replies, filters, files."""

    def add(
        self,
        conversation_id: str,
        agent_id: int,
        *,
        text: str,
        mentions: Sequence[int],
        now: datetime,
    ) -> int:
        """Append a note and tell those who are mentioned; returns its id."""

    def of_conversation(self, conversation_id: str) -> list[Note]:
        """Return the notes of a conversation, oldest first."""

    def see(self, conversation_id: str, agent_id: int, *, now: datetime) -> bool:
        """Note that the agent has looked at where the name stands; False when it had."""

    def canned(self, department_id: str | None) -> list[CannedReply]:
        """Return canned replies for everybody and for this department; None for all."""

    def save_canned(self, reply: CannedReply, *, agent_id: int, now: datetime) -> None:
        """Add a canned reply (id 0) or change one; raises `ShortcutTaken`."""

    def drop_canned(self, reply_id: int) -> None:
        """Take a canned reply away; an unknown one is fine."""

    def filters(self, agent_id: int) -> list[SavedFilter]:
        """Return an agent's saved filters in the order they were made."""

    def count_filters(self, agent_id: int) -> int:
        """Return how many filters an agent keeps."""

    def save_filter(self, agent_id: int, name: str, query: dict[str, str]) -> None:
        """Keep a filter; the same name again replaces it."""

    def drop_filter(self, agent_id: int, name: str) -> None:
        """Forget a filter; an unknown one is fine."""

    def add_file(
        self, token_hash: str, *, conversation_id: str, agent_id: int, file: SentFile, now: datetime
    ) -> None:
        """Store a file that was sent to an applicant."""

    def file(self, token_hash: str) -> SentFile | None:
        """Return a file by the SHA-256 of the secret in its address, None when unknown."""


class DeskSearchStore(Protocol):
    """The search index of the desk."""

    def unindexed(self, limit: int) -> list[tuple[int, str, str]]:
        """Return id, conversation and text of messages that are not in the index, oldest first."""

    def fields_text(self, conversation_id: str) -> str:
        """Return the answers of a conversation as one text."""

    def add(self, conversation_id: str, kind: str, ref_id: int, text: str) -> None:
        """Put a text into the index, in the place of an earlier one."""

    def find(self, word: str) -> list[str]:
        """Return conversations with this word in one of their texts; `word` is normalised."""
