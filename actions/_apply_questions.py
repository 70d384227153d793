"""The questions of an application: what, the fields, the papers, consent, the last look."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions._apply_draft import (
    CONFIRMED,
    CONSENT,
    FILLED,
    PAPERS_DONE,
    TARGET,
    Draft,
    draft_of,
    take,
)
from actions._ask import NO, YES, asking, choice_button, chosen, yes_no
from actions._form import Answer, Problem, Question, Value
from actions._names import find_matters, sure_matter
from actions._project_answers import compose_project
from actions._start_answers import compose_start
from actions._turn import QUESTION_INTENTS, Turn
from bot.documents import labels
from bot.documents.application_text import (
    SHORT,
    commitments_text,
    fields_text,
    papers_summary,
    papers_text,
)
from bot.documents.form_text import fault_text, form_text
from bot.domain.applications import PaperChoice
from bot.domain.matters import Matter
from bot.domain.single_form import FieldFault, FieldKind, FieldProblem, FormField
from bot.services.answers import read_yes_no
from bot.services.application_target import OPENING, is_target
from bot.services.form_reading import read_fields
from bot.services.paper_words import read_papers
from bot.services.single_form import open_fields

INSIST, CHANGE, FINE = "insist", "change", "fine"
ASKS = re.compile(r"[吗么?？]|能不能|能否|可不可以|行不行")
"""A sentence about a paper that asks and does not tell."""

ASKED_AT_ONCE = 4
"""Fields asked for in one sentence."""

MOST_BUTTONS = 8


def target_question() -> Question:
    """Which matter, or the opening as a whole."""
    return Question(
        TARGET,
        _ask_target,
        _parse_target,
        label=("事项",),
        entity="matter",
        why="utter_matters_why",
    )


def fields_question(draft: Draft) -> Question:
    """Everything on the form that is still open, several fields at a time."""

    def parse(turn: Turn) -> Answer:
        return _parse_fields(draft, turn)

    return Question(
        FILLED, _ask_fields, parse, why="utter_apply_why_fields", explain=_explain_fields
    )


def papers_question(draft: Draft) -> Question:
    """Which papers are at hand, which come later, which a commitment replaces."""

    def parse(turn: Turn) -> Answer:
        return _parse_papers(draft, turn)

    return Question(PAPERS_DONE, _ask_papers, parse, label=("材料",), why="utter_apply_why_papers")


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


def _ask_target(turn: Turn, say: CollectingDispatcher) -> None:
    buttons = []
    matters = planned_matters(turn.slots)
    if turn.slots.get("journey") == "start_business" or not matters:
        buttons.append(choice_button(TARGET, OPENING, labels.WHOLE_OPENING))
    buttons += [choice_button(TARGET, one.id, one.name) for one in matters[:MOST_BUTTONS]]
    asking("utter_apply_ask_target", lambda _: buttons)(turn, say)


def planned_matters(slots: Mapping[str, Any]) -> list[Matter]:
    """Return the matters of the plan that was worked out last, each once."""
    journey = slots.get("journey")
    if journey == "start_business":
        found = [step.matter for step in compose_start(slots).steps if step.matter]
    elif journey == "plan_project":
        project = compose_project(slots)
        found = [step.matter for step in project.steps if step.matter] if project else []
    else:
        found = []
    return list({matter.id: matter for matter in found}.values())


def _parse_target(turn: Turn) -> Answer:
    pressed = chosen(turn, TARGET)
    if pressed is not None:
        return Value(pressed, exact=True) if is_target(pressed, app().catalogue) else None
    name = turn.entity("matter") or turn.text
    matter = sure_matter(name)
    if matter is not None:
        return Value(matter.id)
    if means_opening(turn.text):
        return Value(OPENING)
    found = find_matters(name, 5)
    if not found or turn.requested != TARGET or turn.intent in QUESTION_INTENTS:
        return None
    buttons = [choice_button(TARGET, guess.id, guess.name) for guess, _ in found]
    return Problem("utter_common_suggest_matters", buttons=buttons)


def means_opening(text: str) -> bool:
    """Tell whether the words mean the opening as a whole."""
    return any(word in text for word in app().apply_words["opening"])


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


def _explain_fields(turn: Turn, say: CollectingDispatcher) -> None:
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
    if not typed:
        return None
    good, wrong = take(draft, typed, turn.slots)
    if good or is_named:
        return Value(typed, exact=is_named or not wrong)
    if turn.intent in QUESTION_INTENTS:
        return None
    return faults(draft, wrong)


def _typed(draft: Draft, turn: Turn) -> tuple[dict[str, str], bool]:
    """Return what the text says by field, and whether it names a field."""
    empty = [one.id for one in open_fields(draft.filled)]
    empty += [one.id for one in draft.filled.fields if one.id not in {*draft.filled.values, *empty}]
    reading = read_fields(tuple(draft.filled.fields), turn.text, empty=empty)
    if reading.typed or not open_fields(draft.filled):
        return reading.typed, bool(reading.labelled)
    first = _asked_now(draft)[0]
    answer = read_yes_no(turn.text, turn.intent)
    if answer is not None and first.option(YES) and first.option(NO):
        return {first.id: YES if answer else NO}, True
    # one field open, or the text tries to be a code: say what is wrong with it
    tries = first.kind not in {FieldKind.TEXT, FieldKind.ADDRESS} or len(_asked_now(draft)) == 1
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


def _ask_papers(turn: Turn, say: CollectingDispatcher) -> None:
    lines = draft_of(turn.slots).lines
    buttons = [choice_button(PAPERS_DONE, FINE, labels.PAPERS_FINE)]
    for line in lines:
        for choice in line.options:
            if choice in {PaperChoice.LATER, PaperChoice.COMMIT} and len(buttons) < MOST_BUTTONS:
                title = f"{line.number} {SHORT[choice]}"
                buttons.append(choice_button(PAPERS_DONE, f"{line.number}={choice.value}", title))
    asking("utter_apply_ask_papers", lambda _: buttons, papers=papers_text(lines))(turn, say)


def _parse_papers(draft: Draft, turn: Turn) -> Answer:
    pressed = chosen(turn, PAPERS_DONE)
    if pressed == FINE:
        return Value({FINE: FINE}, exact=True)
    if pressed is not None:
        number, _, choice = pressed.partition("=")
        known = {str(line.number) for line in draft.lines}
        values = {one.value for one in PaperChoice}
        fits = number in known and choice in values
        return Value({number: choice}, exact=True) if fits else None
    wish = read_papers(turn.text, draft.lines, app().apply_words)
    if wish.unclear:
        return Problem("utter_apply_paper_unclear", {"clause": wish.unclear[0]})
    wanted = {str(number): choice.value for number, choice in wish.wishes.items()}
    is_yes = turn.requested == PAPERS_DONE and read_yes_no(turn.text, turn.intent) is True
    if wish.is_done or (is_yes and not wanted):
        wanted[FINE] = FINE
    return Value(wanted, exact=not ASKS.search(turn.text)) if wanted else None


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
