"""What happens to a business after it was opened: a change, a move, its end, as steps in order."""

from dataclasses import dataclass

from bot.domain.conditions import Condition
from bot.domain.facts import Provenance


@dataclass(frozen=True)
class LifeEventStep:
    """One step.

    Attributes:
        id: Unique inside the event.
        matter_id: The matter, which also gives the length; None for other steps.
        name: Name of a step that is no matter.
        after: Ids of the steps that come first.
        when: Needed only then; None means always.
        calendar_days: Length of a public notice in calendar days; 0 for other steps.
        is_own: The applicant's own work, whose length nobody knows.
        note: What to add for people; "" when nothing.
        provenance: Origin of the step and its place.
    """

    id: str
    matter_id: str | None
    name: str
    after: tuple[str, ...]
    when: Condition | None
    calendar_days: int
    is_own: bool
    note: str
    provenance: Provenance


@dataclass(frozen=True)
class LifeEvent:
    """A change, a move or the end of a business, composed from matters of the catalogue.

    Attributes:
        id: Stable id such as `move`.
        name: Name shown to applicants.
        aliases: What people say.
        matter_ids: Matters that lead here when somebody asks how they are done.
        question_ids: Questions that decide, in the order to ask.
        steps: The steps.
        note: What to know about the whole.
        provenance: Origin of the whole.
    """

    id: str
    name: str
    aliases: tuple[str, ...]
    matter_ids: tuple[str, ...]
    question_ids: tuple[str, ...]
    steps: tuple[LifeEventStep, ...]
    note: str
    provenance: Provenance
