"""What every page of the desk needs, built once by `bot.desk.routes`."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from bot.desk import formats
from bot.domain.handovers import DeskTexts, DeskVocabulary
from bot.services.accounts import Passwords
from bot.services.ports import Clock, OpenUnitOfWork

HERE = Path(__file__).parent
COOKIE = "xiaoer_desk"


class Subscription(Protocol):
    """A stream of wake-ups without content."""

    def __aiter__(self) -> AsyncIterator[object]:
        """Yield something each time the desk should fetch again."""


class Wakeups(Protocol):
    """Tells other processes and tabs that something changed."""

    async def wake(self, topic: str) -> None:
        """Wake everyone who listens to `topic`."""

    def listen(self, topic: str) -> AbstractAsyncContextManager[Subscription]:
        """Listen to `topic` inside the block."""


@dataclass(frozen=True)
class Desk:
    """Everything the desk's routes share."""

    unit_of_work: OpenUnitOfWork
    now: Clock
    texts: DeskTexts
    vocabulary: DeskVocabulary
    passwords: Passwords
    wakeups: Wakeups
    templates: Environment
    is_secure: bool
    beat_every_s: float


def open_templates() -> Environment:
    """Return the page templates; everything put into them is escaped."""
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["clock"] = formats.clock
    environment.filters["day"] = formats.day
    environment.filters["waited"] = formats.waited
    environment.filters["iso"] = formats.iso
    environment.filters["href"] = formats.href
    return environment
