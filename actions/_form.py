"""One engine for all forms: reads an answer, corrects an earlier one, repeats the open question.

A form is a list of questions. `validate_<form>` decides after each message whether it is an
answer, a correction, or something else; something else is rejected, and Rasa's rules answer it
and come back here, where the open question is asked again.
"""

from abc import abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker
from rasa_sdk.types import DomainDict

from actions._skill import LOG, SkillAction
from actions._turn import (
    ANSWER_INTENTS,
    CONTROL_INTENTS,
    QUESTION_INTENTS,
    Turn,
    is_fresh,
    read_turn,
)

SURE = 0.75
"""From this confidence on an intent outweighs a text that could also be an answer."""

PATIENCE = 2
"""After this many answers in a row that could not be used, a person is offered."""


@dataclass(frozen=True)
class Value:
    """An answer that fits. `exact` when the whole text is nothing but the answer."""

    value: Any
    exact: bool = False


@dataclass(frozen=True)
class Problem:
    """An answer that was meant but does not fit; `response` says what to do about it."""

    response: str
    values: Mapping[str, Any] = field(default_factory=dict)
    buttons: Sequence[Mapping[str, str]] = ()


Answer = Value | Problem | None
"""None: the text does not try to answer."""


@dataclass(frozen=True)
class Question:
    """One question of a form.

    Attributes:
        slot: Slot that keeps the answer.
        ask: Utters the question.
        parse: Reads an answer out of the turn.
        label: Words by which people name this question when they correct it.
        entity: Entity that answers this question even when another one is open.
        free_text: Any text is an answer, so that intents are trusted less.
        when_unknown: Value taken when the person does not know; None: must be answered.
        why: Response that says why it is asked.
        basis: Rule behind the question, shown in `why` where the catalogue knows one.
    """

    slot: str
    ask: Callable[[Turn, CollectingDispatcher], None]
    parse: Callable[[Turn], Answer]
    label: tuple[str, ...] = ()
    entity: str | None = None
    free_text: bool = False
    when_unknown: Any = None
    why: str = "utter_common_why"
    basis: str = ""


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
        slots = dict(turn.slots)
        questions = self.questions(turn, slots)
        opened = next((q for q in questions if q.slot == turn.requested), None)
        if turn.choice is not None:
            return self._read_choice(turn, questions, opened, say)
        if _is_digression(turn, opened):
            return _rejected(turn)
        if turn.intent == "skip" and opened is not None:
            return self._skip(turn, opened, say)
        if turn.intent == "go_back":
            return self._go_back(turn, questions, say)
        answer = opened.parse(turn) if opened else None
        if isinstance(answer, Value) and opened and _is_taken(turn, opened, answer):
            changes = {**_others(turn, questions, opened), opened.slot: answer.value}
            return self._accept(turn, changes, say)
        changes = _others(turn, questions, opened)
        if changes and turn.intent not in QUESTION_INTENTS:
            return self._accept(turn, changes, say)
        if isinstance(answer, Problem) and turn.intent not in QUESTION_INTENTS:
            return self._refuse(turn, answer, say)
        if turn.intent in ANSWER_INTENTS or turn.confidence < SURE:
            return self._refuse(turn, Problem("utter_common_not_an_answer"), say)
        return _rejected(turn)

    def _read_choice(
        self,
        turn: Turn,
        questions: Sequence[Question],
        opened: Question | None,
        say: CollectingDispatcher,
    ) -> list[EventType]:
        assert turn.choice is not None
        slot, _ = turn.choice
        question = next((q for q in questions if q.slot == slot), None)
        if question is None:
            say.utter_message(response="utter_common_old_button")
            return self._ask_next(turn, dict(turn.slots), {"form_failures": 0.0}, say)
        answer = question.parse(turn)
        if isinstance(answer, Problem):
            return self._refuse(turn, answer, say)
        if answer is None:
            return self._refuse(turn, Problem("utter_common_not_an_answer"), say)
        if question is not opened:
            if turn.slots.get(slot) == answer.value:
                say.utter_message(response="utter_common_already_noted")
            else:
                say.utter_message(response="utter_common_corrected")
        return self._accept(turn, {slot: answer.value}, say)

    def _skip(self, turn: Turn, opened: Question, say: CollectingDispatcher) -> list[EventType]:
        if opened.when_unknown is None:
            return self._refuse(turn, Problem("utter_common_cannot_skip"), say)
        say.utter_message(response="utter_common_skipped")
        return self._accept(turn, {opened.slot: opened.when_unknown}, say)

    def _go_back(
        self, turn: Turn, questions: Sequence[Question], say: CollectingDispatcher
    ) -> list[EventType]:
        changes = _others(turn, questions, None)
        if changes:
            say.utter_message(response="utter_common_corrected")
            return self._accept(turn, changes, say)
        answered = [q for q in questions if turn.slots.get(q.slot) is not None]
        named = [q for q in answered if any(word in turn.text for word in q.label)]
        target = (named or answered)[-1:]
        if not target:
            say.utter_message(response="utter_common_nothing_to_correct")
            return self._ask_next(turn, dict(turn.slots), {"form_failures": 0.0}, say)
        say.utter_message(response="utter_common_ask_again")
        changed = {target[0].slot: None, "form_failures": 0.0}
        return self._ask_next(turn, dict(turn.slots), changed, say)

    def _accept(
        self, turn: Turn, changes: Mapping[str, Any], say: CollectingDispatcher
    ) -> list[EventType]:
        slots = dict(turn.slots)
        derived = {**self.accepted(turn, slots, changes, say), "form_failures": 0.0}
        return self._ask_next(turn, slots, derived, say)

    def _refuse(self, turn: Turn, problem: Problem, say: CollectingDispatcher) -> list[EventType]:
        failures = float(turn.slots.get("form_failures") or 0) + 1
        buttons = [dict(button) for button in problem.buttons]
        say.utter_message(response=problem.response, buttons=buttons, **problem.values)
        if failures > PATIENCE:
            say.utter_message(response="utter_common_offer_person")
        return self._ask_next(turn, dict(turn.slots), {"form_failures": failures}, say)

    def _ask_next(
        self,
        turn: Turn,
        slots: dict[str, Any],
        changes: Mapping[str, Any],
        say: CollectingDispatcher,
    ) -> list[EventType]:
        slots.update(changes)
        missing = next((q for q in self.questions(turn, slots) if slots.get(q.slot) is None), None)
        if missing is not None:
            missing.ask(_with_slots(turn, slots), say)
        events = [SlotSet(name, value) for name, value in changes.items()]
        return [*events, SlotSet("requested_slot", missing.slot if missing else None)]


def _with_slots(turn: Turn, slots: Mapping[str, Any]) -> Turn:
    return Turn(**{**turn.__dict__, "slots": slots})


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


def _others(turn: Turn, questions: Sequence[Question], opened: Question | None) -> dict[str, Any]:
    """Return answers to other questions that the text gives by the way."""
    found: dict[str, Any] = {}
    for question in questions:
        if question is opened or question.entity is None:
            continue
        if turn.entity(question.entity) is None:
            continue
        answer = question.parse(turn)
        if isinstance(answer, Value) and answer.value != turn.slots.get(question.slot):
            found[question.slot] = answer.value
    return found


def open_question(turn: Turn) -> Question | None:
    """Return the question that is open in this turn, None outside forms."""
    for kind in ValidateForm.__subclasses__():
        form = kind()  # the children are concrete
        if form.form == turn.loop:
            questions = form.questions(turn, turn.slots)
            return next((q for q in questions if q.slot == turn.requested), None)
    return None
