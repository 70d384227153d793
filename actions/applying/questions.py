"""The questions of an application about its fields, the consent and the last look."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.applying.draft import (
    CONFIRMED,
    CONSENT,
    FILLED,
    Draft,
    draft_of,
    take,
)
from actions.forms.ask import NO, YES, asking, choice_button, chosen, yes_no
from actions.forms.question import Answer, Problem, Question, Value
from actions.turns.turn import QUESTION_INTENTS, Turn
from bot.documents import labels
from bot.documents.application_text import (
    commitments_text,
    fields_text,
    papers_summary,
)
from bot.documents.form_text import fault_text, form_text
from bot.domain.single_form import FieldFault, FieldKind, FieldProblem, FormField
from bot.services.applications.single_form import open_fields
from bot.services.reading.answers import read_yes_no
from bot.services.reading.form_reading import Reading, read_fields
from bot.services.reading.spoken_names import as_typed
from bot.services.words.matter_remarks import asks

INSIST, CHANGE = "insist", "change"
NUMBERS = frozenset(
    {
        FieldKind.AREA,
        FieldKind.CREDIT_CODE,
        FieldKind.DATE,
        FieldKind.ID_NUMBER,
        FieldKind.MONEY,
        FieldKind.PHONE,
    }
)
NO_PERSON = frozenset({"district", "enterprise_type", "industry", "matter", "project_type"})
"""Entities that are nobody's name."""

ASKED_AT_ONCE = 4
"""Fields asked for in one sentence."""


def fields_question(draft: Draft) -> Question:
    """Everything on the form that is still open, several fields at a time."""

    def parse(turn: Turn) -> Answer:
        return _parse_fields(draft, turn)

    return Question(
        FILLED, _ask_fields, parse, why="utter_apply_why_fields", explain=explain_fields
    )


def consent_question() -> Question:
    """Consent, with what commitments mean."""

    def ask(turn: Turn, say: CollectingDispatcher) -> None:
        said = commitments_text(draft_of(turn.slots).lines, app().catalogue)
        buttons = (
            choice_button(CONSENT, YES, labels.AGREE),
            choice_button(CONSENT, NO, labels.DISAGREE),
        )
        asking("utter_apply_ask_consent", lambda _: buttons, commitments=said)(turn, say)

    return yes_no(CONSENT, ask, why="utter_apply_why_consent")


def confirm_question() -> Question:
    """The filled form, read back and masked."""

    def parse(turn: Turn) -> Answer:
        if chosen(turn, CONFIRMED) == CHANGE:
            return Value(CHANGE, exact=True)
        is_here = turn.requested == CONFIRMED
        if is_here and turn.text.strip("。！!~ ") in app().apply_words["send"]:
            return Value(YES, exact=True)
        return plain.parse(turn)

    plain = yes_no(CONFIRMED, _ask_confirm)
    return replace(plain, parse=parse)


def _asked_now(draft: Draft) -> list[FormField]:
    """Return the fields to ask for next: one choice, or several others of one section."""
    waiting = open_fields(draft.filled)
    first = waiting[0]
    if first.options:
        return [first]
    section = next(part for part in draft.filled.form.sections if first in part.fields)
    together = [one for one in waiting if one in section.fields and not one.options]
    return together[:ASKED_AT_ONCE]


def _ask_fields(turn: Turn, say: CollectingDispatcher) -> None:
    draft = draft_of(turn.slots)
    fields = _asked_now(draft)
    count = len(open_fields(draft.filled))
    if len(fields) > 1:
        names = fields_text(fields)
        say.utter_message(response="utter_apply_ask_fields", count=count, fields=names)
        return
    one = fields[0]
    buttons = [
        choice_button(FILLED, f"{one.id}={option.id}", option.label) for option in one.options
    ]
    say.utter_message(
        response="utter_apply_ask_field",
        count=count,
        field=one.label,
        help=one.help,
        buttons=buttons,
    )


def explain_fields(turn: Turn, say: CollectingDispatcher) -> None:
    """Say what the fields asked for now want, or why they are asked."""
    asked = _asked_now(draft_of(turn.slots))
    told = "\n".join(f"· {one.label}：{one.help}" for one in asked if one.help)
    if told:
        say.utter_message(response="utter_apply_field_help", help=told)
    else:
        say.utter_message(response="utter_apply_why_fields")


def _parse_fields(draft: Draft, turn: Turn) -> Answer:
    pressed = chosen(turn, FILLED)
    if pressed is not None:
        field_id, _, value = pressed.partition("=")
        known = {one.id for one in draft.filled.fields} | {INSIST}
        return Value({field_id: value}, exact=True) if field_id in known else None
    typed, is_named = _typed(draft, turn)
    if not typed or (not is_named and _asks(turn)):
        return None
    good, wrong = take(draft, typed, turn.slots)
    if good or is_named:
        return Value(typed, exact=is_named or not wrong)
    if turn.intent in QUESTION_INTENTS:
        return None
    return faults(draft, wrong)


def _asks(turn: Turn) -> bool:
    """Tell whether "花多少钱" asks something; it is nobody's name."""
    has_number = any(map(str.isdigit, turn.text))
    return turn.intent in QUESTION_INTENTS and not has_number and asks(turn.text)


def read_typed(draft: Draft, turn: Turn, empty: Sequence[str]) -> Reading:
    """Read what the text says of the form; names and addresses stay as they are typed."""
    reading = read_fields(tuple(draft.filled.fields), turn.text, empty=empty)
    for name, value in reading.typed.items():
        reading.typed[name] = as_typed(value, turn.typed)
    return reading


def _typed(draft: Draft, turn: Turn) -> tuple[dict[str, str], bool]:
    """Return what the text says by field, and whether it names a field."""
    empty = [one.id for one in open_fields(draft.filled)]
    empty += [one.id for one in draft.filled.fields if one.id not in {*draft.filled.values, *empty}]
    reading = read_typed(draft, turn, empty)
    others = {entity.value for entity in turn.entities if entity.name in NO_PERSON}
    for field in draft.filled.fields:  # 高唐 个体户 gives nobody's name
        if field.kind is FieldKind.PERSON_NAME and reading.typed.get(field.id) in others:
            del reading.typed[field.id]
    if reading.typed or not open_fields(draft.filled):
        return reading.typed, bool(reading.labelled)
    first = _asked_now(draft)[0]
    answer = read_yes_no(turn.text, turn.intent)
    if answer is not None and first.option(YES) and first.option(NO):
        return {first.id: YES if answer else NO}, True
    # one field open, or the text tries to be a number: take it, or say what is wrong with it
    tries = first.kind in NUMBERS or len(_asked_now(draft)) == 1
    return ({first.id: turn.text} if tries and turn.text else {}), False


def faults(draft: Draft, wrong: Sequence[FieldProblem]) -> Problem:
    """Return the sentences about wrong values; a credit code may be insisted on."""
    said = "\n".join(fault_text(draft.filled.form, problem) for problem in wrong)
    return Problem("utter_apply_faults", {"faults": said})


def insist_buttons(
    draft: Draft, wrong: Sequence[FieldProblem], typed: Mapping[str, str]
) -> list[dict[str, str]]:
    """Return a button for a credit code that only fails its check digit."""
    return [
        choice_button(FILLED, f"{INSIST}={typed[problem.field_id]}", labels.INSIST)
        for problem in wrong
        if problem.fault is FieldFault.WRONG_CHECK_DIGIT
        and draft.filled.form.field(problem.field_id).kind is FieldKind.CREDIT_CODE
    ]


def _ask_confirm(turn: Turn, say: CollectingDispatcher) -> None:
    draft = draft_of(turn.slots)
    buttons = (
        choice_button(CONFIRMED, YES, labels.SEND),
        choice_button(CONFIRMED, CHANGE, labels.CHANGE),
        choice_button(CONFIRMED, NO, labels.DO_NOT_SEND),
    )
    asking(
        "utter_apply_ask_confirm",
        lambda _: buttons,
        form=form_text(draft.filled),
        papers=papers_summary(draft.lines, draft.later),
        matter=draft.target.matter.name,
    )(turn, say)
