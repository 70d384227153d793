"""Puts made-up cases and whistle tickets into the database, so that there is something to show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from bot.domain.cases import CaseEventKind, CaseState, CaseStep
from bot.domain.catalogue import Catalogue
from bot.domain.errors import BotError
from bot.domain.ticket_clocks import Urgency, WhistleRules
from bot.domain.tickets import TicketEventKind, TicketState
from bot.planner.calendar import ONE_DAY, WorkingCalendar
from bot.sealing import UnreadableData
from bot.services.cases import desk as case_desk
from bot.services.ports import OpenUnitOfWork, within
from bot.services.tickets import tickets
from bot.services.times.local_time import at_local, local_day

FIRST_ACT = time(9, 30)
BETWEEN_ACTS = timedelta(minutes=20)
CONVERSATION = "demo"
"""Conversation of the demo tickets; no channel makes such an id."""


class BadSeed(BotError):
    """A seed file is missing or does not hold what it should."""


@dataclass(frozen=True)
class SeededCasework:
    """Numbers of the demo cases and tickets, in the order of the files."""

    cases: tuple[str, ...]
    tickets: tuple[str, ...]


@dataclass(frozen=True)
class Seeding:
    """What seeding needs; `today` is the local day that the files' "days ago" are counted from."""

    unit_of_work: OpenUnitOfWork
    today: date
    calendar: WorkingCalendar
    catalogue: Catalogue
    rules: WhistleRules

    def moment(self, working_days_ago: int, act: int) -> datetime:
        """Return the moment of the `act`-th line of an entry (from 0)."""
        day = self.today
        left = working_days_ago
        while left:
            day -= ONE_DAY
            left -= self.calendar.is_working_day(day)
        return at_local(day, FIRST_ACT) + act * BETWEEN_ACTS


def seed_casework(
    unit_of_work: OpenUnitOfWork,
    *,
    folder: Path,
    now: datetime,
    calendar: WorkingCalendar,
    catalogue: Catalogue,
    rules: WhistleRules,
) -> SeededCasework:
    """Write the demo cases and tickets of `folder` (`data/seed`) that are not there yet.

    All in one transaction: each waits for the disk, and the demo has some ninety steps. Run again
    it changes nothing; what has come into the files since is added.

    Raises:
        BadSeed: A file cannot be understood; the message names file and entry.
    """
    cases = _read(folder / "cases.yml", "cases")
    whistles = _read(folder / "tickets.yml", "tickets")
    with unit_of_work() as unit:
        seeding = Seeding(within(unit), local_day(now), calendar, catalogue, rules)
        return SeededCasework(
            cases=tuple(_seed_case(seeding, entry) for entry in cases),
            tickets=tuple(_seed_ticket(seeding, entry) for entry in whistles),
        )


def _read(file: Path, key: str) -> Sequence[Mapping[str, Any]]:
    try:
        entries = YAML(typ="safe").load(file.read_text(encoding="utf-8"))[key]
    except (OSError, YAMLError, KeyError, TypeError) as error:
        raise BadSeed(f"{file}: {error!r}") from error
    for entry in entries:
        ago = [entry.get("opened"), *(move[1] for move in entry.get("moves", ()))]
        # the day of seeding itself has no past yet
        if not all(type(days) is int and days >= 1 for days in ago) or ago != sorted(ago)[::-1]:
            raise BadSeed(f"{file}: {entry.get('key')}: days ago must be 1 or more, never rising")
    assert isinstance(entries, list)
    return entries


def _seed_case(seeding: Seeding, entry: Mapping[str, Any]) -> str:
    try:
        steps = tuple(CaseStep(name, CaseState(s), by) for name, s, by in entry.get("steps", ()))
        case = case_desk.open_case(
            seeding.unit_of_work,
            origin=f"seed:case:{entry['key']}",
            matter_id=entry["matter"],
            applicant_name=entry["applicant"],
            phone=entry["phone"],
            credential=entry["credential"],
            district_id=entry["district"],
            now=seeding.moment(entry["opened"], 0),
            catalogue=seeding.catalogue,
            steps=steps,
            is_demo=True,
        )
        done = sum(event.kind is CaseEventKind.MOVED for event in case.events)
        for act, (state, ago, reason, *missing) in enumerate(entry["moves"], start=1):
            if act <= done:
                continue
            case_desk.advance_case(
                seeding.unit_of_work,
                number=case.number,
                to=CaseState(state),
                actor=case.department_id,
                now=seeding.moment(ago, act),
                reason=reason,
                missing=missing,
            )
    except UnreadableData:
        raise
    except (KeyError, ValueError, TypeError, BotError) as error:
        raise BadSeed(f"case {entry.get('key')}: {error!r}") from error
    return case.number


def _seed_ticket(seeding: Seeding, entry: Mapping[str, Any]) -> str:
    try:
        ticket = tickets.open_whistle(
            seeding.unit_of_work,
            origin=f"seed:ticket:{entry['key']}",
            conversation_id=CONVERSATION,
            business_name=entry["business"],
            phone=entry["phone"],
            district=entry["district"],
            description=entry["description"],
            urgency=Urgency(entry["urgency"]),
            now=seeding.moment(entry["opened"], 0),
            calendar=seeding.calendar,
            catalogue=seeding.catalogue,
            rules=seeding.rules,
            is_demo=True,
        )
        done = sum(event.kind is TicketEventKind.MOVED for event in ticket.events)
        for act, (state, ago, reason) in enumerate(entry["moves"], start=1):
            if act > done:
                _move_ticket(seeding, ticket.number, TicketState(state), reason, (ago, act))
    except UnreadableData:
        raise
    except (KeyError, ValueError, TypeError, BotError) as error:
        raise BadSeed(f"ticket {entry.get('key')}: {error!r}") from error
    return ticket.number


def _move_ticket(
    seeding: Seeding, number: str, to: TicketState, reason: str, when: tuple[int, int]
) -> None:
    now = seeding.moment(*when)
    with seeding.unit_of_work() as uow:
        ticket = uow.tickets.by_number(number)
    if ticket is None or ticket.leading is None:
        raise BadSeed(f"{number}: no department leads")
    leading = ticket.leading.department_id
    if to is TicketState.REPORTED_IN:
        for department in reversed(ticket.departments):  # the leading one last: it moves the ticket
            tickets.report_in(
                seeding.unit_of_work,
                number=number,
                department_id=department.department_id,
                actor=department.department_id,
                now=now,
                calendar=seeding.calendar,
                rules=seeding.rules,
            )
        return
    tickets.move_ticket(
        seeding.unit_of_work,
        number=number,
        to=to,
        actor=leading,
        reason=reason,
        now=now,
        calendar=seeding.calendar,
        rules=seeding.rules,
    )
