"""The table of what plans take beside the official limits, as `xiaoer plans table` prints it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from rich import table as rich_table

from bot.domain.catalogue import Catalogue
from bot.planner.calendar import WorkingCalendar
from bot.planner.graph import StepGraph
from bot.planner.schedule import total_days
from bot.services.plans.project import PlanProject, ProjectAnswers
from bot.services.plans.start_business import ENTITY, StartAnswers, StartBusiness, StartPlan
from bot.services.plans.totals import PlanTotal, totals_with_limits
from bot.services.plans.words import chinese_length

TRADES = (
    *("ot-restaurant", "ot-supermarket", "ot-pharmacy", "ot-hotel", "ot-beauty"),
    *("ot-gym", "ot-ktv", "ot-training", "ot-clinic", "ot-factory"),
)
"""The ten trades of the table, as one-thing bundles."""

DAY = date(2026, 6, 1)
"""Lengths do not depend on the day; a plan needs one."""

NONE = "—"


@dataclass(frozen=True)
class Table:
    """A table; every row is as long as the head."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def plans_tables(catalogue: Catalogue, calendar: WorkingCalendar) -> tuple[Table, Table]:
    """Return the nine project types and ten trades with their usual answers."""
    projects = tuple(_project_rows(catalogue, PlanProject(catalogue, calendar)))
    trades = tuple(_trade_rows(catalogue, StartBusiness(catalogue, calendar)))
    return (
        Table(
            "工程建设项目（工作日，按各类型常见情况）",
            (
                *("项目类型", "主流程", "官方时限", "全过程", "官方时限", "全国上限", "总历时"),
                *("串联", "决定总历时的一步", "是否在时限内"),
            ),
            projects,
        ),
        Table(
            "开店办企业（典型情况）",
            (
                *(
                    "行业",
                    "主体",
                    "开办承诺",
                    "开办法定",
                    "总时长",
                    "一件事典型时长",
                    "全按法定时限",
                ),
                *("串联", "决定时长的步骤"),
            ),
            trades,
        ),
    )


def markdown(tables: Sequence[Table]) -> str:
    """Return the tables in Markdown, each under its title, with a line feed at the end."""
    parts = []
    for table in tables:
        lines = [f"## {table.title}", "", _row(table.head), _row(("---",) * len(table.head))]
        parts.append("\n".join([*lines, *(_row(row) for row in table.rows)]))
    return "\n\n".join(parts) + "\n"


def on_screen(table: Table) -> rich_table.Table:
    """Return a table for a terminal."""
    shown = rich_table.Table(*table.head, title=table.title, show_lines=True)
    for row in table.rows:
        shown.add_row(*row)
    return shown


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _project_rows(catalogue: Catalogue, journey: PlanProject) -> Iterator[tuple[str, ...]]:
    for kind in catalogue.project_types.values():
        made = journey.compose(ProjectAnswers(kind.id), DAY)
        assert made is not None
        main, full, elapsed = totals_with_limits(made.plan, kind.official)
        official = kind.official
        yield (
            kind.name,
            _number(main.working_days),
            _number(official.main_working_days),
            _number(full.working_days),
            _number(official.full_working_days),
            _number(official.national_working_days),
            _number(elapsed.working_days),
            _number(made.plan.one_after_the_other.elapsed),
            _longest(elapsed),
            "是" if main.is_within and full.is_within else "否",
        )


def _trade_rows(catalogue: Catalogue, journey: StartBusiness) -> Iterator[tuple[str, ...]]:
    for bundle_id in TRADES:
        bundle = catalogue.one_thing(bundle_id)
        answer = bundle.typical.answers.get(ENTITY)
        forms = (k.id for k in catalogue.enterprise_types.values() if k.answer == answer)
        facts = {name: v for name, v in bundle.typical.answers.items() if name != ENTITY}
        answers = StartAnswers(next(forms, None), bundle_id, hires_staff=True, facts=facts)
        made = journey.compose(answers, DAY)
        promise = made.promise
        yield (
            bundle.name,
            made.enterprise_type.name if made.enterprise_type else NONE,
            chinese_length(promise.promised.working_days or 0) if promise else NONE,
            chinese_length(promise.statutory.working_days or 0) if promise else NONE,
            _number(made.plan.totals.elapsed),
            _number(bundle.promised_total.working_days),
            _number(_statutory(made)),
            _number(made.plan.one_after_the_other.elapsed),
            " → ".join(made.plan.graph[step].name for step in made.plan.critical_path),
        )


def _statutory(made: StartPlan) -> float:
    """Return the length of the plan if every department took as long as the law allows.

    Where the law names no limit the planned length is taken.
    """
    limits = {s.planned.step.id: s.matter.statutory.working_days for s in made.steps if s.matter}
    steps = (
        step if (limit := limits.get(step.id)) is None else replace(step, working_days=limit)
        for step in made.plan.graph.steps
    )
    return total_days(StepGraph(tuple(steps)))


def _number(days: float | None) -> str:
    return NONE if days is None else f"{days:g}"


def _longest(total: PlanTotal) -> str:
    step = total.longest
    return NONE if step is None else f"{step.name}（{step.days():g}）"
