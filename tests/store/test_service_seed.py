from pathlib import Path

import pytest
from sqlalchemy import update
from sqlalchemy.engine import Engine

from bot.domain.halls import ADDRESS_UNKNOWN, BadServiceSetting, Mode
from bot.domain.slots import SlotKind
from bot.store.service_seed import SeededServices, read_halls, seed_services
from bot.store.service_settings import parse_office_hours, parse_slot_rules
from bot.store.tables.services import HALLS
from bot.store.unit_of_work import unit_of_work_factory
from tests.service_factories import NOW, SEED


def test_seeding_twice_writes_once_and_keeps_what_the_operator_entered(engine: Engine) -> None:
    unit_of_work = unit_of_work_factory(engine)
    first = seed_services(unit_of_work, folder=SEED, now=NOW)
    assert first == SeededServices(halls=11, settings=3)
    with engine.begin() as connection:
        changed = update(HALLS).where(HALLS.c.district == "371502")
        connection.execute(changed.values(address="操作员录入的地址"))
    assert seed_services(unit_of_work, folder=SEED, now=NOW) == SeededServices(0, 0)
    with unit_of_work() as unit:
        assert unit.service_settings.hall("371502").address_text == "操作员录入的地址"
        assert unit.service_settings.hall("371503").address_text == ADDRESS_UNKNOWN
        assert len(unit.service_settings.halls()) == 11


def test_no_address_and_no_telephone_is_invented() -> None:
    halls = read_halls(SEED / "halls.yml")
    assert {(hall.address, hall.phone) for hall in halls} == {("", "")}
    assert all("运营方" in hall.source for hall in halls)


def test_places_outside_office_hours_are_fewer_than_inside(engine: Engine) -> None:
    unit_of_work = unit_of_work_factory(engine)
    seed_services(unit_of_work, folder=SEED, now=NOW)
    with unit_of_work() as unit:
        rules = unit.service_settings.slot_rules().rules
    regular = next(rule.places for rule in rules if rule.kind is SlotKind.REGULAR)
    assert set(regular) == set(Mode)
    for rule in rules:
        if rule.kind is not SlotKind.REGULAR:
            assert all(places < regular[mode] for mode, places in rule.places.items())


def test_a_broken_file_seeds_nothing(engine: Engine, tmp_path: Path) -> None:
    for file in SEED.glob("*.yml"):
        (tmp_path / file.name).write_text(file.read_text("utf-8"), "utf-8")
    (tmp_path / "slot_rules.yml").write_text("slot_minutes: half an hour\n", "utf-8")
    unit_of_work = unit_of_work_factory(engine)
    with pytest.raises(BadServiceSetting):
        seed_services(unit_of_work, folder=tmp_path, now=NOW)
    with unit_of_work() as unit:
        assert unit.service_settings.halls() == ()


@pytest.mark.parametrize(
    "raw",
    [
        {},
        {"periods": {"sunday": []}, "districts": {}, "source": ""},
        {"periods": {"working": [["09:00"]]}, "districts": {}, "source": ""},
        {"periods": {"working": [["12:00", "09:00"]]}, "districts": {}, "source": ""},
        {
            "periods": {"working": [["09:00", "12:00"], ["11:00", "13:00"]]},
            "districts": {},
            "source": "",
        },
    ],
)
def test_hours_that_make_no_sense_are_refused(raw: dict[str, object]) -> None:
    with pytest.raises(BadServiceSetting):
        parse_office_hours(raw)


def test_slot_rules_without_a_field_are_refused() -> None:
    with pytest.raises(BadServiceSetting):
        parse_slot_rules({"slot_minutes": 30})
