"""The page of switches."""

from bot.domain.people import Role
from bot.services.operating.switches import switches_off
from tests.desk.conftest import Site
from tests.desk.test_feedback import signed_in

PATH = "/desk/switches"


async def test_a_supervisor_switches_the_bot_off_and_on_and_the_page_keeps_the_history(
    site: Site,
) -> None:
    async with signed_in(site, "boss", Role.SUPERVISOR) as boss:
        assert "停用小二自动答复" in (await boss.get(PATH)).text
        form = {"name": "bot", "to": "off", "reason": "答错了一个材料"}
        assert (await boss.post(PATH, data=form)).status_code == 303
        page = (await boss.get(PATH)).text
        assert "已停用" in page
        assert "答错了一个材料" in page
        await boss.post(PATH, data={"name": "bot", "to": "on"})
        assert "停用：答错了一个材料" in (await boss.get(PATH)).text
    assert switches_off(site.cast.open_unit) == {}


async def test_what_was_typed_stays_when_it_cannot_be_done(site: Site) -> None:
    async with signed_in(site, "boss", Role.SUPERVISOR) as boss:
        form = {"name": "channel:web", "to": "off", "reason": "理" * 121}
        answer = await boss.post(PATH, data=form)
        assert answer.status_code == 409
        assert "不超过 120 字" in answer.text
        assert "理" * 121 in answer.text


async def test_an_agent_has_no_switches(site: Site) -> None:
    async with signed_in(site, "lilei", Role.AGENT) as agent:
        assert (await agent.get(PATH)).status_code == 403
