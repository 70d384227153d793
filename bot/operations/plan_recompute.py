"""`xiaoer plans recompute`: dates all open plans anew after a change of calendar or rules."""

from datetime import datetime

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from bot.bootstrap import App
from bot.services.plans.recompute import Tally, count_stale, recompute_plans


def recompute(app: App, now: datetime, *, batch: int) -> Tally:
    """Recompute every open plan that other rules computed, with a progress bar.

    Safe to stop and to run again: what is written is finished, and a second run does the rest.
    Beside running hubs it does no harm.
    """
    columns = (
        TextColumn("重算方案 (recomputing plans)"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    total = count_stale(app.unit_of_work, app.plan_composer)
    with Progress(*columns) as progress:
        task = progress.add_task("", total=total)
        return recompute_plans(
            app.unit_of_work,
            app.plan_composer,
            texts=app.plan_news,
            now=now,
            batch=batch,
            progress=lambda n: progress.update(task, advance=n),
        )
