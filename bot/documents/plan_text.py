"""A plan as one compact chat message: what side by side, who, how long, until when.

The lines join texts of the catalogue; what does not fit is left out in a fixed order (notes,
weekdays, papers, departments, explanations in names, then the last steps, which it admits).
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from bot.domain.facts import Confidence
from bot.planner.calendar import arrangement_year
from bot.planner.plan import Plan, PromiseCheck
from bot.services.plans.life_events import LifeEventPlan
from bot.services.plans.project import ProjectPlan
from bot.services.plans.snapshot import COMPOSED
from bot.services.plans.start_business import StartPlan, TradeBasis
from bot.services.plans.steps import PlanStep
from bot.services.plans.summary import kept, kept_word
from bot.services.plans.totals import may_wait, totals_with_limits, what_if_text
from bot.services.plans.what_ifs import WhatIf
from bot.services.plans.words import (
    PROVISIONAL,
    chinese_date,
    chinese_due,
    chinese_length,
    chinese_slack,
    step_length,
)

MAX_CHARACTERS = 1600
"""Longest message; what applicants still read on a telephone."""

MAX_WHAT_IFS = 4
"""Other answers shown in the chat; the page of the plan shows all."""

MAX_PATIENT = 2
"""Steps shown as able to wait."""

UNCERTAIN = "＊"
"""Marks a length of low confidence; the legend says 以窗口答复为准."""

MAY_MOVE = "△"
"""Marks the date of a step that hangs on holidays not yet published."""

CUT = "行未列出"
"""Stands where lines are missing."""

EXPLANATION = re.compile("（[^（）]*）")
"""A part of a name in brackets; dropped when nothing else helps."""

OWN_CLOCKS = frozenset({"applicant", "none"})

BASIS_LINES = {
    TradeBasis.BUNDLE: "",
    TradeBasis.COMPOSED: "该行业没有现成的“一件事”，以下许可按各事项的行业规则组合而成。",
    TradeBasis.NOT_SAID: "您还没说做什么行业，以下只到开办。",
    TradeBasis.NOT_COVERED: "资料库没有该行业的许可规则，以下只到开办；要不要许可请向窗口核实。",
}


@dataclass(frozen=True)
class Detail:
    """How much of each step is told."""

    notes: bool
    papers: bool
    department: bool
    weekday: bool
    full_name: bool = True


DETAILS = (
    Detail(notes=True, papers=True, department=True, weekday=True),
    Detail(notes=False, papers=True, department=True, weekday=True),
    Detail(notes=False, papers=True, department=True, weekday=False),
    Detail(notes=False, papers=False, department=True, weekday=False),
    Detail(notes=False, papers=False, department=False, weekday=False),
    Detail(notes=False, papers=False, department=False, weekday=False, full_name=False),
)
"""From most to least."""


def _promised_due(plan: StartPlan) -> str:
    """Return until when a promise is kept; "" where the plan itself counts later for the step."""
    if plan.promise is None or plan.enterprise_type is None:
        return ""
    own = (
        step
        for step in plan.steps
        if step.matter and step.matter.id == plan.enterprise_type.matter_id
    )
    step = next(own, None)
    if step is not None and step.planned.due.on > plan.promise.due.on:
        return ""
    return f"，{chinese_due(plan.promise.due, plan.plan.start_on)}前"


def start_text(plan: StartPlan, limit: int = MAX_CHARACTERS) -> str:
    """Return a start-a-business plan as a message of at most `limit` characters."""
    parts = [
        plan.enterprise_type.name if plan.enterprise_type else "",
        plan.trade_name,
        plan.district.name if plan.district else "",
    ]
    head = ["【开办计划】" + " · ".join(part for part in parts if part), _total_line(plan.plan)]
    if plan.promise is not None:
        promised = chinese_length(plan.promise.promised.working_days or 0)
        if plan.promise.promised.provenance.confidence is Confidence.LOW:
            promised += UNCERTAIN
        statutory = plan.promise.statutory.working_days
        law = f"，法定{chinese_length(statutory)}" if statutory else ""
        head.append(f"{plan.promise.matter_name}承诺：{promised}{_promised_due(plan)}{law}。")
    if plan.form_is_assumed and plan.enterprise_type:
        head.append(f"您还没定主体类型，先按常见的{plan.enterprise_type.name}安排。")
    if BASIS_LINES[plan.basis]:
        head.append(BASIS_LINES[plan.basis])
    if plan.unsuitable:
        head.append(f"请先核实能否用这种主体办理：{'、'.join(plan.unsuitable)}。")

    def body(detail: Detail) -> list[str]:
        return list(_numbered(plan.steps, plan.plan, detail))

    legend = _legend(plan.steps, plan.plan)
    if plan.promise is not None:
        legend.append(f"承诺来源：{plan.promise.promised.provenance.source}。")
    return _fit(head, body, legend, limit)


def project_text(plan: ProjectPlan, limit: int = MAX_CHARACTERS) -> str:
    """Return a land-to-construction plan as a message of at most `limit` characters."""
    caveat = "（未计您自己的时间）" if plan.own_work else ""
    head = [f"【审批计划】{plan.project_type.name}", _total_line(plan.plan, caveat)]
    head += _totals_lines(plan)
    waiting = list(_waiting_line(plan))

    def body(detail: Detail) -> list[str]:
        lines: list[str] = []
        for stage in plan.stages:
            lines.append(f"▍{stage.stage.name}")
            lines += _numbered(stage.steps, plan.plan, detail)
        return lines

    legend = _legend(plan.steps, plan.plan)
    if plan.own_work:
        legend.append(f"日期未计入您自己的时间：{'、'.join(plan.own_work.values())}。")
    legend.append("公告、土地交易和您自己的时间不计入审批时限。")
    legend += [f"时限来源：{s}。" for s in dict.fromkeys(c.promise.source for c in plan.checks)]
    fullest = _fit([*head, *waiting], body, legend, limit)
    return fullest if CUT not in fullest else _fit(head, body, legend, limit)


def life_event_text(plan: LifeEventPlan, limit: int = MAX_CHARACTERS) -> str:
    """Return a plan for a change, a move or the end of a business as a message."""
    place = f" · {plan.district.name}" if plan.district else ""
    own = any(step.planned.step.is_open_ended for step in plan.steps)
    caveat = "（未计您自己的时间）" if own else ""
    head = [f"【办事计划】{plan.event.name}{place}", _total_line(plan.plan, caveat), COMPOSED]
    if plan.event.note:
        head.append(plan.event.note)

    def body(detail: Detail) -> list[str]:
        return list(_numbered(plan.steps, plan.plan, detail))

    source = f"依据：{plan.event.provenance.source}。"
    return _fit(head, body, [*_legend(plan.steps, plan.plan), source], limit)


def what_ifs_text(found: Sequence[WhatIf], limit: int = MAX_WHAT_IFS) -> str:
    """Return what other answers would change, best first, one line each; "" when nothing does."""
    shown = found[:limit]
    lines = [f"· {what_if_text(what_if)}" for what_if in shown]
    if len(found) > len(shown):
        lines.append(f"（另有{len(found) - len(shown)}种情况见完整计划）")
    return "\n".join(lines)


def _totals_lines(plan: ProjectPlan) -> Iterator[str]:
    """Yield the totals beside their limits, and the step that weighs most in each."""
    totals = totals_with_limits(plan.plan, plan.project_type.official)
    for total in totals:
        held = [c for c in plan.checks if c.promise.measure == total.measure]
        if held:
            told = [_held(check, plan.plan, is_first=check is held[0]) for check in held]
            yield f"{total.name}：{'；'.join(told)}。"
        elif total.limits:
            limit, planned = chinese_length(total.limits[0]), chinese_length(total.working_days)
            word = kept_word(is_within=total.is_within)
            yield f"{total.name}：限{limit}，计划{planned}，{word}。"
    longest: dict[str, list[str]] = {}
    for total in totals:
        if total.longest is not None:
            name = EXPLANATION.sub("", total.longest.name)
            length = chinese_length(total.longest.days(total.measure))
            longest.setdefault(f"{name}{length}", []).append(total.name.removesuffix("审批"))
    told = [f"{step}（{'、'.join(names)}）" for step, names in longest.items()]
    if told:
        yield f"最长的一步：{'，'.join(told)}。"


def _held(check: PromiseCheck, plan: Plan, *, is_first: bool) -> str:
    """Return a limit, whether it is kept, and its last day."""
    scope = check.promise.scope.partition("：")[0]
    planned = f"，计划{chinese_length(check.planned_working_days)}" if is_first else ""
    due = chinese_due(check.due, plan.start_on)
    limit = chinese_length(check.promise.limit_working_days)
    return f"{scope}限{limit}{planned}，{kept(check)}，最迟{due}"


def _waiting_line(plan: ProjectPlan) -> Iterator[str]:
    """Yield the steps that may wait longest."""
    patient = [
        f"{EXPLANATION.sub('', step.planned.step.name)}{chinese_slack(step.planned.window.slack)}"
        for step in may_wait(plan.steps)[:MAX_PATIENT]
    ]
    if patient:
        yield f"可以晚办：{'、'.join(patient)}。"


def _total_line(plan: Plan, caveat: str = "") -> str:
    return (
        f"{chinese_date(plan.start_on, plan.start_on)}起办，"
        f"最快{chinese_due(plan.finishes, plan.start_on)}办完{caveat}："
        f"并联需{chinese_length(plan.totals.elapsed)}，"
        f"串联需{chinese_length(plan.one_after_the_other.elapsed)}。"
    )


def _numbered(steps: Sequence[PlanStep], plan: Plan, detail: Detail) -> Iterator[str]:
    """Yield the lines of steps, those of one wave under one number."""
    done = [step.planned.step for step in steps if step.is_done]
    told = [step.name for step in done if not step.is_skipped]
    supposed = [step.name for step in done if step.is_skipped]
    if told:
        yield f"已办：{'、'.join(told)}"
    if supposed:
        yield f"按已办算（地已经拿到；其实没办的先补上）：{'、'.join(supposed)}"
    ordered = sorted((s for s in steps if not s.is_done), key=lambda s: s.planned.wave)
    number = 0
    for _, members in groupby(ordered, key=lambda s: s.planned.wave):
        group = list(members)
        work = [step for step in group if step.planned.step.clock != "none"]
        number += bool(work)
        if len(work) == 1:
            yield f"{number}. {step_line(work[0], plan, detail)}"
        elif work:
            yield f"{number}. 可同时办："
            yield from (f" · {step_line(step, plan, detail)}" for step in work)
        yield from (f"→ {step.planned.step.name}" for step in group if step not in work)


def step_line(step: PlanStep, plan: Plan, detail: Detail) -> str:
    """Return one step as it stands in the message of a plan, without its number."""
    name = step.planned.step.name
    if not detail.full_name:
        name = EXPLANATION.sub("", name)
    line = f"{name}：{'，'.join(_facts(step, plan, detail))}"
    return line + "".join(f"；{remark}" for remark in _remarks(step, detail))


def _facts(step: PlanStep, plan: Plan, detail: Detail) -> Iterator[str]:
    if step.is_optional:
        yield "自愿"
    if step.undecided:
        yield "视情况"
    if detail.department and step.department:
        yield step.department
    if step.planned.step.is_open_ended:
        yield "您自行安排"
        return
    length = step_length(step.planned.step)
    yield length + (UNCERTAIN if step.is_uncertain else "")
    earliest = "最早" if step.planned.assumes else ""
    due = chinese_date(step.planned.due.on, plan.start_on, weekday=detail.weekday)
    moves = MAY_MOVE if step.is_provisional else ""
    yield f"{earliest}{due}{'' if earliest else '前'}{moves}"


def _remarks(step: PlanStep, detail: Detail) -> Iterator[str]:
    if detail.notes and step.note:
        yield step.note
    if not detail.papers:
        return
    for label, papers in (("可后补", step.materials.later), ("可承诺代替", step.materials.commit)):
        if papers:
            yield f"{label}：{'、'.join(paper.name for paper in papers)}"


def _legend(steps: Iterable[PlanStep], plan: Plan) -> list[str]:
    shown = list(steps)
    lines = []
    if any(step.is_uncertain and step.planned.step.clock not in OWN_CLOCKS for step in shown):
        lines.append(f"{UNCERTAIN}为典型时限，以窗口答复为准。")
    unsure = [step.planned.due.on for step in shown if step.is_provisional]
    if plan.finishes.provisional:
        unsure.append(plan.finishes.on)
    if unsure:
        year = arrangement_year(min(unsure))
        lines.append(f"{MAY_MOVE}{PROVISIONAL}：国务院尚未公布{year}年放假安排，日期可能变动。")
    checked = [step.duration.checked_on for step in shown]
    if checked:
        lines.append(f"资料核对日期：{min(checked).isoformat()}。")
    return lines


def _fit(
    head: list[str], body: Callable[[Detail], list[str]], legend: list[str], limit: int
) -> str:
    """Return the fullest text that fits; cut the last steps, saying how many lines are missing."""
    lines: list[str] = []
    for detail in DETAILS:
        lines = body(detail)
        text = "\n".join([*head, *lines, *legend])
        if len(text) <= limit:
            return text
    for n in range(len(lines) - 1, -1, -1):
        text = "\n".join([*head, *lines[:n], f"（另有{len(lines) - n}{CUT}）", *legend])
        if len(text) <= limit:
            return text
    return text
