"""The repositories of routing and of hot issues, as use cases see them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.hot import HotEvent, HotIssue, HotMember, HotState, NewHotIssue, OpenText
from bot.domain.routing import RouteDecision, RouteProposal


class RoutingStore(Protocol):
    """Proposals, decisions, and what was joined to a whistle."""

    def add_proposal(self, subject: str, proposal: RouteProposal, now: datetime) -> None:
        """Write what is proposed for a number; the first one stays."""

    def proposal(self, subject: str) -> RouteProposal | None:
        """Return what was proposed."""

    def add_decision(self, decision: RouteDecision) -> None:
        """Append what was decided."""

    def last_decision(self, subject: str) -> RouteDecision | None:
        """Return the newest decision on a number."""

    def decisions(self) -> Sequence[RouteDecision]:
        """Return all decisions, oldest first."""


class HotStore(Protocol):
    """Open texts, hot issues, their members and history."""

    def hold(self) -> None:
        """Make others who change issues wait until this transaction ends."""

    def open_texts(self, since: datetime) -> Sequence[OpenText]:
        """Return whistles and complaints opened after a moment and not closed, oldest first."""

    def issue_of(self, numbers: Sequence[str]) -> Mapping[str, int]:
        """Return the issue of each number that is in one."""

    def add(self, issue: NewHotIssue) -> int:
        """Write a new issue; returns its id."""

    def join(self, issue_id: int, member: HotMember) -> bool:
        """Add a member; False when it is in an issue already."""

    def move_members(self, numbers: Sequence[str], to: int) -> None:
        """Put members into another issue."""

    def move(self, issue_id: int, seen: HotState, to: HotState, now: datetime) -> bool:
        """Set the state if it still is `seen`; tells whether it was."""

    def mark_merged(self, issue_id: int, into: int) -> None:
        """Note where an issue went."""

    def append(self, issue_id: int, event: HotEvent) -> None:
        """Append to the history."""

    def by_id(self, issue_id: int) -> HotIssue | None:
        """Return an issue with members and history, or None."""

    def newest(self, states: Sequence[HotState], limit: int) -> Sequence[HotIssue]:
        """Return issues in one of the states, the latest change first."""
