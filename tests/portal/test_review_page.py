"""The page behind a review code, from scanning it to the words after it."""

from collections.abc import Iterator

import pytest
from sqlalchemy.engine import Engine
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.portal import review
from tests.casework_factories import NOW, PHONE, opened
from tests.desk_server import build_app
from tests.services.test_review_codes import closed, printed


@pytest.fixture
def code(sqlite_engine: Engine) -> str:
    """A code for a case that is over."""
    units = opened(sqlite_engine)
    return printed(units, closed(units))


@pytest.fixture
def public(sqlite_engine: Engine) -> Iterator[TestClient]:
    """Somebody who has scanned it."""
    app = build_app(sqlite_engine, lambda: NOW)
    with TestClient(Starlette(routes=review.routes(app))) as client:
        yield client


def test_a_bad_review_from_the_page_is_told_when_it_will_be_put_right(
    public: TestClient, code: str
) -> None:
    form = public.get(f"/review/{code}").text
    assert "非常满意" in form
    assert "等得太久" in form
    given = {"level": "1", "reason": ["等得太久", "<b>"], "comment": "", "digits": PHONE[-4:]}
    done = public.post(f"/review/{code}", data=given)
    assert done.status_code == 200
    assert "11 月 30 日办完" in done.text
    again = public.get(f"/review/{code}")
    assert again.status_code == 409
    assert "一件只能评一次" in again.text


def test_what_was_chosen_stays_when_the_digits_are_wrong(public: TestClient, code: str) -> None:
    given = {"level": "2", "reason": "讲不清楚", "comment": "<script>", "digits": "0000"}
    wrong = public.post(f"/review/{code}", data=given)
    assert wrong.status_code == 409
    assert "只有本人能评" in wrong.text
    assert 'value="2" required checked' in wrong.text
    assert 'value="讲不清楚" checked' in wrong.text
    assert "&lt;script&gt;</textarea>" in wrong.text


@pytest.mark.parametrize("level", ["", "0", "6", "一"])
def test_a_level_that_is_none_is_asked_for_again(public: TestClient, code: str, level: str) -> None:
    answer = public.post(f"/review/{code}", data={"level": level, "digits": PHONE[-4:]})
    assert answer.status_code == 409
    assert "请选一个等级" in answer.text


def test_a_code_that_does_not_exist_says_where_to_get_one(public: TestClient) -> None:
    answer = public.get("/review/nosuchcode")
    assert answer.status_code == 404
    assert "到窗口重新要一张" in answer.text
