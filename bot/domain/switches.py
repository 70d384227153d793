"""Switches that take a part of the service out of use, and the history of who did it why."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.errors import BotError

MAX_REASON_LENGTH = 120
BOT = "bot"
"""Off: nobody is answered by the bot; who writes is handed over to people."""

WIDGET = "widget"
"""Off: pages of other sites show no chat, and say so where one is open."""

CHANNEL = "channel:"
"""Off, with the name of a channel behind it: what comes in there is kept and refused in words."""

SKILL = "skill:"
"""Off, with the name of a skill behind it: nothing of it is begun or handed in."""

SKILLS = (
    "apply",
    "booking",
    "feedback",
    "plan_project",
    "policy",
    "review",
    "start_business",
    "whistle",
)
"""Skills that have a switch, as their folders under `data/` are called."""


@dataclass(frozen=True)
class SwitchChange:
    """One change of one switch; never edited.

    Attributes:
        reason: Shown to applicants (Chinese); "" when it was switched on.
        by: "agent:3" or "operator" (the command line).
    """

    name: str
    is_on: bool
    reason: str
    at: datetime
    by: str


class UnknownSwitch(BotError):
    """There is no switch of this name."""


class BadSwitchReason(BotError):
    """Switching off needs a reason, of at most `MAX_REASON_LENGTH` signs."""


class SwitchUnchanged(BotError):
    """It stands that way already."""


@dataclass(frozen=True)
class SwitchTexts:
    """What applicants read while something is off; `{reason}` is what staff wrote.

    Attributes:
        bot_off: The bot is off; a person has been asked for.
        bot_off_left: Somebody left the queue while the bot is off.
        bot_off_returned: A person has ended, and the bot is off.
        channel_off: This channel is off.
        widget_off: The chat on other sites is off.
        titles: What the page of the desk calls the switches that are no channel, by name.
    """

    bot_off: str
    bot_off_left: str
    bot_off_returned: str
    channel_off: str
    widget_off: str
    titles: dict[str, str]
