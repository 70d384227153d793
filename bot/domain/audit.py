"""What the audit log holds: entries, their place in the chain, where it ends, anchors."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.errors import BotError

MAX_ACTION_LENGTH = 40
MAX_SUBJECT_LENGTH = 60
MAX_DETAIL_LENGTH = 300
SEAL_LENGTH = 64


class BadAnchor(BotError):
    """A line that should be an anchor is none."""


@dataclass(frozen=True)
class AuditEntry:
    """Who looked at or did what; entries are added and never changed.

    Attributes:
        at: Aware, UTC.
        agent_id: The person, None for the system or an unknown login.
        action: Machine word ("conversation_read", "login_failed", ...).
        subject: Id of what it was done to, such as a conversation; None when there is none.
        detail: What else has to be known, such as the reason given; never personal data.
    """

    at: datetime
    agent_id: int | None
    action: str
    subject: str | None = None
    detail: str | None = None


@dataclass(frozen=True)
class SealedEntry:
    """An entry in its place in the chain.

    Attributes:
        id: Row of the table.
        seq: 1, 2, 3 ... without a gap; None for entries from before the chain began.
        seal: HMAC-SHA256 in hex; "" for entries from before the chain began.
        key_id: Which key made the seal.
    """

    id: int
    seq: int | None
    entry: AuditEntry
    seal: str
    key_id: str


@dataclass(frozen=True)
class AuditHead:
    """Where the chain ends now; kept apart from the entries so that a cut-off end is seen.

    Attributes:
        seq: Number of the last entry, 0 before the first.
        seal: Its seal; before the first entry the digest of what was there before the chain.
        before: Digest of the entries from before the chain.
    """

    seq: int
    seal: str
    before: str


@dataclass(frozen=True)
class Anchor:
    """A copy of the chain's end, kept somewhere else: paper, another office, an archive."""

    seq: int
    seal: str

    def line(self) -> str:
        """Return the anchor as one line of text."""
        return f"{self.seq} {self.seal}"


def read_anchors(text: str) -> tuple[Anchor, ...]:
    """Read anchors, one a line; empty lines and lines that begin with # are passed over.

    Raises:
        BadAnchor: A line is no anchor.
    """
    found = []
    for line in text.splitlines():
        stripped = line.strip()
        if not stripped or stripped.startswith("#"):
            continue
        seq, _, seal = stripped.partition(" ")
        if not seq.isdigit() or len(seal.strip()) != SEAL_LENGTH:
            raise BadAnchor(stripped[:80])
        found.append(Anchor(int(seq), seal.strip()))
    return tuple(found)
