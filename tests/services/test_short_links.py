from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.engine import Engine

from bot.domain.issued import UnknownDocument
from bot.domain.plans import SavedPlan
from bot.domain.short_links import LENGTH, TooManyLinks, TooManyLookups, UnknownLink
from bot.services.papers.short_links import (
    MAX_FAILURES,
    MAX_OPEN_LINKS,
    WINDOW,
    document_by_number,
    make_short_link,
    plan_by_code,
    revoke_short_links,
)
from bot.store.tables.papers import FAILED_LOOKUPS, SHORT_LINKS
from bot.store.unit_of_work import unit_of_work_factory
from tests.paper_factories import saved_hot_pot
from tests.service_factories import NOW, OpenUnit


def opened(unit_of_work: OpenUnit, code: str, client: str = "10.0.0.1", **later: int) -> SavedPlan:
    return plan_by_code(unit_of_work, code=code, client=client, now=NOW + timedelta(**later))


def test_a_short_link_opens_its_plan(engine: Engine) -> None:
    unit_of_work, plan = unit_of_work_factory(engine), saved_hot_pot(engine).plan
    code = make_short_link(unit_of_work, plan, NOW)
    assert len(code) == LENGTH
    assert opened(unit_of_work, code) == plan
    assert opened(unit_of_work, code.upper()) == plan


def test_only_a_digest_of_a_code_is_kept(engine: Engine) -> None:
    unit_of_work, plan = unit_of_work_factory(engine), saved_hot_pot(engine).plan
    code = make_short_link(unit_of_work, plan, NOW)
    with engine.connect() as connection:
        rows = connection.execute(select(SHORT_LINKS)).all()
    assert code not in str(rows)


def test_switched_off_no_link_of_the_plan_opens_any_more(engine: Engine) -> None:
    unit_of_work, plan = unit_of_work_factory(engine), saved_hot_pot(engine).plan
    other = saved_hot_pot(engine, origin="c1:m1:plan", conversation_id="c1").plan
    codes = [make_short_link(unit_of_work, plan, NOW) for _ in range(2)]
    kept = make_short_link(unit_of_work, other, NOW)
    assert revoke_short_links(unit_of_work, plan, NOW) == 2
    assert revoke_short_links(unit_of_work, plan, NOW) == 0
    for code in codes:
        with pytest.raises(UnknownLink):
            opened(unit_of_work, code)
    assert opened(unit_of_work, kept) == other


def test_a_plan_has_a_limited_number_of_open_links(engine: Engine) -> None:
    unit_of_work, plan = unit_of_work_factory(engine), saved_hot_pot(engine).plan
    for _ in range(MAX_OPEN_LINKS):
        make_short_link(unit_of_work, plan, NOW)
    with pytest.raises(TooManyLinks):
        make_short_link(unit_of_work, plan, NOW)
    revoke_short_links(unit_of_work, plan, NOW)
    make_short_link(unit_of_work, plan, NOW)


def test_who_guesses_is_stopped_and_nobody_else(engine: Engine) -> None:
    unit_of_work, plan = unit_of_work_factory(engine), saved_hot_pot(engine).plan
    code = make_short_link(unit_of_work, plan, NOW)
    for number in range(MAX_FAILURES):
        with pytest.raises(UnknownLink):
            opened(unit_of_work, f"guess{number}")
    with pytest.raises(TooManyLookups):
        opened(unit_of_work, code)
    assert opened(unit_of_work, code, client="10.0.0.2") == plan


def test_after_an_hour_the_guesses_are_forgotten(engine: Engine) -> None:
    unit_of_work, plan = unit_of_work_factory(engine), saved_hot_pot(engine).plan
    code = make_short_link(unit_of_work, plan, NOW)
    for number in range(MAX_FAILURES):
        with pytest.raises(UnknownLink):
            opened(unit_of_work, f"guess{number}")
    later = WINDOW.seconds + 1
    assert opened(unit_of_work, code, seconds=later) == plan
    with pytest.raises(UnknownLink):
        opened(unit_of_work, "another", seconds=later)
    with engine.connect() as connection:
        assert connection.execute(select(func.count()).select_from(FAILED_LOOKUPS)).scalar() == 1


def test_an_address_is_not_kept_in_plain(engine: Engine) -> None:
    unit_of_work = unit_of_work_factory(engine)
    with pytest.raises(UnknownLink):
        opened(unit_of_work, "guess", client="203.0.113.7")
    with engine.connect() as connection:
        assert "203.0.113.7" not in str(connection.execute(select(FAILED_LOOKUPS)).all())


def test_numbers_of_documents_cannot_be_tried_through_either(engine: Engine) -> None:
    unit_of_work = unit_of_work_factory(engine)

    def look() -> None:
        document_by_number(unit_of_work, number="GZ-20261123-AAAAAAAA", client="10.0.0.1", now=NOW)

    for _ in range(MAX_FAILURES):
        with pytest.raises(UnknownDocument):
            look()
    with pytest.raises(TooManyLookups):
        look()
