import re
import threading
from datetime import date, timedelta

import pytest
from sqlalchemy.engine import Engine

from bot.services.operating.numbers import (
    NumberKind,
    next_number,
    normalise_case_number,
    normalise_ticket_number,
    read_tail,
)
from tests.casework_factories import NOW, file, local, opened, whistle

THREADS = 8
ROUNDS = 5


def take(engine: Engine, kind: NumberKind, at: str = "2026-11-23 10:00") -> str:
    with opened(engine)() as uow:
        return next_number(uow, kind, local(at))


def test_numbers_look_as_published(engine: Engine) -> None:
    assert take(engine, NumberKind.CASE) == "371500202611230001"
    assert take(engine, NumberKind.WHISTLE) == "CS-20261123-0001"
    assert take(engine, NumberKind.COMPLAINT) == "TC-20261123-0001"
    assert take(engine, NumberKind.SUGGESTION) == "JY-20261123-0001"
    assert take(engine, NumberKind.BOOKING) == "YY-20261123-0001"


def test_counting_begins_anew_at_local_midnight(engine: Engine) -> None:
    assert take(engine, NumberKind.CASE, "2026-11-23 23:59") == "371500202611230001"
    assert take(engine, NumberKind.CASE, "2026-11-24 00:00") == "371500202611240001"
    assert take(engine, NumberKind.CASE, "2026-11-23 23:59") == "371500202611230002"


def test_a_number_of_a_failed_transaction_is_given_back(engine: Engine) -> None:
    def fail() -> None:
        with opened(engine)() as uow:
            next_number(uow, NumberKind.WHISTLE, NOW)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert take(engine, NumberKind.WHISTLE) == "CS-20261123-0001"


def test_the_ten_thousandth_number_of_a_day_is_longer_not_wrong(engine: Engine) -> None:
    with opened(engine)() as uow:
        for _ in range(2):
            uow.numbers.take("whistle", date(2026, 11, 23))
    with opened(engine)() as uow:
        uow.numbers._add("whistle", date(2026, 11, 23), 9_997)
    assert take(engine, NumberKind.WHISTLE) == "CS-20261123-10000"


def in_threads(work: "list[threading.Thread]") -> None:
    for thread in work:
        thread.start()
    for thread in work:
        thread.join(60)


def test_threads_get_different_numbers_without_a_gap(engine: Engine) -> None:
    taken: list[str] = []

    def run() -> None:
        taken.extend(take(engine, NumberKind.CASE) for _ in range(ROUNDS))

    in_threads([threading.Thread(target=run) for _ in range(THREADS)])
    assert sorted(taken) == [f"37150020261123{i:04d}" for i in range(1, THREADS * ROUNDS + 1)]


def test_the_same_message_in_many_threads_makes_one_ticket(engine: Engine) -> None:
    made: list[str] = []

    def run() -> None:
        made.append(whistle(opened(engine)).number)
        made.append(file(opened(engine)).number)

    in_threads([threading.Thread(target=run) for _ in range(THREADS)])
    assert len(made) == 2 * THREADS
    assert set(made) == {"CS-20261123-0001", "TC-20261123-0001"}
    assert take(engine, NumberKind.WHISTLE) == "CS-20261123-0002"


@pytest.mark.parametrize(
    "text",
    [
        "371500202611230017",
        "帮我查下办件进度 371500202611230017",
        "３７１５００２０２６１１２３００１７",
        "3715 0020 2611 2300 17",
        "371500-20261123-0017。",
        "编号371500202611230017谢谢",
    ],
)
def test_a_case_number_is_found_however_it_is_typed(text: str) -> None:
    assert normalise_case_number(text) == "371500202611230017"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "我的执照办到哪了",
        "尾号0017",
        "37150020261123001",
        "3715002026112300171234",
        "13800138000",
        "371600202611230017",
        "😀",
    ],
)
def test_other_digits_are_no_case_number(text: str) -> None:
    assert normalise_case_number(text) is None


@pytest.mark.parametrize(
    ("text", "tail"),
    [
        ("尾号0017", "0017"),
        ("尾号是００１７的那个", "0017"),
        ("后四位 0017", "0017"),
        ("0017", "0017"),
        ("17", None),
        ("2026年", None),
        ("13800138000", None),
    ],
)
def test_a_tail_is_read_when_it_is_meant_as_one(text: str, tail: str | None) -> None:
    assert read_tail(text) == tail


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("CS-20261123-0001", "CS-20261123-0001"),
        ("cs 20261123 1", "CS-20261123-0001"),
        ("ＣＳ－２０２６１１２３－０００１到哪了", "CS-20261123-0001"),
        ("我的投诉TC202611230012怎么样了", "TC-20261123-0012"),
        ("jy—20261123—0003", "JY-20261123-0003"),
        ("编号CS：2026-11-23-0007", "CS-20261123-0007"),
        ("CS-20261123-10000", "CS-20261123-10000"),
        ("YY-20261123-0001", None),
        ("CS-2026", None),
        ("ABCS-20261123-0001", None),
        ("我上回吹的哨处理了没", None),
    ],
)
def test_a_ticket_number_is_found_however_it_is_typed(text: str, number: str | None) -> None:
    assert normalise_ticket_number(text) == number


def test_every_number_is_understood_as_it_is_printed(engine: Engine) -> None:
    day = NOW
    for kind in (NumberKind.WHISTLE, NumberKind.COMPLAINT, NumberKind.SUGGESTION):
        with opened(engine)() as uow:
            number = next_number(uow, kind, day + timedelta(days=30))
        assert normalise_ticket_number(number) == number
    assert re.fullmatch(r"\d{18}", take(engine, NumberKind.CASE))
