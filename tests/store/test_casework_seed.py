from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from ruamel.yaml import YAML
from sqlalchemy.engine import Engine

from bot.domain.cases import Case, CaseState
from bot.domain.tickets import Ticket
from bot.services.cases import cases
from bot.store.casework_seed import BadSeed, SeededCasework, seed_casework
from tests.casework_factories import NOW, ROOT, calendar, catalogue, opened, rules

SEED = ROOT / "data" / "seed"


def seed(engine: Engine, folder: Path = SEED, days: int = 0) -> SeededCasework:
    return seed_casework(
        opened(engine),
        folder=folder,
        now=NOW + timedelta(days=days),
        calendar=calendar(),
        catalogue=catalogue(),
        rules=rules(),
    )


def test_seeding_writes_cases_and_tickets_in_many_states_once(engine: Engine) -> None:
    seeded = seed(engine)
    assert len(seeded.cases) >= 12
    unit = opened(engine)
    with unit() as uow:
        stored = [uow.cases.by_number(number) for number in seeded.cases]
    states = {case.state for case in stored if case}
    assert states >= set(CaseState) - {CaseState.ACCEPTED}
    assert len({case.district_id for case in stored if case}) >= 8
    assert all(case and case.is_demo and case.applicant_name.startswith("示例") for case in stored)
    assert seed(engine, days=3) == seeded
    with unit() as uow:
        assert [uow.cases.by_number(number) for number in seeded.cases] == stored


def test_demo_days_are_in_the_past_and_in_order(engine: Engine) -> None:
    seeded = seed(engine)
    with opened(engine)() as uow:
        histories: list[Case | Ticket | None] = [
            *(uow.cases.by_number(number) for number in seeded.cases),
            *(uow.tickets.by_number(number) for number in seeded.tickets),
        ]
    for history in histories:
        assert history is not None
        moments = [event.at for event in history.events]
        assert moments == sorted(moments)
        assert moments[-1] < NOW


def test_papers_that_are_missing_in_demos_stand_on_the_list_of_the_matter() -> None:
    entries = YAML(typ="safe").load((SEED / "cases.yml").read_text(encoding="utf-8"))["cases"]
    for entry in entries:
        names = {material.name for material in catalogue().matter(entry["matter"]).materials}
        for _state, _ago, _reason, *missing in entry["moves"]:
            assert names >= set(missing), entry["key"]


def test_a_demo_case_is_found_with_the_tail_in_its_file(engine: Engine) -> None:
    number = seed(engine).cases[0]
    view = cases.find_case(
        opened(engine),
        number=number,
        credential="0101",
        conversation_id="c",
        now=NOW,
        calendar=calendar(),
    )
    assert view.is_demo


def test_what_a_demo_has_got_since_is_added(sqlite_engine: Engine, tmp_path: Path) -> None:
    whole = YAML(typ="safe").load((SEED / "cases.yml").read_text(encoding="utf-8"))
    (tmp_path / "tickets.yml").write_text("tickets: []", encoding="utf-8")
    entry = whole["cases"][0]
    for moves in (entry["moves"][:1], entry["moves"]):
        with (tmp_path / "cases.yml").open("w", encoding="utf-8") as file:
            YAML(typ="safe").dump({"cases": [{**entry, "moves": moves}]}, file)
        number = seed(sqlite_engine, tmp_path).cases[0]
    with opened(sqlite_engine)() as uow:
        case = uow.cases.by_number(number)
    assert case is not None
    assert case.state is CaseState.UNDER_REVIEW


@pytest.mark.parametrize(
    "text",
    [
        "cases: [{key: a, opened: 0}]",
        "cases: [{key: a, opened: 1, moves: [[accepted, 2, x]]}]",
        "cases: [{key: a, opened: 1, moves: [], matter: lic-food-operate, applicant: a}]",
        "cases: [{key: a, opened: 1, moves: [], matter: nothing}]",
        "nothing: []",
        "cases: [",
    ],
)
def test_a_wrong_file_is_refused_with_its_name(
    sqlite_engine: Engine, tmp_path: Path, text: str
) -> None:
    (tmp_path / "cases.yml").write_text(text, encoding="utf-8")
    (tmp_path / "tickets.yml").write_text("tickets: []", encoding="utf-8")
    with pytest.raises(BadSeed, match=r"cases\.yml|case a"):
        seed(sqlite_engine, tmp_path)


def test_a_demo_ticket_without_a_department_cannot_be_moved(
    sqlite_engine: Engine, tmp_path: Path
) -> None:
    (tmp_path / "cases.yml").write_text("cases: []", encoding="utf-8")
    (tmp_path / "tickets.yml").write_text(
        "tickets: [{key: a, business: 示例, phone: '1', district: '371502', description: 示例,"
        " urgency: normal, opened: 1, moves: [[dispatched, 1, x]]}]",
        encoding="utf-8",
    )
    with pytest.raises(BadSeed, match="ticket a"):
        seed_casework(
            opened(sqlite_engine),
            folder=tmp_path,
            now=NOW,
            calendar=calendar(),
            catalogue=catalogue(),
            rules=replace(rules(), keywords={}),
        )
