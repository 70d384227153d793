"""One engine for all forms: reads an answer, corrects an earlier one, repeats the open question.

A form is a list of questions. `validate_<form>` decides after each message whether it is an
answer, a correction, or something else; something else is rejected, and Rasa's rules answer it
and come back here, where the open question is asked again.
"""

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker
from rasa_sdk.types import DomainDict

from actions._beside import answer_of, clause_turn
from actions._question import Answer, Problem, Question, Value, acknowledge, explain_question
from actions._skill import LOG, SkillAction
from actions._turn import (
    ANSWER_INTENTS,
    CONTROL_INTENTS,
    QUESTION_INTENTS,
    Turn,
    is_fresh,
    read_turn,
)
from bot.services.remarks import asks_meaning, clauses, is_correction, skips_the_rest

__all__ = ["Answer", "Problem", "Question", "ValidateForm", "Value"]

SURE = 0.75
"""From this confidence on an intent outweighs a text that could also be an answer."""

REST = "form_rest"
"""Choice of a button that leaves all further questions to the usual case."""

PATIENCE = 2
"""After this many answers in a row that could not be used, a person is offered."""


class ValidateForm(SkillAction):
    """`validate_<form>` of every form; children say which questions are to be asked."""

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

    def act(self, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
        """Not used: `run` needs the tracker."""
        raise NotImplementedError

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

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[dict[str, Any]]:
        """Read the message and ask the next question."""
        turn = read_turn(tracker)
        try:
            if not is_fresh(tracker, self.form):
                return self._ask_next(turn, dict(turn.slots), {}, dispatcher)
            return self._read(turn, dispatcher)
        except Exception:  # noqa: BLE001 - silence would be worse; the error is logged
            LOG.exception("form_failed", form=self.form, conversation=turn.conversation_id)
            dispatcher.messages.clear()
            dispatcher.utter_message(response="utter_common_action_failed")
            return [
                SlotSet("form_failures", 0.0),
                SlotSet("requested_slot", turn.requested),
            ]

    def _read(self, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
        questions = self.questions(turn, turn.slots)
        opened = next((q for q in questions if q.slot == turn.requested), None)
        if turn.choice is not None:
            return self._read_choice(turn, questions, opened, say)
        if _is_digression(turn, opened):
            return _rejected(turn)
        is_story = opened is not None and opened.free_text
        if turn.intent == "go_back" or _skips(turn, is_story=is_story):
            return self._steer(turn, questions, opened, say)
        answer = opened.parse(turn) if opened else None
        if isinstance(answer, Value) and opened and _is_taken(turn, opened, answer):
            changes = {**self._others(turn, questions, opened), opened.slot: answer.value}
            return self._accept(turn, changes, say, opened)
        if opened and not is_story and asks_meaning(turn.text) and _is_unsure(turn):
            explain_question(opened, turn, say)
            # a slot besides requested_slot: otherwise Rasa takes it for a rejection
            return self._ask_next(turn, dict(turn.slots), {"form_failures": 0.0}, say)
        if turn.intent in QUESTION_INTENTS:
            return self._read_with_question(turn, questions, opened, say)
        changes = self._others(turn, questions, opened)
        if changes:
            return self._accept(turn, changes, say, opened)
        if isinstance(answer, Problem):
            return self._refuse(turn, answer, say)
        if turn.intent in ANSWER_INTENTS or turn.confidence < SURE:
            return self._refuse(turn, Problem("utter_common_not_an_answer"), say)
        return _rejected(turn)

    def _steer(
        self,
        turn: Turn,
        questions: Sequence[Question],
        opened: Question | None,
        say: CollectingDispatcher,
    ) -> list[EventType]:
        """Go back to an earlier question, or past the open one or past all."""
        if turn.intent == "go_back":
            return self._go_back(turn, questions, say)
        if skips_the_rest(turn.text) and not (opened and opened.free_text):
            return self._skip_rest(turn, say)
        return _rejected(turn) if opened is None else self._skip(turn, opened, say)

    def _read_with_question(
        self,
        turn: Turn,
        questions: Sequence[Question],
        opened: Question | None,
        say: CollectingDispatcher,
    ) -> list[EventType]:
        """Take the answers that stand beside a question, and answer the question as well."""
        changes: dict[str, Any] = {}
        parts = clauses(turn.text)
        for part in parts if len(parts) > 1 else ():
            said = clause_turn(turn, part)
            answer = opened.parse(said) if opened and not opened.free_text else None
            if opened and isinstance(answer, Value):
                changes.setdefault(opened.slot, answer.value)
            changes = {**self._others(said, questions, opened), **changes}
        answered = answer_of(turn.intent) if changes else None
        if answered is None:
            return _rejected(turn)
        slots = {**turn.slots, **changes}
        events = answered.act(_with_slots(turn, slots), say)
        if any(event.get("event") != "slot" for event in events):
            return _rejected(turn)  # it opens a form of its own; the answers are asked for again
        return [*events, *self._accept(turn, changes, say, opened)]

    def _read_choice(
        self,
        turn: Turn,
        questions: Sequence[Question],
        opened: Question | None,
        say: CollectingDispatcher,
    ) -> list[EventType]:
        assert turn.choice is not None
        slot, _ = turn.choice
        if turn.intent != "inform":  # a button of another skill: its rule comes first
            return _rejected(turn)
        if slot == REST:
            return self._skip_rest(turn, say)
        question = next((q for q in questions if q.slot == slot), None)
        if question is None:
            say.utter_message(response="utter_common_old_button")
            return self._ask_next(turn, dict(turn.slots), {"form_failures": 0.0}, say)
        answer = question.parse(turn)
        if isinstance(answer, Problem):
            return self._refuse(turn, answer, say)
        if answer is None:
            return self._refuse(turn, Problem("utter_common_not_an_answer"), say)
        if question is not opened and turn.slots.get(slot) == answer.value:
            say.utter_message(response="utter_common_already_noted")
        return self._accept(turn, {slot: answer.value}, say, opened)

    def _skip(self, turn: Turn, opened: Question, say: CollectingDispatcher) -> list[EventType]:
        if opened.when_unknown is None:
            return self._refuse(turn, Problem("utter_common_cannot_skip"), say)
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
            missing = self._missing(turn, slots)
            if missing is None or missing.when_unknown is None:
                break
            derived = self.accepted(turn, slots, {missing.slot: missing.when_unknown}, say)
            changes.update(derived)
            slots.update(derived)
            if slots.get(missing.slot) is None and missing.slot not in changes:
                break
        if not changes:
            return self._refuse(turn, Problem("utter_common_cannot_skip"), say)
        say.utter_message(response="utter_common_skipped_rest")
        changes["form_failures"] = 0.0
        return self._ask_next(turn, dict(turn.slots), changes, say)

    def _go_back(
        self, turn: Turn, questions: Sequence[Question], say: CollectingDispatcher
    ) -> list[EventType]:
        changes = self.corrections(turn)
        if changes:
            return self._accept(turn, changes, say, None)
        answered = [q for q in questions if turn.slots.get(q.slot) is not None]
        named = [q for q in answered if any(word in turn.text for word in q.label)]
        target = (named or answered)[-1:]
        if not target:
            say.utter_message(response="utter_common_nothing_to_correct")
            return self._ask_next(turn, dict(turn.slots), {"form_failures": 0.0}, say)
        say.utter_message(response="utter_common_ask_again")
        changed = {target[0].slot: None, "form_failures": 0.0}
        return self._ask_next(turn, dict(turn.slots), changed, say)

    def corrections(self, turn: Turn) -> dict[str, Any]:
        """Return the answers that the text puts in the place of earlier ones, by slot."""
        questions = self.questions(turn, turn.slots)
        changes = self._others(turn, questions, None)
        if changes:
            return changes
        for question in questions:
            current = turn.slots.get(question.slot)
            if current is None or not any(word in turn.text for word in question.label):
                continue
            said = replace(turn, requested=question.slot)
            answer = None if question.free_text else question.parse(said)
            if isinstance(answer, Value) and answer.value != current:
                return {question.slot: answer.value}
        return {}

    def _others(
        self, turn: Turn, questions: Sequence[Question], opened: Question | None
    ) -> dict[str, Any]:
        """Return answers to other questions that the text gives by the way."""
        found: dict[str, Any] = {}
        replaces = turn.intent == "go_back" or is_correction(turn.text)
        if opened is None or not opened.free_text:
            for slot, value in self.told(turn).items():
                known = turn.slots.get(slot)
                if known is None or (replaces and known != value):
                    found[slot] = value
        for question in questions:
            if question is opened or question.entity is None:
                continue
            if turn.entity(question.entity) is None:
                continue
            answer = question.parse(turn)
            if isinstance(answer, Value) and answer.value != turn.slots.get(question.slot):
                found[question.slot] = answer.value
        return found

    def _accept(
        self,
        turn: Turn,
        changes: Mapping[str, Any],
        say: CollectingDispatcher,
        opened: Question | None,
    ) -> list[EventType]:
        slots = dict(turn.slots)
        acknowledge(self.questions(turn, {**slots, **changes}), slots, changes, opened, say)
        derived = {**self.accepted(turn, slots, changes, say), "form_failures": 0.0}
        return self._ask_next(turn, slots, derived, say)

    def _refuse(self, turn: Turn, problem: Problem, say: CollectingDispatcher) -> list[EventType]:
        failures = float(turn.slots.get("form_failures") or 0) + 1
        buttons = [dict(button) for button in problem.buttons]
        say.utter_message(response=problem.response, buttons=buttons, **problem.values)
        if failures > PATIENCE:
            say.utter_message(response="utter_common_offer_person")
        return self._ask_next(turn, dict(turn.slots), {"form_failures": failures}, say)

    def _missing(self, turn: Turn, slots: Mapping[str, Any]) -> Question | None:
        return next((q for q in self.questions(turn, slots) if slots.get(q.slot) is None), None)

    def _ask_next(
        self,
        turn: Turn,
        slots: dict[str, Any],
        changes: Mapping[str, Any],
        say: CollectingDispatcher,
    ) -> list[EventType]:
        slots.update(changes)
        missing = self._missing(turn, slots)
        if missing is not None:
            missing.ask(_with_slots(turn, slots), say)
        events = [SlotSet(name, value) for name, value in changes.items()]
        return [*events, SlotSet("requested_slot", missing.slot if missing else None)]


def _with_slots(turn: Turn, slots: Mapping[str, Any]) -> Turn:
    return replace(turn, slots=slots)


def _rejected(turn: Turn) -> list[EventType]:
    # no slot but requested_slot: Rasa takes it that the form did not understand, and asks rules
    return [SlotSet("requested_slot", turn.requested)]


def _is_digression(turn: Turn, opened: Question | None) -> bool:
    if turn.intent in {"skip", "go_back"}:
        return False
    if turn.intent in CONTROL_INTENTS and turn.confidence >= SURE:
        return True
    if opened is None:
        return turn.intent not in ANSWER_INTENTS
    return False


def _is_taken(turn: Turn, opened: Question, answer: Value) -> bool:
    if answer.exact:
        return True
    if turn.intent in QUESTION_INTENTS:
        return turn.confidence < SURE
    return not (opened.free_text and turn.intent in CONTROL_INTENTS)


def form_named(name: str | None) -> "ValidateForm | None":
    """Return the form of this name, None when there is none."""
    forms = (kind() for kind in ValidateForm.__subclasses__())  # the children are concrete
    return next((form for form in forms if form.form == name), None)


def _skips(turn: Turn, *, is_story: bool) -> bool:
    return turn.intent == "skip" or (skips_the_rest(turn.text) and not is_story)


def _is_unsure(turn: Turn) -> bool:
    return turn.intent not in QUESTION_INTENTS or turn.entity("matter") is None


def open_question(turn: Turn) -> Question | None:
    """Return the question that is open in this turn, None outside forms."""
    form = form_named(turn.loop)
    if form is None:
        return None
    return next((q for q in form.questions(turn, turn.slots) if q.slot == turn.requested), None)
