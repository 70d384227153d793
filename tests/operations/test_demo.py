"""The made-up month: believable, marked, never beside real data, and taken away again."""

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from functools import cache, partial

import pytest
from sqlalchemy import func, select
from sqlalchemy.engine import Engine

from bot.bootstrap import App, build
from bot.domain.plans import PlanKind
from bot.operations.demo import journeys, month, office, openness, talks
from bot.operations.demo.city import City, load_month
from bot.operations.demo.timeline import Timeline
from bot.operations.errors import OperationFailed
from bot.services.conversations.conversations import open_web_conversation
from bot.services.plans.plans import get_plan_by_token
from bot.settings import ROOT, Settings
from bot.store.demo import KEPT
from bot.store.service_seed import seed_services
from bot.store.tables import METADATA
from bot.store.tables.applications import APPLICATIONS
from bot.store.tables.booking_desk import ASSISTANCES
from bot.store.tables.casework import CASES, FEEDBACK
from bot.store.tables.conversations import CONVERSATIONS
from bot.store.tables.feedback import FEEDBACK_PUBLICATIONS
from bot.store.tables.inspections import FINDINGS, INSPECTION_SAMPLES
from bot.store.tables.learning import LESSONS
from bot.store.tables.meetings import MEETING_ANSWERS, MEETINGS
from bot.store.tables.people import AUDIT_ENTRIES
from bot.store.tables.plan_life import PLAN_EVENTS
from bot.store.tables.policies import POLICY_PACKAGES
from bot.store.tables.services import BOOKINGS, REVIEWS
from bot.store.tables.tickets import TICKETS
from bot.store.unit_of_work import reading_factory, unit_of_work_factory
from tests.casework_factories import case as real_case

NOW = datetime(2026, 11, 25, 7, 0, tzinfo=timezone.utc)  # Wednesday, 15:00 in the city


@cache
def built() -> App:
    """The data of the product, read once."""
    return build(Settings(database_url="sqlite://"), lambda: NOW)


def app_on(engine: Engine) -> App:
    units = {"unit_of_work": unit_of_work_factory(engine), "reading": reading_factory(engine)}
    made = replace(built(), engine=engine, **units)  # type: ignore[arg-type]
    seed_services(made.unit_of_work, folder=ROOT / "data" / "seed", now=NOW)
    return made


@pytest.fixture
def app(sqlite_engine: Engine) -> App:
    return app_on(sqlite_engine)


def count(app: App, table: object) -> int:
    with app.engine.begin() as connection:
        return int(connection.execute(select(func.count()).select_from(table)).scalar_one())  # type: ignore[call-overload]


def test_a_few_made_up_days_reach_every_part_of_the_office_and_goes_without_a_trace(
    engine: Engine,
) -> None:
    app = app_on(engine)
    made = month.fill(app, NOW, days=4)
    for table in (CASES, TICKETS, BOOKINGS, REVIEWS, FEEDBACK):
        assert count(app, table) > 0, table.name
    with app.unit_of_work() as unit:
        assert unit.demo.filled_at() == NOW
        figures = unit.figures.read(now=NOW, today=NOW.date())
        staff = {one.login for one in unit.people.agents()}
    assert figures.inbox.count == 0, "a running hub finds nothing to answer"
    assert figures.queue.count > 0, "somebody waits, so that the desk is alive"
    assert set(made.logins) <= staff
    assert set(load_month(app.settings.data_dir)["links"]) >= set(made.links) >= {"plan", "package"}
    audited = count(app, AUDIT_ENTRIES)

    month.remove(app)

    left = {table.name: count(app, table) for table in METADATA.sorted_tables}
    assert set(left) >= KEPT
    assert {name for name, rows in left.items() if rows and name not in KEPT} == set()
    assert left["helpers"] == 0
    assert left["audit_entries"] == audited, "the audit log is nobody's to clear"
    with app.unit_of_work() as unit:
        assert not any(one.is_active for one in unit.people.agents())


def test_a_database_in_which_somebody_has_talked_is_refused(app: App) -> None:
    open_web_conversation(app.unit_of_work, now=NOW)
    with pytest.raises(OperationFailed, match="真实数据"):
        month.fill(app, NOW, days=1)
    with app.unit_of_work() as unit:
        assert unit.demo.filled_at() is None


def test_a_register_with_real_cases_is_refused(app: App) -> None:
    real_case(app.unit_of_work)
    with pytest.raises(OperationFailed, match="真实数据"):
        month.fill(app, NOW, days=1)


def test_what_is_no_demo_is_not_taken_away(app: App) -> None:
    who = open_web_conversation(app.unit_of_work, now=NOW).conversation_id
    with pytest.raises(OperationFailed, match="什么也没有删"):
        month.remove(app)
    with app.unit_of_work() as unit:
        assert unit.conversations.get(who)


def test_a_live_city_needs_a_demo_and_goes_on_in_it(app: App) -> None:
    with pytest.raises(OperationFailed, match="不是演示库"):
        month.live(app, lambda: NOW, speed=240, is_stopped=lambda: True)
    month.fill(app, NOW, days=0)
    before = count(app, CONVERSATIONS)
    clock = iter(NOW + timedelta(minutes=place) for place in range(10_000))
    rounds = iter((False, True))
    done = month.live(app, lambda: next(clock), speed=240, is_stopped=lambda: next(rounds))
    assert done > 0
    assert count(app, CONVERSATIONS) > before


def test_the_window_the_talks_and_the_published_answers_are_not_empty(app: App) -> None:
    city = City(app, load_month(app.settings.data_dir))
    month.staff(city, NOW)
    done = NOW + timedelta(days=20)
    for at in range(3):
        city.line.plan(NOW + timedelta(minutes=at), partial(openness.application, city))
        city.line.plan(NOW + timedelta(minutes=at), partial(office.complaint, city))
    city.line.plan(done, partial(openness.talk, city))
    city.line.plan(done, partial(openness.inspection, city))

    city.line.run_until(done)

    assert city.line.refused == 0
    for table in (
        APPLICATIONS,
        FEEDBACK_PUBLICATIONS,
        MEETINGS,
        MEETING_ANSWERS,
        INSPECTION_SAMPLES,
        FINDINGS,
    ):
        assert count(app, table) > 0, table.name


def test_a_plan_is_followed_and_helped_with_and_what_was_not_understood_is_taught(app: App) -> None:
    city = City(app, load_month(app.settings.data_dir))
    month.staff(city, NOW)
    city.line.plan(NOW, partial(journeys.plan, city))
    for at in range(12):
        city.line.plan(NOW + timedelta(minutes=at), partial(talks.misunderstood, city))
    city.line.plan(NOW + timedelta(days=1), partial(journeys.lesson, city))

    city.line.run_until(NOW + timedelta(days=1))

    assert city.line.refused == 0
    for table in (PLAN_EVENTS, POLICY_PACKAGES, ASSISTANCES, LESSONS):
        assert count(app, table) > 0, table.name
    token = city.links["plan"].removeprefix("/plans/")
    assert get_plan_by_token(app.unit_of_work, token).kind is PlanKind.START_BUSINESS


def test_nothing_is_left_lying_for_ever(app: App) -> None:
    city = City(app, load_month(app.settings.data_dir))
    month.staff(city, NOW)
    for at in range(4):
        for story in (openness.application, office.whistle, office.case, talks.doubted):
            city.line.plan(NOW + timedelta(minutes=10 * at), partial(story, city))

    city.line.run_until(NOW + timedelta(days=60))

    with app.engine.begin() as connection:
        left = connection.execute(select(CASES.c.number).where(CASES.c.closed_at.is_(None))).all()
        closed = connection.execute(select(TICKETS.c.closed_at)).scalars().all()
    assert left == []
    assert all(closed)


def test_acts_happen_in_their_order_and_one_that_is_refused_ends_only_its_own_story() -> None:
    line, seen = Timeline(), []

    def refused(_at: datetime) -> None:
        raise OperationFailed("taken")

    line.plan(NOW + timedelta(hours=2), seen.append)
    line.plan(NOW, refused)
    line.plan(NOW + timedelta(hours=1), seen.append)
    line.run_until(NOW + timedelta(hours=1))
    assert seen == [NOW + timedelta(hours=1)]
    assert (line.done, line.refused) == (1, 1)
