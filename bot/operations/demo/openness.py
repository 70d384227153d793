"""Stories of the window and of the open pages: applications, answers, talks, inspections."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from functools import partial

from bot.domain.inspections import SampleWish
from bot.domain.meetings import MeetingKind, NewMeeting
from bot.domain.people import Role
from bot.domain.single_form import FormUse
from bot.operations.demo.city import City
from bot.services.applications import applications
from bot.services.applications import desk as application_desk
from bot.services.applications.desk import Window
from bot.services.applications.form_checks import Checks
from bot.services.applications.papers import applied_papers, materials_of, paper_lines
from bot.services.applications.single_form import fill, form_for
from bot.services.applications.target import target_of
from bot.services.feedback import publication as feedback_publication
from bot.services.feedback.desk import FeedbackOffice
from bot.services.meetings import meetings
from bot.services.meetings.meetings import MeetingDesk
from bot.services.reviews import inspections
from bot.services.reviews.inspections import InspectionDesk
from bot.services.times.local_time import at_local, local_day
from bot.store.application_texts import load_application_texts

LATER_WORKING_DAYS = 20
SAMPLE_SIZE, SAMPLE_SEED = 3, 20261126
LOOKS_BACK_DAYS = 30
ON_TIME_SHARE, LATE_DAYS = 0.85, 8
MEETS_AT = time(9, 30)


def application(city: City, at: datetime) -> None:
    """Somebody hands in a licence in the chat; the window takes it and gives the result."""
    app, words = city.app, city.words["application"]
    who = city.open(at)
    typed: Mapping[str, str] = {
        **words["form"],
        "applicant_name": city.business(),
        "phone": words["phone"],
    }
    target = target_of(words["matter"], typed, app.catalogue)
    checks = Checks(at, app.calendar, app.forbidden_word)
    lines = paper_lines(materials_of(target.parts), {}, app.apply_words)
    later = app.calendar.add_working_days(local_day(at), LATER_WORKING_DAYS)
    receipt = applications.hand_in(
        app.unit_of_work,
        origin=f"demo:{who}:apply",
        target=target,
        filled=fill(form_for(app.forms, FormUse.MATTER), typed, checks),
        papers=applied_papers(lines, later),
        has_consent=True,
        conversation_id=who,
        now=at,
        catalogue=app.catalogue,
        calendar=app.calendar,
    )
    days = city.chance.choices((1, LATE_DAYS), (ON_TIME_SHARE, 1 - ON_TIME_SHARE))[0]
    city.in_days(at, days, partial(_accept, city, receipt.case.number))


def _window(city: City, at: datetime, role: Role) -> Window:
    app = city.app
    file = app.settings.data_dir / "services" / "application_texts.yml"
    texts = load_application_texts(file)
    clerk = city.somebody(role)
    return Window(app.unit_of_work, clerk, at, app.catalogue, app.calendar, texts)


def _accept(city: City, number: str, at: datetime) -> None:
    application_desk.accept(_window(city, at, Role.AGENT), number=number)
    days = city.chance.choices((2, LATE_DAYS), (ON_TIME_SHARE, 1 - ON_TIME_SHARE))[0]
    city.in_days(at, days, partial(_decide, city, number))


def _decide(city: City, number: str, at: datetime) -> None:
    application_desk.begin_review(_window(city, at, Role.OFFICER), number=number)
    application_desk.complete(_window(city, at, Role.OFFICER), number=number)


def publication(city: City, office: FeedbackOffice, number: str) -> None:
    """Somebody prepares the words of an answer for everybody, a supervisor publishes them."""
    said = city.words["publication"]
    feedback_publication.prepare(
        office,
        number,
        question=said["question"],
        answer=city.words["complaint_answer"],
        change=city.words["complaint_change"],
    )


def talk(city: City, at: datetime) -> None:
    """A talk with business is announced, asked and answered."""
    app, words = city.app, city.words["talk"]
    boss = city.somebody(Role.SUPERVISOR)
    desk = MeetingDesk(
        app.unit_of_work, boss, at, app.catalogue, app.router, app.hot_rules.likeness
    )
    today = local_day(at)
    new = NewMeeting(
        MeetingKind.MEETING,
        words["title"],
        words["text"],
        words["place"],
        at_local(today + timedelta(days=7), MEETS_AT),
        today + timedelta(days=5),
    )
    made = meetings.announce(desk, new)
    for text in words["questions"]:
        meetings.ask(app.unit_of_work, made, text=text, client="", now=at)
    first = meetings.read_meeting(desk, made).groups[0].questions[0]
    meetings.answer(desk, made, [first.id], question=first.text, text=words["answer"])


def inspection(city: City, at: datetime) -> None:
    """A sample of the cases that were closed is drawn, and one finding reported."""
    boss = city.somebody(Role.SUPERVISOR)
    desk = InspectionDesk(city.app.unit_of_work, boss, at, city.app.calendar, city.app.catalogue)
    today = local_day(at)
    wish = SampleWish(today - timedelta(days=LOOKS_BACK_DAYS), today, SAMPLE_SIZE, SAMPLE_SEED)
    sample = inspections.draw_sample(desk, wish)
    inspections.report_finding(desk, text=city.words["finding"], sample_id=sample, position=1)
