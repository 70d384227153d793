"""What applicants need to know about each step of a plan, joined from plan and catalogue.

Shared by the journeys `start_business` and `plan_project`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.domain.catalogue import Catalogue
from bot.domain.conditions import Answer, Condition, evaluate, names
from bot.domain.facts import Confidence, Provenance
from bot.domain.matters import Material, Matter
from bot.domain.one_things import Question
from bot.planner.plan import PlannedStep


@dataclass(frozen=True)
class MaterialSplit:
    """The documents of a matter by what the applicant has to do about them.

    Attributes:
        bring: To be handed in at once.
        later: May be handed in after acceptance (容缺).
        commit: A written commitment replaces them (告知承诺).
        held: The state already holds them; nobody hands them in (免提交).
        if_it_applies: Asked for in some cases only; the name says in which.
    """

    bring: tuple[Material, ...] = ()
    later: tuple[Material, ...] = ()
    commit: tuple[Material, ...] = ()
    held: tuple[Material, ...] = ()
    if_it_applies: tuple[Material, ...] = ()


@dataclass(frozen=True)
class PlanStep:
    """A step as applicants see it.

    Attributes:
        planned: The step with its dates.
        matter: The matter behind it, None for the applicant's own work and milestones.
        department: Who leads it; "" when nobody does.
        duration: Where the length of the step comes from.
        materials: The documents.
        undecided: Ids of the questions that would tell whether the step is needed at all; with
            any, the step is planned as if it were needed.
        is_optional: The law leaves it to the applicant.
        is_done: The applicant has said that it is behind them.
        note: What the catalogue adds.
    """

    planned: PlannedStep
    matter: Matter | None
    department: str
    duration: Provenance
    materials: MaterialSplit
    undecided: tuple[str, ...] = ()
    is_optional: bool = False
    is_done: bool = False
    note: str = ""

    @property
    def is_uncertain(self) -> bool:
        """The length is of low confidence: say 以窗口答复为准."""
        return self.duration.confidence is Confidence.LOW

    @property
    def is_provisional(self) -> bool:
        """The due date hangs on a calendar not yet published."""
        return self.planned.due.provisional


@dataclass(frozen=True)
class NextQuestion:
    """A question that still matters.

    Attributes:
        id: Name of the answer it fills.
        question: The catalogue's wording, options and basis; None for the journey's own
            questions, whose wording is a response.
        options: Possible answers where the journey knows them, else empty.
    """

    id: str
    question: Question | None = None
    options: tuple[str, ...] = ()


def split_materials(materials: Iterable[Material]) -> MaterialSplit:
    """Sort documents by what has to be done about them.

    What the state holds comes first, then what a commitment replaces, then what may follow.
    """
    groups: dict[str, list[Material]] = {}
    for material in materials:
        groups.setdefault(_group(material), []).append(material)
    return MaterialSplit(**{group: tuple(members) for group, members in groups.items()})


def open_questions(
    conditions: Iterable[Condition | None], answers: Mapping[str, Answer]
) -> frozenset[str]:
    """Return the ids of the unanswered questions on which some condition still hangs.

    A condition already decided by the answers given needs no more of its questions.
    """
    return frozenset(
        name
        for condition in conditions
        if condition is not None and evaluate(condition, answers) is None
        for name in names(condition)
        if name not in answers
    )


def undecided_by(condition: Condition | None, answers: Mapping[str, Answer]) -> tuple[str, ...]:
    """Return the ids of the questions a single condition still hangs on, sorted."""
    return tuple(sorted(open_questions((condition,), answers)))


def is_excluded(condition: Condition | None, answers: Mapping[str, Answer]) -> bool:
    """Tell whether the answers rule out what hangs on the condition; undecided is not excluded."""
    return condition is not None and evaluate(condition, answers) is False


def asked(catalogue: Catalogue, question_id: str) -> NextQuestion:
    """Return a question of the catalogue as the next one to ask.

    Raises:
        UnknownQuestion: The catalogue has no such question.
    """
    question = catalogue.question(question_id)
    return NextQuestion(question_id, question, question.options)


def _group(material: Material) -> str:
    if material.shared_no_submit:
        return "held"
    if material.conditional or not material.required:
        return "if_it_applies"
    if material.commitment_ok:
        return "commit"
    return "later" if material.deferrable else "bring"
