"""`xiaoer retention`: what has been kept long enough, shown or taken persons out of."""

import argparse
from collections.abc import Callable, Mapping
from datetime import datetime

from bot.domain.retention import RetentionClass, RetentionRules
from bot.operations.display import Display
from bot.operations.prepare import current_database
from bot.services.privacy.retention import preview, run
from bot.settings import Settings
from bot.store.rasa_memory import RasaMemory
from bot.store.retention_rules import load_retention

RULES_FILE = "retention.yml"


def add_retention_commands(parser: argparse.ArgumentParser, now: Callable[[], datetime]) -> None:
    """Add preview and run to the parser of `xiaoer retention`."""
    kinds = parser.add_subparsers(required=True, metavar="preview|run")
    for name, handler, text in (
        ("preview", _preview, "看到期的有多少, 不改动 (what is over; changes nothing)"),
        ("run", _run, "处理到期的个人信息 (take persons out of what is over)"),
    ):
        made = kinds.add_parser(name, help=text, description=text)
        made.set_defaults(handler=handler, now=now)


def _preview(options: argparse.Namespace, settings: Settings, display: Display) -> int:
    rules = load_retention(settings.data_dir / "services" / RULES_FILE)
    with current_database(settings) as unit_of_work:
        found = preview(unit_of_work, rules, options.now())
    for one, rule in rules.items():
        kept = f"保存 {rule.days} 天" if rule.days else "不自动处理"
        display.line(f"{rule.title}: {kept}, 到期 {found.get(one, 0)} 条; 到期后: {rule.then}")
    return 0


def _run(options: argparse.Namespace, settings: Settings, display: Display) -> int:
    rules = load_retention(settings.data_dir / "services" / RULES_FILE)
    with current_database(settings) as unit_of_work:
        forget = RasaMemory(settings.rasa_database).forget
        _tell(display, rules, run(unit_of_work, rules, options.now(), forget))
    return 0


def _tell(display: Display, rules: RetentionRules, done: Mapping[RetentionClass, int]) -> None:
    for one, count in done.items():
        display.line(f"{rules[one].title}: 处理了 {count} 条")
