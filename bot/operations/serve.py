"""`xiaoer serve PART`: one process of several machines, in the foreground.

`xiaoer run` keeps all processes of one machine; here a supervisor of the machine's own does that,
so the command becomes the process itself.
"""

import argparse
import os
import sys
from collections.abc import Mapping
from pathlib import Path

from bot.domain.schema_steps import Standing
from bot.operations.commands import commands
from bot.operations.display import Display
from bot.operations.errors import OperationFailed
from bot.operations.fingerprint import learnt_files, model_path
from bot.operations.supervisor import Command
from bot.operations.training import child_environment
from bot.settings import ROOT, Settings
from bot.store.engine import opened
from bot.store.migrate import standing

PARTS = ("hub", "rasa", "actions", "clock")
SHARED = (
    "redis_url",
    "audit_key",
    "secret_key",
    "public_url",
    "rasa_token",
    "events_url",
    "events_exchange",
)
"""Settings that every machine must have alike, beside the addresses."""


class NotServed(OperationFailed):
    """A part cannot be served here; the message says what is missing."""


def served(part: str, settings: Settings, root: Path = ROOT) -> Command:
    """Return the process of a part.

    Args:
        part: One of `PARTS`.
        settings: Of this machine; a part listens where its own address says.
        root: The project folder, with `models/`.

    Raises:
        NotServed: No shared secret is set, or no model fits the data.
    """
    if not settings.rasa_token:
        raise NotServed(
            "请设置 XIAOER_RASA_TOKEN, 各机器要一样 (set XIAOER_RASA_TOKEN alike on all machines)"
        )
    model = model_path(root, root / "models", learnt_files(settings.state_dir))
    if part == "rasa" and not model.is_file():
        raise NotServed(
            f"没有适用的模型 {model.name}, 请先运行 xiaoer train (no model fits, run xiaoer train)"
        )
    secrets = {f"XIAOER_{name.upper()}": str(getattr(settings, name)) for name in SHARED}
    if part == "clock":
        shared = {**_resolved(settings), **secrets}
        return Command("clock", [sys.executable, "-m", "bot.clock"], child_environment(shared))
    found = {one.name: one for one in commands(settings, root, model, secrets)}
    return found[part]


def require_schema(settings: Settings) -> None:
    """Refuse a schema that this code cannot work on; one that was only expanded is fine.

    A database that is away is no reason: the part starts, and waits for it.

    Raises:
        NotServed: The message names the command that helps.
    """
    try:
        with opened(settings.database_url) as engine:
            found = standing(engine)
    except Exception:  # noqa: BLE001 - drivers raise their own kinds
        return
    if found is Standing.BEHIND:
        raise NotServed(
            "数据库的结构旧了, 请先 xiaoer backup 再 xiaoer db upgrade"
            " (the schema is older: xiaoer backup, then xiaoer db upgrade)"
        )
    if found is Standing.BEYOND:
        raise NotServed(
            "数据库的结构比程序新, 这个版本不能用; 换成新程序, 或见 docs/upgrades.md 退回"
            " (the schema is newer than this code can use: install the newer version)"
        )


def _resolved(settings: Settings) -> Mapping[str, str]:
    return {
        "XIAOER_DATABASE_URL": settings.database_url,
        "XIAOER_RASA_DATABASE_URL": settings.rasa_database,
        "XIAOER_STATE_DIR": str(settings.state_dir.resolve()),
    }


def serve(part: str, settings: Settings) -> None:
    """Become the process of a part; returns only by an error (`NotServed`)."""
    command = served(part, settings)
    if part != "rasa":  # the only one without the business database
        require_schema(settings)
    os.chdir(ROOT)
    os.execve(command.arguments[0], list(command.arguments), dict(command.environment))  # noqa: S606 - built by us, no shell


def add_serve_command(parser: argparse.ArgumentParser) -> None:
    """Add the part to the parser of `xiaoer serve`."""
    parser.add_argument("part", choices=PARTS, help="哪个进程 (which process)")
    parser.set_defaults(handler=_serve)


def _serve(options: argparse.Namespace, settings: Settings, _display: Display) -> int:
    serve(options.part, settings)
    return 1
