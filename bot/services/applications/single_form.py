"""Filling in the single form: what the conversation knows already, and what is still open."""

from collections.abc import Mapping
from typing import Any

from bot.domain.catalogue import Catalogue
from bot.domain.plans import PlanKind
from bot.domain.single_form import (
    FieldFault,
    FieldProblem,
    FilledForm,
    FormField,
    FormUse,
    KnownFact,
    SingleForm,
)
from bot.services.applications.form_checks import Checks, check_field
from bot.services.policies.text import facts_text

FORM_OF_PLAN: Mapping[PlanKind, FormUse] = {
    PlanKind.START_BUSINESS: FormUse.START_BUSINESS,
    PlanKind.PROJECT: FormUse.PROJECT,
}

SLOTS: Mapping[KnownFact, tuple[str, ...]] = {
    KnownFact.APPLICANT: ("booking_name",),
    KnownFact.AREA: ("start_business_area_m2",),
    KnownFact.BUILDING_AREA: ("plan_project_total_area_m2",),
    KnownFact.COMPANY: ("whistle_company", "start_business_name"),
    KnownFact.CREDIT_CODE: ("whistle_credit_code",),
    KnownFact.DISTRICT: (
        "start_business_district",
        "whistle_district",
        "booking_district",
    ),
    KnownFact.ENTERPRISE_TYPE: ("start_business_enterprise_type",),
    KnownFact.HIRES_STAFF: ("start_business_hires_staff",),
    KnownFact.LAND_STATE: ("plan_project_has_land",),
    KnownFact.PHONE: ("booking_phone", "whistle_phone", "feedback_phone"),
    KnownFact.PREMISES: ("start_business_rents_premises",),
    KnownFact.PROJECT_TYPE: ("plan_project_type",),
    KnownFact.TRADE: ("start_business_trade",),
}
"""Where each fact stands in a conversation, the surest place first."""

MEANS: Mapping[KnownFact, Mapping[str, str]] = {
    KnownFact.LAND_STATE: {"yes": "have", "no": "none"},
    KnownFact.PREMISES: {"yes": "rented"},
}
"""What a yes or a no of the conversation is in the options of a form; no entry tells nothing."""

NOT_ANSWERED = frozenset({"", "unknown", "none", "-1"})
"""Values of slots whose question was left open."""


def form_for(forms: Mapping[str, SingleForm], use: FormUse) -> SingleForm:
    """Return the form of a use; the loader makes sure that there is exactly one."""
    return next(form for form in forms.values() if form.use is use)


def known_facts(slots: Mapping[str, Any], catalogue: Catalogue) -> dict[KnownFact, str]:
    """Return what the slots of a conversation, or the answers of a saved plan, tell.

    Args:
        slots: Slot name to value.
        catalogue: Gives the trade its name.
    """
    facts: dict[KnownFact, str] = {}
    for fact, names in SLOTS.items():
        given = (_plain(slots.get(name)) for name in names)
        value = next((text for text in given if text not in NOT_ANSWERED), None)
        if fact in MEANS:
            value = MEANS[fact].get(value or "")
        if value is not None:
            facts[fact] = value
    profile = slots.get("policy_profile")
    if isinstance(profile, Mapping) and profile:
        facts[KnownFact.POLICY_FACTS] = facts_text(profile, catalogue)
    if KnownFact.TRADE in facts:
        trade = _trade_name(facts.pop(KnownFact.TRADE), catalogue)
        facts.update({KnownFact.TRADE: trade} if trade else {})
    return facts


def prefill(form: SingleForm, facts: Mapping[KnownFact, str], checks: Checks) -> dict[str, str]:
    """Return the values that the known facts give; what does not pass its check is left out."""
    values: dict[str, str] = {}
    for field in form.fields:
        known = facts.get(field.prefill) if field.prefill is not None else None
        checked = check_field(field, known, checks) if known else None
        if isinstance(checked, str):
            values[field.id] = checked
    return values


def fill(form: SingleForm, values: Mapping[str, str], checks: Checks) -> FilledForm:
    """Check what was filled in; values of unknown fields and of those that do not apply go.

    The values may be typed ones or canonical ones. A value with a fault is kept in neither, so it
    is asked for again; its problem says why.
    """
    kept: dict[str, str] = {}
    problems: list[FieldProblem] = []
    for field in form.fields:
        if not field.applies(kept):
            continue
        checked = check_field(field, values.get(field.id, ""), checks)
        if isinstance(checked, str):
            kept[field.id] = checked
        elif checked.fault is not FieldFault.MISSING or field.required:
            problems.append(checked)
    return FilledForm(form, kept, tuple(problems))


def open_fields(filled: FilledForm) -> tuple[FormField, ...]:
    """Return the fields that must still be answered, in order."""
    wrong = {problem.field_id for problem in filled.problems}
    return tuple(field for field in filled.fields if field.id in wrong)


def _plain(value: object) -> str:
    if value is None:
        return ""
    return f"{value:.10g}" if isinstance(value, float) else str(value)


def _trade_name(trade: str, catalogue: Catalogue) -> str:
    kind, _, entry = trade.partition(":")
    if kind == "bundle" and entry in catalogue.one_things:
        bundle = catalogue.one_things[entry]
        return bundle.aliases[0] if bundle.aliases else bundle.name
    if kind == "code" and entry in catalogue.industries:
        return catalogue.industries[entry].name
    return ""
