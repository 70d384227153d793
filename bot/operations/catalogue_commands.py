"""The sub-commands of `xiaoer catalogue`, for `bot.cli`."""

import argparse
from collections.abc import Callable
from datetime import date, datetime

from bot.domain.errors import UnknownMatter
from bot.domain.freezes import BadFreeze, NotFrozen
from bot.operations import catalogue
from bot.operations.display import Display
from bot.operations.errors import OperationFailed
from bot.services.learning.stale_facts import STALE_AFTER_DAYS
from bot.settings import Settings

Clock = Callable[[], datetime]


def add_catalogue_commands(parser: argparse.ArgumentParser, now: Clock) -> None:
    """Add check, diff, freeze, unfreeze and stale to the parser of `xiaoer catalogue`.

    Args:
        parser: Of `catalogue`.
        now: The real clock.
    """
    kinds = parser.add_subparsers(required=True, metavar="命令 (command)")

    def add(name: str, text: str) -> argparse.ArgumentParser:
        made = kinds.add_parser(name, help=text, description=text)
        made.set_defaults(handler=_HANDLERS[name], now=now)
        return made

    add("check", "检查目录和表单, 列出文件和行号 (look for faults)")
    compare = add("diff", "比较两个版本: 内容和方案有哪些变化 (compare two catalogues)")
    compare.add_argument("old", help="目录或 git 版本 (folder or revision)")
    compare.add_argument("new", help="目录或 git 版本 (folder or revision)")
    stop = add("freeze", "马上暂停一个事项, 申请人会看到理由 (freeze a matter)")
    stop.add_argument("matter", help="事项编号 (matter id)")
    stop.add_argument("--reason", required=True, help="理由, 申请人会看到 (shown to applicants)")
    stop.add_argument("--until", type=_day, help="到哪天, 例如 2026-12-31 (last day)")
    go = add("unfreeze", "恢复一个事项 (lift the freeze)")
    go.add_argument("matter", help="事项编号 (matter id)")
    old = add("stale", "多久没核对的内容 (facts to check again)")
    old.add_argument("--days", type=int, default=STALE_AFTER_DAYS, help="天数 (calendar days)")


def _check(_options: argparse.Namespace, settings: Settings, display: Display) -> int:
    return 0 if catalogue.check(settings, display) else 1


def _diff(options: argparse.Namespace, settings: Settings, display: Display) -> int:
    catalogue.diff(settings, options.old, options.new, display, options.now())
    return 0


def _freeze(options: argparse.Namespace, settings: Settings, display: Display) -> int:
    try:
        catalogue.freeze(settings, options.matter, options.reason, options.until, options.now())
    except UnknownMatter as error:
        raise _unknown(options.matter) from error
    except BadFreeze as error:
        raise OperationFailed(
            "理由要写, 不超过 200 字; 日期不能早于今天 (give a reason and a day to come)"
        ) from error
    display.line(f"已暂停 (frozen): {options.matter}")
    return 0


def _unfreeze(options: argparse.Namespace, settings: Settings, display: Display) -> int:
    try:
        catalogue.unfreeze(settings, options.matter, options.now())
    except NotFrozen as error:
        raise OperationFailed(f"{options.matter} 没有暂停 (not frozen)") from error
    display.line(f"已恢复 (lifted): {options.matter}")
    return 0


def _stale(options: argparse.Namespace, settings: Settings, display: Display) -> int:
    catalogue.stale(settings, options.days, display, options.now())
    return 0


_HANDLERS = {
    "check": _check,
    "diff": _diff,
    "freeze": _freeze,
    "unfreeze": _unfreeze,
    "stale": _stale,
}


def _unknown(matter_id: str) -> OperationFailed:
    return OperationFailed(
        f"目录里没有 {matter_id}; 编号见 data/catalogue/matters (no such matter)"
    )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text} 不是日期, 例如 2026-12-31") from error
