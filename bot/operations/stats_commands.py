"""The commands `xiaoer stats …`."""

import argparse
import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import httpx

from bot.domain.open_data import BadTables
from bot.domain.open_figures import Values
from bot.operations.display import Display
from bot.operations.prepare import current_database
from bot.operations.stats import export_tables, recompute
from bot.services.operating.open_counts import count_months
from bot.services.operating.open_statistics import open_table
from bot.settings import Settings
from bot.store.calendars import load_calendar
from bot.store.catalogue.loader import load_catalogue
from bot.store.open_figures import load_figures

Clock = Callable[[], datetime]
Handler = Callable[[argparse.Namespace, Settings, Display], int]
PAGE = "/open/statistics.json"
PATIENCE_S = 60.0


def add_stats_commands(parser: argparse.ArgumentParser, clock: Clock) -> None:
    """Add the commands below `xiaoer stats`."""
    kinds = parser.add_subparsers(required=True, metavar="count|export|recompute")
    text = "过完的月计数, 小二开着时自己会做 (count the months that are over)"
    kinds.add_parser("count", help=text, description=text).set_defaults(handler=_count(clock))
    text = "公开统计的表和校验和 (tables and checksums)"
    one = kinds.add_parser("export", help=text, description=text)
    one.add_argument("folder", type=Path, help="写到哪个目录 (folder)")
    one.set_defaults(handler=_export(clock))
    text = "从导出的表重算, 不一样就退出 1 (compute again and compare)"
    one = kinds.add_parser("recompute", help=text, description=text)
    one.add_argument("folder", type=Path, help="导出的目录 (folder)")
    one.add_argument("--page", help="跟这个地址上的页面比 (compare with a running page)")
    one.set_defaults(handler=_recompute)


def _count(clock: Clock) -> Handler:
    def handler(_options: argparse.Namespace, settings: Settings, display: Display) -> int:
        catalogue = load_catalogue(settings.data_dir / "catalogue")
        calendar = load_calendar(settings.data_dir / "calendar", settings.state_dir / "calendar")
        with current_database(settings) as units, display.waiting("计数 (counting)"):
            written = count_months(
                units, units, now=clock(), calendar=calendar, catalogue=catalogue
            )
        months = "、".join(f"{month:%Y-%m}" for month in written) or "没有新的月 (none)"
        display.line(f"计数了 (counted): {months}")
        return 0

    return handler


def _export(clock: Clock) -> Handler:
    def handler(options: argparse.Namespace, settings: Settings, display: Display) -> int:
        catalogue = load_catalogue(settings.data_dir / "catalogue")
        with current_database(settings) as units:
            made = open_table(units, catalogue, now=clock())
        for path in export_tables(made, load_figures(settings.data_dir), options.folder):
            display.line(str(path))
        return 0

    return handler


def _recompute(options: argparse.Namespace, settings: Settings, display: Display) -> int:
    shown = None if options.page is None else _page(options.page)
    different = recompute(options.folder, load_figures(settings.data_dir), shown)
    for line in different:
        display.line(f"✗ {line}")
    if not different:
        display.line("重算一致 (the same figures)")
    return 1 if different else 0


def _page(address: str) -> Values:
    try:
        answer = httpx.get(address.rstrip("/") + PAGE, timeout=PATIENCE_S)
        figures = answer.raise_for_status().json()["figures"]
        return {
            name: [(row["key"], row["value"]) for row in figure["values"]]
            for name, figure in figures.items()
        }
    except (httpx.HTTPError, json.JSONDecodeError, KeyError, TypeError) as error:
        raise BadTables(f"页面读不到 (the page cannot be read): {address}") from error
