"""Reads what orders the plan, begins it anew or leaves an answer open, beside what is told."""

from dataclasses import replace
from typing import Any

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.forms.form import ValidateForm
from actions.forms.question import Question, acknowledge
from actions.forms.reading import new_told
from actions.forms.rule_answers import OPEN, is_left_to_rules
from actions.questions.each_question import as_one
from actions.turns.turn import QUESTION_INTENTS, Turn
from bot.services.words.form_remarks import is_unsure, orders_plan
from bot.services.words.matter_remarks import asks
from bot.services.words.remarks import clauses, restarts, skips_the_rest


class OrderedForm(ValidateForm):
    """A form whose result may be ordered before all is told."""

    def _read_ordered(
        self, turn: Turn, opened: Question | None, say: CollectingDispatcher
    ) -> list[EventType] | None:
        """Take what is told before the order or beside a doubt; None where neither is said.

        "否 剩下的你看着排" answers first, and "不知道 学校食堂嘛" leaves the open answer to us.
        """
        parts = clauses(turn.text)
        if turn.choice is not None or not parts or self._is_story(opened):
            return None
        order = next((one for one in parts if orders_plan(one)), None)
        if order is None and len(parts) > 1:  # alone it is read where every form reads it
            order = next((one for one in parts if skips_the_rest(one)), None)
        if order is not None:
            return self._read_then_skip(turn, order, say)
        is_left = opened is not None and opened.when_unknown is not None and is_unsure(parts[0])
        if opened is None or not is_left or len(parts) == 1 or any(map(asks, parts)):
            return None
        told = new_told(self.told(turn), turn.slots, replaces=False)
        say.utter_message(response=opened.skipped)
        return self._accept(turn, {opened.slot: opened.when_unknown, **told}, say, opened)

    @staticmethod
    def _is_story(opened: Question | None) -> bool:
        return opened is not None and opened.free_text

    def _read_then_skip(self, turn: Turn, order: str, say: CollectingDispatcher) -> list[EventType]:
        """Read what stands beside the order, then leave all further questions."""
        before = turn.text.replace(order, "，", 1).strip("，, 。")
        if not before:
            return self._skip_rest(turn, say)
        intent = turn.intent if turn.intent in QUESTION_INTENTS else "inform"
        held = CollectingDispatcher()
        done = self._read(replace(as_one(turn, before), intent=intent), held)
        if is_left_to_rules(done):
            return self._skip_rest(turn, say)
        slots = {**turn.slots, **{str(e["name"]): e["value"] for e in done if "name" in e}}
        is_open = slots.get(OPEN) is not None
        say.messages.extend(held.messages[:-1] if is_open else held.messages)
        if not is_open:
            return done
        kept = [event for event in done if event.get("name") != OPEN]
        now = replace(turn, slots=slots, requested=str(slots[OPEN]))
        return [*kept, *self._skip_rest(now, say)]

    def _restart(self, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
        """Begin anew with what the text tells beside: 重来 我要开羽毛球馆."""
        rest = [part for part in clauses(turn.text) if not restarts(part)]
        if not rest or len(rest) == len(clauses(turn.text)):
            return super()._restart(turn, say)
        emptied = self.emptied(turn)
        slots: dict[str, Any] = {**turn.slots, **emptied}
        now = replace(as_one(turn, "，".join(rest)), slots=slots, requested=None)
        questions = self.questions(now, slots)
        found = self.answers_beside(now, questions, None, replaces=True)
        say.utter_message(response="utter_common_restarted")
        acknowledge(questions, slots, found, None, say)
        derived = {**emptied, **self.accepted(now, slots, found, say), "form_failures": 0.0}
        events = [SlotSet(name, value) for name, value in emptied.items() if name not in derived]
        return [*events, *self._ask_next(now, slots, derived, say)]
