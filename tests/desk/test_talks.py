"""Talks at the desk: announcing one, answering in public, cancelling."""

from bot.domain.people import Role
from bot.services.meetings import meetings
from tests.desk.conftest import Site
from tests.desk.test_feedback import signed_in
from tests.desk_cast import NOW

NEW = {
    "kind": "meeting",
    "title": "冬季用电座谈",
    "text": "请园区企业来说说用电的事。",
    "place": "政务大厅三楼",
    "starts_at": "2026-12-04T09:30",
    "closes_on": "2026-12-02",
}


async def test_a_talk_is_announced_answered_and_cancelled(site: Site) -> None:
    async with signed_in(site, "boss", Role.SUPERVISOR) as boss:
        bad = await boss.post("/desk/talks", data={**NEW, "starts_at": ""})
        assert bad.status_code == 409
        assert "座谈会要写时间" in bad.text
        assert 'value="冬季用电座谈"' in bad.text
        made = await boss.post("/desk/talks", data=NEW)
        one = made.headers["location"]
        meetings.ask(site.cast.open_unit, 1, text="什么时候增容", client="", now=NOW)
        page = (await boss.get(one)).text
        assert "什么时候增容" in page
        assert "2026-12-04 09:30" in page
        empty = await boss.post(f"{one}/answers", data={"id": "1", "question": "什么时候增容"})
        assert empty.status_code == 409
        told = {"id": "1", "question": "什么时候增容", "answer": "下个月增容。"}
        assert (await boss.post(f"{one}/answers", data=told)).status_code == 303
        assert "下个月增容。" in (await boss.get(one)).text
        assert (await boss.post(f"{one}/cancel", data={"reason": "改期了"})).status_code == 409
        await boss.post(f"{one}/cancel", data={"reason": "改到明年春天"})
        assert "已取消：改到明年春天" in (await boss.get(one)).text
        assert (await boss.get("/desk/talks/9")).status_code == 404
