"""What answering a question of a project differently would change, found by composing it anew."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from bot.domain.catalogue import Catalogue
from bot.domain.conditions import Answer
from bot.domain.one_things import Question, QuestionKind
from bot.domain.projects import ProjectType
from bot.planner.calendar import ROUNDING_SLACK
from bot.planner.plan import Totals
from bot.services.plans.project import HAS_LAND, PlanProject, ProjectAnswers, land_step, names_used
from bot.services.plans.project_types import CHOICES, SMALL_LOW_RISK

LEVERS = ("land", SMALL_LOW_RISK)
"""Choosing questions that an applicant may still decide; the others say what is being built."""


Counted = Callable[[str | None, bool], Totals]
"""Totals of the present answers, up to a step and with or without the land in hand."""

COMMON_END = "start"
"""Step that every project type has: building begins. 拿地即开工 ends with it."""


@dataclass(frozen=True)
class WhatIf:
    """One other answer and what it would change.

    Attributes:
        question_id: The question.
        answer: The other answer.
        said: The other answer as a clause people read.
        change: Working days more (above zero) or fewer (below) in each total.
        project_type_id: The type of project it would become; None when it stays the same.
        until: Name of the step up to which both plans are compared, because one of the two types
            ends there (开工); "" for the whole plans.
    """

    question_id: str
    answer: Answer
    said: str
    change: Totals
    project_type_id: str | None = None
    until: str = ""


def what_ifs(
    journey: PlanProject, catalogue: Catalogue, answers: ProjectAnswers
) -> tuple[WhatIf, ...]:
    """Return what each other answer would change, the one that saves most first.

    Every deciding question is tried with each of its other answers, the rest staying as it is;
    answers that change no total or would contradict another answer are left out. Costs one
    composition without dates for each. Empty while the project type is open.
    """
    kind = journey.type_of(answers)
    if kind is None:
        return ()
    now = lru_cache(maxsize=None)(lambda until, land: _totals(journey, answers, until, land))
    found = []
    for question, answer, other in _others(journey, catalogue, answers):
        until, change = _change(journey, kind, other, now)
        if any(abs(days) > ROUNDING_SLACK for days in (change.main, change.full, change.elapsed)):
            then_kind = journey.type_of(other)
            other_id = then_kind.id if then_kind and then_kind is not kind else None
            said = question.said(answer)
            found.append(WhatIf(question.id, answer, said, change, other_id, until))
    return tuple(sorted(found, key=lambda w: (w.change.elapsed, w.change.full, w.change.main)))


def _change(
    journey: PlanProject, kind: ProjectType, other: ProjectAnswers, now: Counted
) -> tuple[str, Totals]:
    """Return up to which step other answers are compared ("" for all), and the difference to now.

    Two types are compared over what both have: up to the start of building where one ends there,
    and with the land in hand where one begins with it. Nothing changes while a type is open, or
    when the other answers contradict each other.
    """
    then_kind = journey.type_of(other)
    if then_kind is None or journey.contradictions(other):
        return "", Totals(0, 0, 0)
    until = None if kind.nodes[-1].id == then_kind.nodes[-1].id else COMMON_END
    with_land = (land_step(kind) is None) != (land_step(then_kind) is None)
    before, then = now(until, with_land), _totals(journey, other, until, with_land)
    name = next((node.name for node in kind.nodes if node.id == until), "")
    change = (then.main - before.main, then.full - before.full, then.elapsed - before.elapsed)
    return name, Totals(*change)


def _totals(
    journey: PlanProject,
    answers: ProjectAnswers,
    until: str | None,
    with_land: bool,
) -> Totals:
    """Return the totals of answers whose project type is known."""
    found = journey.totals(replace(answers, has_land=True) if with_land else answers, until)
    assert found is not None
    return found


def _others(
    journey: PlanProject, catalogue: Catalogue, answers: ProjectAnswers
) -> Iterator[tuple[Question, Answer, ProjectAnswers]]:
    """Yield each question with another answer, and all answers with that one in its place."""
    kind = journey.type_of(answers)
    assert kind is not None
    current = {**kind.default_scenario, **answers.facts}
    for name in sorted(names_used(kind)):
        question = catalogue.question(name)
        for answer in _answers(question):
            if answer != current.get(name):
                yield question, answer, replace(answers, facts={**answers.facts, name: answer})
    if land_step(kind) is not None:
        other = not answers.has_land
        yield catalogue.question(HAS_LAND), other, replace(answers, has_land=other)
    if answers.project_type_id is None:
        settled = journey.settled(answers)
        for name in LEVERS:
            for answer in CHOICES[name] or (True, False):
                if name in settled and answer != settled[name]:
                    choices = {**answers.choices, name: answer}
                    yield catalogue.question(name), answer, replace(answers, choices=choices)


def _answers(question: Question) -> tuple[Answer, ...]:
    return (True, False) if question.kind is QuestionKind.BOOL else question.options
