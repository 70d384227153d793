"""Deleting what is there of a person: nothing of name and number is left in either database."""

from dataclasses import replace

import pytest
from sqlalchemy import insert, select, update
from sqlalchemy.engine import Engine

from bot.domain.conversations import Author, Inbound, Reply, UnknownConversation
from bot.domain.feedback import FeedbackKind
from bot.domain.people import Role
from bot.services.conversations.conversations import accept, authenticate, open_web_conversation
from bot.services.conversations.files import keep_file
from bot.services.conversations.telling import tell
from bot.services.desk.notes import add_note
from bot.services.desk.search import find_conversations, index_new
from bot.services.feedback.feedback import file_feedback
from bot.services.privacy.erasure import erase_in, mask_finished
from bot.store.erasure_plans import BESIDE_PLANS
from bot.store.erasures import DELETED, DETACHED, GUARDED
from bot.store.tables import METADATA
from bot.store.tables.booking_desk import BOOKING_WAITS
from bot.store.tables.casework import FEEDBACK
from bot.store.tables.papers import PLAN_FORMS
from bot.store.tables.services import REVIEWS
from bot.store.tables.tickets import TICKETS
from tests.application_factories import hand_in
from tests.casework_factories import calendar, catalogue, whistle
from tests.desk_cast import Cast
from tests.plan_factories import saved
from tests.service_factories import NOW, TUESDAY, OpenUnit, at, book, seeded

NAME, PHONE = "李雷雷", "13806350007"
TOLD = Reply("收到“{name}”。", author=Author.SYSTEM)
KEPT_BY_LAW = {"cases", "applications", "case_events", "case_steps"}


@pytest.fixture
def unit(engine: Engine) -> OpenUnit:
    return seeded(engine)


def traces(engine: Engine, *words: str) -> set[str]:
    """Return the tables in which one of the words stands, in any column."""
    found = set()
    with engine.connect() as connection:
        for table in METADATA.sorted_tables:
            rows = repr([tuple(row) for row in connection.execute(select(table))])
            if any(word in rows or word.encode().hex() in rows for word in words):
                found.add(table.name)
    return found


def says(unit: OpenUnit, conversation_id: str, text: str) -> None:
    inbound = Inbound("web", conversation_id, text[:40], text)
    accept(unit, inbound=replace(inbound, external_id=str(abs(hash(text)))), now=NOW)


def a_life_of(unit: OpenUnit, engine: Engine) -> tuple[str, str]:
    """Let 李雷雷 do everything that leaves a trace; return conversation and secret."""
    opened = open_web_conversation(unit, now=NOW)
    who = opened.conversation_id
    person = {"contact_name": NAME, "contact_phone": PHONE}
    says(unit, who, f"我叫{NAME}，电话{PHONE}")
    with unit() as uow:
        uow.conversations.add_message(who, Reply(f"{NAME}您好"), now=NOW)
        uow.conversations.set_fields(who, {"booking_name": NAME, "booking_phone": PHONE})
    index_new(unit)
    content = b"%PDF-1.7 " + PHONE.encode()
    keep_file(
        unit, conversation_id=who, client_id="f1", name=f"{NAME}.pdf", content=content,
        told=TOLD, now=NOW,
    )  # fmt: skip
    boss = Cast(unit).agent("boss", "孙主任", Role.SUPERVISOR)
    add_note(unit, conversation_id=who, agent_id=boss.id, text=f"{NAME}很急", now=NOW)
    saved(unit, conversation_id=who, origin=f"{who}:plan")
    with engine.begin() as connection:
        plan_id = connection.execute(select(METADATA.tables["plans"].c.id)).scalar_one()
        form = {"plan_id": plan_id, "answers": {"name": NAME}, "updated_at": NOW}
        connection.execute(insert(PLAN_FORMS).values(**form))
        review = {
            "origin": "r", "conversation_id": who, "target_kind": "service", "target_id": "x",
            "level": 5, "comment": f"打{PHONE}很快", "created_at": NOW,
        }  # fmt: skip
        connection.execute(insert(REVIEWS).values(**review))
    book(unit, 7, conversation_id=who, origin="b1", **person)
    with engine.begin() as connection:
        line = {
            "origin": "w1", "conversation_id": who, "district": "371503", "mode": "phone",
            "first_at": NOW, "last_at": NOW, "state": "waiting", "joined_at": NOW, **person,
        }  # fmt: skip
        connection.execute(insert(BOOKING_WAITS).values(**line))
    whistle(
        unit,
        conversation_id=who,
        origin="t1",
        description=f"请打{PHONE}",
    )
    file_feedback(
        unit, origin="c1", conversation_id=who, kind=FeedbackKind.COMPLAINT, text="窗口态度差",
        phone=PHONE, now=NOW, calendar=calendar(), catalogue=catalogue(),
    )  # fmt: skip
    with engine.begin() as connection:
        named = {"business_name": NAME, "business_key": NAME, "contact_phone": PHONE}
        connection.execute(update(TICKETS).values(**named))
    return who, opened.token


def close_everything(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(update(TICKETS).values(state="closed", closed_at=NOW))
        connection.execute(update(FEEDBACK).values(state="closed"))


def erase(unit: OpenUnit, who: str) -> tuple[object, str]:
    with unit() as uow:
        return erase_in(uow, who, NOW)


def test_neither_name_nor_number_is_left_when_all_is_over(unit: OpenUnit, engine: Engine) -> None:
    who, _ = a_life_of(unit, engine)
    close_everything(engine)
    assert len(traces(engine, NAME, PHONE)) >= 8  # the search finds them all
    erase(unit, who)

    # the history of a whistle is evidence and keeps the words that the business wrote into it
    assert traces(engine, NAME, PHONE) <= {"ticket_events"}
    assert find_conversations(unit, NAME) == []


def test_what_departments_still_work_on_keeps_its_number_until_it_is_over(
    unit: OpenUnit, engine: Engine
) -> None:
    who, _ = a_life_of(unit, engine)
    erase(unit, who)
    assert (
        {"tickets", "feedback"} <= traces(engine, PHONE) <= {"tickets", "feedback", "ticket_events"}
    )
    assert mask_finished(unit) == 0
    close_everything(engine)

    assert mask_finished(unit) == 2
    assert traces(engine, NAME, PHONE) <= {"ticket_events"}
    assert mask_finished(unit) == 0


def test_an_application_is_kept_and_leads_back_to_nobody(unit: OpenUnit, engine: Engine) -> None:
    opened = open_web_conversation(unit, now=NOW)
    receipt = hand_in(unit, conversation_id=opened.conversation_id)
    erasure, _ = erase(unit, opened.conversation_id)

    assert erasure.holdings.kept == {"cases": 1}  # type: ignore[attr-defined]
    assert traces(engine, receipt.case.number) >= {"cases"}
    # ids of turns stay as keys against doing anything twice; they open nothing
    assert traces(engine, opened.conversation_id) <= {"cases", "case_events"}


def test_the_receipt_counts_what_went_and_what_stays(unit: OpenUnit, engine: Engine) -> None:
    who, _ = a_life_of(unit, engine)
    erasure, _ = erase(unit, who)

    assert erasure.number == "SC-20261123-0001"  # type: ignore[attr-defined]
    assert erasure.holdings.deleted == {  # type: ignore[attr-defined]
        "messages": 3, "files": 1, "plans": 1, "bookings": 1, "follows": 1,
    }  # fmt: skip
    assert erasure.holdings.kept == {"tickets": 1, "feedback": 1, "reviews": 1}  # type: ignore[attr-defined]
    assert traces(engine, "SC-20261123-0001") >= {"erasures", "tickets", "bookings"}


def test_the_secret_opens_an_empty_conversation_afterwards(unit: OpenUnit, engine: Engine) -> None:
    who, token = a_life_of(unit, engine)
    _, fresh = erase(unit, who)

    assert authenticate(unit, token=token).id == fresh
    with unit() as uow:
        assert uow.conversations.messages(fresh) == ()
    with pytest.raises(UnknownConversation), unit() as uow:
        uow.conversations.get(who)


def test_the_place_of_a_booking_to_come_is_free_for_others(unit: OpenUnit, engine: Engine) -> None:
    opened = open_web_conversation(unit, now=NOW)
    booked = book(unit, 1, conversation_id=opened.conversation_id)
    with unit() as uow:
        before = uow.bookings.taken(booked.district, booked.mode, NOW, at(TUESDAY, 18))
    erase(unit, opened.conversation_id)
    with unit() as uow:
        after = uow.bookings.taken(booked.district, booked.mode, NOW, at(TUESDAY, 18))

    assert sum(before.values()) - sum(after.values()) == 1


def test_others_keep_what_is_theirs(unit: OpenUnit, engine: Engine) -> None:
    who, _ = a_life_of(unit, engine)
    other = open_web_conversation(unit, now=NOW).conversation_id
    says(unit, other, "我是韩梅")
    book(unit, 2, conversation_id=other, contact_name="韩梅", starts_at=at(TUESDAY, 14))
    erase(unit, who)

    assert {"messages", "bookings"} <= traces(engine, "韩梅")
    with unit() as uow:
        assert [one.text for one in uow.conversations.messages(other)] == ["我是韩梅"]


def test_notes_of_colleagues_cannot_be_changed_after_a_deletion_either(
    unit: OpenUnit, engine: Engine
) -> None:
    who, _ = a_life_of(unit, engine)
    other = open_web_conversation(unit, now=NOW).conversation_id
    erase(unit, who)
    add_note(unit, conversation_id=other, agent_id=1, text="别的事", now=NOW)

    notes = METADATA.tables["desk_notes"]
    with pytest.raises(Exception, match="append-only"), engine.begin() as connection:
        connection.execute(update(notes).values(text="改了"))


def test_no_table_that_knows_a_conversation_is_forgotten() -> None:
    """A new table has to be put into one of the lists of `bot/store/erasures.py`, or named here."""
    knowing = {table.name for table in METADATA.sorted_tables if "conversation_id" in table.columns}
    handled = {table.name for table in (*DELETED, *DETACHED)}
    by_hand = {"bookings", "booking_waits", "desk_texts", "messages"}
    by_hand |= {table.name for table in GUARDED}
    with_plans = {table.name for table in BESIDE_PLANS} | {"plans"}
    with_links = {"person_links", "link_codes"}
    # talk_days: numbers for the reports, and the id of a conversation that is no more
    stays = {"consents", "talk_days"}

    assert knowing - handled - by_hand - with_plans - with_links - stays == set()


def test_news_for_somebody_who_is_gone_are_told_to_nobody(unit: OpenUnit) -> None:
    opened = open_web_conversation(unit, now=NOW)
    receipt, _ = erase(unit, opened.conversation_id)
    with unit() as uow:
        assert not tell(uow, opened.conversation_id, Reply("通知"), NOW)
        assert not tell(uow, receipt.number, Reply("通知"), NOW)  # type: ignore[attr-defined]
