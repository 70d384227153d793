"""Taking a conversation over from the bot and giving it back."""

import enum
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.domain.conversations import Conversation
from bot.domain.errors import BotError

MAX_FIELD_LENGTH = 500
"""Longest value an agent may enter for an answer of the applicant, in characters."""

UNKNOWN, UNSURE = "unknown", "不清楚"
"""What a slot holds when the applicant does not know, and how that is shown."""

UNKNOWN_NUMBER = -1.0
"""The same in a slot for numbers."""

YES_NO: Mapping[str, str] = {"yes": "是", "no": "否", UNKNOWN: UNSURE}

RECENT = timedelta(hours=24)
"""How long an agent may still read a conversation after letting it go."""


class Step(enum.Enum):
    """What happened to a conversation at the desk; history is only appended."""

    CLAIMED = "claimed"
    HANDED_BACK = "handed_back"
    RETURNED = "returned"
    CLOSED = "closed"
    LOST = "lost"  # the agent's desk fell silent
    TRANSFERRED = "transferred"  # to a colleague or to a department's queue
    STEPPED_IN = "stepped_in"  # a supervisor took it over from the agent
    ASKED = "asked"  # a supervisor was asked in
    SNOOZED = "snoozed"
    OFFERED = "offered"  # it was this agent's turn
    MISSED = "missed"  # the turn passed without an answer


class AlreadyClaimed(BotError):
    """Another agent was faster; `by_name` is the name shown to colleagues."""

    def __init__(self, by_name: str) -> None:
        super().__init__(by_name)
        self.by_name = by_name


class NotWaiting(BotError):
    """The conversation is no longer in the queue, and nobody took it."""


class NotYours(BotError):
    """The agent does not hold this conversation (any more)."""


class BadField(BotError):
    """A field that may not be set from the desk, or a value that is too long."""


@dataclass(frozen=True)
class Waiting:
    """A conversation in the queue.

    Attributes:
        position: 1 for the one who has waited longest.
        waited: Time since the applicant entered the queue.
        first_line: The applicant's first typed sentence, "" when everything was pressed.
    """

    conversation: Conversation
    position: int
    waited: timedelta
    first_line: str


@dataclass(frozen=True)
class Held:
    """A conversation that an agent holds or held.

    Attributes:
        is_open: True while the agent holds it.
        needs_reply: True when the applicant wrote last.
        last_line: The last message.
        last_at: When that was said, or the last step when nothing was said.
        last_id: Id of the last message that is not the system's, 0 for none.
    """

    conversation: Conversation
    first_line: str
    last_line: str
    last_at: datetime
    is_open: bool
    needs_reply: bool
    last_id: int = 0


@dataclass(frozen=True)
class Available:
    """A person can take over now; `ahead` applicants wait already."""

    ahead: int


@dataclass(frozen=True)
class NobodyOnline:
    """It is office time, but no agent takes conversations at this moment."""


@dataclass(frozen=True)
class Closed:
    """It is not office time; `opens_at` (aware, UTC) is None when not known."""

    opens_at: datetime | None


@dataclass(frozen=True)
class LostClaim:
    """A conversation whose agent fell silent."""

    conversation_id: str
    agent_id: int


@dataclass(frozen=True)
class DeskTexts:
    """What applicants read when people come and go.

    `{name}` is the agent's name or the file's; the other placeholders stand in
    `bot.store.desk_texts.PLACEHOLDERS`.
    """

    joined: str
    handed_back: str
    returned: str
    lost: str
    closed: str
    transferred: str
    to_department: str
    to_empty_department: str
    stepped_in: str
    queued: str
    queued_unknown: str
    queued_nobody: str
    file_sent: str
    file_gone: str
    plan_sent: str
    plan_title: str
    identify: str
    identified: str
    fact: str
    challenge_answered: str
    whistle_opened: str
    whistle_joined: str


@dataclass(frozen=True)
class FieldLabel:
    """How one slot is shown at the desk.

    Attributes:
        kind: "text", "number", "yes_no", "choice" or "shown" (read only).
        choices: Stored value to shown text, for "choice" only.
        choices_from: Name of the catalogue's list that fills `choices`, "" for none.
    """

    slot: str
    label: str
    group: str
    kind: str = "text"
    choices: Mapping[str, str] = field(default_factory=dict)
    choices_from: str = ""

    @property
    def options(self) -> Mapping[str, str]:
        """Return stored value to shown text of what can be chosen, empty when one types."""
        if self.kind == "yes_no":
            return YES_NO
        return {**self.choices, UNKNOWN: UNSURE} if self.kind == "choice" else {}

    def fit(self, value: str | None) -> str | float | None:
        """Return what was filled in as the slot wants it, None for an emptied field.

        Raises:
            BadField: The value does not fit the kind, is too long, or may not be changed.
        """
        if self.kind == "shown":
            raise BadField(self.slot)
        cleaned = (value or "").strip()
        if not cleaned:
            return None
        if len(cleaned) > MAX_FIELD_LENGTH or (self.options and cleaned not in self.options):
            raise BadField(self.slot)
        return self._number(cleaned) if self.kind == "number" else cleaned

    def _number(self, text: str) -> float:
        try:
            number = float(text)
        except ValueError as error:
            raise BadField(self.slot) from error
        if not math.isfinite(number):
            raise BadField(self.slot)
        return number


@dataclass(frozen=True)
class DeskVocabulary:
    """Words of the desk: fields, hand-over reasons, channels.

    Attributes:
        fields: Known slots in the order they are shown.
        questions: Group to prefix and kind of the catalogue's questions that belong to it.
        hidden: Slots that are not for people.
        district_slots: Slots that hold the applicant's district, the surest first.
        reasons: Machine word of a hand-over reason to what agents read.
        channels: Short name of a channel to what agents read.
        journeys: Machine word of a journey to what agents read.
        steps: Value of `Step` to what the history says.
        help_desk: What the help desk itself is called.
    """

    fields: Mapping[str, FieldLabel]
    hidden: frozenset[str]
    district_slots: tuple[str, ...]
    reasons: Mapping[str, str]
    channels: Mapping[str, str]
    questions: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    journeys: Mapping[str, str] = field(default_factory=dict)
    steps: Mapping[str, str] = field(default_factory=dict)
    help_desk: str = ""

    def is_shown(self, slot: str) -> bool:
        """Tell whether an agent sees this slot."""
        return slot not in self.hidden and not slot.startswith("_")
