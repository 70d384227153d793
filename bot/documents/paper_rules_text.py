"""What a document that is missing means: until when it follows, and what a commitment is."""

from collections.abc import Sequence

from bot.documents.matter_text import MatterAnswer, source_line, weakest
from bot.domain.facts import Provenance
from bot.domain.matters import Material, Matter
from bot.domain.service_rules import ServiceRules
from bot.planner.calendar import DueDate
from bot.services.plans.words import chinese_due


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


def lacked_answer(
    matter: Matter, paper: str, lines: Sequence[Material], rules: ServiceRules
) -> MatterAnswer:
    """Return what a paper that is not at hand means for a matter.

    Args:
        matter: The matter.
        paper: As it was said.
        lines: Those of its list that are this paper.
        rules: What deferring and committing mean.
    """
    title = f"“{paper}”还没有，办“{matter.name}”这样："
    text = "\n".join([title, *map(_lacked, lines)])
    if any(one.deferrable for one in lines):
        text += f"\n{deferral_text(rules)}"
    if any(one.commitment_ok for one in lines):
        text += f"\n{commitment_text(rules)}"
    return MatterAnswer(text, source_line(weakest([one.provenance for one in lines], matter)))


def _lacked(material: Material) -> str:
    """Return one paper and what may be done without it."""
    ways = []
    if material.deferrable:
        ways.append("可以先受理、后补交（容缺）")
    if material.commitment_ok:
        ways.append("可以签书面承诺代替")
    if material.shared_no_submit:
        ways.append("已经发下来、系统里有的，不用您交；还没发下来的要等它办下来")
    if not ways:
        ways.append("没有列为可以后补或者承诺，受理时就要，先把它办下来再交件稳妥")
    needed = "" if material.required else "涉及时才要；"
    return f"· {material.name}：{needed}{'；'.join(ways)}"
