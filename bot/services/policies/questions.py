"""The next question about an enterprise: the fact that bears on most open policies, and why."""

import enum
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Protocol

from bot.domain.eligibility import Profile
from bot.domain.policies import Policy, Scalar
from bot.services.policies.library import PolicyLibrary

MAY_BE_NOBODY = "身份"
"""Word of fields that list groups of people; many enterprises have nobody of any of them."""


class AnswerKind(enum.Enum):
    """What kind of answer a field takes."""

    YES_NO = "yes_no"
    NUMBER = "number"
    CHOICE = "choice"


@dataclass(frozen=True)
class PolicyQuestion:
    """The next thing worth asking.

    Attributes:
        field: Id in the profile.
        text: Meaning, unit and possible values, for people.
        words: The question itself.
        options: Values that criteria name, then others that the field lists; for `CHOICE` only.
        is_open: None of the options may be true; such an answer is any other word.
        decides: How many of the open policies it bears on.
        example: One of them, so that the question can say why it is asked.
    """

    field: str
    text: str
    words: str
    kind: AnswerKind
    options: tuple[str, ...]
    is_open: bool
    decides: int
    example: str


class OpenPolicy(Protocol):
    """A policy that hangs on facts that are missing."""

    @property
    def policy(self) -> Policy:
        """The policy."""

    @property
    def missing(self) -> tuple[str, ...]:
        """Fields that could still decide it."""


def next_question(
    profile: Profile,
    candidates: Sequence[OpenPolicy],
    library: PolicyLibrary,
    *,
    skipped: Collection[str] = (),
) -> PolicyQuestion | None:
    """Return the missing field that bears on most open policies, None when there is none.

    Args:
        profile: What is known.
        candidates: Open policies that have not ended, the best founded first.
        library: All policies.
        skipped: Fields that were asked and not answered; they are not asked again.
    """
    is_known = {*profile, *skipped}
    # in one go: an update for each policy costs more than the counting
    counts = Counter(chain.from_iterable([each.missing for each in candidates]))
    for field in is_known:
        del counts[field]
    if not counts:
        return None
    order = list(library.catalogue.policy_fields)
    # the first one of the catalogue wins a tie, so the order of questions is the same each time
    field = min(counts, key=lambda name: (-counts[name], order.index(name)))
    return question_on(
        field,
        library,
        decides=counts[field],
        example=next(each.policy.name for each in candidates if field in each.missing),
    )


def question_on(
    field: str, library: PolicyLibrary, *, decides: int = 0, example: str = ""
) -> PolicyQuestion:
    """Return the question about a field."""
    values = library.values.get(field, ())
    described = library.catalogue.policy_fields[field]
    text = described.text
    kind = _kind(values)
    listed = text.partition("：")[2].split("/") if "：" in text else []
    named = [value for value in values if isinstance(value, str)]
    options = tuple(dict.fromkeys([*named, *listed])) if kind is AnswerKind.CHOICE else ()
    return PolicyQuestion(
        field=field,
        text=text,
        words=described.question or text,
        kind=kind,
        options=options,
        is_open=kind is AnswerKind.CHOICE and (not listed or MAY_BE_NOBODY in text),
        decides=decides,
        example=example,
    )


def _kind(values: Sequence[Scalar]) -> AnswerKind:
    if any(isinstance(value, bool) for value in values):
        return AnswerKind.YES_NO
    return AnswerKind.CHOICE if any(isinstance(v, str) for v in values) else AnswerKind.NUMBER
