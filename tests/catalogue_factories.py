"""A catalogue with only what a test needs: review rules and made-up policies."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from bot.domain.catalogue import Catalogue
from bot.domain.facts import Confidence, Provenance
from bot.domain.places import City
from bot.domain.policies import (
    Application,
    Benefit,
    Criteria,
    Policy,
    PolicyField,
    PolicyStatus,
    Validity,
)
from bot.domain.service_rules import ReviewHandling, ReviewLevel, ReviewRules, ServiceRules
from bot.store.catalogue.loader import load_catalogue

ROOT = Path(__file__).resolve().parent.parent

CHECKED_ON = date(2026, 11, 23)

FIELDS = {
    "taxpayer_type": "增值税纳税人类型：small_scale/general",
    "monthly_sales": "月销售额（元，不含税）",
    "employees": "从业人数（人）",
    "layoff_rate": "上年度裁员率",
    "manufacturing": "是否制造业",
    "owner_group": "创业者身份：退役军人/网络商户",
    "entity_type": "主体类型：公司/个体工商户",
}


@cache
def facts() -> Catalogue:
    """Return the product's own catalogue."""
    return load_catalogue(ROOT / "data" / "catalogue")


def provenance(confidence: Confidence = Confidence.HIGH) -> Provenance:
    """Return where a made-up fact comes from."""
    return Provenance("测试", verified=True, checked_on=CHECKED_ON, confidence=confidence)


def policy(
    criteria: Criteria,
    policy_id: str = "p",
    *,
    since: date = date(2023, 1, 1),
    until: date | None = None,
    status: PolicyStatus = PolicyStatus.ACTIVE,
) -> Policy:
    """Return a made-up policy with these criteria."""
    return Policy(
        id=policy_id,
        name=f"政策{policy_id}",
        aliases=(),
        level="国家",
        kind="税收减免",
        criteria=criteria,
        benefit=Benefit("exempt", "增值税", "免征", ""),
        application=Application("申报即享", (), (), ""),
        validity=Validity(since, until, status),
        departments=(),
        faqs=(),
        notes="",
        stacking="",
        sources=(),
        provenance=provenance(),
    )


def review_rules() -> ReviewRules:
    """Return the five levels, a follow-up in one working day and five to settle."""
    names = {5: "非常满意", 4: "满意", 3: "基本满意", 2: "不满意", 1: "非常不满意"}
    steps = {"指派回访核实": 1.0, "情况复杂的": 5.0, "误评、恶意差评": None}
    return ReviewRules(
        levels=tuple(ReviewLevel(n, name, is_negative=n < 3) for n, name in names.items()),
        levels_provenance=provenance(),
        negative=provenance(),
        late_window_working_days=5.0,
        late_window=provenance(),
        handling=tuple(
            ReviewHandling(step, "", days, provenance(), provenance())
            for step, days in steps.items()
        ),
    )


def catalogue(*policies: Policy) -> Catalogue:
    """Return a catalogue with these policies; parts that no test here reads are empty."""
    rules: dict[str, Any] = dict.fromkeys(ServiceRules.__dataclass_fields__)
    empty: Mapping[str, Any] = {}
    return Catalogue(
        checked_on=CHECKED_ON,
        matters=empty,
        one_things=empty,
        project_types=empty,
        stages=empty,
        official_limits=(),
        policies={each.id: each for each in policies},
        policy_fields={name: PolicyField(name, text) for name, text in FIELDS.items()},
        questions=empty,
        city=City("371500", "聊城市"),
        districts=empty,
        departments=empty,
        enterprise_types=empty,
        industries=empty,
        service_rules=ServiceRules(**{**rules, "review": review_rules()}),
        sources=empty,
    )
