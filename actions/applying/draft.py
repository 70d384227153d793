"""The draft of an application as the slots hold it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from actions import app
from bot.domain.single_form import FieldProblem, FilledForm
from bot.planner.calendar import DueDate
from bot.services.applications.form_checks import Checks, check_field
from bot.services.applications.papers import PaperLine, materials_of, paper_lines
from bot.services.applications.single_form import fill, form_for, known_facts, prefill
from bot.services.applications.target import Target, target_of
from bot.services.times.local_time import local_day

TARGET, VALUES, FILLED = "apply_target", "apply_values", "apply_filled"
PAPERS, PAPERS_DONE = "apply_papers", "apply_papers_done"
CONSENT, CONFIRMED = "apply_consent", "apply_confirmed"
INSISTED, DRAFT, SENT = "apply_insisted", "apply_draft", "apply_sent"


@dataclass(frozen=True)
class Draft:
    """What is filled in so far.

    Attributes:
        lines: The papers with what is chosen for each.
        later: Proposed last day for papers that come later.
    """

    target: Target
    filled: FilledForm
    lines: tuple[PaperLine, ...]
    later: DueDate


def draft_of(slots: Mapping[str, Any]) -> Draft:
    """Return the draft; `apply_target` must be set."""
    application = app()
    target = target_of(str(slots[TARGET]), slots.get(VALUES) or {}, application.catalogue)
    filled = fill(form_for(application.forms, target.use), slots.get(VALUES) or {}, checks(slots))
    target = target_of(target.id, filled.values, application.catalogue)
    lines = paper_lines(
        materials_of(target.parts), slots.get(PAPERS) or {}, application.apply_words
    )
    days = application.catalogue.service_rules.deferral.working_days
    later = application.calendar.add_working_days(local_day(application.now()), days)
    return Draft(target, filled, lines, later)


def checks(slots: Mapping[str, Any]) -> Checks:
    """Return what fields are checked with."""
    application = app()
    insisted = slots.get(INSISTED)
    return Checks(
        application.now(),
        application.calendar,
        application.forbidden_word,
        frozenset({str(insisted)} if insisted else ()),
    )


def start_values(target_id: str, slots: Mapping[str, Any]) -> dict[str, str]:
    """Return what is known at the start: an earlier draft, and what the conversation knows."""
    application = app()
    target = target_of(target_id, {}, application.catalogue)
    form = form_for(application.forms, target.use)
    known = prefill(form, known_facts(slots, application.catalogue), checks(slots))
    kind = next(
        (
            one.id
            for one in application.catalogue.enterprise_types.values()
            if one.matter_id == target.matter.id
        ),
        None,
    )
    named = {"enterprise_type": kind} if kind else {}
    return {**known, **(slots.get(VALUES) or {}), **named}


def take(
    draft: Draft, typed: Mapping[str, str], slots: Mapping[str, Any]
) -> tuple[dict[str, str], list[FieldProblem]]:
    """Check typed values; returns the good ones, canonical, and what is wrong with the others."""
    good: dict[str, str] = {}
    wrong: list[FieldProblem] = []
    for field_id, text in typed.items():
        checked = check_field(draft.filled.form.field(field_id), text, checks(slots))
        if isinstance(checked, str):
            good[field_id] = checked
        else:
            wrong.append(checked)
    return good, wrong


def state_after(slots: Mapping[str, Any], values: Mapping[str, str]) -> dict[str, Any]:
    """Return the slots after the values have changed."""
    filled = draft_of({**slots, VALUES: values}).filled
    done = "yes" if filled.is_complete else None
    return {VALUES: dict(values), FILLED: done}


def lacking(lines: Sequence[PaperLine]) -> list[str]:
    """Return the papers without which nothing can be handed in."""
    return [line.material.name for line in lines if line.choice.value == "lacking"]
