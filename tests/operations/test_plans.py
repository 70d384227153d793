from pathlib import Path

import pytest

from bot.cli import main
from bot.operations.plans import markdown, plans_tables
from bot.store.calendars import load_calendar
from bot.store.catalogue.loader import load_catalogue

CATALOGUE = load_catalogue(Path("data/catalogue"))
CALENDAR = load_calendar(Path("data/calendar"))
PAGE = Path("docs/plans-table.md")


def test_the_page_shows_what_the_command_prints() -> None:
    made = markdown(plans_tables(CATALOGUE, CALENDAR))

    assert PAGE.read_text("utf-8").endswith(f"\n{made}"), (
        "run `xiaoer plans table --markdown` and put what it prints at the end of the page"
    )


def test_every_project_type_and_ten_trades_are_in_the_tables() -> None:
    projects, trades = plans_tables(CATALOGUE, CALENDAR)

    assert [row[0] for row in projects.rows] == [k.name for k in CATALOGUE.project_types.values()]
    assert len(trades.rows) == len({row[0] for row in trades.rows}) == 10
    assert all(len(row) == len(table.head) for table in (projects, trades) for row in table.rows)


def test_the_official_limits_stand_beside_the_totals() -> None:
    (projects, _) = plans_tables(CATALOGUE, CALENDAR)
    limits = {row[0]: (row[2], row[4], row[5]) for row in projects.rows}

    assert limits["社会投资工业项目（一般出让）"] == ("45", "100", "120")
    assert limits["政府投资房屋建筑项目"] == ("70", "100", "120")
    assert limits["“拿地即开工”（社会投资工业标准地）"] == ("15", "15", "120")
    assert limits["企业投资核准类项目（社会投资）"][0] == "—"


@pytest.mark.parametrize("options", [[], ["--markdown"]])
def test_the_command_prints_both_tables(
    options: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["plans", "table", *options]) == 0
    printed = capsys.readouterr().out
    assert "工程建设项目" in printed
    assert "开店办企业" in printed
