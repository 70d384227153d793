"""Who answers for a complaint: named in the department, reminded, passed over, seen in the list."""

from datetime import timedelta

from bot.domain.feedback_owners import OwnerStep
from bot.domain.people import Role
from bot.services.feedback.owners import remind_owners
from bot.services.reviews import reviews
from tests.casework_factories import calendar
from tests.desk.conftest import Site, login
from tests.desk.test_feedback import ANSWER, PAGE, rate, signed_in, talk
from tests.desk_cast import NOW

DEPARTMENT, OTHER = "human-resources", "market"
__all__ = ["talk"]


def owner_id(site: Site, name: str) -> str:
    with site.cast.open_unit() as unit:
        return str(next(one.id for one in unit.people.agents() if one.name == name))


def steps(site: Site) -> list[OwnerStep]:
    with site.cast.open_unit() as unit:
        filed = unit.feedback.by_number(PAGE.rpartition("/")[2])
        assert filed is not None
        return [one.kind for one in unit.feedback_desk.owner_events(filed.id)]


async def test_a_complaint_has_somebody_of_its_department_who_is_reminded_and_passed_over(
    site: Site, talk: str
) -> None:
    async with (
        signed_in(site, "boss", Role.SUPERVISOR) as boss,
        signed_in(site, "zhao", Role.OFFICER, DEPARTMENT) as zhao,
        signed_in(site, "qian", Role.OFFICER, DEPARTMENT) as qian,
        signed_in(site, "sun", Role.OFFICER, OTHER),
    ):
        await boss.post(f"{PAGE}/give", data={"department": DEPARTMENT})
        stranger = await zhao.post(f"{PAGE}/owner", data={"owner": owner_id(site, "sun")})
        assert stranger.status_code == 409
        assert "不在这个部门" in stranger.text
        assert (await zhao.post(f"{PAGE}/owner", data={"owner": "x"})).status_code == 409
        for name in ("zhao", "qian"):
            named = await zhao.post(f"{PAGE}/owner", data={"owner": owner_id(site, name)})
            assert named.status_code == 303
        assert "责任人：qian" in (await boss.get(PAGE)).text
        number = PAGE.rpartition("/")[2]
        assert number in (await qian.get("/desk/feedback?mine=1")).text
        assert number not in (await zhao.get("/desk/feedback?mine=1")).text

        assert remind_owners(site.cast.open_unit, calendar(), now=NOW) == (0, 0)
        due = NOW + timedelta(days=6)  # Monday, the day before the answer is due
        assert remind_owners(site.cast.open_unit, calendar(), now=due) == (1, 0)
        assert remind_owners(site.cast.open_unit, calendar(), now=due) == (0, 0)
        late = NOW + timedelta(days=8)
        assert remind_owners(site.cast.open_unit, calendar(), now=late) == (0, 1)
        page = (await boss.get(PAGE)).text
        assert "提醒责任人" in page
        assert "超期，提给主管" in page
        assert number in (await boss.get("/desk/feedback?escalated=1")).text
        assert number not in (await boss.get("/desk/feedback?escalated=1&shown=closed")).text
        await boss.post(f"{PAGE}/give", data={"department": OTHER})
        assert "责任人：还没有指定" in (await boss.get(PAGE)).text
    assert steps(site) == [
        OwnerStep.NAMED,
        OwnerStep.NAMED,
        OwnerStep.REMINDED,
        OwnerStep.ESCALATED,
    ]


async def test_what_somebody_answers_for_stands_in_the_bar_of_every_page_until_it_is_answered(
    site: Site, talk: str
) -> None:
    number = PAGE.rpartition("/")[2]
    async with (
        signed_in(site, "boss", Role.SUPERVISOR) as boss,
        signed_in(site, "zhao", Role.OFFICER, DEPARTMENT) as zhao,
    ):
        await boss.post(f"{PAGE}/give", data={"department": DEPARTMENT})
        await zhao.post(f"{PAGE}/owner", data={"owner": owner_id(site, "zhao")})
        assert number not in (await zhao.get("/desk/api/duties")).text
    site.clock.forward(days=6)  # Monday, the day before the answer is due
    remind_owners(site.cast.open_unit, calendar(), now=site.clock())
    async with site.browser() as zhao, site.browser() as boss:
        await login(zhao, "zhao")
        await login(boss, "boss")
        bar = (await zhao.get("/desk/account")).text
        assert "提醒 1" in bar
        assert f"{number}，您负责" in bar
        assert "2026-12-01" in bar
        assert "已超期" not in bar
        assert number not in (await boss.get("/desk/api/duties")).text
    site.clock.forward(days=2)
    remind_owners(site.cast.open_unit, calendar(), now=site.clock())
    async with site.browser() as zhao, site.browser() as boss:
        await login(zhao, "zhao")
        await login(boss, "boss")
        assert "已超期" in (await zhao.get("/desk/api/duties")).text
        assert f"{number}，超期提给主管" in (await boss.get("/desk/api/duties")).text
        await zhao.post(f"{PAGE}/write", data={"text": ANSWER})
        assert number not in (await zhao.get("/desk/api/duties")).text
        assert f"{number}，答复待审核" in (await boss.get("/desk/api/duties")).text


async def test_who_sees_to_a_bad_review_is_reminded_of_the_call_back(site: Site, talk: str) -> None:
    rate(site, talk, 1, "r1")
    async with signed_in(site, "boss", Role.SUPERVISOR) as boss:
        (task,) = reviews.open_rectifications(site.cast.open_unit)
        assert "差评整改" not in (await boss.get("/desk/api/duties")).text
        await boss.post(f"/desk/reviews/{task.id}/owner", data={"owner": owner_id(site, "boss")})
        told = (await boss.get("/desk/api/duties")).text
        assert f"差评整改 {task.id}，您负责" in told
        assert f"/desk/reviews/{task.id}" in told
