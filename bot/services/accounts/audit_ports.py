"""The repository of the audit log, as use cases see it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.audit import AuditEntry, AuditHead, SealedEntry
from bot.domain.audit_chain import AuditKeys


@dataclass(frozen=True)
class AuditFilter:
    """Which entries are asked for; None leaves a question open.

    Attributes:
        since: First moment, included (aware).
        until: Last moment, not included (aware).
        before_id: Only rows with a smaller id, for the next page.
    """

    agent_id: int | None = None
    action: str | None = None
    subject: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    before_id: int | None = None


class AuditStore(Protocol):
    """The audit log; entries are appended and never changed."""

    @property
    def keys(self) -> AuditKeys:
        """Keys of the seals."""

    def add(self, entry: AuditEntry) -> None:
        """Append an entry when the transaction ends."""

    def head(self) -> AuditHead | None:
        """Return where the chain ends, None before the first entry."""

    def page(self, wanted: AuditFilter, limit: int) -> list[SealedEntry]:
        """Return the newest entries that are asked for, newest first."""

    def actions(self) -> list[str]:
        """Return the kinds of entries that there are, in alphabetical order."""

    def chunk(self, after_id: int) -> list[SealedEntry]:
        """Return the next rows of the whole log, in order; empty at its end."""

    def entries(self, wanted: AuditFilter) -> list[AuditEntry]:
        """Return all entries that are asked for, in the order they were written."""
