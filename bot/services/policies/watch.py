"""The standing watch: who agreed to hear of policies, and telling each news once."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta

from bot.domain.catalogue import Catalogue
from bot.domain.conversations import Reply
from bot.domain.eligibility import ProfileValue, Standing, standing
from bot.domain.policies import Policy
from bot.domain.policy_versions import fingerprint
from bot.domain.policy_watch import WATCH_NOTICE, NewsKind, PolicyNews, Watcher
from bot.domain.privacy import Decision
from bot.services.ports import OpenUnitOfWork
from bot.services.privacy.consents import decide
from bot.services.times.local_time import local_day

EXPIRES_WITHIN = timedelta(days=30)
"""Calendar days before the last day of a policy on which those whom it fits are reminded."""

READ_AT_ONCE = 1000
"""Enterprises looked at in one transaction."""

TOLD_AT_ONCE = 50
"""Enterprises told in one transaction, so that nobody else waits long for the database."""

Write = Callable[[PolicyNews, Policy, Watcher, date], Reply]
"""Words in which a matched enterprise hears of news."""


def start_watch(
    unit_of_work: OpenUnitOfWork,
    *,
    conversation_id: str,
    profile: Mapping[str, ProfileValue],
    now: datetime,
) -> None:
    """Write the consent down and begin to watch; again with other facts, they take the place."""
    with unit_of_work() as unit:
        decide(unit, conversation_id, WATCH_NOTICE, Decision.AGREED, now)
        unit.policy_watch.begin(conversation_id, profile, now)


def stop_watch(unit_of_work: OpenUnitOfWork, *, conversation_id: str, now: datetime) -> bool:
    """Stop at once and write that down; False when nothing was watched."""
    with unit_of_work() as unit:
        was_on = unit.policy_watch.stop(conversation_id, now)
        if was_on:
            decide(unit, conversation_id, WATCH_NOTICE, Decision.REFUSED, now)
        return was_on


def watched_profile(
    unit_of_work: OpenUnitOfWork, conversation_id: str
) -> Mapping[str, ProfileValue]:
    """Return the facts that are watched, else those of the newest package; empty for none."""
    with unit_of_work() as unit:
        watcher = unit.policy_watch.watcher(conversation_id)
        if watcher is not None:
            return watcher.profile
        kept = unit.policy_packages.latest(conversation_id)
        return {} if kept is None else kept.facts.profile


def find_news(unit_of_work: OpenUnitOfWork, catalogue: Catalogue, now: datetime) -> int:
    """Compare the catalogue with what was seen before; returns how much is news.

    The first catalogue of an installation is news to nobody. A text that comes back after another
    one is not news again. Safe to be run by several hubs at once.
    """
    today = local_day(now)
    found = 0
    with unit_of_work() as unit:
        known = unit.policy_watch.known_versions()
    seen_before = {policy_id for policy_id, _ in known}
    fresh = [
        (policy, version)
        for policy in catalogue.policies.values()
        if (policy.id, version := fingerprint(policy)) not in known or expires_soon(policy, today)
    ]
    if not fresh:
        return 0
    with unit_of_work() as unit:
        for policy, version in fresh:
            if (policy.id, version) not in known:
                kind = NewsKind.CHANGED if policy.id in seen_before else NewsKind.NEW
                kind = kind if known else NewsKind.BASELINE
                found += unit.policy_watch.add_news(policy.id, version, kind, now)
            if expires_soon(policy, today):
                found += unit.policy_watch.add_news(policy.id, version, NewsKind.EXPIRING, now)
    return found


def expires_soon(policy: Policy, today: date) -> bool:
    """Tell whether the last day of a policy in force is near."""
    until = policy.validity.until
    is_in_force = standing(policy.validity, today) is Standing.IN_FORCE
    return is_in_force and until is not None and until - today <= EXPIRES_WITHIN
