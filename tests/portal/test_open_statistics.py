"""The open statistics as everybody reads them, and as machines do."""

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.bootstrap import App
from bot.operations.stats import export_tables, recompute
from bot.portal import open_answers, open_statistics
from bot.services.operating.open_counts import count_months
from bot.services.operating.open_statistics import open_table
from bot.store.open_figures import load_figures
from tests.casework_factories import file, local
from tests.desk_cast import DATA
from tests.desk_server import build_app

FILED = local("2026-10-12 10:00")
NOW = local("2026-11-24 10:00")
COMPLAINTS = 6


@pytest.fixture
def app(sqlite_engine: Engine) -> App:
    """A year in which six complaints came in."""
    made = replace(build_app(sqlite_engine, lambda: NOW))
    for at in range(COMPLAINTS):
        file(made.unit_of_work, origin=f"m{at}", at=FILED)
    work = {"now": NOW, "calendar": made.calendar, "catalogue": made.catalogue}
    count_months(made.reading, made.unit_of_work, **work)
    return made


@pytest.fixture
def public(app: App) -> Iterator[TestClient]:
    """Somebody without an account."""
    web = Starlette(routes=[*open_statistics.routes(app), *open_answers.routes(app)])
    with TestClient(web) as client:
        yield client


def test_the_page_shows_figures_with_definition_and_query(public: TestClient) -> None:
    page = public.get("/open/statistics").text
    assert "2025 年 11 月到 2026 年 10 月" in page
    assert "<dt>登记的投诉</dt><dd>6 件</dd>" in page
    assert "<dt>登记的建议</dt><dd>0 件</dd>" in page
    assert "WHERE what = &#39;complaint&#39;" in page
    assert "还没分到部门" in page
    assert "2,816" in page


def test_a_made_up_city_says_so_above_its_figures(app: App) -> None:
    def page() -> str:
        with TestClient(Starlette(routes=open_statistics.routes(app))) as client:
            return client.get("/open/statistics").text

    assert "都是编的" not in page()
    with app.unit_of_work() as unit:
        unit.demo.mark(NOW)
    assert "都是编的" in page()


def test_machines_get_the_same_figures(public: TestClient) -> None:
    told = public.get("/open/statistics.json").json()
    assert told["fewest"] == 5
    complaints = told["figures"]["complaints"]
    assert complaints["values"] == [{"key": "", "label": "", "value": COMPLAINTS}]
    assert complaints["definition"]
    lines = list(csv.DictReader(io.StringIO(public.get("/open/statistics.csv").text[1:])))
    assert {line["value"] for line in lines if line["figure"] == "complaints"} == {"6"}
    rows = list(csv.DictReader(io.StringIO(public.get("/open/statistics/counts.csv").text[1:])))
    assert all(int(row["n"]) == 0 or int(row["n"]) >= told["fewest"] for row in rows)


def test_the_start_page_leads_everywhere(public: TestClient) -> None:
    home = public.get("/open")
    assert "script-src" not in home.headers["content-security-policy"]
    for address in ("/open/statistics", "/open/statistics.json", "/open/answers"):
        assert f'href="{address}"' in home.text
        assert public.get(address).status_code == 200


def test_months_that_are_not_counted_yet_are_named(sqlite_engine: Engine) -> None:
    fresh = build_app(sqlite_engine, lambda: NOW)
    with TestClient(Starlette(routes=open_statistics.routes(fresh))) as client:
        page = client.get("/open/statistics").text
    assert "还没有计数的月：2025-11、" in page


def test_exported_tables_give_what_the_page_shows(
    app: App, public: TestClient, tmp_path: Path
) -> None:
    book = load_figures(DATA)
    export_tables(open_table(app.reading, app.catalogue, now=NOW), book, tmp_path)
    told = public.get("/open/statistics.json").json()["figures"]
    shown = {
        name: [(row["key"], row["value"]) for row in one["values"]] for name, one in told.items()
    }
    assert recompute(tmp_path, book, shown) == []
