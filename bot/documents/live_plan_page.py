"""How a plan stands, as short texts for its page."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from bot.documents.live_plan_text import MOST_LINES, moved_line
from bot.documents.plan_papers_text import paper_note
from bot.services.plans.life_view import LivePlan, StepState
from bot.services.plans.paper_kinds import PaperKinds
from bot.services.plans.papers import has_paper, papers_of
from bot.services.plans.words import chinese_date, chinese_due


@dataclass(frozen=True)
class LivePlanPage:
    """What the page shows above the plan; every text is ready to be read.

    Attributes:
        ends: Earliest end seen from today.
        change: By how much that differs from the plan as saved; "" when it does not.
        ready: What can be done now: name and until when.
        late: What is late: name and by how much.
        waiting: Names of what waits for others.
        moved: Dates that differ from the plan as saved.
        papers: By who provides them: title, and for each document whether it is at hand, its name
            and what is to be known about it.
        n_papers: Documents to be seen to, and how many of them are at hand.
    """

    name: str
    number: str
    as_of: str
    n_done: int
    n_steps: int
    is_open: bool
    ends: str
    change: str
    ready: tuple[tuple[str, str], ...]
    late: tuple[tuple[str, str], ...]
    waiting: tuple[str, ...]
    moved: tuple[str, ...]
    n_more_moved: int
    papers: tuple[tuple[str, tuple[tuple[bool, str, str], ...]], ...]
    n_papers: tuple[int, int]
    _done_on: Mapping[str, str] = field(repr=False)

    def done_on(self, step: str) -> str:
        """Return the real day of a step by its name, "" when it has none."""
        return self._done_on.get(step, "")


def live_plan_page(plan: LivePlan, today: date, kinds: PaperKinds) -> LivePlanPage:
    """Return how a plan stands, for its page."""
    late = plan.late()
    life = plan.life
    wanted = papers_of(plan.plan, kinds).to_bring()
    at_hand = {paper.key for paper in wanted if has_paper(paper, life.papers, life.done)}
    change = ""
    if plan.end_shift:
        change = f"比最初{'晚' if plan.end_shift > 0 else '早'}{abs(plan.end_shift)}个工作日"
    return LivePlanPage(
        name=plan.life.name,
        number=plan.life.number,
        as_of=chinese_date(today, today),
        n_done=plan.n_done,
        n_steps=plan.n_steps,
        is_open=plan.life.is_open,
        ends=chinese_due(plan.ends, today),
        change=change,
        ready=tuple(
            (s.name, "您自行安排" if s.is_own_work else f"{chinese_due(s.due, today)}前")
            for s in plan.ready()
            if s not in late
        ),
        late=tuple((s.name, f"晚{s.late_days}个工作日") for s in late),
        waiting=tuple(s.name for s in plan.steps if s.state is StepState.WAITING),
        moved=tuple(moved_line(m, today) for m, _ in plan.moved[:MOST_LINES]),
        n_more_moved=max(len(plan.moved) - MOST_LINES, 0),
        papers=tuple(
            (
                provider.title,
                tuple(
                    (paper.key in at_hand, paper.name, paper_note(paper))
                    for paper in wanted
                    if paper.provider_id == provider.id
                ),
            )
            for provider in kinds.providers
            if any(paper.provider_id == provider.id for paper in wanted)
        ),
        n_papers=(len(wanted), len(at_hand)),
        _done_on={s.name: f" {chinese_date(s.done_on, today)}" for s in plan.steps if s.done_on},
    )
