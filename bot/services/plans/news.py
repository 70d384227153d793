"""The words in which readers hear of a plan by themselves, and when they may be disturbed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from bot.domain.conversations import Button
from bot.domain.plan_life import Moved, PlanLife
from bot.domain.plan_readers import NoticeKind
from bot.services.plans.life_view import LiveStep
from bot.services.plans.words import chinese_date
from bot.services.times.local_time import LOCAL

MOST_LINES = 12
"""Moved dates named in one message; the rest is counted."""

LONGEST_TITLE = 16
"""Characters of a step's name on a button."""

SHOW, MARK, REMIND = "/show_plan", "/mark_done", "/remind_plan"


@dataclass(frozen=True)
class PlanNewsTexts:
    """The words, from `data/live_plan/news.yml`; see there for what stands in braces."""

    due: str
    before_line: str
    due_line: str
    missed_line: str
    own_work: str
    moved: str
    moved_line: str
    new_line: str
    gone_line: str
    more_line: str
    later: str
    earlier: str
    undated: str
    broken: str
    show_title: str
    done_title: str
    stop_title: str
    quiet_from: time
    quiet_until: time

    def is_quiet(self, now: datetime) -> bool:
        """Tell whether nobody is to be disturbed at this moment (aware)."""
        moment = now.astimezone(LOCAL).time()
        return moment >= self.quiet_from or moment < self.quiet_until


def plan_button(title: str, intent: str, do: str, plan_id: int, *more: str) -> Button:
    """Return a button that does something with a plan; see `actions/plans/spoken_of.py`."""
    value = ":".join((do, str(plan_id), *more))
    return Button(title, f'{intent}{{"choice": "live_plan={value}"}}')


def moved_text(texts: PlanNewsTexts, life: PlanLife, moved: Sequence[Moved], today: date) -> str:
    """Return what is said when calendar or rules have moved dates."""
    lines = [_moved_line(texts, each, today) for each in moved[:MOST_LINES]]
    if len(moved) > MOST_LINES:
        lines.append(texts.more_line.format(count=len(moved) - MOST_LINES))
    return texts.moved.format(name=life.name, number=life.number, lines="\n".join(lines))


def broken_text(texts: PlanNewsTexts, life: PlanLife) -> str:
    """Return what is said when a plan no longer fits the rules."""
    return texts.broken.format(name=life.name, number=life.number)


def due_text(
    texts: PlanNewsTexts,
    life: PlanLife,
    found: Sequence[tuple[NoticeKind, LiveStep]],
    today: date,
) -> str:
    """Return a reminder of one or more steps."""
    lines = []
    for kind, step in found:
        template = texts.before_line if kind is NoticeKind.BEFORE else texts.due_line
        if step.due.on < today:
            template = texts.missed_line
        lines.append(
            template.format(
                step=step.name,
                department=step.department or texts.own_work,
                due=chinese_date(step.due.on, today),
                days=(step.due.on - today).days,
            )
        )
    return texts.due.format(name=life.name, number=life.number, lines="\n".join(lines))


def news_buttons(
    texts: PlanNewsTexts, plan_id: int, steps: Sequence[LiveStep] = ()
) -> tuple[Button, ...]:
    """Return the buttons under news: what is done, the plan, silence."""
    done = (
        plan_button(
            texts.done_title.format(step=step.name[:LONGEST_TITLE]), MARK, "done", plan_id, step.id
        )
        for step in steps[:3]
    )
    show = plan_button(texts.show_title, SHOW, "show", plan_id)
    return (*done, show, plan_button(texts.stop_title, REMIND, "off", plan_id))


def _moved_line(texts: PlanNewsTexts, moved: Moved, today: date) -> str:
    before = chinese_date(moved.before, today) if moved.before else texts.undated
    after = chinese_date(moved.after, today) if moved.after else texts.undated
    if moved.after is None and moved.before is not None:
        return texts.gone_line.format(step=moved.name, before=before)
    if moved.before is None:
        return texts.new_line.format(step=moved.name, after=after)
    change = texts.later if moved.working_days > 0 else texts.earlier
    days = change.format(days=abs(moved.working_days))
    return texts.moved_line.format(step=moved.name, before=before, after=after, change=days)
