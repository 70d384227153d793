"""Stories of the office: cases, whistles, bookings, complaints."""

from datetime import datetime, timedelta
from functools import partial

from bot.domain.cases import CaseState
from bot.domain.conversations import Reply, TurnOutcome
from bot.domain.feedback import FeedbackKind
from bot.domain.feedback_answers import Mark
from bot.domain.halls import Mode
from bot.domain.people import Role
from bot.domain.tickets import TicketState
from bot.operations.demo import openness
from bot.operations.demo.city import City
from bot.operations.demo.talks import DISTRICTS
from bot.services.bookings import bookings
from bot.services.bookings import desk as booking_desk
from bot.services.bookings.desk import Reception
from bot.services.bookings.links import link_booking
from bot.services.cases import desk as case_desk
from bot.services.feedback import desk as feedback_desk
from bot.services.feedback import feedback
from bot.services.feedback import owners as feedback_owners
from bot.services.feedback import publication as feedback_publication
from bot.services.feedback.desk import FeedbackOffice
from bot.services.tickets import tickets
from bot.services.tickets.business import BusinessSide, make_link
from bot.services.times.local_time import at_local, local_day

USUAL = (("accepted", 1), ("under_review", 2), ("completed", 4))
ASKED_AGAIN = (("rectification", 1), ("accepted", 3), ("under_review", 5), ("completed", 8))
STUCK = (("accepted", 1), ("under_review", 3), ("completed", 14))
WHISTLE = (("in_progress", 2), ("answered", 5), ("call_back", 6), ("closed", 7))
PUBLISHED_SHARE = 0.8
ON_TIME_SHARE, LATE_DAYS = 0.85, 6


def case(city: City, at: datetime) -> None:
    """Somebody applies; the case goes its way, now and then it gets stuck."""
    opened = case_desk.open_case(
        city.app.unit_of_work,
        origin=f"demo:case:{city.chance.random()}",
        matter_id=city.chance.choice(city.words["matters"]),
        applicant_name=city.business(),
        phone=city.phone(),
        credential="92371502XXXXXX0000",
        district_id=city.chance.choice(DISTRICTS),
        now=at,
        catalogue=city.app.catalogue,
        is_demo=True,
    )
    way = city.chance.choices((USUAL, ASKED_AGAIN, STUCK), (7, 2, 1))[0]
    for name, days in way:
        city.in_days(at, days, partial(_move_case, city, opened.number, name))


def _move_case(city: City, number: str, name: str, at: datetime) -> None:
    words = city.words["case_words"]
    case_desk.advance_case(
        city.app.unit_of_work,
        number=number,
        to=CaseState(name),
        actor=f"agent:{city.somebody(Role.OFFICER).id}",
        reason=words[name],
        missing=[words["missing"]] if name == "rectification" else (),
        now=at,
    )
    if name == "completed":
        city.closed_case = number


def whistle(city: City, at: datetime) -> None:
    """A business blows the whistle; departments are sent out, report in, answer."""
    text = city.chance.choice(city.words["whistles"])
    who = city.open(at)
    city.say(who, text, TurnOutcome((Reply(city.words["answer"]),)), at)
    ticket = tickets.open_whistle(
        city.app.unit_of_work,
        origin=f"demo:{who}:whistle",
        conversation_id=who,
        business_name=city.business(),
        phone=city.phone(),
        district="371502",
        description=text,
        now=at,
        calendar=city.app.calendar,
        catalogue=city.app.catalogue,
        rules=city.app.whistle_rules,
        router=city.app.router,
    )
    side = BusinessSide(city.app.unit_of_work, city.app.calendar, city.app.whistle_rules, at)
    city.links["whistle"] = make_link(side, number=ticket.number, conversation_id=who) or ""
    late = city.chance.choices((0, LATE_DAYS), (ON_TIME_SHARE, 1 - ON_TIME_SHARE))[0]
    sent_out = partial(_dispatch, city, ticket.number)
    if late:
        city.in_days(at, 2, sent_out)
    else:
        city.later(at, timedelta(hours=1), sent_out)
    city.in_days(at, 1 + late, partial(_report_in, city, ticket.number))
    for name, days in WHISTLE:
        city.in_days(at, days + late, partial(_move_ticket, city, ticket.number, name))


def _dispatch(city: City, number: str, at: datetime) -> None:
    _move_ticket(city, number, "dispatched", at)


def _move_ticket(city: City, number: str, name: str, at: datetime) -> None:
    tickets.move_ticket(
        city.app.unit_of_work,
        number=number,
        to=TicketState(name),
        actor=f"agent:{city.somebody(Role.DISPATCHER).id}",
        reason=city.words["whistle_words"][name],
        now=at,
        calendar=city.app.calendar,
        rules=city.app.whistle_rules,
    )


def _report_in(city: City, number: str, at: datetime) -> None:
    with city.app.unit_of_work() as unit:
        ticket = unit.tickets.by_number(number)
    for one in ticket.departments if ticket else ():
        tickets.report_in(
            city.app.unit_of_work,
            number=number,
            department_id=one.department_id,
            actor=one.department_id,
            now=at,
            calendar=city.app.calendar,
            rules=city.app.whistle_rules,
        )


def booking(city: City, at: datetime) -> None:
    """Somebody books a place for one of the next days, comes or does not."""
    _book(city, at, days=city.chance.randrange(1, 5))


def booking_for_tomorrow(city: City, at: datetime) -> None:
    """Somebody books a place for the next day."""
    _book(city, at, days=1)


def _book(city: City, at: datetime, days: int) -> None:
    day = local_day(at) + timedelta(days=days)
    hour, minute = divmod(540 + 30 * city.chance.randrange(6), 60)
    start = at_local(day, datetime.min.time().replace(hour=hour, minute=minute))
    who = city.open(at)
    made = bookings.book(
        city.app.unit_of_work,
        origin=f"demo:{who}:booking",
        conversation_id=who,
        district=city.chance.choice(DISTRICTS),
        mode=city.chance.choice((Mode.WINDOW, Mode.PHONE)),
        starts_at=start,
        contact_name=city.business(),
        contact_phone=f"1380635{city.chance.randrange(10_000):04d}",
        note=city.words["booking_note"],
        now=at,
        calendar=city.app.calendar,
    )
    city.links["booking"] = link_booking(city.app.unit_of_work, made, at)
    city.later(start, timedelta(minutes=20), partial(_receive, city, made.number))


def _receive(city: City, number: str, at: datetime) -> None:
    reception = Reception(
        city.app.unit_of_work,
        city.somebody(Role.SUPERVISOR),
        at,
        city.app.calendar,
        city.app.booking_teller,
    )
    if city.chance.random() < 0.12:  # noqa: PLR2004 - a share
        booking_desk.mark_no_show(reception, number)
        return
    booking_desk.check_in(reception, number)
    booking_desk.finish(reception, number)


def complaint(city: City, at: datetime) -> None:
    """Somebody complains or suggests; a department writes, a supervisor lets it go out."""
    said = city.chance.choice(city.words["complaints"])
    who = city.open(at)
    city.say(who, said["text"], TurnOutcome((Reply(city.words["answer"]),)), at)
    filed = feedback.file_feedback(
        city.app.unit_of_work,
        origin=f"demo:{who}:feedback",
        conversation_id=who,
        kind=FeedbackKind(said["kind"]),
        text=said["text"],
        phone=None,
        now=at,
        calendar=city.app.calendar,
        catalogue=city.app.catalogue,
    )
    city.in_days(at, 1, partial(_write, city, filed.number))
    days = city.chance.choices((3, LATE_DAYS), (ON_TIME_SHARE, 1 - ON_TIME_SHARE))[0]
    city.in_days(at, days, partial(_approve, city, filed.number))


def _desk(city: City, role: Role, at: datetime) -> FeedbackOffice:
    app = city.app
    return FeedbackOffice(
        app.unit_of_work, city.somebody(role), at, app.catalogue, city.news, app.calendar
    )


def _write(city: City, number: str, at: datetime) -> None:
    # given to the department of the staff member who answers for it and writes
    office, writer = _desk(city, Role.SUPERVISOR, at), _desk(city, Role.OFFICER, at)
    feedback_desk.give(office, number, department_id="approval")
    feedback_owners.name_owner(office, number, writer.agent.id)
    feedback_desk.write(
        writer,
        number,
        text=city.words["complaint_answer"],
        change=city.words["complaint_change"],
    )


def _approve(city: City, number: str, at: datetime) -> None:
    feedback_desk.approve(_desk(city, Role.SUPERVISOR, at), number, marks=frozenset(Mark))
    if city.chance.random() < PUBLISHED_SHARE:
        city.in_days(at, 1, partial(_publish, city, number))


def _publish(city: City, number: str, at: datetime) -> None:
    openness.publication(city, _desk(city, Role.OFFICER, at), number)
    feedback_publication.publish(_desk(city, Role.SUPERVISOR, at), number)
