"""The sub-commands of `xiaoer routing` and `xiaoer hot`, and `xiaoer evaluate routing`."""

import argparse
import json
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from bot.operations.display import Display
from bot.settings import Settings

Clock = Callable[[], datetime]


def add_evaluate_routing(kinds: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `xiaoer evaluate routing`."""
    text = "从诉求到类别 (letters to categories)"
    parser = kinds.add_parser("routing", help=text, description=text)
    parser.add_argument("file", type=Path, help="JSON Lines, 见 docs/routing.md")
    parser.add_argument("--report", action="store_true", help="列出错在哪里 (list the mistakes)")
    parser.set_defaults(handler=_evaluate)


def add_routing_commands(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", now: Clock
) -> None:
    """Add `xiaoer routing export|train` and `xiaoer hot sweep`.

    Args:
        commands: Of `xiaoer`.
        now: The real clock.
    """
    text = "派单建议: 导出改派记录, 学习 (proposals of departments)"
    parser = commands.add_parser("routing", help=text, description=text)
    kinds = parser.add_subparsers(required=True, metavar="export|train")
    text = "导出派单员的决定, 供人复核 (what dispatchers decided)"
    export = kinds.add_parser("export", help=text, description=text)
    export.add_argument("file", type=Path, help="写到哪里, JSON Lines (where to)")
    export.add_argument("--all", action="store_true", help="没改的也要 (confirmed ones too)")
    export.set_defaults(handler=_export, now=now)
    text = "学习复核过的行 (learn from reviewed lines)"
    train = kinds.add_parser("train", help=text, description=text)
    train.add_argument("file", type=Path, help="复核过的 JSON Lines (reviewed lines)")
    train.set_defaults(handler=_train, now=now)
    _add_hot_commands(commands, now)


def _add_hot_commands(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", now: Clock
) -> None:
    text = "热点问题 (what many businesses say)"
    kinds = commands.add_parser("hot", help=text, description=text).add_subparsers(
        required=True, metavar="sweep"
    )
    text = "找一遍, 可与运行中的系统同时进行 (look once; harmless beside a running hub)"
    kinds.add_parser("sweep", help=text, description=text).set_defaults(handler=_sweep, now=now)


def _evaluate(options: argparse.Namespace, settings: Settings, _display: Display) -> int:
    from bot.operations import routing  # noqa: PLC0415 - loads the whole application

    model = routing.current_model(settings)
    figures = routing.evaluate_routing(options.file, model, is_report=options.report)
    # not through the display, which wraps lines and colours words
    sys.stdout.write(json.dumps(figures, ensure_ascii=False, indent=2) + "\n")
    return 0


def _export(options: argparse.Namespace, settings: Settings, display: Display) -> int:
    from bot.operations import routing  # noqa: PLC0415 - loads the whole application

    count = routing.export_decisions(
        settings, options.file, options.now(), only_corrections=not options.all
    )
    display.line(f"导出 {count} 行 (lines), 请复核后再学习 (review before training)")
    return 0


def _train(options: argparse.Namespace, settings: Settings, display: Display) -> int:
    from bot.operations import routing  # noqa: PLC0415 - loads the whole application

    count = routing.learn_reviewed(settings, options.file, settings.data_dir.parent / "models")
    display.line(f"共学 {count} 行, 重启后生效 (lines known; restart to use them)")
    return 0


def _sweep(options: argparse.Namespace, settings: Settings, display: Display) -> int:
    from bot.operations import routing  # noqa: PLC0415 - loads the whole application

    done = routing.sweep(settings, options.now())
    display.line(
        f"看了 {done.texts} 条诉求: 新热点 {len(done.raised)} 个, 并入 {done.joined} 条 "
        "(texts, issues raised, texts joined)"
    )
    return 0
