"""The JSON of the contract, decoded strictly; see `docs/approval-platform.openapi.yml`.

Unknown fields are passed over, so that a platform may add some; a missing or wrong one is an error.
Unknown states and kinds of entries are kept as what they are.
"""

from collections.abc import Mapping
from datetime import datetime, timezone
from types import MappingProxyType
from typing import Annotated, TypeVar

import msgspec

from bot.domain.cases import CASE_STATE_LABELS, CaseState
from bot.domain.errors import BotError
from bot.services.platform.ports import (
    EntryKind,
    PlatformCase,
    PlatformChange,
    PlatformChanges,
    PlatformEntry,
    PlatformEvent,
    PlatformStand,
    PlatformState,
    PlatformStep,
)

Moment = Annotated[datetime, msgspec.Meta(tz=True)]
Short = Annotated[str, msgspec.Meta(min_length=1, max_length=60)]
Name = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
Text = Annotated[str, msgspec.Meta(max_length=2000)]
Days = Annotated[int, msgspec.Meta(ge=0, le=3650)]
Number = Annotated[str, msgspec.Meta(pattern=r"^371500\d{12,14}$")]
Place = Annotated[int, msgspec.Meta(ge=1, le=100_000)]

STATES: Mapping[str, CaseState] = MappingProxyType(
    {state.value: state for state in CaseState}
    | {label: state for state, label in CASE_STATE_LABELS.items()}
)
Wire = TypeVar("Wire", bound=msgspec.Struct)
KINDS = frozenset(kind.value for kind in EntryKind)


class BadWire(BotError):
    """The JSON does not keep to the contract; the message names the place, never the content."""


class WireEntry(msgspec.Struct):
    """One line of the history."""

    id: Short
    sequence: Place
    at: Moment
    kind: Short
    state: Short | None = None
    text: Text = ""


class WireStep(msgspec.Struct):
    """A step."""

    name: Annotated[str, msgspec.Meta(min_length=1, max_length=100)]
    department: Short
    started_at: Moment | None = None
    finished_at: Moment | None = None


class WireStand(msgspec.Struct):
    """What changes about a case."""

    missing: Annotated[list[Name], msgspec.Meta(max_length=100)]
    steps: Annotated[list[WireStep], msgspec.Meta(max_length=100)]
    department_phone: Annotated[str, msgspec.Meta(max_length=40)] | None = None


class WireMatter(msgspec.Struct):
    """What was applied for."""

    code: Short
    name: Name


class WireCase(msgspec.Struct):
    """A case."""

    number: Number
    matter: WireMatter
    applicant_name: Name
    district: Annotated[str, msgspec.Meta(min_length=1, max_length=20)]
    department: Short
    stand: WireStand
    entries: Annotated[list[WireEntry], msgspec.Meta(min_length=1, max_length=10_000)]
    grant: Annotated[str, msgspec.Meta(min_length=16, max_length=200)]
    promised_working_days: Days | None = None
    statutory_working_days: Days | None = None
    demo: bool = False


class WireCasePage(msgspec.Struct):
    """One page of somebody's cases."""

    cases: Annotated[list[WireCase], msgspec.Meta(max_length=100)]
    next_page: str | None = None


class WireChange(msgspec.Struct):
    """That a case has a new entry."""

    number: str
    sequence: Place


class WireChanges(msgspec.Struct):
    """One page of changes."""

    changes: Annotated[list[WireChange], msgspec.Meta(max_length=1000)]
    cursor: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
    has_more: bool


class WireEvent(msgspec.Struct):
    """What the platform pushes."""

    number: Number
    entry: WireEntry
    stand: WireStand


class WireProblem(msgspec.Struct):
    """Body of a refusal."""

    code: str


def read_case(body: bytes) -> PlatformCase:
    """Decode one case.

    Raises:
        BadWire: See there.
    """
    return _case(_decode(body, WireCase))


def read_page(body: bytes) -> tuple[tuple[PlatformCase, ...], str | None]:
    """Decode a page of cases, and the mark of the next one."""
    page = _decode(body, WireCasePage)
    return tuple(_case(one) for one in page.cases), page.next_page


def read_changes(body: bytes) -> PlatformChanges:
    """Decode a page of changes."""
    page = _decode(body, WireChanges)
    changes = tuple(PlatformChange(one.number, one.sequence) for one in page.changes)
    return PlatformChanges(changes, page.cursor, page.has_more)


def read_event(body: bytes) -> PlatformEvent:
    """Decode a pushed change."""
    event = _decode(body, WireEvent)
    return PlatformEvent(event.number, _entry(event.entry), _stand(event.stand))


def read_problem(body: bytes) -> str:
    """Return the code of a refusal, "" when there is none."""
    try:
        return _decode(body, WireProblem).code
    except BadWire:
        return ""


def _decode(body: bytes, kind: type[Wire]) -> Wire:
    try:
        return msgspec.json.decode(body, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        # msgspec names the field and the rule, and never the value
        raise BadWire(str(error)[:200]) from None


def _case(wire: WireCase) -> PlatformCase:
    entries = tuple(_entry(one) for one in wire.entries)
    if [one.sequence for one in entries] != [*range(1, len(entries) + 1)]:
        raise BadWire("entries: sequences are not 1, 2, 3 …")
    if entries[0].state is None:
        raise BadWire("entries: the first one has no state")
    return PlatformCase(
        number=wire.number,
        matter=wire.matter.code,
        matter_name=wire.matter.name,
        applicant_name=wire.applicant_name,
        district_id=wire.district,
        department=wire.department,
        promised=wire.promised_working_days,
        statutory=wire.statutory_working_days,
        stand=_stand(wire.stand),
        entries=entries,
        grant=wire.grant,
        is_demo=wire.demo,
    )


def _stand(wire: WireStand) -> PlatformStand:
    steps = (
        PlatformStep(one.name, one.department, _utc(one.started_at), _utc(one.finished_at))
        for one in wire.steps
    )
    return PlatformStand(tuple(wire.missing), tuple(steps), wire.department_phone or None)


def _entry(wire: WireEntry) -> PlatformEntry:
    kind = EntryKind(wire.kind) if wire.kind in KINDS else EntryKind.NOTE
    if kind is EntryKind.STATE and wire.state is None:
        raise BadWire("entry: a move without a state")
    state = PlatformState(STATES.get(wire.state), wire.state) if wire.state else None
    at = wire.at.astimezone(timezone.utc)
    return PlatformEntry(wire.id, wire.sequence, at, kind, state, wire.text)


def _utc(moment: datetime | None) -> datetime | None:
    return moment.astimezone(timezone.utc) if moment else None
