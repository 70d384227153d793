"""The work at the desk: presence, queues, offers, putting aside, notes, canned replies."""

import enum
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.domain.conversations import Conversation

HELP_DESK = ""
"""The id that stands for the help desk itself, where no department is meant."""

AWAY_AFTER = timedelta(minutes=10)
"""Without typing or clicking for this long an agent counts as away."""

TYPING_LASTS = timedelta(seconds=8)
"""How long "is typing" holds after the last sign of it."""

DEFAULT_CAPACITY = 5
MAX_CAPACITY = 50
DEFAULT_ANSWER_WITHIN_S = 60
MIN_ANSWER_WITHIN_S = 10
MAX_ANSWER_WITHIN_S = 3600
LONGEST_SNOOZE = timedelta(days=60)
MAX_NOTE_LENGTH = 2000
MAX_SHORTCUT_LENGTH = 20
MAX_TITLE_LENGTH = 40
MAX_CANNED_LENGTH = 2000
MAX_FILTER_NAME = 20
MAX_FILTERS = 20
MAX_SKILLS = 10
MAX_SKILL_LENGTH = 20


class PresenceState(enum.Enum):
    """What an agent says about being there."""

    AVAILABLE = "available"
    BUSY = "busy"
    AWAY = "away"


class Assignment(enum.Enum):
    """How a queue finds its agent."""

    MANUAL = "manual"
    ROUND_ROBIN = "round_robin"
    LEAST_BUSY = "least_busy"


@dataclass(frozen=True)
class Thread:
    """What the desk knows of a conversation beyond its owner.

    Attributes:
        department_id: Whose queue; `HELP_DESK` for the help desk itself.
        snoozed_until: Put aside until then (aware, UTC).
        snoozed_after_id: The newest message when it was put aside.
        offered_to: The agent whose turn it is to take it, until `offered_until`.
        told_minutes: The wait that the applicant was last told; None when none could be given.
        is_test: Staff tried something out; left out of every report.
    """

    conversation_id: str
    department_id: str = HELP_DESK
    snoozed_until: datetime | None = None
    snoozed_after_id: int | None = None
    offered_to: int | None = None
    offered_until: datetime | None = None
    told_at: datetime | None = None
    told_minutes: int | None = None
    supervisor_asked_at: datetime | None = None
    agent_read_id: int = 0
    applicant_read_id: int = 0
    agent_typing_at: datetime | None = None
    applicant_typing_at: datetime | None = None
    is_test: bool = False


@dataclass(frozen=True)
class Profile:
    """How one agent works.

    Attributes:
        is_automatic: Away because nothing was typed, not by choice.
        active_at: The last typing or clicking that the desk reported.
        capacity: Conversations served side by side.
        skills: Handoff reasons, districts or matters this agent is asked for first.
        offered_at: When the last conversation was offered; the longest ago is next in turn.
    """

    agent_id: int
    state: PresenceState = PresenceState.AVAILABLE
    is_automatic: bool = False
    active_at: datetime | None = None
    capacity: int = DEFAULT_CAPACITY
    skills: tuple[str, ...] = ()
    offered_at: datetime | None = None


@dataclass(frozen=True)
class Colleague:
    """An agent as others see them: there or not, and how busy."""

    id: int
    name: str
    department_id: str
    state: PresenceState
    held: int
    profile: Profile

    @property
    def is_present(self) -> bool:
        """Tell whether something can be passed on to this person."""
        return self.state is not PresenceState.AWAY

    @property
    def room(self) -> int:
        """Return how many more conversations fit, >= 0; none unless available."""
        if self.state is not PresenceState.AVAILABLE:
            return 0
        return max(self.profile.capacity - self.held, 0)


@dataclass(frozen=True)
class QueueRules:
    """How one department's queue is served; `answer_within_s` seconds until the next is asked."""

    department_id: str
    assignment: Assignment = Assignment.MANUAL
    answer_within_s: int = DEFAULT_ANSWER_WITHIN_S


@dataclass(frozen=True)
class Pace:
    """How fast the desk worked lately, in seconds; empty when nothing is known.

    Attributes:
        handling_s: Lengths of the last served conversations, from claim to letting go.
        pickup_s: Waits of the last claimed conversations.
    """

    handling_s: Sequence[float] = ()
    pickup_s: Sequence[float] = ()


@dataclass(frozen=True)
class Note:
    """What one colleague wrote to others about a conversation; applicants never see it."""

    id: int
    agent_id: int
    text: str
    at: datetime
    mentions: tuple[int, ...] = ()


@dataclass(frozen=True)
class CannedReply:
    """A text for frequent questions; `department_id` is `HELP_DESK` for everybody."""

    id: int
    department_id: str
    shortcut: str
    title: str
    text: str


@dataclass(frozen=True)
class SavedFilter:
    """A search that an agent keeps."""

    id: int
    name: str
    query: dict[str, str]


@dataclass(frozen=True)
class PastStep:
    """One line of a conversation's history at the desk."""

    at: datetime
    agent_id: int
    step: str
    reason: str = ""
    to_agent_id: int | None = None
    to_department_id: str | None = None


@dataclass(frozen=True)
class Listed:
    """A conversation in a list.

    Attributes:
        first_line: The applicant's first typed sentence.
        last_line: The last line that people see.
        holder: Name of the agent who has it, "" under any other owner.
        needs_reply: The applicant wrote last.
    """

    conversation: Conversation
    thread: Thread
    first_line: str
    last_line: str
    last_at: datetime
    holder: str
    needs_reply: bool


@dataclass(frozen=True)
class ListQuery:
    """What a list shows.

    Attributes:
        kind: "department", "all", "later", "closed" or "search".
        department_id: Whose, for "department".
        owners: Values of `Owner`, empty for all.
        ids: Only these conversations, None for no such limit.
        before: Only what changed before, for the next page.
    """

    kind: str
    department_id: str | None = None
    owners: tuple[str, ...] = ()
    channel: str = ""
    reason: str = ""
    ids: tuple[str, ...] | None = None
    before: datetime | None = None
    limit: int = 50


@dataclass(frozen=True)
class ListPage:
    """One page of a list."""

    rows: Sequence[Listed] = field(default_factory=tuple)
    has_more: bool = False


def presence_of(profile: Profile, *, is_available: bool, is_online: bool) -> PresenceState:
    """Return what colleagues see: a silent desk is away whatever it last said."""
    if not is_online:
        return PresenceState.AWAY
    if is_available:
        return PresenceState.AVAILABLE
    return PresenceState.AWAY if profile.state is PresenceState.AVAILABLE else profile.state
