"""A plan that lives, in words: how it stands, what a mark has moved, what cannot be."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from bot.domain.plan_life import Moved, PlanLife
from bot.domain.plan_readers import PlanReader
from bot.services.plans.changes import Marked
from bot.services.plans.life_view import Cause, LivePlan, LiveStep, StepState
from bot.services.plans.paper_kinds import BRACKETS
from bot.services.plans.words import PROVISIONAL, chinese_date, chinese_due

MOST_LINES = 8
"""Lines of one kind in a message; the rest is counted, the page shows all."""

OWN_WORK = "您自己"
RULE_CHANGED = "放假安排或办事规则有更新"


def status_text(plan: LivePlan, reader: PlanReader, today: date, news: Sequence[str] = ()) -> str:
    """Return the answer to "how does my plan stand"."""
    lines = [*news, f"【我的方案】{plan.life.name}（{plan.life.number}）", _progress(plan, today)]
    late = plan.late()
    if late:
        lines.append("⏰ 已经晚了：")
        lines += _listed(f"· {_late_line(step, today)}" for step in late)
    ready = [step for step in plan.ready() if step not in late]
    if ready:
        lines.append("▶ 现在能办：")
        lines += _listed(f"· {_ready_line(step, today)}" for step in ready)
    waiting = [step for step in plan.steps if step.state is StepState.WAITING]
    if waiting:
        lines.append(f"○ 还要等前面办完：{_names(step.name for step in waiting)}")
    done = [step for step in plan.steps if step.state is StepState.DONE]
    if done:
        lines.append(f"✔ 办完了：{_names(_done_name(step, today) for step in done)}")
    lines += _moved_lines(plan, today)
    if any(step.due.provisional for step in plan.steps if step.state is not StepState.DONE):
        lines.append(f"{PROVISIONAL}：国务院尚未公布该年放假安排，日期可能变动。")
    lines.append(reminder_text(reader))
    return "\n".join(lines)


def plans_text(lives: Iterable[PlanLife], today: date) -> str:
    """Return the list of a person's plans."""
    return "\n".join(
        f"· {life.name}（{life.number}）：{'办理中' if life.is_open else '都办完了'}，"
        f"{chinese_date(life.start_on, today, weekday=False)}起办"
        for life in lives
    )


def marked_text(marked: Marked, done_on: date, today: date) -> str:
    """Return what a mark has done."""
    names = "、".join(f"“{short_name(name)}”" for name in marked.steps)
    lines = [f"记下了：{names}{chinese_date(done_on, today)}办完。"]
    if marked.moved:
        lines.append("后面的日期跟着变：")
        lines += _listed(f"· {moved_line(each, today)}" for each in marked.moved)
    elif marked.life.is_open:
        lines.append("后面的日期不变。")
    if not marked.life.is_open:
        lines.append("方案里该办的都办完了，恭喜！")
    return "\n".join(lines)


def unmarked_text(marked: Marked, today: date) -> str:
    """Return what taking a mark back has done."""
    names = "、".join(f"“{short_name(name)}”" for name in marked.steps)
    lines = [f"撤回了：{names}改回还没办完。"]
    if marked.moved:
        lines.append("后面的日期跟着变：")
        lines += _listed(f"· {moved_line(each, today)}" for each in marked.moved)
    return "\n".join(lines)


def next_text(plan: LivePlan, today: date) -> str:
    """Return what can be done now, in one line; "" when nothing can."""
    ready = plan.ready()
    if not ready:
        return ""
    shown = "、".join(f"{short_name(s.name)}（{_until(s, today)}）" for s in ready[:3])
    more = f"等{len(ready)}项" if len(ready) > 3 else ""  # noqa: PLR2004 - named above
    return f"进度 {plan.n_done}/{plan.n_steps}，现在能办：{shown}{more}。"


def moved_line(moved: Moved, today: date) -> str:
    """Return one moved date: the step, the old day, the new one, and by how much."""
    if moved.after is None:
        return f"{short_name(moved.name)}：不用办了"
    after = chinese_date(moved.after, today)
    if moved.before is None:
        return f"{short_name(moved.name)}：{after}前"
    days = abs(moved.working_days)
    change = f"{'晚' if moved.working_days > 0 else '早'}{days}个工作日"
    return f"{short_name(moved.name)}：{chinese_date(moved.before, today)} → {after}（{change}）"


def reminder_text(reader: PlanReader) -> str:
    """Return what a reader will hear of by itself."""
    if reader.remind_days is None:
        return "到期提醒：没开。说“到期提醒我”就开。"
    before = f"到期前{reader.remind_days}天和当天" if reader.remind_days else "到期当天"
    return f"到期提醒：{before}，早八点到晚九点之间发；说“别提醒了”就停。"


def _progress(plan: LivePlan, today: date) -> str:
    head = f"办完 {plan.n_done}/{plan.n_steps} 步"
    if not plan.life.is_open:
        return f"{head}，都办完了。"
    caveat = "（未计您自己的时间）" if any(s.is_own_work for s in plan.steps) else ""
    end = f"照现在的进度最早{chinese_due(plan.ends, today)}办完{caveat}"
    if not plan.end_shift:
        return f"{head}，{end}，和最初一样。"
    change = "晚" if plan.end_shift > 0 else "早"
    return f"{head}，{end}，比最初{change}{abs(plan.end_shift)}个工作日。"


def _ready_line(step: LiveStep, today: date) -> str:
    who = step.department or OWN_WORK
    left_out = "，视情况" if step.may_be_left_out else ""
    return f"{short_name(step.name)}（{who}{left_out}）：{_until(step, today)}"


def _late_line(step: LiveStep, today: date) -> str:
    who = step.department or OWN_WORK
    due = chinese_date(step.due.on, today)
    return f"{short_name(step.name)}（{who}）：该{due}办完，晚{step.late_days}个工作日"


def _until(step: LiveStep, today: date) -> str:
    if step.is_own_work:
        return "您自行安排"
    if step.due.on == today:
        return "今天到期"
    return f"{chinese_due(step.due, today)}前"


def _done_name(step: LiveStep, today: date) -> str:
    if step.done_on is None:
        return step.name
    return f"{short_name(step.name)} {chinese_date(step.done_on, today, weekday=False)}"


def _moved_lines(plan: LivePlan, today: date) -> Iterator[str]:
    """Yield what is due on another day than at first, under what moved it."""
    by_cause: dict[Cause, list[Moved]] = {}
    for moved, cause in plan.moved:
        by_cause.setdefault(cause, []).append(moved)
    for cause, members in by_cause.items():
        yield f"↔ {_because(cause, today)}，日期和最初相比："
        yield from _listed(f"· {moved_line(moved, today)}" for moved in members)


def _because(cause: Cause, today: date) -> str:
    if not cause.step or cause.done_on is None:
        return RULE_CHANGED
    days = f"{'晚' if cause.working_days > 0 else '早'}{abs(cause.working_days)}个工作日"
    done_on = chinese_date(cause.done_on, today)
    return f"“{short_name(cause.step)}”{done_on}办完，比原定{days}"


def short_name(name: str) -> str:
    """Return a step's name without its explanation in brackets."""
    return BRACKETS.sub("", name) or name


def _names(names: Iterable[str]) -> str:
    listed = [short_name(name) for name in names]
    more = f" 等{len(listed)}步" if len(listed) > MOST_LINES else ""
    return "、".join(listed[:MOST_LINES]) + more


def _listed(lines: Iterable[str]) -> Iterator[str]:
    listed = list(lines)
    yield from listed[:MOST_LINES]
    if len(listed) > MOST_LINES:
        yield f"· 另有{len(listed) - MOST_LINES}项，方案页面上看全部"
