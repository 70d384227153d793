"""Asks which matter a question is about, with guesses as buttons."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.finding.matter_answer import say_answer
from actions.forms.ask import chosen
from actions.forms.form import ValidateForm
from actions.forms.question import Answer, Problem, Question, Value
from actions.questions.joined_question import answer_joined
from actions.questions.matter_faqs import asks_plain_topic
from actions.questions.sure_question import says_sure_question
from actions.steering.chosen_in_words import matter_told, offered_matters
from actions.trades.start_answers import own_matters
from actions.turns.focus import on_matter
from actions.turns.history import is_handed_over
from actions.turns.names import (
    LONG_STORY,
    find_matters,
    matter_buttons,
    matter_choices,
    sure_matter,
)
from actions.turns.skill import close_form, finish_form
from actions.turns.trades_named import trade_of
from actions.turns.turn import Turn
from bot.domain.matters import Matter
from bot.services.words.any_matter import point_asked
from bot.services.words.matter_remarks import asks
from bot.services.words.remarks import clauses
from bot.services.words.vague import names_only_a_paper


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
            topic, matter = told
            say_answer(topic, matter, say)
            return [*on_matter(matter, topic), *close_form(), *finish_form(turn, say)]
        joined = answer_joined(turn, say) if is_here else []
        if joined:  # 非得办分公司不可吗, after 想在同区再摆个点
            return [*joined, *close_form(), *finish_form(turn, say)]
        if is_here and not asks_plain_topic(turn) and says_sure_question(turn, say):
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


def _told_first(turn: Turn) -> tuple[str, Matter] | None:
    """Return what is asked of the matter of those offered that is told first: 理发店的，要几天."""
    first, *more = clauses(turn.text)
    topic = next(iter(app().dialogue_words.topics_in(more[0])), None) if len(more) == 1 else None
    if topic is None or asks(first):
        return None
    matter = matter_told(replace(turn, text=first)) or _of_trade(turn, offered_matters(turn))
    return None if matter is None else (topic, matter)


def _of_trade(turn: Turn, found: Sequence[Matter]) -> Matter | None:
    """Return the only one of some matters that the trade wants which is named; None for else."""
    trade = trade_of(turn.entity("industry"))
    own = {one.id for one in own_matters(trade)} if trade else set()
    wanted = [one for one in found if one.id in own]
    return wanted[0] if len(wanted) == 1 else None


def _ask_matter(turn: Turn, say: CollectingDispatcher) -> None:
    told = str(turn.slots.get("matter_name") or "")
    asked = point_asked(told)
    names_none = asked is not None and not asked.named  # 别人代办行吗 looks like many
    names_none |= names_only_a_paper(told)
    found = [] if names_none else find_matters(told)
    if found:
        say.utter_message(
            response="utter_matters_ask_which",
            choices=matter_choices(found),
            buttons=matter_buttons("matter_id", found),
        )
    elif len(told) >= LONG_STORY and not names_none:
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
    wanted = _of_trade(turn, found)  # 就是卫生上的，我开浴池
    if wanted is not None:
        return Value(wanted.id, exact=True)
    if not found or turn.intent not in {"inform", "nlu_fallback"}:
        return None
    buttons = matter_buttons("matter_id", found)
    return Problem(
        "utter_common_suggest_matters", {"choices": matter_choices(found)}, buttons=buttons
    )
