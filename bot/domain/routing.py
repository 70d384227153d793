"""Routing: which department a whistle belongs to; proposed first, then decided by a person."""

import enum
from dataclasses import dataclass
from datetime import datetime

from bot.domain.errors import BotError


class Basis(enum.Enum):
    """What a proposal rests on."""

    MATTER = "matter"
    NAMED = "named"
    LEARNT = "learnt"
    TEXT = "text"
    UNSURE = "unsure"


class UnknownCategory(BotError):
    """A reviewed line names a category that `data/routing` does not have."""


@dataclass(frozen=True)
class RoutingTopic:
    """A subject within a category.

    Attributes:
        name: In Chinese, as staff read it.
        department_id: Which department it belongs to.
        words: What people say about it.
    """

    name: str
    department_id: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class RoutingCategory:
    """One of the categories that letters to a city are sorted into.

    Attributes:
        name: In Chinese; the label of evaluation files.
        department_id: Which department gets what fits no topic.
        topics: Its subjects.
        sentences: Whole complaints, written by hand.
    """

    name: str
    department_id: str
    topics: tuple[RoutingTopic, ...]
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Reviewed:
    """A text whose department a person has confirmed."""

    text: str
    category: str
    department_id: str


@dataclass(frozen=True)
class RouteProposal:
    """What the machine proposes.

    Attributes:
        basis: What it rests on; `UNSURE` leaves the choice to the dispatcher.
        category: Of the text; "" when nothing in it is known.
        department_ids: The leading one first, then those that assist; the likeliest alone, as a
            hint, when unsure.
        confidence: 0 to 1, how likely the leading department is right; 1 for a matter's table.
        words: Words of the text that speak for it, the longest first.
        matter_id: The matter that decided, if any.
    """

    basis: Basis
    category: str
    department_ids: tuple[str, ...]
    confidence: float
    words: tuple[str, ...] = ()
    matter_id: str | None = None

    @property
    def leading(self) -> str | None:
        """Return the department proposed to lead, or hinted at; None when there is none."""
        return self.department_ids[0] if self.department_ids else None

    @property
    def is_sure(self) -> bool:
        """Tell whether the proposal is good enough to fill in the departments."""
        return self.basis is not Basis.UNSURE


@dataclass(frozen=True)
class RouteDecision:
    """What a dispatcher decided, beside what was proposed; never edited.

    Attributes:
        subject: Number of the whistle or complaint.
        proposed_id: The department that was proposed to lead, or None.
        decided_id: The department that leads.
        category: Of the text, as it was proposed.
        actor: "agent:3".
    """

    subject: str
    proposed_id: str | None
    decided_id: str
    category: str
    confidence: float
    actor: str
    at: datetime

    @property
    def is_correction(self) -> bool:
        """Tell whether the person decided otherwise than the machine."""
        return self.proposed_id != self.decided_id
