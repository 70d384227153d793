"""Another city in a day: a folder that passes the checks, and an honest list of what is left."""

from datetime import datetime, timezone
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from bot import cli
from bot.operations.catalogue import check
from bot.operations.errors import OperationFailed
from bot.operations.new_city import NewCity, make_city
from bot.settings import ROOT, Settings
from bot.store.catalogue.loader import load_catalogue
from bot.store.service_seed import seed_services
from bot.store.unit_of_work import unit_of_work_factory
from tests.operations.consoles import recording_display

NOW = datetime(2026, 11, 26, 1, 0, tzinfo=timezone.utc)
CITY = NewCity("示例市", (("990102", "东示例区"), ("990103", "西示例县")))


def test_a_new_city_passes_the_checks_and_names_what_is_left(
    tmp_path: Path, sqlite_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "city"
    arguments = ["new-city", "示例市", str(target)]
    arguments += [w for code, name in CITY.divisions for w in ("--division", f"{code}={name}")]
    monkeypatch.setenv("XIAOER_STATE_DIR", str(tmp_path / "var"))
    assert cli.main(arguments) == 0

    display, _ = recording_display()
    assert check(Settings(data_dir=target, state_dir=tmp_path / "var"), display)
    catalogue = load_catalogue(target / "catalogue")
    assert catalogue.city.name == "示例市"
    assert set(catalogue.districts) == {"990102", "990103"}
    unit_of_work = unit_of_work_factory(sqlite_engine)
    seed_services(unit_of_work, folder=target / "seed", now=NOW)
    assert "聊城" not in (target / "common" / "responses.yml").read_text(encoding="utf-8")
    page = (target / "TO-CHECK.md").read_text(encoding="utf-8")
    assert "catalogue/matters/licence.yml" in page, "facts of the old city are listed, not renamed"


@pytest.mark.parametrize(
    "city",
    [
        NewCity("Example", CITY.divisions),
        NewCity("示例市", ()),
        NewCity("示例市", (("99010", "东示例区"),)),
        NewCity("示例市", (("990102", "东示例区"), ("990102", "西示例县"))),
        NewCity("示例市", (("990102", "东示例区"), ("880102", "西示例县"))),
    ],
)
def test_a_city_that_cannot_be_is_refused_before_anything_is_written(
    city: NewCity, tmp_path: Path
) -> None:
    with pytest.raises(OperationFailed):
        make_city(city, ROOT / "data", tmp_path / "city", NOW.date())
    assert not (tmp_path / "city").exists()


def test_a_folder_that_is_there_is_never_written_over(tmp_path: Path) -> None:
    with pytest.raises(OperationFailed, match="已经存在"):
        make_city(CITY, ROOT / "data", tmp_path, NOW.date())
