"""What has been kept long enough loses its person, and nothing else does."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update
from sqlalchemy.engine import Engine

from bot.domain.conversations import Inbound, UnknownConversation
from bot.domain.feedback import FeedbackKind
from bot.domain.retention import RetentionClass
from bot.hub.retention_watch import is_time
from bot.services.conversations.conversations import accept, open_web_conversation
from bot.services.feedback.feedback import file_feedback
from bot.services.privacy.retention import preview, run
from bot.store.retention_rules import BadRetentionRules, load_retention
from bot.store.tables.casework import FEEDBACK
from bot.store.tables.people import AUDIT_ENTRIES
from bot.store.tables.privacy import ERASURES
from bot.store.tables.services import BOOKINGS
from bot.store.tables.tickets import TICKETS
from tests.casework_factories import calendar, catalogue, whistle
from tests.service_factories import NOW, ROOT, OpenUnit, book, seeded

FILE = ROOT / "data" / "services" / "retention.yml"
RULES = load_retention(FILE)
PHONE = "13806350007"


@pytest.fixture
def unit(engine: Engine) -> OpenUnit:
    return seeded(engine)


def conversation(unit: OpenUnit) -> str:
    who = open_web_conversation(unit, now=NOW).conversation_id
    accept(unit, inbound=Inbound("web", who, "m1", "想开火锅店"), now=NOW)
    return who


def later(one: RetentionClass, days: int = 1) -> datetime:
    """Return a moment so many days after a class is over, for what happened at `NOW`."""
    return NOW + timedelta(days=RULES[one].days + days)


def all_of(engine: Engine, column: object) -> Sequence[object]:
    with engine.connect() as connection:
        return list(connection.execute(select(column)).scalars())  # type: ignore[call-overload]


def test_a_conversation_goes_on_the_day_after_its_last_and_not_before(
    unit: OpenUnit, engine: Engine
) -> None:
    who, forgotten = conversation(unit), []
    kept, over = RetentionClass.CONVERSATION, later(RetentionClass.CONVERSATION)

    assert run(unit, RULES, later(kept, -1), forgotten.append)[kept] == 0
    assert preview(unit, RULES, over)[kept] == 1
    assert run(unit, RULES, over, forgotten.append)[kept] == 1
    assert forgotten == [who], "Rasa forgets it as well"
    with pytest.raises(UnknownConversation), unit() as uow:
        uow.conversations.get(who)
    assert len(all_of(engine, ERASURES.c.number)) == 1
    assert all_of(engine, AUDIT_ENTRIES.c.detail) == ["conversation 1"]
    assert run(unit, RULES, over, forgotten.append)[kept] == 0


@pytest.mark.parametrize("what", ["ticket", "feedback"])
def test_a_conversation_stays_while_something_is_open(unit: OpenUnit, what: str) -> None:
    who = conversation(unit)
    if what == "ticket":
        whistle(unit, conversation_id=who)
    else:
        file_feedback(
            unit, origin="c1", conversation_id=who, kind=FeedbackKind.COMPLAINT, text="窗口态度差",
            phone=PHONE, now=NOW, calendar=calendar(), catalogue=catalogue(),
        )  # fmt: skip

    assert (
        preview(unit, RULES, later(RetentionClass.CONVERSATION))[RetentionClass.CONVERSATION] == 0
    )


def test_a_past_booking_keeps_its_time_and_loses_its_person(unit: OpenUnit, engine: Engine) -> None:
    book(unit, 7, contact_phone=PHONE, note="带孩子去")
    over = later(RetentionClass.BOOKING, days=2)

    assert preview(unit, RULES, over)[RetentionClass.BOOKING] == 1
    assert run(unit, RULES, over, lambda _one: None)[RetentionClass.BOOKING] == 1

    columns = (BOOKINGS.c.contact_name, BOOKINGS.c.contact_phone, BOOKINGS.c.note)
    assert [all_of(engine, column) for column in (*columns, BOOKINGS.c.phone_hash)] == [[""]] * 4
    assert len(all_of(engine, BOOKINGS.c.starts_at)) == 1


def test_a_closed_ticket_loses_its_number_and_an_open_one_does_not(
    unit: OpenUnit, engine: Engine
) -> None:
    whistle(unit, origin="t1", description=f"请打{PHONE}")
    whistle(unit, origin="t2", description=f"请打{PHONE}")
    over = later(RetentionClass.TICKET)
    with engine.begin() as connection:
        closed = update(TICKETS).where(TICKETS.c.origin == "t1")
        connection.execute(closed.values(state="closed", closed_at=NOW))

    assert run(unit, RULES, over, lambda _one: None)[RetentionClass.TICKET] == 1

    origins, said = all_of(engine, TICKETS.c.origin), all_of(engine, TICKETS.c.description)
    words = dict(zip(origins, said, strict=True))
    assert words["t1"] == "请打138******07"
    assert PHONE in str(words["t2"])


def test_an_answered_complaint_loses_its_number(unit: OpenUnit, engine: Engine) -> None:
    file_feedback(
        unit, origin="c1", conversation_id=conversation(unit), kind=FeedbackKind.COMPLAINT,
        text=f"态度差，打{PHONE}", phone=PHONE, now=NOW, calendar=calendar(), catalogue=catalogue(),
    )  # fmt: skip
    with engine.begin() as connection:
        connection.execute(update(FEEDBACK).values(state="closed"))

    run(unit, RULES, later(RetentionClass.FEEDBACK), lambda _one: None)

    assert all_of(engine, FEEDBACK.c.contact_phone) == [""]
    assert PHONE not in str(all_of(engine, FEEDBACK.c.text))


def test_what_is_never_over_is_left_alone(unit: OpenUnit) -> None:
    assert RULES[RetentionClass.CASE].days == 0
    assert RetentionClass.CASE not in preview(unit, RULES, later(RetentionClass.TICKET))


@pytest.mark.parametrize(
    ("old", "new"),
    [("days: 365", "days: 30"), ("days: 365", "days: 一年"), ("account:", "accounts:")],
)
def test_rules_that_are_too_short_or_broken_are_refused(tmp_path: Path, old: str, new: str) -> None:
    broken = tmp_path / "retention.yml"
    broken.write_text(FILE.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")

    with pytest.raises(BadRetentionRules, match=r"retention\.yml"):
        load_retention(broken)


@pytest.mark.parametrize(
    ("utc_hour", "runs"), [(18, False), (19, True), (21, True), (22, False), (3, False)]
)
def test_the_daily_run_is_at_night_here(utc_hour: int, runs: bool) -> None:
    assert is_time(NOW.replace(hour=utc_hour)) is runs
