"""`xiaoer tickets`: the operator's chores with whistle tickets."""

import argparse
from collections.abc import Callable
from datetime import datetime

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from bot.operations.display import Display
from bot.operations.prepare import current_database
from bot.services.tickets.watch import TicketWatch, count_stale, recompute
from bot.settings import Settings
from bot.store.calendars import load_calendar
from bot.store.catalogue.loader import load_catalogue
from bot.store.whistle_rules import load_whistle_rules


def add_ticket_commands(parser: argparse.ArgumentParser, now: Callable[[], datetime]) -> None:
    """Add `recompute` to the parser of `xiaoer tickets`."""
    kinds = parser.add_subparsers(required=True, metavar="recompute")
    text = "按现行时限和日历重算在办的单 (count open tickets again)"
    again = kinds.add_parser("recompute", help=text, description=text)
    again.add_argument("--batch", type=int, default=100, help="每批几张 (tickets a transaction)")

    def handler(options: argparse.Namespace, settings: Settings, display: Display) -> int:
        done = recompute_all(settings, now(), batch=max(options.batch, 1))
        display.line(f"重算了 {done} 张在办的吹哨单 (open tickets counted again)")
        return 0

    again.set_defaults(handler=handler)


def recompute_all(settings: Settings, now: datetime, *, batch: int) -> int:
    """Count every open ticket again that other rules counted; returns how many.

    Safe to stop and to run again, and beside running hubs.
    """
    columns = (
        TextColumn("重算吹哨单 (recomputing tickets)"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with current_database(settings) as unit_of_work, Progress(*columns) as progress:
        watch = TicketWatch(
            unit_of_work,
            load_whistle_rules(
                settings.data_dir / "services", load_catalogue(settings.data_dir / "catalogue")
            ),
            load_calendar(settings.data_dir / "calendar", settings.state_dir / "calendar"),
        )
        task = progress.add_task("", total=count_stale(watch))
        done = 0
        while counted := recompute(watch, now=now, limit=batch):
            done += counted
            progress.update(task, advance=counted)
    return done
