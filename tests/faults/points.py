"""Named points at which a process of ours ends itself, and a clock that can be set.

The processes of `make faults` are started through this module; the product knows nothing of it.
The runner writes what shall happen into a folder: `armed` names process, statement and moment,
`clock` how many seconds the clock is ahead.
"""

import os
import signal
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlalchemy.pool import Pool
from starlette.applications import Starlette

from bot.hub_start import application, uncollected

FOLDER = "XIAOER_FAULTS_DIR"
ARMED, CLOCK = "armed", "clock"
BEFORE, AFTER = "before", "after"
_MARK = "fault_point"


@dataclass(frozen=True)
class Point:
    """A moment in a process: around the commit of a transaction with such a statement.

    Attributes:
        process: "hub", "actions" or "clock".
        statement: How the statement begins, such as "INSERT INTO tickets".
        moment: "before" or "after" the commit.
    """

    process: str
    statement: str
    moment: str

    def arm(self, folder: Path) -> None:
        """Let the next process that comes by end itself there, once."""
        draft = folder / "draft"
        draft.write_text(f"{self.process}\n{self.statement}\n{self.moment}")
        draft.replace(folder / ARMED)

    def __str__(self) -> str:
        """Return its name in the table."""
        return f"{self.process}: {self.moment} {self.statement}"


def disarm(folder: Path) -> bool:
    """Take an armed point back; False when it has been hit."""
    try:
        (folder / ARMED).unlink()
    except FileNotFoundError:
        return False
    return True


def install(process: str) -> None:
    """Watch the statements of this process, and let it read the clock of the runner."""
    folder = Path(os.environ[FOLDER])

    def watch(
        connection: Any, _cursor: Any, statement: str, _values: Any, _context: Any, _many: Any
    ) -> None:
        point = _armed(folder)
        if point and point.process == process and statement.startswith(point.statement):
            connection.info[_MARK] = point.moment

    def before(connection: Any) -> None:
        if connection.info.get(_MARK) == BEFORE:
            _end(folder)

    def after(_connection: Any, record: Any) -> None:
        if record.info.pop(_MARK, None) == AFTER:
            _end(folder)

    event.listen(Engine, "after_cursor_execute", watch)
    event.listen(Engine, "commit", before)
    event.listen(Pool, "reset", after)

    import bot.bootstrap  # noqa: PLC0415 - most of the start, which the hub has its own way for

    real = bot.bootstrap.utc_now

    def now() -> datetime:
        try:
            ahead_s = float((folder / CLOCK).read_text() or 0)
        except FileNotFoundError:
            ahead_s = 0.0
        return real() + timedelta(seconds=ahead_s)

    bot.bootstrap.utc_now = now


def hub() -> Starlette:
    """Build the hub, watched; for `uvicorn --factory`."""
    with uncollected():
        install("hub")
        return application()


def actions(arguments: Sequence[str]) -> None:
    """Run the action server, watched."""
    from rasa_sdk.__main__ import main  # noqa: PLC0415 - the hub does without

    install("actions")
    sys.argv = ["rasa_sdk", *arguments]
    main()  # type: ignore[no-untyped-call]


def clock() -> None:
    """Run the clock, watched."""
    from bot.clock import main  # noqa: PLC0415 - after the clock has been replaced

    install("clock")
    main()


def _armed(folder: Path) -> Point | None:
    try:
        process, statement, moment = (folder / ARMED).read_text().split("\n")
    except FileNotFoundError:
        return None
    return Point(process, statement, moment)


def _end(folder: Path) -> None:
    if disarm(folder):  # of several processes one
        os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    clock() if sys.argv[1:] == ["clock"] else actions(sys.argv[1:])
