"""Answers about a whole journey: "what does it all cost", "how long does it take"."""

from collections.abc import Collection, Sequence

from bot.documents.matter_text import MatterAnswer, answer, source_line, spoken_duration
from bot.documents.trade_text import PERHAPS
from bot.domain.facts import Confidence
from bot.domain.matters import Matter

SUMMED = frozenset({"fee", "time_limit", "materials", "place", "steps"})
ALONE = frozenset({"place", "time_limit"})
"""Topics of which more is said where the plan has one matter only."""
MAX_LINES = 14
FREE = "不收费"
"""What the record of a matter says where it costs nothing."""
MAX_CONDITIONS = 3
"""Conditions of one matter among those of a whole plan."""


def journey_answer(
    topic: str, title: str, matters: Sequence[Matter], undecided: Collection[str] = ()
) -> MatterAnswer:
    """Answer a topic for all matters of a plan; topics without a sum answer for the first.

    Args:
        topic: As in `matter_text.answer`, or "steps" for what there is to do.
        title: What the journey is called.
        matters: The matters of the plan in their order, at least one.
        undecided: Ids of those that are needed only in cases that are not told yet.
    """
    if topic == "eligibility":
        matters = [m for m in matters if m.conditions] or matters[:1]
        if len(matters) == 1:
            return answer(topic, matters[0])
    elif topic == "deferral":
        matters = [m for m in matters if _eased(m)] or matters[:1]
        if len(matters) == 1:
            return answer(topic, matters[0])
    elif topic not in SUMMED or (topic in ALONE and len(matters) == 1):
        return answer(topic, matters[0])
    some = [matter for matter in matters[:MAX_LINES] if matter.id in undecided]
    lines = _lines(topic, matters[:MAX_LINES], some)
    if len(matters) > MAX_LINES:
        lines.append(f"……共 {len(matters)} 个事项")
    lines += [f"带{PERHAPS}的看情况，不一定都要"] if some else []
    weakest = min(matters, key=lambda m: (m.provenance.verified, _sureness(m)))
    heading = {
        "deferral": f"{title}里可以后补或书面承诺的材料：",
        "eligibility": f"{title}各项的办理条件：",
        "fee": f"{title}各项费用：",
        "time_limit": f"{title}各项承诺时限（能同时办的不用排队等）：",
        "materials": f"{title}要准备的主要材料（重复的只交一次）：",
        "place": f"{title}各项归谁办、从哪申请：",
        "steps": f"{title}要办这几样：",
    }[topic]
    return MatterAnswer("\n".join([heading, *lines]), source_line(weakest.provenance))


def _lines(topic: str, matters: Sequence[Matter], marked: Sequence[Matter]) -> list[str]:
    """Return a line for each matter; those that cost nothing share one behind the others."""
    free = [m for m in matters if topic == "fee" and m.fee.text == FREE]
    lines = [_line(topic, m, m in marked) for m in matters if m not in free]
    names = (f"{m.name}{PERHAPS if m in marked else ''}" for m in free)
    return [*lines, f"· {FREE}：{'、'.join(names)}"] if free else lines


def _line(topic: str, matter: Matter, is_marked: bool = False) -> str:
    line = _plain_line(topic, matter)
    return line.replace(matter.name, f"{matter.name}{PERHAPS}", 1) if is_marked else line


def _plain_line(topic: str, matter: Matter) -> str:
    if topic == "eligibility":
        conditions = "；".join(matter.conditions[:MAX_CONDITIONS])
        return f"· {matter.name}（{'、'.join(matter.applicants)}）：{conditions}"
    if topic == "deferral":
        return f"· {matter.name}：{_eased(matter)}"
    if topic == "fee":
        return f"· {matter.name}：{matter.fee.text or '以窗口答复为准'}"
    if topic == "place":
        return f"· {matter.name}：{'，'.join([matter.department, *matter.channels[:1]])}"
    if topic in {"time_limit", "steps"}:
        return f"· {matter.name}：{spoken_duration(matter.promised)}"
    needed = [m.name for m in matter.materials if m.required and not m.shared_no_submit]
    return f"· {matter.name}：{'、'.join(needed) or '没有必须提交的材料'}"


def _eased(matter: Matter) -> str:
    """Return which documents may come later or be replaced by a commitment; "" for none."""
    later = [m.name for m in matter.materials if m.deferrable]
    committed = [m.name for m in matter.materials if m.commitment_ok and not m.deferrable]
    parts = [f"后补 {'、'.join(later)}" if later else ""]
    parts.append(f"承诺代替 {'、'.join(committed)}" if committed else "")
    return "；".join(part for part in parts if part)


def _sureness(matter: Matter) -> int:
    return [Confidence.LOW, Confidence.MEDIUM, Confidence.HIGH].index(matter.confidence)
