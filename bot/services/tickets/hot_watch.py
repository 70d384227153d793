"""The clock of hot issues: finds what many businesses say and raises it, each once."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.domain.hot import (
    HotEvent,
    HotEventKind,
    HotMember,
    HotRules,
    HotState,
    NewHotIssue,
    OpenText,
)
from bot.services.ports import OpenUnitOfWork, UnitOfWork
from bot.services.tickets.routing import Router

CLOCK = "clock"
TITLE_LENGTH = 60
MOST_OPEN = 1000
"""Open issues that new texts are joined to."""


@dataclass
class HotWatch:
    """What the sweep needs; it remembers what it has seen, to do nothing when nothing is new."""

    unit_of_work: OpenUnitOfWork
    rules: HotRules
    router: Router
    _seen: frozenset[str] = field(default=frozenset(), init=False)

    def is_new(self, texts: Sequence[OpenText]) -> bool:
        """Tell whether there is a text that the last sweep did not see."""
        return not self._seen.issuperset(one.number for one in texts)

    def remember(self, texts: Sequence[OpenText]) -> None:
        """Note what a sweep has seen."""
        self._seen = frozenset(one.number for one in texts)


@dataclass(frozen=True)
class Swept:
    """What a sweep did.

    Attributes:
        raised: Ids of new issues.
        joined: Texts that were added to issues that were open.
        texts: How many were looked at.
    """

    raised: tuple[int, ...]
    joined: int
    texts: int


def sweep_hot(watch: HotWatch, *, now: datetime) -> Swept:
    """Group the open texts and raise what enough businesses say.

    Texts are read and grouped outside of any transaction that writes. Whoever writes holds a lock
    and looks again what is in an issue, so that of two sweeps at once the second finds nothing.

    Returns:
        What was done; nothing on the second call.
    """
    from bot.services.finding.similar import SimilarIndex  # noqa: PLC0415 - loads scikit-learn

    since = now - timedelta(days=watch.rules.window_days)
    with watch.unit_of_work() as uow:
        texts = uow.hot.open_texts(since)
    if not watch.is_new(texts):
        return Swept((), 0, len(texts))
    index = SimilarIndex(watch.router.reader, [one.text for one in texts])
    groups = [[texts[at] for at in group] for group in index.groups(watch.rules.likeness)]
    raised: list[int] = []
    joined = 0
    with watch.unit_of_work() as uow:
        uow.hot.hold()
        known = uow.hot.issue_of([one.number for group in groups for one in group])
        is_open = {issue.id for issue in uow.hot.newest(_OPEN, MOST_OPEN)}
        for group in groups:
            issue_id = _issue_of_group(group, known, is_open)
            fresh = [one for one in group if one.number not in known]
            if issue_id is not None:
                joined += _join(uow, issue_id, fresh, now)
            elif len({one.business for one in fresh}) >= watch.rules.businesses:
                raised.append(_raise(uow, watch, fresh, now))
    watch.remember(texts)
    return Swept(tuple(raised), joined, len(texts))


_OPEN = (HotState.RAISED, HotState.TAKEN_UP)


def _issue_of_group(
    group: Sequence[OpenText], known: Mapping[str, int], is_open: set[int]
) -> int | None:
    """Return the open issue that most of a group is in, or None."""
    found = Counter(known[one.number] for one in group if known.get(one.number) in is_open)
    return max(found, key=lambda one: (found[one], -one)) if found else None


def _join(uow: UnitOfWork, issue_id: int, fresh: Sequence[OpenText], now: datetime) -> int:
    added = [one for one in fresh if uow.hot.join(issue_id, _member(one, now))]
    if added:
        numbers = "、".join(one.number for one in added)
        uow.hot.append(issue_id, HotEvent(now, CLOCK, HotEventKind.JOINED, numbers))
    return len(added)


def _raise(uow: UnitOfWork, watch: HotWatch, fresh: Sequence[OpenText], now: datetime) -> int:
    middle = fresh[0]
    proposals = [
        uow.routing.proposal(one.number) or watch.router.propose(one.text) for one in fresh
    ]
    departments = Counter(one.leading for one in proposals if one.leading)
    department_id = departments.most_common(1)[0][0] if departments else None
    categories = Counter(one.category for one in proposals if one.category)
    category = categories.most_common(1)[0][0] if categories else ""
    title = middle.text.strip().replace("\n", " ")[:TITLE_LENGTH]
    issue_id = uow.hot.add(NewHotIssue(title, category, department_id, now))
    for one in fresh:
        uow.hot.join(issue_id, _member(one, now))
    numbers = "、".join(one.number for one in fresh)
    uow.hot.append(issue_id, HotEvent(now, CLOCK, HotEventKind.RAISED, numbers))
    return issue_id


def _member(one: OpenText, now: datetime) -> HotMember:
    return HotMember(one.number, one.business, now, CLOCK)
