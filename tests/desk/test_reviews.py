"""The page of reviews, and the task that a bad one opens."""

import pytest

from bot.domain.people import Role
from bot.domain.reviews import TargetKind
from bot.services import reviews
from tests.casework_factories import calendar, catalogue
from tests.desk.conftest import Site, login
from tests.desk.test_feedback import signed_in
from tests.desk_cast import NOW


@pytest.fixture
def task(site: Site) -> int:
    """The task of a review that says too much."""
    talk = site.cast.conversation()
    rated = reviews.rate(
        site.cast.open_unit,
        origin="r1",
        conversation_id=talk,
        target_kind=TargetKind.CONVERSATION,
        target_id=talk,
        level=1,
        comment="等了半天，打13806351234也没人接",
        now=NOW,
        calendar=calendar(),
        catalogue=catalogue(),
    )
    assert rated.rectification is not None
    return rated.rectification.id


async def test_a_bad_review_is_followed_up_and_put_right_without_saying_who_rated(
    site: Site, task: int
) -> None:
    async with signed_in(site, "boss", Role.SUPERVISOR) as boss:
        page = (await boss.get("/desk/reviews")).text
        assert f"/desk/reviews/{task}" in page
        assert "等了半天" in page
        assert "13806351234" not in page
        one = f"/desk/reviews/{task}"
        await boss.post(f"{one}/follow-up", data={"record": "电话回访，确实等了四十分钟"})
        await boss.post(f"{one}/rectify", data={"record": "中午加了一个窗口"})
        done = (await boss.get(one)).text
        assert "已整改" in done
        assert "中午加了一个窗口" in done
        assert "没有待整改的差评" in (await boss.get("/desk/reviews")).text


async def test_a_step_needs_a_record_and_its_turn(site: Site, task: int) -> None:
    async with signed_in(site, "boss", Role.SUPERVISOR) as boss:
        one = f"/desk/reviews/{task}"
        empty = await boss.post(f"{one}/follow-up", data={"record": " "})
        assert empty.status_code == 409
        assert "请写明" in empty.text
        early = await boss.post(f"{one}/rectify", data={"record": "直接办结"})
        assert early.status_code == 409
        assert "下面是最新状态" in early.text
        assert (
            await boss.post("/desk/reviews/999/follow-up", data={"record": "x"})
        ).status_code == 404


async def test_an_agent_reads_reviews_and_changes_nothing(site: Site, task: int) -> None:
    async with signed_in(site, "agent", Role.AGENT) as agent:
        page = (await agent.get(f"/desk/reviews/{task}")).text
        assert "由主管办理" in page
        answer = await agent.post(f"/desk/reviews/{task}/follow-up", data={"record": "我来"})
        assert answer.status_code == 403


async def test_a_late_task_says_so(site: Site, task: int) -> None:
    async with signed_in(site, "boss", Role.SUPERVISOR) as boss:
        assert "已超期" not in (await boss.get("/desk/reviews")).text
        site.clock.forward(days=3)
        await login(boss, "boss")
        assert "已超期" in (await boss.get("/desk/reviews")).text
        assert "已超期" in (await boss.get(f"/desk/reviews/{task}")).text
