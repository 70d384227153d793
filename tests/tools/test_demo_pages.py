"""The gallery of the demo month: no page of the product is forgotten, no picture is left over."""

import re
from collections.abc import Iterator

import pytest
import yaml
from starlette.routing import BaseRoute, Mount, Route

from bot.asgi import create_app
from bot.desk.access import ACCESS
from bot.domain.people import Role
from bot.domain.permissions import grants
from bot.settings import ROOT, Settings
from tests.web_app import open_app
from tools.demo_gallery import PAGE, gallery
from tools.demo_pages import DESK, MODEL_LIFE, NO_DESK_PAGE, NO_PUBLIC_PAGE, PUBLIC, names
from tools.demo_pictures import FOLDER


@pytest.fixture(scope="module")
def public() -> set[str]:
    """Addresses that everybody may ask for, with everything switched on that has a page."""
    with open_app(Settings(database_url="sqlite://", testing=True, widget_demo=True)) as app:
        return set(_served(create_app(app).routes))


def _served(routes: list[BaseRoute]) -> Iterator[str]:
    for route in routes:
        if isinstance(route, Route) and "GET" in (route.methods or ()):
            is_file = "." in route.path.rpartition("/")[2]
            if not is_file and not route.path.startswith("/api/"):
                yield route.path
        elif isinstance(route, Mount) and route.routes and route.path != "/desk":
            raise AssertionError(f"{route.path}: who looks into this mount?")


def test_every_page_of_the_desk_has_its_picture_or_a_reason() -> None:
    served = {path for method, path in ACCESS if method == "GET" and not path.startswith("/api/")}
    shown = {page.route for page in (*DESK, *MODEL_LIFE)}
    assert shown | set(NO_DESK_PAGE) == served
    assert shown & set(NO_DESK_PAGE) == set()


def test_every_public_page_has_its_picture_or_a_reason(public: set[str]) -> None:
    shown = {page.route for page in PUBLIC}
    assert shown | set(NO_PUBLIC_PAGE) == public
    assert shown & set(NO_PUBLIC_PAGE) == set()


def test_whoever_looks_at_a_page_of_the_desk_may_see_it() -> None:
    staff = yaml.safe_load((ROOT / "data" / "demo" / "month.yml").read_text("utf-8"))["staff"]
    roles = {one["login"]: Role(one["role"]) for one in staff}
    for page in (*DESK, *MODEL_LIFE):
        needs = ACCESS["GET", page.route]
        assert needs is None or grants(roles[page.login], needs), page.name


def test_every_picture_is_there_at_both_widths_and_none_is_left_over() -> None:
    wanted = [name for page in (*DESK, *MODEL_LIFE, *PUBLIC) for name in names(page)]
    assert len(set(wanted)) == len(wanted)
    assert {path.name for path in FOLDER.iterdir()} == set(wanted)
    assert all(re.search(r"-(wide|phone|wide-dark)\.png$", name) for name in wanted)


def test_the_gallery_is_made_from_the_list_of_today() -> None:
    assert PAGE.read_text(encoding="utf-8") == gallery(), "run python -m tools.demo_pictures"
