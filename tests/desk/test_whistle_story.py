"""A whistle over New Year 2027, from the chat to the departments and back, in one application."""

import uuid
from collections.abc import Sequence
from dataclasses import replace

import httpx
from sqlalchemy.engine import Engine
from starlette.testclient import TestClient

from bot.asgi import create_app
from bot.domain.people import Role
from bot.services.accounts import accounts
from bot.services.tickets.business import BusinessSide, blow_whistle
from bot.services.tickets.tickets import Whistle
from tests.casework_factories import local
from tests.desk.conftest import ORIGIN
from tests.desk_cast import PASSWORD, Cast, FakeClock
from tests.desk_server import build_app

TEXT = "排水接口位置两个部门说法不一，材料退了一次，开不了工"


class Story:
    """The application, its staff, and the business before its page."""

    def __init__(self, client: TestClient, cast: Cast) -> None:
        self.client = client
        self.cast = cast
        self.seen = 0
        opened = client.post("/api/chat/conversations").json()
        self.conversation = str(opened["conversation_id"])
        self.token = str(opened["token"])

    def staff(self, role: Role, department: str | None = None) -> None:
        accounts.add_agent(
            self.cast.open_unit,
            login=department or role.value,
            name=f"{department or role.value}的人",
            role=role,
            password=PASSWORD,
            now=local("2026-12-30 09:00"),
            department_id=department,
            passwords=self.cast.passwords,
        )

    def act(self, login: str, number: str, act: str, seen: str, **fields: object) -> None:
        """Log in as somebody and press a button of the ticket's page."""
        self.client.cookies.clear()
        headers = {"origin": ORIGIN}
        form = {"login": login, "password": PASSWORD, "c": ""}
        self.client.post("/desk/login", data=form, headers=headers)
        sent = {"seen": seen, "act": act, "text": "说明", **fields}
        answer: httpx.Response = self.client.post(
            f"/desk/tickets/{number}/{act}", data=sent, headers=headers, follow_redirects=False
        )
        assert answer.status_code == 303, answer.text

    def news(self, lines: int) -> Sequence[str]:
        """Wait until the page has so many more lines, and return them."""
        headers = {"authorization": f"Bearer {self.token}"}
        found: list[str] = []
        for _ in range(20):
            query = f"after={self.seen}&wait=5"
            page = self.client.get(f"/api/chat/messages?{query}", headers=headers).json()
            found += [line["text"] for line in page["messages"]]
            self.seen = max([self.seen, *(line["id"] for line in page["messages"])])
            if len(found) >= lines:
                break
        return found


def test_a_whistle_over_new_year_is_followed_in_the_page(sqlite_engine: Engine) -> None:
    clock = FakeClock(local("2026-12-30 10:00"))
    app = build_app(sqlite_engine, clock)
    app = replace(app, settings=replace(app.settings, testing=True))
    with TestClient(create_app(app), base_url=ORIGIN) as client:
        story = Story(client, Cast(app.unit_of_work))
        story.staff(Role.AGENT)
        story.staff(Role.SUPERVISOR)
        for department in ("approval", "housing"):
            story.staff(Role.OFFICER, department)
        side = BusinessSide(app.unit_of_work, app.calendar, app.whistle_rules, clock())
        whistle = Whistle(
            str(uuid.uuid4()), story.conversation, "李雷食品厂", "13800138000", "371526", TEXT
        )
        blown = blow_whistle(side, whistle, app.catalogue)
        number = blown.ticket.number
        urgent = blown.ticket.urgency.value

        story.act(
            "agent",
            number,
            "dispatch",
            "new",
            leading="approval",
            assisting=["housing"],
            urgency="normal",
        )
        story.act("housing", number, "report_in", "dispatched")
        story.act("approval", number, "report_in", "dispatched")
        story.act("approval", number, "contact", "reported_in")
        story.act("approval", number, "ask_extension", "in_progress", days="3")
        story.act("supervisor", number, "grant_extension", "extension_requested")
        lines = story.news(6)

        page = client.get(f"/whistles/{blown.token}").text
        clock.moment = local("2027-01-06 09:30")  # the first contact was in time, the answer waits
        story.act("approval", number, "answer", "in_progress", text="接口定在东侧，今天就能接")
        answer = story.news(1)

    assert urgent == "urgent"  # 开不了工; the dispatcher has made it a usual one
    assert ["派给" in lines[0], "报到" in lines[1], "报到" in lines[2]] == [True] * 3
    assert "联系" in lines[3]
    assert "延期 3 个工作日" in lines[4]
    # five days and three more from Wednesday: 31 Dec, 4-8 and 11-12 Jan; 1 January is off
    assert "2027年1月12日（周二）17:00（放假安排未公布，可能顺延）" in lines[5]
    assert "元旦（放假安排未公布）" in page
    assert "最晚 2027-01-12 周二 17:00（放假安排未公布，可能顺延）" in page
    assert "接口定在东侧，今天就能接" in answer[0]
