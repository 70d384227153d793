"""The single form of a saved plan: what is known already, and what was filled in on its page."""

from collections.abc import Mapping
from datetime import datetime

from bot.domain.catalogue import Catalogue
from bot.domain.plans import PlanKind, SavedPlan
from bot.domain.single_form import FilledForm, KnownFact, SingleForm
from bot.services.applications.form_checks import Checks
from bot.services.applications.single_form import FORM_OF_PLAN, fill, form_for, known_facts, prefill
from bot.services.plans.snapshot import read_snapshot
from bot.services.ports import OpenUnitOfWork


def form_of_plan(
    unit_of_work: OpenUnitOfWork,
    saved: SavedPlan,
    *,
    forms: Mapping[str, SingleForm],
    catalogue: Catalogue,
    checks: Checks,
) -> FilledForm:
    """Return the form of a plan; what was filled in wins over what the conversation told."""
    form = form_for(forms, FORM_OF_PLAN[saved.kind])
    with unit_of_work() as unit:
        kept = unit.plan_forms.answers(saved.id)
    known = prefill(form, _known(saved, catalogue), checks)
    return fill(form, {**known, **(kept or {})}, checks)


def _known(saved: SavedPlan, catalogue: Catalogue) -> Mapping[KnownFact, str]:
    """Return what the plan knows: its answers, and the type that was worked out from them."""
    facts = known_facts(saved.answers, catalogue)
    if saved.kind is PlanKind.PROJECT:
        facts.setdefault(KnownFact.PROJECT_TYPE, read_snapshot(saved.snapshot).title)
    return facts


def fill_form_of_plan(
    unit_of_work: OpenUnitOfWork,
    saved: SavedPlan,
    given: Mapping[str, str],
    *,
    forms: Mapping[str, SingleForm],
    checks: Checks,
    now: datetime,
) -> FilledForm:
    """Check what was typed and keep what is right; the problems of the rest come back.

    A field that was emptied is kept empty: the page shows what its owner left there.
    """
    form = form_for(forms, FORM_OF_PLAN[saved.kind])
    filled = fill(form, given, checks)
    emptied = {one.id: "" for one in form.fields if one.id in given and not given[one.id].strip()}
    with unit_of_work() as unit:
        unit.plan_forms.save(saved.id, {**emptied, **filled.values}, now)
    return filled
