"""Policies that help enterprises, and who may claim them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum

from bot.domain.facts import Citation, Faq, Provenance
from bot.domain.formulas import Formula

Scalar = bool | float | str

AUTOMATIC = "免申即享"
"""Word of a mode in which the policy comes by itself."""


class Operator(Enum):
    """Comparison of a profile field with a value."""

    EQ = "eq"
    LT = "lt"
    LTE = "lte"
    GT = "gt"
    GTE = "gte"
    IN = "in"
    NIN = "nin"


@dataclass(frozen=True)
class PolicyField:
    """A field of an enterprise's profile that criteria use.

    Attributes:
        id: Name in criteria.
        text: Meaning, unit and possible values, for people.
        question: How it is asked for; `text` says it where there is no question.
    """

    id: str
    text: str
    question: str = ""


@dataclass(frozen=True)
class Criterion:
    """A leaf of the criteria tree: `field op value`; `value` is a tuple for `IN` and `NIN`."""

    field: str
    operator: Operator
    value: Scalar | tuple[Scalar, ...]
    unit: str = ""


@dataclass(frozen=True)
class AllOf:
    """Every part must hold."""

    parts: tuple["Criteria", ...]


@dataclass(frozen=True)
class AnyOf:
    """One part must hold."""

    parts: tuple["Criteria", ...]


Criteria = Criterion | AllOf | AnyOf


def leaves(criteria: Criteria) -> Iterator[Criterion]:
    """Yield the leaves of a criteria tree in reading order."""
    if isinstance(criteria, Criterion):
        yield criteria
        return
    for part in criteria.parts:
        yield from leaves(part)


@dataclass(frozen=True)
class Estimate:
    """How an amount can be worked out from facts of the enterprise.

    Attributes:
        what: What the amount is: "一年少交的企业所得税".
        formula: Over field ids.
        words: The formula for people: "应纳税所得额×（25%－5%）".
        when: For whom; None for everybody whom the policy fits. Of several the first one counts.
        provenance: The basis of the rates in it.
    """

    what: str
    formula: Formula
    words: str
    when: Criteria | None
    provenance: Provenance


@dataclass(frozen=True)
class Benefit:
    """What a policy gives.

    Attributes:
        kind: As researched (exempt, rate, deduction ...).
        tax: Taxes concerned; "" when it is no tax policy.
        formula: The rule in words.
        also: Further benefits; "" when none.
        estimates: How an amount in yuan can be worked out; empty where the facts do not say.
    """

    kind: str
    tax: str
    formula: str
    also: str
    estimates: tuple[Estimate, ...] = ()


@dataclass(frozen=True)
class Application:
    """How a policy is claimed."""

    mode: str
    channels: tuple[str, ...]
    materials: tuple[str, ...]
    time: str

    @property
    def is_automatic(self) -> bool:
        """Tell whether nobody has to ask for it (免申即享), at most confirm it."""
        return AUTOMATIC in self.mode


class PolicyStatus(Enum):
    """Whether the policy was found in force; `NEEDS_CHECK` is never told as a fact."""

    ACTIVE = "active"
    NEEDS_CHECK = "needs_check"


@dataclass(frozen=True)
class Validity:
    """Local days from and to which a policy holds; both inclusive, `until` None means open."""

    since: date
    until: date | None
    status: PolicyStatus


@dataclass(frozen=True)
class Policy:
    """One policy.

    Attributes:
        id: Stable id such as `tax-vat-small-exempt`.
        name: Name shown to applicants.
        aliases: What people say.
        level: Who issued it (国家, 省, 市 ...).
        kind: Kind of help (税收减免, 补贴 ...).
        criteria: Who may claim it.
        benefit: What it gives.
        application: How to claim it.
        validity: When it holds.
        departments: Who handles it, as researched.
        faqs: Questions that people ask.
        notes: What to add; "" when nothing.
        stacking: Whether it goes together with others; "" when the source says nothing.
        dues: How much is still to be paid by these rules, where the facts say it.
        sources: Documents.
        provenance: The same in one, with date and confidence.
        department_id: Who gets a claim that is handed in at the window; "" where that cannot be.
    """

    id: str
    name: str
    aliases: tuple[str, ...]
    level: str
    kind: str
    criteria: Criteria
    benefit: Benefit
    application: Application
    validity: Validity
    departments: tuple[str, ...]
    faqs: tuple[Faq, ...]
    notes: str
    stacking: str
    sources: tuple[Citation, ...]
    provenance: Provenance
    department_id: str = ""
    dues: tuple[Estimate, ...] = ()
