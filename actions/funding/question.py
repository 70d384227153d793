"""One question about the enterprise: its words with the reason, its buttons, its answer."""

from collections.abc import Callable, Mapping
from typing import Any

from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.forms.ask import asking, choice_button, chosen
from actions.forms.facts import yes_no_buttons
from actions.forms.question import Answer, Problem, Question, Value
from actions.turns.forms_named import find_enterprise_type
from actions.turns.turn import Turn
from bot.documents.labels import NONE_OF_THESE, TAXPAYERS, UNSURE
from bot.services.policies.answers import OutOfRange, read_amount
from bot.services.policies.questions import AnswerKind, PolicyQuestion
from bot.services.reading.answers import option_begun, read_option, read_yes_no
from bot.services.reading.numerals import NotANumber
from bot.services.words.policy import told_fields
from bot.services.words.policy_flags import told_flags
from bot.services.words.remarks import clauses

ANSWER = "policy_answer"
SKIP = "skip"
"""Answer of who does not know."""


def question(asked: PolicyQuestion) -> Question:
    """Return the question of the form for a field."""

    def buttons(_: Turn) -> list[dict[str, str]]:
        if asked.kind is AnswerKind.YES_NO:
            return yes_no_buttons(ANSWER)
        named = [
            choice_button(ANSWER, value, TAXPAYERS.get(value, value)) for value in asked.options
        ]
        if asked.is_open:
            named.append(choice_button(ANSWER, NONE_OF_THESE, NONE_OF_THESE))
        return [*named, {"title": UNSURE, "payload": "/skip"}]

    return Question(
        ANSWER,
        _ask(asked, buttons),
        lambda turn: _parse(turn, asked),
        when_unknown=SKIP,
        why="utter_policy_why",
        why_values=_why(asked),
        skipped="utter_policy_field_skipped",
        yes_no=asked.kind is not AnswerKind.CHOICE or asked.is_open,  # "没有" says no, or none
    )


def _why(asked: PolicyQuestion) -> Mapping[str, Any]:
    return {"decides": asked.decides, "example": asked.example}


def _ask(
    asked: PolicyQuestion, buttons: Callable[[Turn], list[dict[str, str]]]
) -> Callable[[Turn, CollectingDispatcher], None]:
    values = _why(asked)
    if asked.field == "taxpayer_type":
        return asking("utter_policy_ask_taxpayer_type", buttons, **values)
    if asked.field == "entity_type":
        return asking("utter_policy_ask_entity_type", buttons, **values)
    if asked.field == "employees":
        return asking("utter_policy_ask_employees", buttons, **values)
    return asking("utter_policy_ask_field", buttons, field=asked.words, **values)


def _parse(turn: Turn, asked: PolicyQuestion) -> Answer:
    text = chosen(turn, ANSWER) or turn.text
    flags = told_flags(text)
    if asked.field in flags:  # 没有高企, 没搞研发
        return Value(flags[asked.field], exact=True)
    if asked.kind is AnswerKind.YES_NO:
        if text in {"yes", "no"}:
            return Value(text == "yes", exact=True)
        answer = None if flags else read_yes_no(text, turn.intent)
        return None if answer is None else Value(answer, exact=True)
    if asked.kind is AnswerKind.NUMBER:
        try:
            return Value(read_amount(asked.field, text, app().policy_library))
        except OutOfRange:
            return Problem("utter_policy_out_of_range", {"field": asked.text}, is_sure=True)
        except NotANumber:
            return None
    if asked.is_open and (text == NONE_OF_THESE or read_yes_no(text) is False):
        return Value(NONE_OF_THESE, exact=True)
    option = read_option(text, {value: TAXPAYERS.get(value, value) for value in asked.options})
    option = option or _option_told(text, asked)
    if option is not None:
        return Value(option)
    if turn.intent in {"inform", "deny", "nlu_fallback"}:
        return Problem("utter_policy_pick_option")  # the question follows, with its buttons
    return None


def _option_told(text: str, asked: PolicyQuestion) -> Any:
    """Return the option that a part of a text begins, means by an everyday name, or tells."""
    options = {value: value for value in asked.options}
    begun = (option_begun(part, options) for part in clauses(text))
    told = form_of_enterprise(text, asked) or told_fields(text).get(asked.field)
    return next((one for one in begun if one), None) or told


def form_of_enterprise(text: str, asked: PolicyQuestion) -> str | None:
    """Return the option that an everyday name means: 个体户 for 个体工商户."""
    found = find_enterprise_type(text)
    if found is None:
        return None
    names = (found.name, found.answer)
    return next((o for o in asked.options if any(name.startswith(o) for name in names)), None)
