"""What a kind of construction project is, for whom, and within which published limits."""

from collections.abc import Sequence

from bot.documents.matter_text import MatterAnswer, source_line
from bot.domain.projects import ProjectType


def project_type_text(kind: ProjectType) -> MatterAnswer:
    """Return the conditions one by one, what is left out, and the limits with their source."""
    lines = [f"“{kind.name}”适用于同时满足这些的项目："]
    lines += [f"· {_condition(part)}" for part in kind.applies_when.split(" and ")]
    if kind.excludes:
        lines.append(f"不适用于：{kind.excludes}")
    lines += _limit_lines(kind)
    return MatterAnswer("\n".join(lines), source_line(kind.official.provenance))


def project_limit_text(kind: ProjectType) -> MatterAnswer | None:
    """Return the published limit of the whole with its source; None where none was published."""
    lines = [f"“{kind.name}”{line}" for line in _limit_lines(kind)]
    return MatterAnswer("\n".join(lines), source_line(kind.official.provenance)) if lines else None


def limits_text(kinds: Sequence[ProjectType]) -> MatterAnswer | None:
    """Return the published limits of the kinds that a project may still be; None for none."""
    known = [kind for kind in kinds if kind.official.full_working_days is not None]
    if not known:
        return None
    lines = [f"· {kind.name}：{kind.official.full_working_days:g}个工作日" for kind in known]
    heading = "公布的全流程时限，走哪条路子不一样："
    weakest = min(known, key=lambda kind: kind.official.provenance.verified)
    return MatterAnswer("\n".join([heading, *lines]), source_line(weakest.official.provenance))


def _limit_lines(kind: ProjectType) -> list[str]:
    limits = kind.official
    span = f"（{limits.scope}）" if limits.scope else ""
    days, main = limits.full_working_days, limits.main_working_days
    beside = "" if main is None else f"，其中主流程审批{main:g}个工作日"
    return [] if days is None else [f"公布的全流程时限：{days:g}个工作日{span}{beside}"]


def _condition(part: str) -> str:
    left_out = part.startswith("not ")
    text = part.removeprefix("not ").replace("=", "：")
    return f"不属于{text}" if left_out else text
