"""What the bot did not understand, and what a person decided that it means."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType

from bot.domain.errors import BotError

MOST_CANDIDATES = 5
MOST_EXAMPLES = 50
MAX_EXAMPLE_LENGTH = 300
MAX_NOTE_LENGTH = 300


class MisreadReason(enum.Enum):
    """How it showed that a message was not understood."""

    FALLBACK = "fallback"
    GUESSED = "guessed"
    FORM = "form"
    UNSURE = "unsure"
    DISPUTED = "disputed"


@dataclass(frozen=True)
class Misread:
    """What the dialogue says of a message that it did not understand.

    Attributes:
        form: Name of the form that was open, "" outside forms.
        question: Slot whose question was open, "" when none was.
        candidates: Intent and confidence, best first, at most `MOST_CANDIDATES`.
    """

    reason: MisreadReason
    form: str = ""
    question: str = ""
    candidates: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True)
class GuessPressed:
    """A guess of the bot was pressed: what was meant by an earlier message.

    Attributes:
        message_id: The message that was not understood.
        chosen: The intent, or `slot=value`, of the button.
    """

    message_id: int
    chosen: str


@dataclass(frozen=True)
class Misunderstood:
    """A stored message that was not understood.

    Attributes:
        text: With numbers that could name somebody masked; stays out of `repr`.
        model: File name of the model that read it, "" when it was not known.
        chosen: What was pressed after guesses were shown, "" when nothing was.
        lesson_id: The decision that covers it, None while nobody has decided.
        expires_at: When it is forgotten, decided or not.
    """

    id: int
    message_id: int
    conversation_id: str
    at: datetime
    text: str = field(repr=False)
    misread: Misread
    model: str
    chosen: str
    lesson_id: int | None
    expires_at: datetime


class LessonKind(enum.Enum):
    """What people decided that some messages mean."""

    INTENT = "intent"
    MATTER = "matter"
    OUT_OF_SCOPE = "out_of_scope"
    FACT = "fact"
    DISCARD = "discard"


class LessonState(enum.Enum):
    """Where a decision stands."""

    PROPOSED = "proposed"
    RELEASED = "released"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    OPEN = "open"
    DONE = "done"
    DISCARDED = "discarded"


FIRST_STATES: Mapping[LessonKind, LessonState] = MappingProxyType(
    {
        LessonKind.INTENT: LessonState.PROPOSED,
        LessonKind.MATTER: LessonState.PROPOSED,
        LessonKind.OUT_OF_SCOPE: LessonState.PROPOSED,
        # a task for those who keep the catalogue; nothing is trained
        LessonKind.FACT: LessonState.OPEN,
        LessonKind.DISCARD: LessonState.DISCARDED,
    }
)

ALLOWED_STATES: Mapping[LessonState, frozenset[LessonState]] = MappingProxyType(
    {
        LessonState.PROPOSED: frozenset({LessonState.RELEASED, LessonState.RETURNED}),
        # it turned out to do harm: the next export leaves it out
        LessonState.RELEASED: frozenset({LessonState.WITHDRAWN}),
        LessonState.OPEN: frozenset({LessonState.DONE}),
        LessonState.RETURNED: frozenset(),
        LessonState.WITHDRAWN: frozenset(),
        LessonState.DONE: frozenset(),
        LessonState.DISCARDED: frozenset(),
    }
)

TRAINED = frozenset({LessonKind.INTENT, LessonKind.OUT_OF_SCOPE})
"""Kinds whose examples become training data of the intents."""


@dataclass(frozen=True)
class Lesson:
    """A decision about some messages.

    Attributes:
        target: Intent or id of a matter; "" where the kind says all.
        examples: As they are trained, entities marked as in `[营业执照](matter)在哪办`.
        note: Why, or what the fact should say.
        proposed_by: Id of the account.
        decided_by: Who released, returned, withdrew or finished it.
    """

    id: int
    kind: LessonKind
    target: str
    examples: tuple[str, ...] = field(repr=False)
    note: str = field(repr=False)
    state: LessonState
    proposed_by: int
    proposed_at: datetime
    decided_by: int | None
    decided_at: datetime | None


@dataclass(frozen=True)
class LessonEvent:
    """One line of a lesson's history; never edited."""

    lesson_id: int
    at: datetime
    agent_id: int
    state: LessonState
    reason: str


class BadLesson(BotError):
    """A decision that cannot be taken as it is.

    Attributes:
        problem: Machine word: "nothing", "target", "reason", "empty", "many", "long", "markup",
            "entity", "masked", "twice", "other_intent".
        example: The example that is wrong, "" when none is.
        other: The intent that has the example already.
    """

    def __init__(self, problem: str, example: str = "", other: str = "") -> None:
        super().__init__(problem)
        self.problem = problem
        self.example = example
        self.other = other


class LessonTaken(BotError):
    """Somebody else has just decided on one of the messages."""


class OwnLesson(BotError):
    """Who proposed something cannot release it: a second person looks at it."""


class LessonChanged(BotError):
    """The step is not allowed from the present state, or somebody was faster."""


class UnknownLesson(BotError):
    """No such decision."""
