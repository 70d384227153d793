"""A case: one application on its way through the departments."""

import enum
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType

from bot.domain.errors import BotError


class CaseState(enum.Enum):
    """Where a case stands."""

    RECEIVED = "received"
    ACCEPTED = "accepted"
    RECTIFICATION = "rectification"
    UNDER_REVIEW = "under_review"
    SPECIAL_PROCEDURE = "special_procedure"
    PUBLICITY = "publicity"
    HEARING = "hearing"
    INSPECTION = "inspection"
    COMPLETED = "completed"
    REFUSED = "refused"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"


class ClockMode(enum.Enum):
    """What the clock of a case does in a state."""

    WAITS = "waits"
    """Not accepted yet: the limit has not begun."""
    RUNS = "runs"
    STANDS = "stands"
    """Not counted; what law or rule says so is in `CaseRules.pauses`."""
    ENDED = "ended"


@dataclass(frozen=True)
class StateRule:
    """One line of the state machine.

    Attributes:
        label: The state as applicants and staff read it.
        clock: What the clock does here.
        leads_to: Every state that a case may go to from here; empty in a final state.
    """

    label: str
    clock: ClockMode
    leads_to: frozenset[CaseState]


def _rule(label: str, clock: ClockMode, *leads_to: CaseState) -> StateRule:
    return StateRule(label, clock, frozenset(leads_to))


_S, _C = CaseState, ClockMode

CASE_STATES: Mapping[CaseState, StateRule] = MappingProxyType(
    {
        # told once what is missing: 行政许可法 第三十二条
        _S.RECEIVED: _rule(
            "收件", _C.WAITS, _S.ACCEPTED, _S.RECTIFICATION, _S.RETURNED, _S.WITHDRAWN
        ),
        # decided on the spot: 行政许可法 第三十四条
        _S.ACCEPTED: _rule("受理", _C.RUNS, _S.UNDER_REVIEW, _S.COMPLETED, _S.WITHDRAWN),
        # back to the review when the papers were asked for during it
        _S.RECTIFICATION: _rule(
            "补正", _C.STANDS, _S.ACCEPTED, _S.UNDER_REVIEW, _S.RETURNED, _S.WITHDRAWN
        ),
        _S.UNDER_REVIEW: _rule(
            "审查",
            _C.RUNS,
            *(_S.RECTIFICATION, _S.SPECIAL_PROCEDURE, _S.PUBLICITY, _S.HEARING, _S.INSPECTION),
            *(_S.COMPLETED, _S.REFUSED, _S.WITHDRAWN),
        ),
        _S.SPECIAL_PROCEDURE: _rule("特别程序", _C.STANDS, _S.UNDER_REVIEW, _S.WITHDRAWN),
        _S.PUBLICITY: _rule("公示", _C.STANDS, _S.UNDER_REVIEW, _S.WITHDRAWN),
        _S.HEARING: _rule("听证", _C.STANDS, _S.UNDER_REVIEW, _S.WITHDRAWN),
        _S.INSPECTION: _rule("检验检测", _C.STANDS, _S.UNDER_REVIEW, _S.WITHDRAWN),
        _S.COMPLETED: _rule("办结", _C.ENDED),
        _S.REFUSED: _rule("不予许可", _C.ENDED),
        _S.RETURNED: _rule("退件", _C.ENDED),
        _S.WITHDRAWN: _rule("撤回", _C.ENDED),
    }
)
"""The state machine, all of it: labels, moves, clock.

A final state says so twice: the clock has ended and no move leads on; a test checks that.
"""

CASE_STATE_LABELS: Mapping[CaseState, str] = MappingProxyType(
    {state: rule.label for state, rule in CASE_STATES.items()}
)
"""The states as applicants and staff read them."""

ALLOWED_CASE_TRANSITIONS: Mapping[CaseState, frozenset[CaseState]] = MappingProxyType(
    {state: rule.leads_to for state, rule in CASE_STATES.items()}
)
"""Every move a case may make; a state without moves is final."""

PAUSED_STATES = frozenset(s for s, rule in CASE_STATES.items() if rule.clock is ClockMode.STANDS)
"""The clock stands still here.

Source: 行政许可法 第四十五条 (hearing, inspection, expert review are not counted), 第三十二条 (the
limit runs from complete documents). The publicity is not among what 第四十五条 leaves out: it
stands only where the limit of the matter does not cover it, see `stands_in`.
"""


class CaseSource(enum.Enum):
    """Who keeps a case."""

    REGISTER = "register"
    """The built-in register: it is moved at our desk."""
    PLATFORM = "platform"
    """The city's approval platform: what we have is a copy, which nobody here moves."""


UNKNOWN_STATE = "平台状态“{words}”"
"""A state that only the platform knows, as applicants and staff read it."""


class CaseEventKind(enum.Enum):
    """What a line of the history says."""

    OPENED = "opened"
    MOVED = "moved"
    STEP_FINISHED = "step_finished"
    ESCALATED = "escalated"
    """Overdue; the next higher level has been told. `reason` names it."""
    URGE_ANSWERED = "urge_answered"
    """The department has answered an urge; `reason` is what it says."""
    URGE_ESCALATED = "urge_escalated"
    """An urge was not answered in time; `reason` names who has it now."""
    URGED = "urged"
    SUPPLEMENTED = "supplemented"
    """The applicant has handed in papers; `reason` names them."""
    NOTED = "noted"
    """The platform has written something down that our table has no word for."""


FOLLOWED_KINDS = frozenset(
    {CaseEventKind.MOVED, CaseEventKind.STEP_FINISHED, CaseEventKind.ESCALATED}
)
"""What those who follow a case hear of."""


class CaseMoveRefused(BotError):
    """The table of transitions does not have this move.

    Attributes:
        seen: The state the case is in.
        to: The state that was asked for.
    """

    def __init__(self, seen: CaseState, to: CaseState) -> None:
        super().__init__(f"a case cannot go from {seen.value} to {to.value}")
        self.seen = seen
        self.to = to


@dataclass(frozen=True)
class Limit:
    """A time limit as it was when the case was opened.

    Attributes:
        working_days: Whole working days, >= 0; 0 means on the spot.
        source: Law or publication, as shown to applicants.
        verified: False when nobody has found the limit at its source; say 以窗口答复为准.
        covers_publicity: The limit of the matter counts its publicity, so the clock goes on
            meanwhile.
    """

    working_days: int
    source: str
    verified: bool
    covers_publicity: bool = False


def stands_in(*limits: Limit | None) -> frozenset[CaseState]:
    """Return the states in which the clock of a case with these limits stands."""
    covers = any(limit.covers_publicity for limit in limits if limit)
    return PAUSED_STATES - {CaseState.PUBLICITY} if covers else PAUSED_STATES


@dataclass(frozen=True)
class CaseStep:
    """One step on the way, in the order of `Case.steps`.

    Attributes:
        name: What is done, in Chinese.
        state: The state in which it is done.
        department_id: Who does it.
    """

    name: str
    state: CaseState
    department_id: str
    started_at: datetime | None = None
    finished_at: datetime | None = None


@dataclass(frozen=True)
class CaseEvent:
    """One line of the history; never edited.

    Attributes:
        actor: Machine word or id of who did it ("applicant", "agent:3", a department's id).
        reason: In Chinese, for the applicant to read; "" when there is nothing to add.
    """

    at: datetime
    actor: str
    kind: CaseEventKind
    seen: CaseState | None = None
    to: CaseState | None = None
    reason: str = ""


@dataclass(frozen=True)
class NewCase:
    """What is written when a case is opened.

    Attributes:
        matter_name: Name of the matter on that day; matters are renamed, cases are not.
        phone: Digits only.
        credential: Credit code or identity number, capitals, without blanks.
        department_phone: Telephone of the desk that has it, if the department gave one.
        is_demo: Made-up data for showing the system.
    """

    number: str
    matter_id: str
    matter_name: str
    applicant_name: str = field(repr=False)
    phone: str = field(repr=False)
    credential: str = field(repr=False)
    district_id: str
    department_id: str
    steps: tuple[CaseStep, ...]
    promised: Limit | None
    statutory: Limit | None
    opened_at: datetime
    origin: str
    department_phone: str | None = None
    is_demo: bool = False
    source: CaseSource = CaseSource.REGISTER


@dataclass(frozen=True)
class Case(NewCase):
    """A case as it is stored.

    Attributes:
        missing: Papers that the applicant has to hand in; empty outside `RECTIFICATION`.
        events: The whole history, oldest first.
        escalation: Level to which an overdue case has gone; 0 for none.
        state_words: The platform's words while it is in a state that the table does not have;
            `state` is then the last one that it has, and nobody knows what the clock does.
    """

    id: int = 0
    state: CaseState = CaseState.RECEIVED
    missing: tuple[str, ...] = ()
    events: tuple[CaseEvent, ...] = ()
    escalation: int = 0
    state_words: str | None = None

    @property
    def is_final(self) -> bool:
        """Nothing can happen any more."""
        return self.state_words is None and is_final(self.state)

    @property
    def stands_in(self) -> frozenset[CaseState]:
        """Return the states in which its clock stands."""
        return stands_in(self.promised, self.statutory)

    @property
    def is_paused(self) -> bool:
        """Its clock stands now."""
        return self.state_words is None and self.state in self.stands_in

    @property
    def state_label(self) -> str:
        """Return the state as applicants and staff read it."""
        return state_label(self.state, self.state_words)

    @property
    def accepted_at(self) -> datetime | None:
        """When the clock began: the first acceptance."""
        return self._first(CaseState.ACCEPTED)

    @property
    def finished_at(self) -> datetime | None:
        """When the case reached a final state."""
        moves = (event for event in self.events if event.to)
        return next((move.at for move in moves if is_final(move.to)), None)

    @property
    def current_step(self) -> CaseStep | None:
        """The step somebody is at; None in a final state."""
        if self.is_final:
            return None
        return next((s for s in self.steps if s.started_at and not s.finished_at), None)

    def _first(self, state: CaseState) -> datetime | None:
        return next((event.at for event in self.events if event.to is state), None)


def state_label(state: CaseState, words: str | None) -> str:
    """Return a state as people read it; `words` are the platform's for a state of its own."""
    return CASE_STATE_LABELS[state] if words is None else UNKNOWN_STATE.format(words=words)


def is_final(state: CaseState | None) -> bool:
    """Tell whether no move leads on from `state`."""
    return state is not None and not ALLOWED_CASE_TRANSITIONS[state]


def check_case_move(seen: CaseState, to: CaseState) -> None:
    """Refuse a move that the table does not have.

    Raises:
        CaseMoveRefused: It does not.
    """
    if to not in ALLOWED_CASE_TRANSITIONS[seen]:
        raise CaseMoveRefused(seen, to)


def running_spans(
    events: Iterable[CaseEvent], stands: frozenset[CaseState] = PAUSED_STATES
) -> Iterator[tuple[datetime, datetime | None]]:
    """Yield when the clock of a case ran: (start, end), the last end None while it runs.

    It starts with the acceptance, stands in the states `stands` and ends in a final state.
    """
    started: datetime | None = None
    accepted = False
    for event in events:
        if event.to is None:
            continue
        accepted = accepted or event.to is CaseState.ACCEPTED
        stops = event.to in stands or is_final(event.to)
        if started is None and accepted and not stops:
            started = event.at
        elif started is not None and stops:
            yield started, event.at
            started = None
    if started is not None:
        yield started, None


def enter(steps: Sequence[CaseStep], to: CaseState, now: datetime) -> tuple[CaseStep, ...]:
    """Return the steps after the case entered `to`.

    A pause leaves the current step open. Otherwise the steps before `to` are finished and the
    first open step of `to` begins; a final state finishes its own step at once. A case that is
    refused, returned or withdrawn leaves the rest undone.
    """
    if to in PAUSED_STATES:
        return tuple(steps)
    ends = is_final(to)
    target = next((i for i, step in enumerate(steps) if step.state is to), None)
    if target is None:
        return tuple(_finish(step, now) if step.started_at else step for step in steps)
    moved = []
    for index, step in enumerate(steps):
        after = step
        if index < target:
            after = _finish(_start(step, now), now)
        elif index == target:
            after = _finish(_start(step, now), now) if ends else _start(step, now)
        moved.append(after)
    return tuple(moved)


def finish_step(steps: Sequence[CaseStep], now: datetime) -> tuple[CaseStep, ...] | None:
    """Return the steps after the current one is done and the next of the same state has begun.

    None when no step of the same state is left: then only a move of the case leads on.
    """
    for index, step in enumerate(steps):
        if step.started_at and not step.finished_at:
            following = index + 1
            if following == len(steps) or steps[following].state is not step.state:
                return None
            done = [*steps]
            done[index] = _finish(step, now)
            done[following] = _start(steps[following], now)
            return tuple(done)
    return None


def _start(step: CaseStep, now: datetime) -> CaseStep:
    return step if step.started_at else replace(step, started_at=now)


def _finish(step: CaseStep, now: datetime) -> CaseStep:
    return step if step.finished_at else replace(step, finished_at=now)
