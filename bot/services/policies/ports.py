"""What the use cases of policies need of a store."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.eligibility import ProfileValue
from bot.domain.policy_watch import KeptPackage, NewsKind, PackageFacts, PolicyNews, Watcher


class PolicyPackageStore(Protocol):
    """Packages under links."""

    def keep(
        self,
        *,
        origin: str,
        conversation_id: str,
        code_hash: str,
        facts: PackageFacts,
        now: datetime,
    ) -> None:
        """Keep a package; the same origin again gives it another code in place of the first."""

    def by_code(self, code_hash: str) -> KeptPackage:
        """Return the package under a code; raises `UnknownLink`."""

    def latest(self, conversation_id: str) -> KeptPackage | None:
        """Return the newest package of a conversation."""


class PolicyWatchStore(Protocol):
    """Who wants to hear of policies, what is news, and what was told."""

    def begin(
        self, conversation_id: str, profile: Mapping[str, ProfileValue], now: datetime
    ) -> None:
        """Begin to watch, or go on with this profile."""

    def stop(self, conversation_id: str, now: datetime) -> bool:
        """Stop watching; False when nothing was watched."""

    def watcher(self, conversation_id: str) -> Watcher | None:
        """Return the watch of a conversation, None when there is none or it was stopped."""

    def after(self, reached: str, before: datetime, limit: int) -> Sequence[Watcher]:
        """Return watchers in order of their conversations, of those who agreed before a time."""

    def add_news(self, policy_id: str, fingerprint: str, kind: NewsKind, now: datetime) -> bool:
        """Write news down; False when it is known. A baseline is done at once."""

    def known_versions(self) -> frozenset[tuple[str, str]]:
        """Return every (policy, version) seen so far."""

    def open_news(self) -> Sequence[PolicyNews]:
        """Return what is still to be told, oldest first."""

    def advance(self, seen: PolicyNews, reached: str, done_at: datetime | None) -> bool:
        """Note how far the telling came; False when another process did so meanwhile."""

    def note(self, news_id: int, conversation_id: str, now: datetime) -> bool:
        """Note that one was told; False when it was told before."""
