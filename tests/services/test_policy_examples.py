"""Twenty enterprises of different kinds; each verdict was written by hand from the clauses."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.domain.policy_verdicts import Verdict
from bot.services.policies.library import PolicyLibrary
from bot.services.policies.policies import (
    PolicyFinding,
    PolicyPackage,
    decisive_clauses,
    judge,
    policy_package,
)
from tests.catalogue_factories import facts

TODAY = date(2026, 11, 23)
EXAMPLES: list[dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("policy_examples.yml").read_text(encoding="utf-8")
)


@cache
def library() -> PolicyLibrary:
    return PolicyLibrary(facts())


def said(found: PolicyFinding, package: PolicyPackage) -> str:
    """Return a verdict with the facts that carry it, as the table writes it."""
    if found.verdict is Verdict.FITS:
        return "fits"
    if found.verdict is Verdict.WOULD_FIT:
        return "would_fit:" + named(leaf.field for leaf in found.changes)
    if found.verdict is Verdict.UNKNOWN:
        return "unknown:" + ",".join(found.missing)
    failing = decisive_clauses(package.match(found))
    return "no:" + named(clause.criterion.field for clause in failing)


def named(fields: Any) -> str:
    return ",".join(dict.fromkeys(fields))


@pytest.mark.parametrize("example", EXAMPLES, ids=[str(at) for at in range(len(EXAMPLES))])
def test_an_enterprise_gets_the_verdicts_that_the_clauses_give(example: dict[str, Any]) -> None:
    package = policy_package(example["profile"], library(), today=TODAY)
    verdicts = {
        found.policy.id: said(found, package)
        for found in judge(example["profile"], library(), today=TODAY)
    }

    assert {each: verdicts[each] for each in example["verdicts"]} == example["verdicts"]


def test_there_are_twenty_examples_that_reach_each_policy() -> None:
    assert len(EXAMPLES) == 20
    reached = {policy for example in EXAMPLES for policy in example["verdicts"]}
    assert reached == set(facts().policies)
