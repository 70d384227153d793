"""Freezes a plan into what its page shows, and reads it back out of the store."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any

import msgspec

from bot.domain.catalogue import Catalogue
from bot.domain.plan_snapshot import (
    VERSION,
    MaterialMark,
    PlanSnapshot,
    SnapshotGroup,
    SnapshotMaterial,
    SnapshotPromise,
    SnapshotStage,
    SnapshotStep,
    SnapshotTotal,
    SnapshotWhatIf,
)
from bot.planner.plan import FULL, MAIN, Plan
from bot.services.plans.life_events import LifeEventPlan
from bot.services.plans.project import ProjectPlan
from bot.services.plans.start_business import StartPlan, TradeBasis
from bot.services.plans.steps import MaterialSplit, PlanStep
from bot.services.plans.summary import kept, kept_word
from bot.services.plans.totals import totals_with_limits, what_if_text
from bot.services.plans.what_ifs import WhatIf
from bot.services.plans.words import (
    chinese_date,
    chinese_due,
    chinese_length,
    chinese_slack,
    step_length,
)

MEASURES: Mapping[str, str] = {MAIN: "主流程审批", FULL: "全过程审批"}

BASIS_REMARKS: Mapping[TradeBasis, str] = {
    TradeBasis.BUNDLE: "",
    TradeBasis.COMPOSED: "该行业没有现成的“一件事”，许可按各事项的行业规则组合而成。",
    TradeBasis.NOT_SAID: "您还没说做什么行业，这里只到开办。",
    TradeBasis.NOT_COVERED: "资料里没有该行业的许可规则，不等于不需要许可，请向窗口核实。",
}


AnyPlan = StartPlan | ProjectPlan | LifeEventPlan

COMPOSED = "这份顺序由各事项的规则组合而成，不是官方公布的清单，以窗口答复为准。"

OWN_QUESTIONS: Mapping[str, str] = {"hires_staff": "要不要雇人？", "has_land": "地拿到了吗？"}
"""Questions of the journeys that are not in the catalogue."""


def snapshot_start(plan: StartPlan, catalogue: Catalogue) -> dict[str, Any]:
    """Return the JSON-able snapshot of a start-a-business plan, for `save_plan`."""
    return _plain(freeze(plan, catalogue))


def snapshot_project(
    plan: ProjectPlan, catalogue: Catalogue, what_ifs: Sequence[WhatIf] = ()
) -> dict[str, Any]:
    """Return the JSON-able snapshot of a land-to-construction plan, for `save_plan`."""
    return _plain(freeze(plan, catalogue, what_ifs))


def snapshot_life_event(plan: LifeEventPlan, catalogue: Catalogue) -> dict[str, Any]:
    """Return the JSON-able snapshot of a change or the end of a business, for `save_plan`."""
    return _plain(freeze(plan, catalogue))


def read_snapshot(raw: Mapping[str, Any]) -> PlanSnapshot:
    """Return a saved snapshot.

    Raises:
        msgspec.ValidationError: It was not written by this module.
    """
    return msgspec.convert(raw, PlanSnapshot)


def freeze(plan: AnyPlan, catalogue: Catalogue, what_ifs: Sequence[WhatIf] = ()) -> PlanSnapshot:
    """Return a plan as its page shows it."""
    dated = plan.plan
    steps = plan.steps
    return PlanSnapshot(
        version=VERSION,
        title=_title(plan),
        place="" if isinstance(plan, ProjectPlan) or not plan.district else plan.district.name,
        start_on=_with_year(dated.start_on),
        finish_on=chinese_due(dated.finishes, dated.start_on),
        total=chinese_length(dated.totals.elapsed),
        total_days=dated.totals.elapsed,
        sequential=chinese_length(dated.one_after_the_other.elapsed),
        sequential_days=dated.one_after_the_other.elapsed,
        critical_path=tuple(dated.graph[step_id].name for step_id in dated.critical_path),
        promises=tuple(_promises(plan)),
        stages=tuple(
            SnapshotStage(name, tuple(_groups(members, dated, catalogue)))
            for name, members in _stages(plan)
        ),
        remarks=tuple(_remarks(plan, catalogue)),
        is_provisional=dated.finishes.provisional or any(step.is_provisional for step in steps),
        checked_on=_oldest(steps, catalogue),
        totals=tuple(_totals(plan)) if isinstance(plan, ProjectPlan) else (),
        what_ifs=tuple(SnapshotWhatIf(what_if_text(w), w.change.elapsed) for w in what_ifs),
    )


def _plain(frozen: PlanSnapshot) -> dict[str, Any]:
    plain: dict[str, Any] = msgspec.to_builtins(frozen)
    return plain


def _with_year(day: date) -> str:
    return f"{day.year}年{chinese_date(day, day)}"


def _title(plan: AnyPlan) -> str:
    if isinstance(plan, ProjectPlan):
        return plan.project_type.name
    if isinstance(plan, LifeEventPlan):
        return plan.event.name
    form = plan.enterprise_type.name if plan.enterprise_type else ""
    return " · ".join(part for part in (form, plan.trade_name) if part) or "开办计划"


def _stages(plan: AnyPlan) -> Iterator[tuple[str, Sequence[PlanStep]]]:
    if isinstance(plan, ProjectPlan):
        yield from ((stage.stage.name, stage.steps) for stage in plan.stages)
    else:
        yield "", plan.steps


def _groups(steps: Sequence[PlanStep], plan: Plan, catalogue: Catalogue) -> Iterator[SnapshotGroup]:
    ordered = sorted(steps, key=lambda step: step.planned.wave)
    for number, (_, members) in enumerate(groupby(ordered, lambda s: s.planned.wave), start=1):
        yield SnapshotGroup(number, tuple(_step(step, plan, catalogue) for step in members))


def _step(step: PlanStep, plan: Plan, catalogue: Catalogue) -> SnapshotStep:
    planned, matter = step.planned, step.matter
    is_milestone = planned.step.clock == "none"
    is_own = planned.step.is_open_ended
    is_timed = not (is_milestone or is_own or step.is_done)
    return SnapshotStep(
        name=planned.step.name,
        department=step.department,
        length=step_length(planned.step) if is_timed else "",
        due=chinese_due(planned.due, plan.start_on) if is_timed else "",
        starts_after=planned.window.earliest_start,
        ends_after=planned.window.earliest_finish,
        is_provisional=step.is_provisional,
        is_earliest=bool(planned.assumes),
        is_critical=planned.is_critical,
        is_uncertain=step.is_uncertain and is_timed,
        is_optional=step.is_optional,
        is_done=step.is_done,
        is_milestone=is_milestone,
        is_own_work=is_own,
        undecided=tuple(_asked(catalogue, question_id) for question_id in step.undecided),
        materials=tuple(_materials(step.materials)),
        fee=matter.fee.text if matter else "",
        channels=matter.channels if matter else (),
        note=step.note,
        source=step.duration.source,
        is_verified=step.duration.verified,
        checked_on=step.duration.checked_on.isoformat(),
        id=planned.step.id,
        matter_id=planned.step.matter_id or "",
        slack=chinese_slack(planned.window.slack) if is_timed else "",
        slack_days=planned.window.slack if is_timed else 0.0,
    )


def _asked(catalogue: Catalogue, question_id: str) -> str:
    own = OWN_QUESTIONS.get(question_id)
    return own if own is not None else catalogue.question(question_id).ask


def _materials(split: MaterialSplit) -> Iterator[SnapshotMaterial]:
    for mark in MaterialMark:
        for material in getattr(split, mark.value):
            yield SnapshotMaterial(
                name=material.name,
                mark=mark,
                form=material.form,
                copies=material.copies,
                provided_by=material.provided_by,
            )


def _promises(plan: AnyPlan) -> Iterator[SnapshotPromise]:
    start_on = plan.plan.start_on
    if isinstance(plan, StartPlan):
        if plan.promise is not None:
            yield SnapshotPromise(
                scope=plan.promise.matter_name,
                limit=chinese_length(plan.promise.promised.working_days or 0),
                planned="",
                kept="",
                due=chinese_due(plan.promise.due, start_on),
                source=plan.promise.promised.provenance.source,
            )
        return
    if isinstance(plan, LifeEventPlan):
        return
    for check in plan.checks:
        yield SnapshotPromise(
            scope=check.promise.scope or MEASURES[check.promise.measure or FULL],
            limit=chinese_length(check.promise.limit_working_days),
            planned=chinese_length(check.planned_working_days),
            kept=kept(check),
            due=chinese_due(check.due, start_on),
            source=check.promise.source,
        )


def _totals(plan: ProjectPlan) -> Iterator[SnapshotTotal]:
    for total in totals_with_limits(plan.plan, plan.project_type.official):
        longest = total.longest
        length = chinese_length(longest.days(total.measure)) if longest else ""
        yield SnapshotTotal(
            name=total.name,
            length=chinese_length(total.working_days),
            days=total.working_days,
            limits=total.limits,
            kept=kept_word(is_within=total.is_within) if total.limits else "",
            path=tuple(step.name for step in total.path),
            longest=f"{longest.name}（{length}）" if longest else "",
        )


def _remarks(plan: AnyPlan, catalogue: Catalogue) -> Iterator[str]:
    if isinstance(plan, ProjectPlan):
        yield from _project_remarks(plan, catalogue)
    elif isinstance(plan, LifeEventPlan):
        yield COMPOSED
        if plan.event.note:
            yield f"{plan.event.note}（{plan.event.provenance.source}）"
    else:
        yield from _start_remarks(plan)


def _start_remarks(plan: StartPlan) -> Iterator[str]:
    if plan.form_is_assumed and plan.enterprise_type:
        yield f"您还没定主体类型，先按常见的{plan.enterprise_type.name}安排。"
    if BASIS_REMARKS[plan.basis]:
        yield BASIS_REMARKS[plan.basis]
    if plan.unsuitable:
        yield f"请先核实能否用这种主体办理：{'、'.join(plan.unsuitable)}。"


def _project_remarks(plan: ProjectPlan, catalogue: Catalogue) -> Iterator[str]:
    used = {step.matter.id for step in plan.steps if step.matter}
    for joint in catalogue.joint_procedures:
        if used.intersection(joint.matter_ids):
            sure = "" if joint.provenance.verified else "，以窗口答复为准"
            yield f"{joint.name}：{joint.text}（{joint.provenance.source}{sure}）。"
    if plan.own_work:
        yield f"日期未计入您自己的时间：{'、'.join(plan.own_work)}。"
    yield "公告、土地交易和您自己的时间不计入审批时限。"


def _oldest(steps: Iterable[PlanStep], catalogue: Catalogue) -> str:
    checked = (step.duration.checked_on for step in steps)
    return min(checked, default=catalogue.checked_on).isoformat()
