"""What cannot be done with a plan that lives."""

from collections.abc import Mapping
from datetime import date

from bot.domain.errors import BotError


class PlanChanged(BotError):
    """The plan was changed by somebody else in the same moment, several times in a row."""


class NotLive(BotError):
    """The plan was saved before plans could be followed, or cannot be composed any more."""


class UnknownPlanStep(BotError):
    """The plan has no such step."""


class StepInFuture(BotError):
    """A step cannot have been finished after today."""


class StepTooEarly(BotError):
    """A step cannot be finished before one it waits for.

    Attributes:
        step: Name of the step.
        waits_for: Names and real days of what it waits for; None for what is still open.
    """

    def __init__(self, step: str, waits_for: Mapping[str, date | None]) -> None:
        super().__init__("a step cannot be finished before one it waits for")
        self.step = step
        self.waits_for = waits_for


class StepDone(BotError):
    """The step is marked already.

    Attributes:
        step: Name of the step.
        on: The real day that is noted.
    """

    def __init__(self, step: str, on: date) -> None:
        super().__init__("the step is marked already")
        self.step = step
        self.on = on


class StepNeeded(BotError):
    """A mark cannot be taken back or moved while a later step rests on it.

    Attributes:
        step: Name of the step.
        followers: Names and real days of the steps that rest on it.
    """

    def __init__(self, step: str, followers: Mapping[str, date]) -> None:
        super().__init__("a later step rests on this one")
        self.step = step
        self.followers = followers
