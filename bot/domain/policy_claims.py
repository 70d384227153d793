"""A policy that is claimed at the window, as what can be applied for there: a matter of its own."""

import re
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from bot.domain.facts import Duration, Fee, Unit
from bot.domain.matters import Material, Matter
from bot.domain.policies import Policy

PREFIX = "policy:"
"""Begins the id of such a matter; no matter of the service list has a colon in its id."""

CATEGORY, KIND, RESULT = "policy", "惠企政策申领", "申领结果通知"
FORM = "按窗口要求"
CLAIM_BASIS = "比照许可事项，政策另有规定的以窗口答复为准"
"""The law on answers within five working days is about licences, not about claims."""

_SEPARATOR = re.compile(r"[、；](?![^（(]*[）)])")
_SEE_ELSEWHERE = re.compile(r"^见\s*\w+$")
_HELD, _MAY_LACK = "共享", "可免"


def claim_id(policy: Policy) -> str:
    """Return the id under which a policy is applied for."""
    return PREFIX + policy.id


def is_claim(matter_id: str) -> bool:
    """Tell whether a case is the claim of a policy."""
    return matter_id.startswith(PREFIX)


def claim_matters(policies: Iterable[Policy]) -> Mapping[str, Matter]:
    """Return what can be handed in at the window: policies whose entry names a department."""
    found = {claim_id(policy): _matter(policy) for policy in policies if policy.department_id}
    return MappingProxyType(found)


def _matter(policy: Policy) -> Matter:
    unknown = Duration(None, Unit.NOT_SPECIFIED, None, policy.provenance)
    return Matter(
        id=claim_id(policy),
        name=policy.name,
        aliases=policy.aliases,
        category=CATEGORY,
        stage="",
        kind=KIND,
        department_id=policy.department_id,
        department="、".join(policy.departments),
        applicants=(),
        channels=policy.application.channels,
        statutory=unknown,
        promised=unknown,
        fee=Fee(None, "", policy.provenance),
        materials=tuple(_materials(policy)),
        result=RESULT,
        conditions=(),
        legal_basis=policy.sources,
        depends_on=(),
        depends_on_any=(),
        depends_on_if=(),
        parallel_with=(),
        faqs=policy.faqs,
        industry_codes=(),
        validity="",
        notes=(policy.notes,) if policy.notes else (),
        sources=policy.sources,
        provenance=policy.provenance,
    )


def _materials(policy: Policy) -> Iterator[Material]:
    """Yield the documents one by one; the researched line names several at once."""
    names = (part for line in policy.application.materials for part in _SEPARATOR.split(line))
    for name in dict.fromkeys(name.strip() for name in names):
        if not name or _SEE_ELSEWHERE.match(name):
            continue
        may_lack = _MAY_LACK in name
        yield Material(
            name=name,
            form=FORM,
            copies=1,
            provided_by="",
            required=not may_lack,
            conditional=may_lack,
            deferrable=False,
            commitment_ok=False,
            shared_no_submit=_HELD in name,
            provenance=policy.provenance,
        )
