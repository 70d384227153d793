"""The page of reviews, and the task that a bad one opens."""

import pytest

from bot.domain.people import Agent, Role
from bot.domain.reviews import TargetKind
from bot.services.reviews import reviews
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
        assert "由责任人或主管办理" in page
        answer = await agent.post(f"/desk/reviews/{task}/follow-up", data={"record": "我来"})
        assert answer.status_code == 403


async def test_a_late_task_says_so(site: Site, task: int) -> None:
    async with signed_in(site, "boss", Role.SUPERVISOR) as boss:
        assert "已超期" not in (await boss.get("/desk/reviews")).text
        site.clock.forward(days=3)
        await login(boss, "boss")
        assert "已超期" in (await boss.get("/desk/reviews")).text
        assert "已超期" in (await boss.get(f"/desk/reviews/{task}")).text


async def test_the_rated_side_appeals_and_somebody_else_than_the_owner_decides(
    site: Site, task: int
) -> None:
    one = f"/desk/reviews/{task}"
    async with (
        signed_in(site, "boss", Role.SUPERVISOR) as boss,
        signed_in(site, "other", Role.SUPERVISOR) as other,
        signed_in(site, "agent", Role.AGENT) as agent,
    ):
        boss_id = next(each.id for each in _staff(site) if each.login == "boss")
        assert (await boss.post(f"{one}/owner", data={"owner": str(boss_id)})).status_code == 303
        assert "责任人：boss" in (await boss.get(one)).text
        await boss.post(f"{one}/follow-up", data={"record": "电话回访"})
        assert (await agent.post(f"{one}/appeal", data={"record": "评错人了"})).status_code == 303
        own = await boss.post(f"{one}/uphold", data={"record": "属实"})
        assert own.status_code == 403
        assert "另一位主管" in own.text
        assert (
            await other.post(f"{one}/dismiss", data={"record": "录音对得上"})
        ).status_code == 303
        assert "已回访，待整改" in (await boss.get(one)).text
        await agent.post(f"{one}/appeal", data={"record": "再看一次录音"})
        await other.post(f"{one}/uphold", data={"record": "是另一家店的事"})
        done = (await boss.get(one)).text
        assert "申诉成立，不计入" in done
        assert "刚办结" in done
        site.clock.forward(days=3)
        await login(boss, "boss")
        later = (await boss.get(one)).text
        assert "办结前 3 天" in later
        assert "差评 <b>0</b> 条；办结后" in later


async def test_an_owner_must_be_somebody_who_can_see_to_it(site: Site, task: int) -> None:
    agent = site.cast.agent("agent", "韩梅梅", Role.AGENT)
    async with signed_in(site, "boss", Role.SUPERVISOR) as boss:
        one = f"/desk/reviews/{task}/owner"
        assert (await boss.post(one, data={"owner": str(agent.id)})).status_code == 403
        nobody = await boss.post(one, data={"owner": "x"})
        assert nobody.status_code == 409
        assert "请选一个责任人" in nobody.text


async def test_department_staff_does_not_see_tasks_of_others(site: Site, task: int) -> None:
    async with signed_in(site, "officer", Role.OFFICER) as officer:
        page = await officer.get("/desk/reviews")
        assert "本部门的差评整改" in page.text
        assert f"/desk/reviews/{task}" not in page.text
        assert (await officer.get(f"/desk/reviews/{task}")).status_code == 404


def _staff(site: Site) -> list[Agent]:
    with site.cast.open_unit() as unit:
        return list(unit.people.agents())
