"""A month of the made-up city, its hours ahead at any speed, and taking it away again."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from bot.bootstrap import App
from bot.domain.desk_work import CannedReply
from bot.domain.halls import Mode
from bot.domain.helpers import Helper
from bot.domain.people import Role
from bot.operations.demo import journeys, office, openness, talks
from bot.operations.demo.city import City, load_month
from bot.operations.errors import OperationFailed
from bot.services.accounts import accounts
from bot.services.accounts.accounts import Passwords
from bot.services.cases.watch import CaseWatch, count_again
from bot.services.desk import notes as desk_notes
from bot.services.operating.talk_counts import count_all
from bot.services.tickets.hot_watch import HotWatch, sweep_hot
from bot.services.times.local_time import at_local, local_day
from bot.store.demo import LOGINS

DAYS = 30
OFFICE_STARTS, OFFICE_MINUTES = 9, 510
A_WORKING_DAY = (
    (talks.question, 7),
    (talks.asks_for_person, 3),
    (talks.misunderstood, 1),
    (office.case, 2),
    (office.whistle, 1),
    (office.booking, 2),
    (openness.application, 1),
)
NOW_AND_THEN = ((office.complaint, 0.5), (talks.doubted, 0.15))
"""Chance of each a day."""

YESTERDAY = (
    *(journeys.plan, journeys.lesson, journeys.review_code),
    *(openness.talk, openness.inspection),
    *(talks.doubted, office.complaint, office.complaint, office.complaint),
    *(office.booking_for_tomorrow, office.booking_for_tomorrow, office.booking_for_tomorrow),
)

BEAT_S = 1.0


@dataclass(frozen=True)
class Filled:
    """What was made; `password` opens every made-up account.

    Attributes:
        links: Paths of pages that applicants hold in their hands, by what they are.
    """

    done: int
    refused: int
    logins: tuple[str, ...]
    password: str
    links: Mapping[str, str]


def fill(app: App, now: datetime, days: int = DAYS) -> Filled:
    """Fill a database that nobody has used with the last `days` days.

    Raises:
        OperationFailed: It holds real data, or is a demo already.
    """
    with app.unit_of_work() as unit:
        if unit.demo.filled_at() is not None:
            raise OperationFailed("已经是演示数据, 先 xiaoer demo remove (is a demo already)")
        if unit.demo.has_real_data():
            raise OperationFailed(
                "库里有真实数据, 不能混进演示数据; 换一个空库 (holds real data, use an empty one)"
            )
        unit.demo.mark(now)
    city = City(app, load_month(app.settings.data_dir))
    password = staff(city, now)
    for ago in range(days, 0, -1):
        _plan_day(city, now - timedelta(days=ago))
    for story in YESTERDAY:
        city.line.plan(now - timedelta(days=1), partial(story, city))
    city.line.run_until(now)
    _today(city, now)
    count_again(CaseWatch(app.unit_of_work, app.case_rules, app.calendar))
    sweep_hot(HotWatch(app.unit_of_work, app.hot_rules, app.router), now=now)
    count_all(app.unit_of_work, now=now)
    made = city.line
    return Filled(made.done, made.refused, tuple(city.people), password, dict(city.links))


def live(
    app: App, clock: Callable[[], datetime], *, speed: float, is_stopped: Callable[[], bool]
) -> int:
    """Let the made-up city go on, `speed` times as fast as a real one, until told to stop.

    Returns:
        How many acts were done.

    Raises:
        OperationFailed: This database is no demo.
    """
    with app.unit_of_work() as unit:
        if unit.demo.filled_at() is None:
            raise OperationFailed("这不是演示库, 先 xiaoer demo (no demo: fill it first)")
        staff = [one for one in unit.people.agents() if one.login.startswith(LOGINS)]
    city = City(app, load_month(app.settings.data_dir), {one.login: one for one in staff})
    city.chance.seed(clock().timestamp())
    began, day = clock(), clock()
    while not is_stopped():
        now = clock()
        for one in staff:
            if one.serves:
                accounts.heartbeat(app.unit_of_work, agent_id=one.id, now=now, is_available=True)
        city_now = began + (now - began) * speed
        while day <= city_now:  # night and weekends are left out: somebody is watching
            _plan_day(city, day, starts=day)
            day += timedelta(minutes=OFFICE_MINUTES)
        city.line.run_until(city_now, at=clock)
        count_all(app.unit_of_work, now=now)
        time.sleep(BEAT_S)
    return city.line.done


def remove(app: App) -> None:
    """Take the demo away; its accounts are closed.

    Raises:
        OperationFailed: This database is no demo.
    """
    with app.unit_of_work() as unit:
        if unit.demo.filled_at() is None:
            raise OperationFailed("这不是演示库, 什么也没有删 (no demo, nothing was deleted)")
        unit.demo.clear()
        for one in unit.people.agents():
            if one.login.startswith(LOGINS) and one.is_active:
                unit.people.set_active(one.id, is_active=False)


def _plan_day(city: City, day: datetime, starts: datetime | None = None) -> None:
    local = local_day(day)
    is_open = starts is not None or city.app.calendar.is_working_day(local)
    first = starts or at_local(local, datetime.min.time().replace(hour=OFFICE_STARTS))

    def moment() -> datetime:
        return first + timedelta(minutes=city.chance.randrange(OFFICE_MINUTES))

    for story, count in A_WORKING_DAY if is_open else ((talks.question, 2),):
        for _ in range(count):
            city.line.plan(moment(), partial(story, city))
    for story, share in NOW_AND_THEN:
        if is_open and city.chance.random() < share:
            city.line.plan(moment(), partial(story, city))


def _today(city: City, now: datetime) -> None:
    """Leave people in the queue and at the desk, so that it is not empty at the first look."""
    for place in range(4):
        at = now - timedelta(minutes=12 - 3 * place)
        talks.asks_for_person(city, at, is_served=False)
    for one in city.people.values():
        if one.role is Role.AGENT:
            city.line.plan(now - timedelta(minutes=4), partial(talks.is_talked_to, city, one))
    city.line.run_until(now)


def staff(city: City, now: datetime) -> str:
    """Make the staff; returns the one password of theirs."""
    app, hasher, password = city.app, Passwords(), accounts.random_password()
    for entry in city.words["staff"]:
        made = accounts.add_agent(
            app.unit_of_work,
            login=entry["login"],
            name=entry["name"],
            role=Role(entry["role"]),
            password=password,
            now=now - timedelta(days=DAYS),
            department_id=entry.get("department"),
            passwords=hasher,
        )
        city.people[made.login] = made
    helper = city.somebody(Role.AGENT)
    with app.unit_of_work() as unit:
        unit.helpers.put(
            Helper(
                agent_id=helper.id,
                name=helper.name,
                home=talks.DISTRICTS[0],
                districts=talks.DISTRICTS,
                modes=tuple(Mode),
                phone=city.words["helper_phone"],
            )
        )
    canned = city.words["canned"]
    reply = CannedReply(0, "", canned["shortcut"], canned["title"], canned["text"])
    chief = city.somebody(Role.SUPERVISOR)
    desk_notes.save_canned(app.unit_of_work, agent_id=chief.id, reply=reply, now=now)
    return password
