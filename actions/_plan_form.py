"""What the journeys that end in a plan have in common."""

from collections.abc import Mapping, Sequence
from typing import Any

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions._focus import on_matter
from actions._form import ValidateForm
from actions._plan_area import answer_area, matter_in_question
from actions._plan_asked import answer_plan_question
from actions._plan_dates import names_start
from actions._project_type_told import tell_project_type
from actions._question import Question
from actions._turn import Turn
from bot.domain.plans import PlanKind
from bot.services.plans import Follow, SharedPlan, save_plan


class ValidatePlanForm(ValidateForm):
    """A form that asks only what still changes its plan."""

    def _read(self, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
        """Take a day to start on for itself, never for an answer to the open question."""
        if names_start(turn):
            told = {k: v for k, v in self.told(turn).items() if turn.slots.get(k) is None}
            return self._accept(turn, told, say, None)
        return super()._read(turn, say)

    def _steer(
        self,
        turn: Turn,
        questions: Sequence[Question],
        opened: Question | None,
        say: CollectingDispatcher,
    ) -> list[EventType] | None:
        """Say beside the questions what the plan holds of an area that is asked about."""
        is_danger = app().dialogue_words.danger.are_in(turn.text)
        if not is_danger and (tell_project_type(turn, say) or answers_beside_questions(turn, say)):
            matter = matter_in_question(turn)
            kept = [] if matter is None else on_matter(matter, "eligibility")
            return [*kept, *self._ask_again(turn, say)]
        return super()._steer(turn, questions, opened, say)


def answers_beside_questions(turn: Turn, say: CollectingDispatcher) -> bool:
    """Answer what is asked about the plan while it is being made; False for nothing."""
    return answer_plan_question(turn, say) or answer_area(turn, say)


def answered_then_open(
    slots: Mapping[str, Any], prefix: str, names: Sequence[str], pending: Sequence[str]
) -> list[str]:
    """Return the questions that are answered (they can be corrected), then those still open.

    Args:
        slots: By name; the answer to a question is in `prefix` + its name.
        prefix: Of the journey's slots.
        names: All questions of the journey.
        pending: The open ones, in the order of asking.
    """
    answered = [n for n in names if slots.get(prefix + n) is not None and n not in pending]
    return [*answered, *pending]


def keep_plan(
    turn: Turn,
    kind: PlanKind,
    prefix: str,
    snapshot: Mapping[str, Any],
    following: Follow,
) -> tuple[SharedPlan, str]:
    """Save a plan once per message; returns it with the address of its page."""
    application = app()
    saved = save_plan(
        application.unit_of_work,
        origin=turn.origin("plan"),
        conversation_id=turn.conversation_id,
        kind=kind,
        answers={k: v for k, v in turn.slots.items() if k.startswith(prefix) and v is not None},
        snapshot=snapshot,
        now=application.now(),
        follow=following,
    )
    return saved, application.settings.base_url + saved.path
