"""The repository of the watch on policies."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.engine import Connection

from bot.domain.eligibility import ProfileValue
from bot.domain.policy_watch import NewsKind, PolicyNews, Watcher
from bot.store.inserts import insert_if_absent
from bot.store.policies import read_profile
from bot.store.tables.policies import POLICY_NEWS, POLICY_NOTICES, POLICY_WATCHES

_W, _N = POLICY_WATCHES.c, POLICY_NEWS.c


class PolicyWatchRepository:
    """Watchers, news and notices on one open transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def begin(
        self, conversation_id: str, profile: Mapping[str, ProfileValue], now: datetime
    ) -> None:
        """Begin to watch, or go on with this profile."""
        row = {"conversation_id": conversation_id, "profile": dict(profile), "since": now}
        if insert_if_absent(self._connection, POLICY_WATCHES, row):
            return
        mine = update(POLICY_WATCHES).where(_W.conversation_id == conversation_id)
        again = mine.where(_W.stopped_at.is_not(None)).values(since=now, stopped_at=None)
        self._connection.execute(again)
        self._connection.execute(mine.values(profile=dict(profile)))

    def stop(self, conversation_id: str, now: datetime) -> bool:
        """Stop watching; False when nothing was watched."""
        stopped = self._connection.execute(
            update(POLICY_WATCHES)
            .where(_W.conversation_id == conversation_id, _W.stopped_at.is_(None))
            .values(stopped_at=now)
        )
        return bool(stopped.rowcount)

    def watcher(self, conversation_id: str) -> Watcher | None:
        """Return the watch of a conversation, None when there is none or it was stopped."""
        query = select(POLICY_WATCHES).where(
            _W.conversation_id == conversation_id, _W.stopped_at.is_(None)
        )
        row = self._connection.execute(query).one_or_none()
        if row is None:
            return None
        return Watcher(row.conversation_id, read_profile(row.profile), row.since)

    def after(self, reached: str, before: datetime, limit: int) -> Sequence[Watcher]:
        """Return watchers in order of their conversations, of those who agreed before a time."""
        query = (
            select(_W.conversation_id, _W.profile, _W.since)
            .where(_W.conversation_id > reached, _W.stopped_at.is_(None), _W.since < before)
            .order_by(_W.conversation_id)
            .limit(limit)
        )
        return [
            Watcher(conversation_id, read_profile(profile), since)
            for conversation_id, profile, since in self._connection.execute(query)
        ]

    def add_news(self, policy_id: str, fingerprint: str, kind: NewsKind, now: datetime) -> bool:
        """Write news down; False when it is known. A baseline is done at once."""
        row = {
            "policy_id": policy_id,
            "fingerprint": fingerprint,
            "kind": kind.value,
            "seen_at": now,
            "reached": "",
            "done_at": now if kind is NewsKind.BASELINE else None,
        }
        return insert_if_absent(self._connection, POLICY_NEWS, row)

    def known_versions(self) -> frozenset[tuple[str, str]]:
        """Return every (policy, version) seen so far."""
        found = self._connection.execute(select(_N.policy_id, _N.fingerprint))
        return frozenset((policy_id, fingerprint) for policy_id, fingerprint in found)

    def open_news(self) -> Sequence[PolicyNews]:
        """Return what is still to be told, oldest first."""
        query = select(POLICY_NEWS).where(_N.done_at.is_(None)).order_by(_N.id)
        return [
            PolicyNews(
                row.id, row.policy_id, row.fingerprint, NewsKind(row.kind), row.seen_at, row.reached
            )
            for row in self._connection.execute(query)
        ]

    def advance(self, seen: PolicyNews, reached: str, done_at: datetime | None) -> bool:
        """Note how far the telling came; False when another process did so meanwhile."""
        moved = self._connection.execute(
            update(POLICY_NEWS)
            .where(_N.id == seen.id, _N.reached == seen.reached, _N.done_at.is_(None))
            .values(reached=reached, done_at=done_at)
        )
        return moved.rowcount == 1

    def note(self, news_id: int, conversation_id: str, now: datetime) -> bool:
        """Note that one was told; False when it was told before."""
        row = {"news_id": news_id, "conversation_id": conversation_id, "at": now}
        return insert_if_absent(self._connection, POLICY_NOTICES, row)
