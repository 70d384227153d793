"""The stages that a project goes through, a line each, before its plan can be worked out."""

from collections.abc import Mapping, Sequence

from bot.services.plans.steps import PlanStep

MARK = "、"


def stages_text(steps: Sequence[PlanStep], names: Mapping[str, str]) -> str:
    """Return for each stage its name and the matters of the authorities in it.

    Args:
        steps: Of the plan in the usual case.
        names: Id of a stage to its name.
    """
    lines = []
    for stage, name in names.items():
        found = [step for step in steps if step.matter and step.planned.step.stage == stage]
        if found:
            plain = dict.fromkeys(step.planned.step.name.partition("（")[0] for step in found)
            lines.append(f"· {name}：{MARK.join(plain)}")
    return "\n".join(lines)
