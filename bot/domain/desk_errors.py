"""What can go wrong in the work at the desk."""

from bot.domain.errors import BotError

MAX_REASON_LENGTH = 200


class NotPresent(BotError):
    """The colleague is not there now; carries the name."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class PersonalNumbers(BotError):
    """A reply holds a whole number of a person; it is sent when the agent says so again."""


class BadReason(BotError):
    """A reason is missing or too long."""


class BadSnooze(BotError):
    """The time lies in the past or too far ahead."""


class BadNote(BotError):
    """A note is empty or too long."""


class BadCanned(BotError):
    """Shortcut, title or text of a canned reply is missing or too long."""


class ShortcutTaken(BotError):
    """The department has a canned reply with this shortcut already."""


class BadFilter(BotError):
    """A saved filter has no name, a name too long, or there are too many."""


class BadProfile(BotError):
    """Capacity, skills or the settings of a queue are out of range."""


class UnknownColleague(BotError):
    """No such colleague or department to pass this on to."""


def check_reason(reason: str) -> str:
    """Return a reason without blanks at the ends; raises `BadReason`."""
    cleaned = reason.strip()
    if not 0 < len(cleaned) <= MAX_REASON_LENGTH:
        raise BadReason
    return cleaned
