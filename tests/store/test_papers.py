from dataclasses import replace
from functools import partial

import pytest
from sqlalchemy.engine import Engine

from bot.domain.issued import IssuedDocument, PaperKind, Seal, UnknownDocument, fingerprint
from bot.services.papers.issuing import (
    find_issued,
    is_seal_of_ours,
    issued_as,
    issued_by_number,
    keep_issued,
    new_number,
)
from bot.store.unit_of_work import unit_of_work_factory
from tests.paper_factories import saved_hot_pot
from tests.service_factories import NOW
from tests.services.test_booking_races import together

CONTENT = bytes(range(256))
SEAL = Seal("聊城市测试印章", "ab" * 32, is_test=True)


def document(
    plan_id: int, number: str = "GZ-20261123-AAAAAAAA", version: str = "v1"
) -> IssuedDocument:
    return IssuedDocument(
        number=number,
        kind=PaperKind.NOTICE,
        plan_id=plan_id,
        version="v1",
        sha256=fingerprint(CONTENT),
        media_type="application/pdf",
        seal=SEAL,
        issued_at=NOW,
        content=CONTENT,
    )


def test_a_document_comes_back_as_it_was_given_out(engine: Engine) -> None:
    made = document(saved_hot_pot(engine).plan.id)
    unit_of_work = unit_of_work_factory(engine)
    assert keep_issued(unit_of_work, made) == made
    assert issued_by_number(unit_of_work, made.number) == made
    assert issued_as(unit_of_work, CONTENT) == made
    assert issued_as(unit_of_work, CONTENT + b"x") is None


def test_a_document_without_a_seal_has_none(engine: Engine) -> None:
    made = replace(document(saved_hot_pot(engine).plan.id), seal=None)
    assert keep_issued(unit_of_work_factory(engine), made).seal is None


def test_made_from_the_same_things_it_is_the_same_document(engine: Engine) -> None:
    plan_id = saved_hot_pot(engine).plan.id
    unit_of_work = unit_of_work_factory(engine)
    first = keep_issued(unit_of_work, document(plan_id))
    second = keep_issued(unit_of_work, document(plan_id, number="GZ-20261123-BBBBBBBB"))
    assert second == first
    found = find_issued(unit_of_work, kind=PaperKind.NOTICE, plan_id=plan_id, version="v1")
    assert found == first
    assert find_issued(unit_of_work, kind=PaperKind.NOTICE, plan_id=plan_id, version="v2") is None


def test_two_hubs_that_make_it_at_the_same_time_give_out_one(engine: Engine) -> None:
    plan_id = saved_hot_pot(engine).plan.id
    unit_of_work = unit_of_work_factory(engine)
    numbers = [new_number(PaperKind.NOTICE, NOW) for _ in range(4)]
    jobs = [partial(keep_issued, unit_of_work, document(plan_id, number)) for number in numbers]
    kept = together(jobs)
    assert kept == [kept[0]] * len(numbers)


def test_an_unknown_number_is_unknown(engine: Engine) -> None:
    with pytest.raises(UnknownDocument):
        issued_by_number(unit_of_work_factory(engine), "GZ-20261123-CCCCCCCC")


def test_a_seal_that_sealed_here_is_known(engine: Engine) -> None:
    unit_of_work = unit_of_work_factory(engine)
    keep_issued(unit_of_work, document(saved_hot_pot(engine).plan.id))
    assert is_seal_of_ours(unit_of_work, SEAL.fingerprint)
    assert not is_seal_of_ours(unit_of_work, "cd" * 32)


def test_numbers_carry_the_local_day_and_do_not_repeat() -> None:
    numbers = {new_number(PaperKind.RECEIPT, NOW) for _ in range(500)}
    assert len(numbers) == 500
    assert all(number.startswith("HZ-20261123-") for number in numbers)
