"""Reads policies.yml."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from bot.domain.formulas import BadFormula, parse_formula
from bot.domain.policies import (
    AllOf,
    AnyOf,
    Application,
    Benefit,
    Criteria,
    Criterion,
    Estimate,
    Operator,
    Policy,
    PolicyField,
    PolicyStatus,
    Validity,
)
from bot.store.catalogue.facts import Defaults, read_cited_provenance, read_faqs, read_provenance
from bot.store.catalogue.problems import Findings
from bot.store.catalogue.reader import Entry

_LIST_OPERATORS = (Operator.IN, Operator.NIN)


def read_policies(
    file: Entry, findings: Findings
) -> tuple[dict[str, PolicyField], dict[str, Policy]]:
    """Read the profile fields and the policies, both by id."""
    defaults = Defaults().of(file)
    fields = _read_fields(file)
    policies = {}
    for entry in file.entries("policies", required=True):
        policy = _read_policy(entry, defaults.of(entry), fields)
        if findings.register("policy", policy.id, entry.place):
            policies[policy.id] = policy
    file.close()
    return fields, policies


def _read_fields(file: Entry) -> dict[str, PolicyField]:
    words = file.entry("fields")
    fields = {name: PolicyField(name, words.text(name)) for name in words.keys()}  # noqa: SIM118
    if not file.has("questions"):
        return fields
    asked = file.entry("questions")
    told = {name: replace(field, question=asked.text(name, "")) for name, field in fields.items()}
    asked.close()  # one about a field that is not declared is a fault
    return told


def _read_policy(entry: Entry, defaults: Defaults, fields: dict[str, PolicyField]) -> Policy:
    sources, provenance = read_cited_provenance(entry, defaults)
    root = entry.entry("criteria")
    policy = Policy(
        id=entry.text("id"),
        name=entry.text("name"),
        aliases=entry.texts("aliases"),
        level=entry.text("level"),
        kind=entry.text("kind"),
        criteria=_read_criteria(root, fields),
        benefit=_read_benefit(entry.entry("benefit"), defaults, fields),
        application=_read_application(entry.entry("application")),
        validity=_read_validity(entry.entry("validity")),
        departments=entry.texts("departments", required=True),
        faqs=read_faqs(entry, defaults),
        notes=entry.text("notes", ""),
        stacking=entry.text("stacking", ""),
        sources=sources,
        provenance=provenance,
        department_id=entry.text("department_id", ""),
        dues=tuple(_read_estimate(one, defaults, fields) for one in entry.entries("dues")),
    )
    entry.close()
    return policy


def _read_criteria(entry: Entry, fields: dict[str, PolicyField]) -> Criteria:
    if entry.has("all"):
        criteria: Criteria = AllOf(tuple(_read_parts(entry, "all", fields)))
    elif entry.has("any"):
        criteria = AnyOf(tuple(_read_parts(entry, "any", fields)))
    else:
        criteria = _read_criterion(entry, fields)
    entry.close()
    return criteria


def _read_parts(entry: Entry, key: str, fields: dict[str, PolicyField]) -> Iterator[Criteria]:
    parts = entry.entries(key, required=True)
    if not parts:
        entry.fault(f"{key!r} names no condition", key)
    for part in parts:
        yield _read_criteria(part, fields)


def _read_criterion(entry: Entry, fields: dict[str, PolicyField]) -> Criterion:
    field, operator = entry.text("field"), entry.choice("op", Operator)
    if field and field not in fields:
        entry.fault(f"the field {field!r} is not declared under 'fields'", "field")
    if entry.is_list("value") != (operator in _LIST_OPERATORS):
        entry.fault("'in' and 'nin' need a list as 'value', all others a single one", "value")
    value = entry.scalars("value") if operator in _LIST_OPERATORS else entry.scalar("value")
    return Criterion(field, operator, value, entry.text("unit", ""))


def _read_benefit(entry: Entry, defaults: Defaults, fields: dict[str, PolicyField]) -> Benefit:
    benefit = Benefit(
        kind=entry.text("kind"),
        tax=entry.text("tax", ""),
        formula=entry.text("formula"),
        also=entry.text("also", ""),
        estimates=tuple(
            _read_estimate(one, defaults, fields) for one in entry.entries("estimates")
        ),
    )
    entry.close()
    return benefit


def _read_estimate(entry: Entry, defaults: Defaults, fields: dict[str, PolicyField]) -> Estimate:
    text = entry.text("formula")
    try:
        formula = parse_formula(text or "0")
    except BadFormula as error:
        entry.fault(str(error), "formula")
        formula = parse_formula("0")
    for name in formula.names:
        if name not in fields:
            entry.fault(f"the field {name!r} is not declared under 'fields'", "formula")
    estimate = Estimate(
        what=entry.text("what"),
        formula=formula,
        words=entry.text("words"),
        when=_read_criteria(entry.entry("when"), fields) if entry.has("when") else None,
        provenance=read_provenance(entry, defaults),
    )
    entry.close()
    return estimate


def _read_application(entry: Entry) -> Application:
    application = Application(
        mode=entry.text("mode"),
        channels=entry.texts("channels", required=True),
        materials=entry.texts("materials"),
        time=entry.text("time"),
    )
    entry.close()
    return application


def _read_validity(entry: Entry) -> Validity:
    since, until = entry.day("since"), entry.day("until")
    if since is None:
        entry.fault("'since' is missing", "since")
    if since is not None and until is not None and until < since:
        entry.fault("'until' is before 'since'", "until")
    validity = Validity(since or date.min, until, entry.choice("status", PolicyStatus))
    entry.close()
    return validity
