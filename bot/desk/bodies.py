"""The JSON bodies of what an agent does beyond answering."""

from typing import Annotated

import msgspec

from bot.domain.desk_work import PresenceState

Short = Annotated[str, msgspec.Meta(max_length=200)]


class TransferBody(msgspec.Struct):
    """To a colleague (`agent_id`) or to a department's queue (`department_id`)."""

    reason: str
    agent_id: int | None = None
    department_id: Annotated[str, msgspec.Meta(max_length=60)] | None = None


class ReasonBody(msgspec.Struct):
    """A reason for colleagues."""

    reason: Short = ""


class SnoozeBody(msgspec.Struct):
    """When it comes back, in unix seconds."""

    until: int


class NoteBody(msgspec.Struct):
    """A private note."""

    text: str


class IdentifyBody(msgspec.Struct):
    """What the applicant gave as proof."""

    number: Short
    credential: Short


class StateBody(msgspec.Struct):
    """What the agent says about being there."""

    state: PresenceState


class FilterBody(msgspec.Struct):
    """A filter to keep; without a query it is forgotten."""

    name: Short
    query: dict[str, str] | None = None


class Nothing(msgspec.Struct):
    """An empty body."""
