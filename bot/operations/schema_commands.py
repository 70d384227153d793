"""`xiaoer db`: how the schema stands, the way up, and the way back where data allow it."""

import argparse

from bot.data_keys import data_keys
from bot.domain.schema_steps import Phase, SchemaStep, Standing
from bot.operations.backup import require_stopped
from bot.operations.display import Display
from bot.operations.errors import OperationFailed
from bot.settings import Settings
from bot.store import migrate
from bot.store.engine import opened
from bot.store.schema_loss import loss_of

SAID = {
    Standing.CURRENT: "结构为最新 (current)",
    Standing.BEHIND: "结构旧了, xiaoer backup 之后 xiaoer db upgrade (older: upgrade it)",
    Standing.AHEAD: "结构比程序新, 只加了东西, 这个程序可以用 (newer, only expanded: usable)",
    Standing.BEYOND: "结构比程序新, 这个程序不能用 (newer than this code can use)",
}


def add_schema_commands(parser: argparse.ArgumentParser) -> None:
    """Add status, upgrade and downgrade to the parser of `xiaoer db`."""
    kinds = parser.add_subparsers(required=True, metavar="status|upgrade|downgrade")
    about = "数据库的结构, 还差哪些迁移 (the schema, and what is missing)"
    kinds.add_parser("status", help=about, description=about).set_defaults(handler=_status)
    about = "升到最新, 只加东西的可以在服务运行时做 (to the newest schema)"
    kinds.add_parser("upgrade", help=about, description=about).set_defaults(handler=_upgrade)
    about = "退回到一个迁移; 先停新程序 (back to a migration; stop the new code first)"
    back = kinds.add_parser("downgrade", help=about, description=about)
    back.add_argument("revision", help="退回到哪个迁移, 例如 0027 (such as 0027)")
    back.add_argument(
        "--lose-data", action="store_true", help="丢掉列出的数据 (lose what is listed)"
    )
    back.set_defaults(handler=_downgrade)


def _status(_options: argparse.Namespace, settings: Settings, display: Display) -> int:
    keys = data_keys(settings.data_keys, settings.state_dir)
    with opened(settings.database_url, keys) as engine:
        found = migrate.standing(engine)
        display.line(SAID[found])
        for step in migrate.missing(engine) if found is Standing.BEHIND else ():
            display.line(_line(step))
    return 0 if found.is_usable else 1


def _upgrade(_options: argparse.Namespace, settings: Settings, display: Display) -> int:
    keys = data_keys(settings.data_keys, settings.state_dir)
    with opened(settings.database_url, keys) as engine:
        going = migrate.missing(engine)
        migrate.upgrade(engine)
        for step in going:
            display.line(_line(step))
        found = migrate.standing(engine)
    display.line(SAID[found])
    return 0 if found.is_usable else 1


def _downgrade(options: argparse.Namespace, settings: Settings, display: Display) -> int:
    """Go back; the code of the release before needs this only after a contract migration."""
    require_stopped(settings)
    keys = data_keys(settings.data_keys, settings.state_dir)
    with opened(settings.database_url, keys) as engine:
        if migrate.standing(engine) is not Standing.CURRENT:
            raise OperationFailed(
                "只有建成这个结构的程序能退回, 见 xiaoer db status"
                " (only the program that made this schema can take it back)"
            )
        undone = migrate.undone_by(options.revision)
        loss = loss_of(engine, options.revision)
        for name, count in loss.items():
            display.line(f"{name:<40} {count:>9}")
        if loss and not options.lose_data:
            raise OperationFailed(
                "退回会丢掉上面这些行, 没有动; 先 xiaoer backup, 确定要丢就加 --lose-data"
                " (rows above would be lost, nothing was changed: back up, then --lose-data)"
            )
        migrate.downgrade(engine, options.revision)
        for step in undone:
            display.line(f"已撤销 (undone) {_line(step)}")
    return 0


def _line(step: SchemaStep) -> str:
    if step.phase is Phase.EXPAND:
        return f"{step.revision} expand"
    return f"{step.revision} contract, {step.safe_from} 起的程序可用 (safe from {step.safe_from})"
