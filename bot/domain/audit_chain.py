"""The audit log as a chain: each entry's seal covers the entry and the seal before it."""

import hashlib
import hmac
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timezone

from bot.domain.audit import Anchor, AuditEntry, AuditHead, SealedEntry

KEY_ID_LENGTH = 8


@dataclass(frozen=True)
class Verdict:
    """What a check of the whole log found.

    Attributes:
        checked: Entries of the chain that are as they were written.
        before: Entries from before the chain.
        problem: "" when all is well; else "changed_before", "missing", "changed", "unknown_key",
            "cut_off" or "anchor".
        at_seq: The first entry concerned, None when all is well or it lies before the chain.
        at_id: Its row, None when the entry is not there.
    """

    checked: int
    before: int
    problem: str = ""
    at_seq: int | None = None
    at_id: int | None = None

    @property
    def is_intact(self) -> bool:
        """Tell whether nothing was changed, taken away or put in."""
        return not self.problem


class AuditKeys:
    """The keys of the seals; the first one seals, all of them check."""

    def __init__(self, keys: Sequence[str]) -> None:
        secrets = [key.encode() for key in keys] or [b""]
        self._by_id = {key_id(secret): secret for secret in secrets}
        self.current_id = key_id(secrets[0])

    def knows(self, wanted: str) -> bool:
        """Tell whether a key is among them."""
        return wanted in self._by_id

    def seal(self, previous: str, seq: int, entry: AuditEntry, wanted: str = "") -> str:
        """Return the seal of an entry that follows the seal `previous`."""
        secret = self._by_id[wanted or self.current_id]
        return hmac.new(
            secret, previous.encode() + canonical(seq, entry), hashlib.sha256
        ).hexdigest()


def key_id(secret: bytes) -> str:
    """Return the name of a key; it tells nothing about the key."""
    return hmac.new(secret, b"xiaoer audit key", hashlib.sha256).hexdigest()[:KEY_ID_LENGTH]


def canonical(seq: int | None, entry: AuditEntry) -> bytes:
    """Return the one way in which an entry is written as bytes, on every database."""
    at = entry.at.astimezone(timezone.utc).isoformat(timespec="microseconds")
    parts = [seq, at, entry.agent_id, entry.action, entry.subject, entry.detail]
    return json.dumps(parts, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def digest_before(entries: Iterable[AuditEntry]) -> str:
    """Return the digest of the entries from before the chain, in order."""
    digest = hashlib.sha256()
    for entry in entries:
        digest.update(canonical(None, entry))
    return digest.hexdigest()


NOTHING_BEFORE = digest_before(())


class ChainCheck:
    """Checks a log entry by entry, in the order of rows; memory does not grow with the log."""

    def __init__(self, keys: AuditKeys, anchors: Iterable[Anchor] = ()) -> None:
        self._keys = keys
        self._anchors = {one.seq: one.seal for one in anchors}
        self._before = hashlib.sha256()
        self._counted_before = 0
        self._seq = 0
        self._seal: str | None = None
        self._problem: Verdict | None = None

    @property
    def is_over(self) -> bool:
        """Tell whether the first broken entry has been found."""
        return self._problem is not None

    def add(self, sealed: SealedEntry) -> None:
        """Check the next entry; nothing happens once a broken one has been found."""
        if self._problem is not None:
            return
        if sealed.seq is None:
            self._add_before(sealed)
            return
        if self._seal is None:
            self._seal = self._before.hexdigest()
        self._check(sealed, self._seal)

    def finish(self, head: AuditHead | None) -> Verdict:
        """Return the verdict, given where the chain should end."""
        if self._problem is not None:
            return self._problem
        digest = self._before.hexdigest()
        if head is not None and head.before != digest:
            return self._verdict("changed_before")
        last = self._seal or digest
        expected = head or AuditHead(0, NOTHING_BEFORE, NOTHING_BEFORE)
        if expected.seq != self._seq or expected.seal != last:
            return self._verdict("cut_off", self._seq + 1)
        late = sorted(seq for seq in self._anchors if seq > self._seq)
        if late:
            return self._verdict("cut_off", self._seq + 1)
        return self._verdict("")

    def _add_before(self, sealed: SealedEntry) -> None:
        if self._seal is not None:  # an entry without a seal in the middle of the chain
            self._problem = self._verdict("changed", self._seq + 1, sealed.id)
            return
        self._before.update(canonical(None, sealed.entry))
        self._counted_before += 1

    def _check(self, sealed: SealedEntry, previous: str) -> None:
        seq = self._seq + 1
        if sealed.seq != seq:
            self._problem = self._verdict("missing", seq, sealed.id)
        elif not self._keys.knows(sealed.key_id):
            self._problem = self._verdict("unknown_key", seq, sealed.id)
        elif not hmac.compare_digest(
            self._keys.seal(previous, seq, sealed.entry, sealed.key_id), sealed.seal
        ):
            self._problem = self._verdict("changed", seq, sealed.id)
        elif self._anchors.get(seq, sealed.seal) != sealed.seal:
            self._problem = self._verdict("anchor", seq, sealed.id)
        else:
            self._seq, self._seal = seq, sealed.seal

    def _verdict(self, problem: str, seq: int | None = None, row: int | None = None) -> Verdict:
        return Verdict(self._seq, self._counted_before, problem, seq, row)
