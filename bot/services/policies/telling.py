"""Telling news of policies to the enterprises that they concern, each once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.domain.catalogue import Catalogue
from bot.domain.clause_runs import NO, OPEN, YES
from bot.domain.conversations import Reply
from bot.domain.eligibility import BadProfile
from bot.domain.policies import Policy
from bot.domain.policy_index import PolicyIndex
from bot.domain.policy_versions import fingerprint
from bot.domain.policy_watch import NewsKind, PolicyNews, Watcher
from bot.services.conversations.telling import tell
from bot.services.ports import OpenUnitOfWork, UnitOfWork
from bot.services.times.local_time import local_day

READ_AT_ONCE = 1000
"""Enterprises looked at in one transaction."""

TOLD_AT_ONCE = 50
"""Enterprises told in one transaction, so that nobody else waits long for the database."""

Write = Callable[[NewsKind, Policy, Watcher, date], Reply]
"""Words in which a matched enterprise hears of news on a local day."""


@dataclass(frozen=True)
class _News:
    """News with its policy and what its telling needs."""

    news: PolicyNews
    policy: Policy
    write: Write
    now: datetime


def tell_news(
    unit_of_work: OpenUnitOfWork, catalogue: Catalogue, *, write: Write, now: datetime
) -> tuple[str, ...]:
    """Tell all open news; returns the conversations that were told, in order.

    Notice, message and the place reached are one transaction: a hub that dies tells nobody twice,
    and two hubs share the work. News of a version that the catalogue no longer holds is dropped.
    """
    with unit_of_work() as unit:
        open_news = unit.policy_watch.open_news()
    told: list[str] = []
    for news in open_news:
        policy = catalogue.policies.get(news.policy_id)
        if policy is None or fingerprint(policy) != news.fingerprint:
            with unit_of_work() as unit:
                unit.policy_watch.advance(news, news.reached, now)
            continue
        current: PolicyNews | None = news
        while current is not None:
            current, some = _tell_some(unit_of_work, _News(current, policy, write, now))
            told += some
    return tuple(told)


def matched(policy: Policy, watchers: Sequence[Watcher], kind: NewsKind) -> list[Watcher]:
    """Return whom news of a policy concern: it fits, or a single fact is missing for a verdict.

    An ending policy concerns those whom it certainly fits. O(watchers * clauses).
    """
    index = PolicyIndex([policy])
    found = []
    for watcher in watchers:
        try:
            clauses = index.clauses(watcher.profile)
        except BadProfile:  # kept before a field changed its type: nothing can be said
            continue
        truth = index.truths(clauses)[0]
        if truth == NO or (truth == OPEN and kind is NewsKind.EXPIRING):
            continue
        if truth == YES or len(index.missing(0, clauses)) == 1:
            found.append(watcher)
    return found


def _tell_some(
    unit_of_work: OpenUnitOfWork, one: _News
) -> tuple[PolicyNews | None, tuple[str, ...]]:
    """Tell the next few; returns the news as far as they are told, None when all are."""
    news = one.news
    with unit_of_work() as unit:
        watchers = unit.policy_watch.after(news.reached, news.seen_at, READ_AT_ONCE)
        concerned = matched(one.policy, watchers, news.kind)
        some = concerned[:TOLD_AT_ONCE]
        is_cut = len(concerned) > len(some)
        is_over = not is_cut and len(watchers) < READ_AT_ONCE
        seen = some if is_cut else watchers
        reached = seen[-1].conversation_id if seen else news.reached
        if not unit.policy_watch.advance(news, reached, one.now if is_over else None):
            return None, ()  # another hub goes on with it
        told = tuple(each.conversation_id for each in some if _tell(unit, one, each))
    return (None if is_over else replace(news, reached=reached)), told


def _tell(unit: UnitOfWork, one: _News, watcher: Watcher) -> bool:
    if not unit.policy_watch.note(one.news.id, watcher.conversation_id, one.now):
        return False
    reply = one.write(one.news.kind, one.policy, watcher, local_day(one.now))
    return tell(unit, watcher.conversation_id, reply, one.now)
