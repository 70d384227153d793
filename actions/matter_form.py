"""Asks which matter a question is about, with guesses as buttons."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions._ask import chosen
from actions._chosen_in_words import matter_told
from actions._focus import on_matter
from actions._form import ValidateForm
from actions._history import is_handed_over
from actions._joined_question import answer_joined
from actions._matter_answer import say_answer
from actions._names import (
    LONG_STORY,
    find_matters,
    matter_buttons,
    matter_choices,
    sure_matter,
    trade_of,
)
from actions._question import Answer, Problem, Question, Value
from actions._skill import close_form, finish_form
from actions._start_answers import own_matters
from actions._sure_question import says_sure_question
from actions._turn import QUESTION_INTENTS, Turn
from bot.domain.matters import Matter
from bot.services.matter_remarks import asks
from bot.services.remarks import clauses


class ValidateMatterForm(ValidateForm):
    """Asks which matter is meant, with guesses as buttons."""

    form = "matter_form"

    def questions(self, turn: Turn, slots: Mapping[str, Any]) -> Sequence[Question]:
        """Return the one question."""
        return (
            Question(
                "matter_id",
                _ask_matter,
                _parse_matter,
                label=("事项",),
                entity="matter",
                why="utter_matters_why",
                examples="utter_common_examples_matter",
            ),
        )

    def _read(self, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
        """Answer a question of the catalogue that is asked instead: 施工证到期没开工能延几次."""
        is_here = turn.choice is None and turn.loop == self.form
        told = _told_first(turn) if is_here else None
        if told is not None:
            say_answer(turn.intent.removeprefix("ask_"), told, say)
            return [*on_matter(told, None), *close_form(), *finish_form(turn, say)]
        joined = answer_joined(turn, say) if is_here else []
        if joined:  # 非得办分公司不可吗, after 想在同区再摆个点
            return [*joined, *close_form(), *finish_form(turn, say)]
        if is_here and says_sure_question(turn, say):
            named = sure_matter(turn.text)
            kept = [] if named is None else on_matter(named, "eligibility")
            return [*kept, *close_form(), *finish_form(turn, say)]
        return super()._read(turn, say)

    def act(self, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
        """Ask again which matter is meant; what nothing was found for is not asked for again."""
        told = str(turn.slots.get("matter_name") or "")
        is_said_before = bool(turn.text) and told not in turn.text and len(told) >= LONG_STORY
        if is_said_before and not is_handed_over(turn) and not find_matters(told):
            return [SlotSet("matter_name", None), SlotSet("requested_slot", None)]
        return super().act(turn, say)


def _told_first(turn: Turn) -> Matter | None:
    """Return the matter of those offered that is told before a question: 理发店的，要几天."""
    first, *more = clauses(turn.text) or [turn.text]
    is_asked = len(more) == 1 and turn.intent in QUESTION_INTENTS and not asks(first)
    return matter_told(replace(turn, text=first)) if is_asked else None


def _ask_matter(turn: Turn, say: CollectingDispatcher) -> None:
    told = str(turn.slots.get("matter_name") or "")
    found = find_matters(told)
    if found:
        say.utter_message(
            response="utter_matters_ask_which",
            choices=matter_choices(found),
            buttons=matter_buttons("matter_id", found),
        )
    elif len(told) >= LONG_STORY:
        say.utter_message(response="utter_matters_none")
    else:
        say.utter_message(response="utter_matters_ask_name")


def _parse_matter(turn: Turn) -> Answer:
    pressed = chosen(turn, "matter_id")
    if pressed is not None:
        known = pressed in app().catalogue.matters
        return Value(pressed, exact=True) if known else None
    name = turn.entity("matter") or turn.text
    matter = matter_told(turn) or sure_matter(name)
    if matter is not None:
        return Value(matter.id, exact=len(turn.text) <= len(name))
    found = find_matters(name)
    trade = trade_of(turn.entity("industry"))
    own = {one.id for one in own_matters(trade)} if trade else set()
    wanted = [one for one in found if one.id in own]
    if len(wanted) == 1:  # 就是卫生上的，我开浴池
        return Value(wanted[0].id, exact=True)
    if not found or turn.intent not in {"inform", "nlu_fallback"}:
        return None
    buttons = matter_buttons("matter_id", found)
    return Problem(
        "utter_common_suggest_matters", {"choices": matter_choices(found)}, buttons=buttons
    )
