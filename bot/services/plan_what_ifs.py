"""What answering a question of a project differently would change, found by composing it anew."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.domain.catalogue import Catalogue
from bot.domain.conditions import Answer
from bot.domain.one_things import Question, QuestionKind
from bot.domain.projects import ProjectType
from bot.planner.calendar import ROUNDING_SLACK
from bot.planner.plan import Totals
from bot.services.plan_project import HAS_LAND, PlanProject, ProjectAnswers, land_step, names_used
from bot.services.plan_project_types import CHOICES, SMALL_LOW_RISK

LEVERS = ("land", SMALL_LOW_RISK)
"""Choosing questions that an applicant may still decide; the others say what is being built."""


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
    found = [
        what_if
        for question, answer, other in _others(journey, catalogue, answers)
        if not journey.contradictions(other)
        and (what_if := _compared(journey, kind, question, answer, answers, other))
    ]
    return tuple(sorted(found, key=lambda w: (w.change.elapsed, w.change.full, w.change.main)))


def _compared(
    journey: PlanProject,
    kind: ProjectType,
    question: Question,
    answer: Answer,
    answers: ProjectAnswers,
    other: ProjectAnswers,
) -> WhatIf | None:
    """Return what the other answers change; None when they change nothing or leave it open.

    Two types are compared over what both have: up to the start of building where one ends there,
    and with the land in hand where one begins with it.
    """
    then_kind = journey.type_of(other)
    if then_kind is None:
        return None
    until = None if kind.nodes[-1].id == then_kind.nodes[-1].id else COMMON_END
    if (land_step(kind) is None) != (land_step(then_kind) is None):
        answers, other = replace(answers, has_land=True), replace(other, has_land=True)
    now, then = journey.totals(answers, until), journey.totals(other, until)
    if now is None or then is None:
        return None
    change = Totals(then.main - now.main, then.full - now.full, then.elapsed - now.elapsed)
    if all(abs(days) <= ROUNDING_SLACK for days in (change.main, change.full, change.elapsed)):
        return None
    return WhatIf(
        question.id,
        answer,
        question.said(answer),
        change,
        then_kind.id if then_kind is not kind else None,
        next((n.name for n in kind.nodes if n.id == until), ""),
    )


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
        for name in LEVERS:
            for answer in CHOICES[name] or (True, False):
                if name in answers.choices and answer != answers.choices[name]:
                    choices = {**answers.choices, name: answer}
                    yield catalogue.question(name), answer, replace(answers, choices=choices)


def _answers(question: Question) -> tuple[Answer, ...]:
    return (True, False) if question.kind is QuestionKind.BOOL else question.options
