"""Reform supervisors and third parties: samples that can be drawn again, findings as tasks."""

from datetime import date

import httpx
import pytest

from bot.domain.cases import Case, CaseState
from bot.domain.inspections import SampleWish, draw
from bot.domain.people import Role
from tests.casework_factories import case
from tests.desk.conftest import Site
from tests.desk.test_feedback import signed_in
from tests.desk_cast import NOW

WISH = {"first": "2026-11-01", "last": "2026-11-30", "size": "2", "seed": "7"}


@pytest.fixture
def cases(site: Site) -> list[Case]:
    """Three cases that are over."""
    states = (CaseState.ACCEPTED, CaseState.UNDER_REVIEW, CaseState.COMPLETED)
    moves = [(state, NOW) for state in states]
    return [case(site.cast.open_unit, *moves, origin=f"m{at}", at=NOW) for at in range(3)]


async def drawn(client: httpx.AsyncClient, **changes: str) -> str:
    answer = await client.post("/desk/inspections/samples", data={**WISH, **changes})
    assert answer.status_code == 303
    return answer.headers["location"]


async def test_a_sample_shows_no_names_and_comes_again_with_its_seed(
    site: Site, cases: list[Case]
) -> None:
    async with signed_in(site, "third", Role.INSPECTOR) as third:
        first = (await third.get(await drawn(third))).text
        await drawn(third)
        assert "3 件里抽 2 件，种子 7" in first
        assert "第 2 件：" in first
        for one in cases:
            assert one.number not in first
            assert one.applicant_name not in first
        assert (await third.get("/desk/cases")).status_code == 403
    with site.cast.open_unit() as unit:
        one, again = ([each.number for each in unit.inspections.cases(at)] for at in (1, 2))
    assert one == again


def test_the_same_seed_draws_the_same_cases() -> None:
    wish = SampleWish(date(2026, 11, 1), date(2026, 11, 30), 5, 42)
    assert draw(range(1000), wish) == draw(range(1000), wish)
    assert draw(range(3), wish) != []
    assert len(set(draw(range(1000), wish))) == wish.size


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"first": "2026-12-01"}, "开始不能晚于结束"),
        ({"size": "0"}, "最多抽 50 件"),
        ({"size": "51"}, "最多抽 50 件"),
        ({"seed": "-1"}, "种子"),
        ({"seed": "abc"}, "种子"),
        ({"first": "2020-01-01", "last": "2020-01-02"}, "没有办结的办件"),
    ],
)
async def test_a_sample_that_cannot_be_drawn_says_why(
    site: Site, changes: dict[str, str], words: str
) -> None:
    async with signed_in(site, "third", Role.INSPECTOR) as third:
        answer = await third.post("/desk/inspections/samples", data={**WISH, **changes})
        assert answer.status_code == 409
        assert words in answer.text
        assert (await third.get("/desk/inspections/samples/99")).status_code == 404


async def test_a_finding_is_a_task_until_a_supervisor_has_answered_it(
    site: Site, cases: list[Case]
) -> None:
    assert cases
    async with (
        signed_in(site, "third", Role.INSPECTOR) as third,
        signed_in(site, "boss", Role.SUPERVISOR) as boss,
    ):
        await drawn(third)
        wrong = {"text": "告知单少一项", "sample": "1", "position": "9"}
        assert (await third.post("/desk/inspections/findings", data=wrong)).status_code == 409
        told = {"text": "告知单少一项", "sample": "1", "position": "2"}
        assert (await third.post("/desk/inspections/findings", data=told)).status_code == 303
        page = (await boss.get("/desk/inspections")).text
        assert "抽样 1</a> 的第 2 件" in page
        assert "2026-12-01 周二 前办" in page
        one = "/desk/inspections/findings/1"
        assert (await third.post(one, data={"answer": "自己办"})).status_code == 403
        empty = await boss.post(one, data={"answer": "好"})
        assert "至少 4 个字" in empty.text
        assert (await boss.post(one, data={"answer": "告知单已经补上"})).status_code == 303
        again = await boss.post(one, data={"answer": "再答一次"})
        assert again.status_code == 409
        assert "告知单已经补上" in (await third.get("/desk/inspections")).text
