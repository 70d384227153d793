"""`xiaoer events`: how much waits for the city's data platform, and sending a span again."""

import argparse
from collections.abc import Callable
from datetime import date, datetime, time, timedelta, timezone

from bot.operations.display import Display
from bot.operations.errors import OperationFailed
from bot.operations.prepare import current_database
from bot.services.conversations import outgoing_events
from bot.services.times.local_time import at_local
from bot.settings import Settings


def add_event_commands(parser: argparse.ArgumentParser, now: Callable[[], datetime]) -> None:
    """Add `status` and `replay` to the parser of `xiaoer events`."""
    kinds = parser.add_subparsers(required=True, metavar="status|replay")
    waits, again_help = "还有多少没发出去 (what waits)", "重发一段时间的事件 (send a span again)"
    state = kinds.add_parser("status", help=waits, description=waits)
    state.set_defaults(handler=lambda _, settings, display: status(settings, display, now()))
    again = kinds.add_parser("replay", help=again_help, description=again_help)
    again.add_argument("--since", type=date.fromisoformat, required=True, help="从哪天 (first day)")
    again.add_argument("--until", type=date.fromisoformat, help="到哪天, 含 (last day)")
    again.set_defaults(handler=replay)


def status(settings: Settings, display: Display, now: datetime) -> int:
    """Show how much waits; exit code 1 when it waits for too long."""
    with current_database(settings) as unit_of_work:
        waiting = outgoing_events.look(unit_of_work)
    oldest = waiting.oldest_at.astimezone().isoformat() if waiting.oldest_at else "-"
    display.line(f"待发事件 {waiting.count} 条, 最早 {oldest} (events that wait, the oldest)")
    if not settings.events_url:
        display.line("没有设置 XIAOER_EVENTS_URL, 不外发 (no broker is set)")
        return 0
    return 1 if outgoing_events.is_late(waiting, now) else 0


def replay(options: argparse.Namespace, settings: Settings, display: Display) -> int:
    """Queue the days again; the clock sends them, with the ids they had.

    Raises:
        OperationFailed: There is no broker, so they would only be dropped.
    """
    if not settings.events_url:
        raise OperationFailed(
            "没有设置 XIAOER_EVENTS_URL, 没有地方可发 (set XIAOER_EVENTS_URL first)"
        )
    since = at_local(options.since, time.min)
    until = datetime.max.replace(tzinfo=timezone.utc)
    if options.until is not None:
        until = at_local(options.until + timedelta(days=1), time.min)
    with current_database(settings) as unit_of_work:
        queued = outgoing_events.replay(unit_of_work, since=since, until=until)
    display.line(f"{queued} 条事件已排队重发 (events queued to be sent again)")
    return 0
