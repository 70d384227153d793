"""What a kind of construction project is, for whom, and within which published limits."""

from bot.documents.matter_text import MatterAnswer, source_line
from bot.domain.projects import ProjectType


def project_type_text(kind: ProjectType) -> MatterAnswer:
    """Return the conditions one by one, what is left out, and the limits with their source."""
    lines = [f"“{kind.name}”适用于同时满足这些的项目："]
    lines += [f"· {_condition(part)}" for part in kind.applies_when.split(" and ")]
    if kind.excludes:
        lines.append(f"不适用于：{kind.excludes}")
    limits = kind.official
    if limits.full_working_days is not None:
        span = f"（{limits.scope}）" if limits.scope else ""
        lines.append(f"公布的全流程时限：{limits.full_working_days:g}个工作日{span}")
    return MatterAnswer("\n".join(lines), source_line(limits.provenance))


def _condition(part: str) -> str:
    left_out = part.startswith("not ")
    text = part.removeprefix("not ").replace("=", "：")
    return f"不属于{text}" if left_out else text
