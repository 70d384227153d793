"""What a form asks and says: the next question, what was noted, what cannot be used.

How a message is read stands in `form.py`.
"""

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from actions.finding.no_matter import says_general
from actions.forms.handing_in import say_missing
from actions.forms.patience import refuse
from actions.forms.proposals import propose
from actions.forms.question import Problem, Question, acknowledge, mark_personal
from actions.turns.history import is_handed_over
from actions.turns.skill import SkillAction
from actions.turns.turn import Turn


class AskingForm(SkillAction):
    """The questions of a form in their order, and what is said of an answer."""

    @property
    @abstractmethod
    def form(self) -> str:
        """Return the name of the form."""

    def name(self) -> str:
        """Return the name that Rasa looks for."""
        return f"validate_{self.form}"

    @abstractmethod
    def questions(self, turn: Turn, slots: Mapping[str, Any]) -> Sequence[Question]:
        """Return the questions that matter, in order, given the answers so far."""

    def told(self, turn: Turn) -> Mapping[str, Any]:
        """Return answers by slot that the words give by the way, whatever question is open."""
        return {}

    def accepted(
        self,
        turn: Turn,
        slots: Mapping[str, Any],
        changes: Mapping[str, Any],
        say: CollectingDispatcher,
    ) -> Mapping[str, Any]:
        """Derive further slots from accepted answers, or say something about them."""
        return changes

    def emptied(self, turn: Turn) -> Mapping[str, Any]:
        """Return the slots with which the form begins anew."""
        answered = self.questions(turn, turn.slots)
        return {q.slot: None for q in answered if turn.slots.get(q.slot) is not None}

    def act(self, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
        """Ask the open question (again)."""
        if is_handed_over(turn):  # the applicant waits for a person now; nothing is asked
            return [SlotSet("requested_slot", turn.requested)]
        return self._ask_next(turn, dict(turn.slots), {}, say)

    def after_failure(self, tracker: Tracker) -> list[EventType]:
        """Keep the question open; nothing that was answered is lost."""
        kept = SlotSet("requested_slot", tracker.slots.get("requested_slot"))
        return [SlotSet("form_failures", 0.0), kept]

    def missing(self, turn: Turn, slots: Mapping[str, Any]) -> Question | None:
        """Return the first question without an answer, None when the form is complete."""
        return next((q for q in self.questions(turn, slots) if slots.get(q.slot) is None), None)

    def _skip(self, turn: Turn, opened: Question, say: CollectingDispatcher) -> list[EventType]:
        if opened.when_unknown is None:
            return self._refuse(turn, Problem("utter_common_cannot_skip"), opened, say)
        before = [q.slot for q in self.questions(turn, turn.slots) if q.skipped == opened.skipped]
        repeated = any(turn.slots.get(slot) == opened.when_unknown for slot in before)
        if not repeated:
            say.utter_message(response=opened.skipped)
        return self._accept(turn, {opened.slot: opened.when_unknown}, say, opened)

    def _skip_rest(self, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
        """Leave every further question to the usual case; those that must be answered stay."""
        slots = dict(turn.slots)
        changes: dict[str, Any] = {}
        while True:
            missing = self.missing(turn, slots)
            if missing is None or missing.when_unknown is None:
                break
            derived = self.accepted(turn, slots, {missing.slot: missing.when_unknown}, say)
            changes.update(derived)
            slots.update(derived)
            if slots.get(missing.slot) is None and missing.slot not in changes:
                break
        if not changes:
            opened = self.missing(turn, slots)
            return self._refuse(turn, Problem("utter_common_cannot_skip"), opened, say)
        say.utter_message(response="utter_common_skipped_rest")
        changes["form_failures"] = 0.0
        return self._ask_next(turn, dict(turn.slots), changes, say)

    def _restart(self, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
        say.utter_message(response="utter_common_restarted")
        emptied = {**self.emptied(turn), "form_failures": 0.0}
        return self._ask_next(turn, dict(turn.slots), emptied, say)

    def _accept(
        self,
        turn: Turn,
        changes: Mapping[str, Any],
        say: CollectingDispatcher,
        opened: Question | None,
    ) -> list[EventType]:
        slots = dict(turn.slots)
        asked = self.questions(turn, {**slots, **changes})
        acknowledge(asked, slots, changes, opened, say, is_typed=bool(turn.typed))
        derived = {**self.accepted(turn, slots, changes, say), "form_failures": 0.0}
        return self._ask_next(turn, slots, derived, say)

    def _refuse(
        self,
        turn: Turn,
        problem: Problem,
        opened: Question | None,
        say: CollectingDispatcher,
    ) -> list[EventType]:
        if turn.choice is None and not (opened and opened.free_text) and says_general(turn, say):
            return self._ask_again(turn, say)
        failures = refuse(turn, problem, opened, say)
        asked = self._ask_next(turn, dict(turn.slots), {"form_failures": failures}, say)
        return [*propose(turn, problem), *asked]

    def _ask_again(self, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
        return self._ask_next(turn, dict(turn.slots), {"form_failures": 0.0}, say)  # no rejection

    def _ask_next(
        self,
        turn: Turn,
        slots: dict[str, Any],
        changes: Mapping[str, Any],
        say: CollectingDispatcher,
        first: Question | None = None,
    ) -> list[EventType]:
        slots.update(changes)
        if (missing := first or self.missing(turn, slots)) is not None:
            say_missing(turn, self.questions(turn, slots), slots, say)
            mark_personal(missing, say)
            missing.ask(replace(turn, slots=slots), say)
        events = [SlotSet(name, value) for name, value in changes.items()]
        return [*events, SlotSet("requested_slot", missing.slot if missing else None)]
