"""Kept packages, enterprises that want to hear of policies, and what is news about a policy."""

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.eligibility import ProfileValue

WATCH_SUBJECT = "policy-watch-"
"""Begins the versions of the words about the watch; all others are of the notice on privacy."""

WATCH_NOTICE = WATCH_SUBJECT + "1"
"""Version of the words to which an enterprise agrees when it wants to hear of policies."""


@dataclass(frozen=True)
class PackageFacts:
    """What a package is worked out from; never its outcome, which follows the library of the day.

    Attributes:
        profile: Facts about the enterprise, by field id.
        skipped: Fields that were asked and not answered.
        matter_ids: Matters of the applicant's plan that are not done.
    """

    profile: Mapping[str, ProfileValue] = field(repr=False)
    skipped: Sequence[str] = ()
    matter_ids: Sequence[str] = ()


@dataclass(frozen=True)
class KeptPackage:
    """A package under a link."""

    id: int
    conversation_id: str = field(repr=False)
    facts: PackageFacts
    created_at: datetime


@dataclass(frozen=True)
class Watcher:
    """An enterprise that agreed to hear of policies.

    Attributes:
        since: When it agreed; what was news before is not told.
    """

    conversation_id: str
    profile: Mapping[str, ProfileValue] = field(repr=False)
    since: datetime


class NewsKind(enum.Enum):
    """What is news about a policy."""

    BASELINE = "baseline"
    """In the first catalogue of this installation: nobody is told."""

    NEW = "new"
    CHANGED = "changed"
    EXPIRING = "expiring"


@dataclass(frozen=True)
class PolicyNews:
    """One piece of news, told to enterprises in the order of their conversations.

    Attributes:
        fingerprint: The version of the policy that it is about.
        reached: The last conversation that was looked at; "" before the first.
    """

    id: int
    policy_id: str
    fingerprint: str
    kind: NewsKind
    seen_at: datetime
    reached: str = ""
