"""A package of policies as its page and its PDF show it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.documents.firm_services_text import ServiceSection, service_sections
from bot.documents.policy_words import (
    change_text,
    claim_mode,
    estimate_text,
    missing_text,
    validity_text,
    version_text,
)
from bot.domain.catalogue import Catalogue
from bot.domain.eligibility import Standing, Truth
from bot.services.policies.policies import PolicyFinding, PolicyPackage
from bot.services.policies.text import STANDING_WORDS, answer_text, clause_text, field_name

SIGNS = {Truth.MET: "✓", Truth.NOT_MET: "✗", Truth.UNKNOWN: "？"}


@dataclass(frozen=True)
class PolicyClause:
    """One clause; `sign` stands beside its words and says the same."""

    number: int
    sign: str
    text: str


@dataclass(frozen=True)
class PolicyRow:
    """One policy as people read it.

    Attributes:
        decisive: The one fact that would change a no, or what is missing; "" for neither.
        estimate: Amount with formula and basis; "" where none can be worked out.
        claim: How, where and with what it is claimed.
    """

    name: str
    level: str
    benefit: str
    standing: str
    clauses: tuple[PolicyClause, ...]
    decisive: str
    estimate: str
    claim: str
    validity: str
    version: str


@dataclass(frozen=True)
class PolicySection:
    """Policies with the same verdict."""

    id: str
    title: str
    intro: str
    rows: tuple[PolicyRow, ...]


@dataclass(frozen=True)
class PackagePage:
    """Everything that the page and the PDF may use as `package`.

    Attributes:
        made_on: Local day for which the verdicts hold, ISO.
        facts: What the enterprise said, one line each.
        url: Opens the page; for the PDF, "" on the page itself.
    """

    made_on: str
    facts: tuple[str, ...]
    sections: tuple[PolicySection, ...]
    services: tuple[ServiceSection, ...]
    url: str

    @property
    def fitting_count(self) -> int:
        """Return how many policies fit."""
        return len(self.sections[0].rows)


def package_page(
    package: PolicyPackage, catalogue: Catalogue, *, matter_ids: Sequence[str] = (), url: str = ""
) -> PackagePage:
    """Return the page of a package, with the services beside money."""

    def rows(found: Sequence[PolicyFinding]) -> tuple[PolicyRow, ...]:
        return tuple(_row(each, package, catalogue) for each in found)

    return PackagePage(
        made_on=package.today.isoformat(),
        facts=tuple(_facts(package, catalogue)),
        sections=(
            PolicySection(
                "fits", "符合", "条件都对上了，最终以受理部门审核为准。", rows(package.fitting)
            ),
            PolicySection(
                "would-fit",
                "只差一项",
                "改变这一项就符合。请按实际情况填写。",
                rows(package.nearly),
            ),
            PolicySection(
                "unknown", "还定不下来", "补上缺的情况就能判断。", rows(package.undecided)
            ),
            PolicySection("no", "不符合", "标 ✗ 的条件没有对上。", rows(package.refused)),
        ),
        services=service_sections(catalogue, matter_ids),
        url=url,
    )


def _row(found: PolicyFinding, package: PolicyPackage, catalogue: Catalogue) -> PolicyRow:
    policy = found.policy
    match = package.match(found)
    decisive = ""
    if found.changes:
        decisive = "只要：" + change_text(found, package, catalogue)
    elif found.missing:
        decisive = "还缺：" + missing_text(found, catalogue)
    return PolicyRow(
        name=policy.name,
        level=policy.level,
        benefit=policy.benefit.formula,
        standing="" if found.standing is Standing.IN_FORCE else STANDING_WORDS[found.standing],
        clauses=tuple(
            PolicyClause(number, SIGNS[clause.truth], clause_text(clause, catalogue))
            for number, clause in enumerate(match.clauses, 1)
        ),
        decisive=decisive,
        estimate=estimate_text(policy, package, catalogue),
        claim=f"{claim_mode(policy)}；{'、'.join(policy.application.channels)}",
        validity=validity_text(policy.validity),
        version=version_text(policy),
    )


def _facts(package: PolicyPackage, catalogue: Catalogue) -> Iterator[str]:
    for field, answer in package.profile.items():
        if field in catalogue.policy_fields:
            said = answer_text(field, answer, catalogue)
            yield f"{field_name(field, catalogue)}：{said}"
