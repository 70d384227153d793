"""Until when a deferred document has to follow, and what breaking a commitment means."""

from bot.domain.facts import Provenance
from bot.domain.service_rules import ServiceRules
from bot.planner.calendar import DueDate
from bot.services.plan_words import chinese_due


def deferral_text(rules: ServiceRules, until: DueDate | None = None) -> str:
    """Return until when a deferred document has to follow.

    Args:
        rules: The parameters of the service.
        until: The last day if the step is accepted today; None leaves it out.
    """
    deferral = rules.deferral
    days = f"{deferral.working_days:g}个工作日"
    day = "" if until is None else f"，今天受理的话最晚{chinese_due(until, until.on)}"
    return f"容缺后补：受理后{days}内补齐{day}（{_source(deferral.provenance)}）。{deferral.note}。"


def commitment_text(rules: ServiceRules) -> str:
    """Return for whom a commitment is not open, and what breaking it means."""
    commitment = rules.commitment
    return (
        f"承诺代替：{commitment.verification}（{_source(commitment.verification_provenance)}）；"
        f"不适用于{commitment.not_for}（{_source(commitment.not_for_provenance)}）。"
    )


def _source(provenance: Provenance) -> str:
    return provenance.source + ("" if provenance.verified else "，未核实，以窗口答复为准")
