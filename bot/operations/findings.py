"""What `xiaoer doctor` found: one thing looked at, how bad it is, and the way on."""

import enum
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.settings import ROOT, Settings


class Level(enum.Enum):
    """How bad a finding is; only `FAIL` makes the command fail."""

    OK = "✓"
    WARN = "!"
    FAIL = "✗"


@dataclass(frozen=True)
class Finding:
    """One thing looked at.

    Attributes:
        topic: What was looked at.
        text: What was found.
        remedy: What to do about it, "" when all is well.
    """

    topic: str
    level: Level
    text: str
    remedy: str = ""

    def as_json(self) -> dict[str, str]:
        """Return it as machines read it; `level` is "ok", "warn" or "fail"."""
        return {
            "topic": self.topic,
            "level": self.level.name.lower(),
            "text": self.text,
            "remedy": self.remedy,
        }


def way(step: str) -> str:
    """Return how an operator takes a step, "run" or "train": by make in a checkout, else by us."""
    return f"make {step}" if (ROOT / "Makefile").exists() else f"xiaoer {step}"


Check = Callable[[Settings, Path, datetime], Iterator[Finding]]
