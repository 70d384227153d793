"""One-thing bundles (一件事): all matters of one wish, such as opening a restaurant."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import Enum

from bot.domain.conditions import Answer, Condition
from bot.domain.facts import Citation, Confidence, Faq, Provenance

REGISTRATION = "registration"
"""Stands for the registration matter of the chosen enterprise type in a bundle's components."""


class QuestionKind(Enum):
    """Type of the answer to a question."""

    BOOL = "bool"
    NUMBER = "number"
    ENUM = "enum"


@dataclass(frozen=True)
class Question:
    """A fact about the applicant's plan on which components or steps depend.

    Attributes:
        id: Variable name in `when` expressions.
        kind: Type of the answer.
        ask: The question as put to the applicant.
        options: Possible answers of an `ENUM`, else empty.
        basis: Rule behind the question; "" when none was researched. Answers "why do you ask".
        if_yes: The answer yes as a clause (项目依法必须招标); "" where nobody says it back.
        if_no: The answer no as a clause.
        label: What the answer is about, for answers that are no yes or no (环评类别).
        unit: Unit of a number as people read it (平方米).
        beside: Id of the matter that yes wants in any trade, beside what its list has: who runs a
            bath and lets rooms needs the licence of a hotel. "" where only bundles say.
        beside_trades: Ids of bundles, or beginnings of codes of industries, to which that is
            limited; empty for any trade. Rooms in a home for the aged are no hotel.
        covered_by: Ids of matters of a trade's own list that make `beside` needless: who cooks
            needs no filing for packed food.
    """

    id: str
    kind: QuestionKind
    ask: str
    options: tuple[str, ...]
    basis: str
    if_yes: str = ""
    if_no: str = ""
    label: str = ""
    unit: str = ""
    beside: str = ""
    beside_trades: tuple[str, ...] = ()
    covered_by: tuple[str, ...] = ()

    def is_beside(self, one_thing_id: str | None, industry_code: str | None) -> bool:
        """Tell whether yes wants the matter `beside` in a trade."""
        if not self.beside or not self.beside_trades:
            return bool(self.beside)
        code = industry_code or ""
        return one_thing_id in self.beside_trades or any(
            code.startswith(trade) for trade in self.beside_trades
        )

    def adds_to(self, own: Collection[str]) -> bool:
        """Tell whether yes adds the matter `beside` to a trade with these matters."""
        return self.beside not in own and not set(self.covered_by) & set(own)

    def said(self, answer: Answer) -> str:
        """Return an answer as a clause people read; "" where the catalogue has no words for it."""
        if self.kind is QuestionKind.BOOL:
            return self.if_yes if answer else self.if_no
        if not self.label:
            return ""
        if self.kind is QuestionKind.NUMBER:
            return f"{self.label}{answer:.10g}{self.unit}"
        return f"{self.label}为“{answer}”"


@dataclass(frozen=True)
class RegistrationOption:
    """A registration matter and the answers that choose it."""

    matter_id: str
    when: Condition


@dataclass(frozen=True)
class Component:
    """One matter of a bundle.

    Attributes:
        matter_id: Id of a matter, or `REGISTRATION`.
        after: Ids (or `REGISTRATION`) of components of this bundle that come first.
        working_days: Typical length in working days.
        when: Needed only then; None means always.
        note: What to add for people; "" when nothing.
    """

    matter_id: str
    after: tuple[str, ...]
    working_days: float
    when: Condition | None
    note: str


@dataclass(frozen=True)
class PromisedTotal:
    """Length of a whole bundle, in working days."""

    working_days: float
    provenance: Provenance


@dataclass(frozen=True)
class TypicalCase:
    """A worked example of a bundle, against which the planner is tested.

    Attributes:
        answers: By question id.
        matter_ids: Components that these answers need, in the order of the bundle.
        working_days: Longest path with these answers.
        all_conditions_working_days: Longest path when every condition holds.
    """

    answers: Mapping[str, Answer]
    matter_ids: tuple[str, ...]
    working_days: float
    all_conditions_working_days: float


@dataclass(frozen=True)
class OneThing:
    """A bundle of matters that serve one wish.

    Attributes:
        id: Stable id such as `ot-restaurant`.
        name: Name shown to applicants.
        aliases: What people say.
        industry_codes: GB/T 4754-2017 codes (or a section letter) that it serves.
        question_ids: Questions to ask, in this order.
        registration_options: Which registration matter `REGISTRATION` stands for.
        components: The matters.
        promised_total: Length of the whole.
        faqs: Questions that people ask.
        sources: Where the entry comes from.
        provenance: The same in one, with date and confidence.
        typical: A worked example.
    """

    id: str
    name: str
    aliases: tuple[str, ...]
    industry_codes: tuple[str, ...]
    question_ids: tuple[str, ...]
    registration_options: tuple[RegistrationOption, ...]
    components: tuple[Component, ...]
    promised_total: PromisedTotal
    faqs: tuple[Faq, ...]
    sources: tuple[Citation, ...]
    provenance: Provenance
    typical: TypicalCase

    @property
    def confidence(self) -> Confidence:
        """How far the entry as a whole may be relied on."""
        return self.provenance.confidence
