"""Checks across policies: decidable clauses, contradictions on known fields, known services."""

from bot.domain.catalogue import Catalogue
from bot.domain.conditions import compared_literals, names
from bot.domain.contradictions import Contradiction
from bot.domain.policies import Criterion, Scalar, leaves
from bot.store.catalogue.problems import Findings, Place


def check_policies(catalogue: Catalogue, findings: Findings) -> None:
    """Report what is wrong between policies, their contradictions, and the firm services."""
    values: dict[str, set[Scalar]] = {}
    for policy in catalogue.policies.values():
        place = findings.place_of("policy", policy.id)
        if policy.department_id and policy.department_id not in catalogue.departments:
            findings.report(place, f"there is no department {policy.department_id!r}")
        for leaf in leaves(policy.criteria):
            _check_operator(leaf, place, findings)
            wanted = leaf.value if isinstance(leaf.value, tuple) else (leaf.value,)
            values.setdefault(leaf.field, set()).update(wanted)
    for contradiction in catalogue.policy_contradictions:
        _check_contradiction(contradiction, catalogue, values, findings)
    for group in catalogue.firm_services:
        place = findings.place_of("group of services", group.id)
        for matter_id in group.matter_ids:
            if matter_id not in catalogue.matters:
                findings.report(place, f"there is no matter {matter_id!r}")
        for policy_id in group.policy_ids:
            if policy_id not in catalogue.policies:
                findings.report(place, f"there is no policy {policy_id!r}")


def _check_operator(leaf: Criterion, place: Place, findings: Findings) -> None:
    is_ordered = leaf.operator.value in ("lt", "lte", "gt", "gte")
    if is_ordered and (isinstance(leaf.value, (bool, str, tuple))):
        findings.report(place, f"{leaf.field} {leaf.operator.value} needs a number as 'value'")


def _check_contradiction(
    found: Contradiction,
    catalogue: Catalogue,
    values: dict[str, set[Scalar]],
    findings: Findings,
) -> None:
    place = findings.place_of("contradiction", found.id)
    used = sorted(names(found.when))
    for name in used:
        if name not in catalogue.policy_fields:
            findings.report(place, f"there is no field {name!r} in policies.yml")
    if len(used) < 2:  # noqa: PLR2004 - one answer contradicts nothing
        findings.report(place, "a contradiction needs two fields in 'when'")
    for name, literal in compared_literals(found.when):
        text = catalogue.policy_fields[name].text if name in catalogue.policy_fields else ""
        is_known = literal in values.get(name, ()) or str(literal) in text
        if isinstance(literal, str) and text and not is_known:
            findings.report(place, f"{literal!r} can never be an answer to {name!r}")
