"""Which form of enterprise fits, why, and what speaks against it: from the catalogue's reasons."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from bot.domain.catalogue import Catalogue
from bot.domain.conditions import Answer, evaluate
from bot.domain.one_things import Question, QuestionKind
from bot.domain.places import EnterpriseType, FormReason, ReasonKind

ADVICE_QUESTIONS = ("founders", "wants_limited", "raises_money", "can_pay_capital")
"""What decides between the forms, in the order to ask."""


@dataclass(frozen=True)
class RankedForm:
    """A form with the reasons that hold for the answers given.

    Attributes:
        form: The form.
        speaks_for: Reasons for it.
        speaks_against: Reasons against it.
    """

    form: EnterpriseType
    speaks_for: tuple[FormReason, ...]
    speaks_against: tuple[FormReason, ...]

    @property
    def score(self) -> float:
        """Weight of the reasons for it less that of those against it."""
        return sum(r.weight for r in self.speaks_for) - sum(r.weight for r in self.speaks_against)


@dataclass(frozen=True)
class FormAdvice:
    """A recommendation.

    Attributes:
        ranked: The forms that are possible, the best first; never empty.
        ruled_out: The others, each with the first reason.
        unfit: Forms to which the licences of the trade are not open.
    """

    ranked: tuple[RankedForm, ...]
    ruled_out: tuple[tuple[EnterpriseType, FormReason], ...]
    unfit: tuple[EnterpriseType, ...] = ()

    @property
    def best(self) -> RankedForm:
        """The form that is recommended."""
        return self.ranked[0]


def advise(catalogue: Catalogue, answers: Mapping[str, Answer]) -> FormAdvice:
    """Return the forms in the order in which the answers speak for them.

    Reasons that hang on an answer not given are left out; equal forms stay in the catalogue's
    order. When the answers leave no form, every form is ranked and nothing is ruled out.
    """
    ruled_out, ranked = [], []
    for form in catalogue.enterprise_types.values():
        reasons = _holding(form, answers)
        out = next((r for r in reasons if r.kind is ReasonKind.RULES_OUT), None)
        if out is None:
            ranked.append(_ranked(form, reasons))
        else:
            ruled_out.append((form, out))
    if not ranked:
        kinds = catalogue.enterprise_types.values()
        ranked, ruled_out = [_ranked(kind, _holding(kind, answers)) for kind in kinds], []
    ranked.sort(key=lambda each: -each.score)
    return FormAdvice(tuple(ranked), tuple(ruled_out))


def open_advice_questions(
    catalogue: Catalogue, answers: Mapping[str, Answer], skipped: frozenset[str] = frozenset()
) -> tuple[Question, ...]:
    """Return the questions whose answer can still change the form recommended, in order.

    Found by trying every answer to what is open: at most a few dozen combinations.
    """
    names = [n for n in ADVICE_QUESTIONS if n not in answers and n not in skipped]
    missing = [catalogue.question(name) for name in names if name in catalogue.questions]
    return tuple(q for q in missing if _matters(catalogue, answers, q, missing))


def _matters(
    catalogue: Catalogue,
    answers: Mapping[str, Answer],
    question: Question,
    missing: list[Question],
) -> bool:
    others = [other for other in missing if other is not question]
    for rest in product(*(_options(other) for other in others)):
        given = {**answers, **{o.id: value for o, value in zip(others, rest, strict=True)}}
        best = {
            advise(catalogue, {**given, question.id: option}).best.form.id
            for option in _options(question)
        }
        if len(best) > 1:
            return True
    return False


def _options(question: Question) -> tuple[Answer, ...]:
    return (True, False) if question.kind is QuestionKind.BOOL else question.options


def _holding(form: EnterpriseType, answers: Mapping[str, Answer]) -> tuple[FormReason, ...]:
    return tuple(r for r in form.reasons if r.when is None or evaluate(r.when, answers))


def _ranked(form: EnterpriseType, reasons: tuple[FormReason, ...]) -> RankedForm:
    return RankedForm(
        form,
        tuple(_of_kind(reasons, ReasonKind.FOR)),
        tuple(_of_kind(reasons, ReasonKind.AGAINST)),
    )


def _of_kind(reasons: tuple[FormReason, ...], kind: ReasonKind) -> Iterator[FormReason]:
    return (reason for reason in reasons if reason.kind is kind)
