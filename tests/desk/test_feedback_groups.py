"""Complaints about the same: together on one page, answered and checked in one go."""

from bot.domain.people import Role
from bot.services.feedback import feedback
from bot.services.feedback.feedback import FeedbackKind
from tests.casework_factories import calendar, catalogue
from tests.desk.conftest import Site
from tests.desk.test_feedback import ANSWER, signed_in, told
from tests.desk_cast import NOW

GROUPS = "/desk/feedback/groups"


def file(site: Site, origin: str, text: str) -> str:
    talk = site.cast.conversation()
    feedback.file_feedback(
        site.cast.open_unit,
        origin=origin,
        conversation_id=talk,
        kind=FeedbackKind.COMPLAINT,
        text=text,
        phone=None,
        now=NOW,
        calendar=calendar(),
        catalogue=catalogue(),
    )
    return talk


async def test_what_is_about_the_same_gets_one_answer_that_one_check_lets_out(site: Site) -> None:
    said = "大厅中午十二点就关门，请假来办事白跑一趟，能不能中午也留人"
    alike = [file(site, f"m{at}", f"{said}{'。' * at}") for at in range(3)]
    other = file(site, "x", "停车场的地面坑坑洼洼，下雨天全是水")
    one, two, late = (f"TC-20261124-000{at}" for at in (1, 2, 3))
    async with (
        signed_in(site, "clerk", Role.DISPATCHER) as clerk,
        signed_in(site, "boss", Role.SUPERVISOR) as boss,
    ):
        page = (await clerk.get(GROUPS)).text
        assert "3 件" in page
        assert "停车场" not in page
        none = await clerk.post(GROUPS, data={"text": ANSWER})
        assert none.status_code == 409
        assert "请勾选" in none.text
        short = await clerk.post(GROUPS, data={"number": [one, two], "text": "好"})
        assert short.status_code == 409
        assert (
            await clerk.post(GROUPS, data={"number": ["TC-1"], "text": ANSWER})
        ).status_code == 409
        done = await clerk.post(GROUPS, data={"number": [one, two], "text": ANSWER})
        assert done.status_code == 303
        waiting = (await boss.get(f"/desk/feedback/{one}")).text
        assert "另外 1 件是同样的答复" in waiting
        await boss.post(f"/desk/feedback/{one}/approve", data={"also": "1"})
    for talk in alike[:2]:
        assert any(ANSWER in line for line in told(site, talk))
    for talk in (alike[2], other):
        assert told(site, talk) == []
    assert late
