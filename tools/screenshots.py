"""Takes the pictures of the desk's pages: `python -m tools.screenshots [docs/img [wide phone]]`.

Runs the hub on loopback with a database of its own in a temporary folder, lets made-up people talk
through the same use cases as the product, and looks at it with Chromium.
"""

import sys
import tempfile
import threading
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path

import uvicorn
from PIL import Image
from playwright.sync_api import Page, sync_playwright

from bot.asgi import create_app
from bot.bootstrap import App, build, utc_now
from bot.domain.conversations import Button, Inbound, Owner, Reply, TurnOutcome
from bot.domain.desk_work import CannedReply
from bot.domain.learning import Misread, MisreadReason
from bot.domain.people import Agent, Role
from bot.services import (
    accounts,
    conversations,
    desk_moves,
    desk_notes,
    desk_presence,
    handover,
    turns,
)
from bot.settings import ROOT, Settings
from bot.store import migrate
from bot.store.desk_texts import load_desk_texts

FOLDER = ROOT / "docs" / "img"
WIDTHS = {"wide": (1280, 800), "phone": (390, 844)}
COLOURS = 128
PASSWORD = uuid.uuid4().hex
PAGES = {
    "applications": "/desk/applications",
    "cases": "/desk/cases",
    "catalogue": "/desk/catalogue",
    "canned": "/desk/canned",
    "team": "/desk/team",
    "learning": "/desk/learning",
    "learning-group": "/desk/learning/messages/1",
}
MISREAD = (
    "奶茶店的那个本本咋整",
    "奶茶店那个本本怎么弄",
    "帮我订张火车票",
    "火车票能订吗",
    "门头招牌要备案不",
)
STORIES = (
    (
        "俺想在东昌府区开个火锅店",
        {"start_business_district": "371502", "journey": "start_business"},
    ),
    ("食品经营许可证到期了怎么换", {"matter_id": "lic-food-operate"}),
    ("厂房扩建要不要重新环评", {"journey": "plan_project"}),
    ("營業執照丟了怎麼補", {}),
    ("注销公司先去哪个部门", {"journey": "life_event"}),
)


@dataclass
class Stage:
    """An application with people and conversations, as a working morning looks."""

    app: App
    people: dict[str, Agent] = field(default_factory=dict)

    def agent(self, login: str, name: str, role: Role) -> Agent:
        """Add a member of staff who is there."""
        made = accounts.add_agent(
            self.app.unit_of_work,
            login=login,
            name=name,
            role=role,
            password=PASSWORD,
            now=self.app.now(),
        )
        accounts.heartbeat(
            self.app.unit_of_work, agent_id=made.id, now=self.app.now(), is_available=True
        )
        self.people[login] = made
        return made

    def waiting(self, text: str, fields: dict[str, object], *, at: datetime) -> str:
        """Let somebody talk to the bot and ask for a person."""
        store = self.app.unit_of_work
        opened = conversations.open_web_conversation(store, now=at)
        question = Reply(
            "您想办哪种企业？", (Button("有限公司", "/inform"), Button("个体户", "/inform"))
        )
        self._say(opened.conversation_id, text, TurnOutcome((question,), fields=fields), at)
        told = TurnOutcome(
            (Reply("正在为您转接人工客服，请稍候。"),),
            owner=Owner.WAITING,
            handoff_reason="asked",
        )
        self._say(opened.conversation_id, "转人工", told, at)
        return opened.conversation_id

    def misread(self, text: str, *, at: datetime) -> None:
        """Let somebody say what the bot does not understand."""
        opened = conversations.open_web_conversation(self.app.unit_of_work, now=at)
        candidates = (("ask_procedure", 0.24), ("ask_materials", 0.2))
        lesson = Misread(MisreadReason.GUESSED, candidates=candidates)
        told = TurnOutcome((Reply("没太拿准，您是想问下面哪一个？"),), lesson=lesson)
        self._say(opened.conversation_id, text, told, at)

    def _say(self, conversation_id: str, text: str, outcome: TurnOutcome, at: datetime) -> None:
        store = self.app.unit_of_work
        inbound = Inbound("web", conversation_id, uuid.uuid4().hex, text)
        conversations.accept(store, inbound=inbound, now=at)
        turn = turns.claim_turn(store, now=at)
        if turn is None:
            raise RuntimeError("the message is not there")
        turns.complete_turn(store, turn=turn, outcome=outcome, now=at)


def set_up(app: App) -> str:
    """Fill a database; returns the conversation that is on the screen."""
    stage, now, texts = Stage(app), app.now(), load_desk_texts(app.settings.data_dir)
    meimei = stage.agent("hanmeimei", "韩梅梅", Role.AGENT)
    lilei = stage.agent("lilei", "李雷", Role.AGENT)
    chief = stage.agent("wangfang", "王芳", Role.SUPERVISOR)
    canned = CannedReply(
        0, "", "nh", "问好", "您好，我是帮办代办客服，您的情况我看到了，马上帮您查。"
    )
    desk_notes.save_canned(app.unit_of_work, agent_id=chief.id, reply=canned, now=now)
    desk_presence.set_profile(
        app.unit_of_work,
        agent_id=chief.id,
        of_agent_id=lilei.id,
        capacity=3,
        skills=["complaint"],
        now=now,
    )
    ids = [
        stage.waiting(text, fields, at=now - timedelta(minutes=14 - 3 * place))
        for place, (text, fields) in enumerate(STORIES)
    ]
    shown = ids[0]
    for one, who in ((shown, meimei), (ids[1], meimei), (ids[2], lilei)):
        handover.claim(app.unit_of_work, conversation_id=one, agent_id=who.id, now=now, texts=texts)
    for text in ("您好，店面租好了吗？在哪条街上？", "个体户和有限公司都能办，个体户更省事。"):
        handover.reply(
            app.unit_of_work,
            conversation_id=shown,
            agent_id=meimei.id,
            text=text,
            client_id=uuid.uuid4().hex,
            now=now,
        )
    desk_notes.add_note(
        app.unit_of_work,
        conversation_id=shown,
        agent_id=meimei.id,
        text="@李雷 这家和上周那家是同一个房东，租赁合同要看原件。",
        now=now,
    )
    for place, text in enumerate(MISREAD):
        stage.misread(text, at=now - timedelta(minutes=90 - place))
    later = now + timedelta(hours=2)
    desk_moves.snooze(
        app.unit_of_work, conversation_id=ids[1], agent_id=meimei.id, until=later, now=now
    )
    inbound = Inbound("web", shown, uuid.uuid4().hex, "租好了，在柳园路，先办个体户吧")
    conversations.accept(app.unit_of_work, inbound=inbound, now=now)
    return shown


def open_app(folder: Path, port: int) -> App:
    """Return an application on a new database in `folder`."""
    settings = Settings(
        port=port, database_url=f"sqlite:///{folder / 'shots.db'}", state_dir=folder, testing=True
    )
    app = build(settings, utc_now)
    migrate.upgrade(app.engine)
    return app


@contextmanager
def served(app: App) -> Iterator[str]:
    """Run the hub until the block ends; yields its address."""
    port = app.settings.port
    config = uvicorn.Config(
        create_app(app), host="127.0.0.1", port=port, ws="wsproto", log_level="error"
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        thread.join(0.05)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)


def shoot(page: Page, name: str, folder: Path) -> None:
    """Keep a small picture of what the page shows."""
    picture = Image.open(BytesIO(page.screenshot()))
    small = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    small.save(folder / f"{name}.png", optimize=True)


def log_in(page: Page, url: str, login: str) -> None:
    """Sign in."""
    page.goto(f"{url}/desk/login")
    page.get_by_label("账号").fill(login)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.locator("#waiting-count").wait_for()


def look(page: Page, url: str, shown: str, suffix: str, folder: Path) -> None:
    """Take the pictures of one width and one scheme."""
    page.goto(f"{url}/desk/login")
    shoot(page, f"desk-login-{suffix}", folder)
    log_in(page, url, "wangfang" if suffix.startswith("wide-dark") else "hanmeimei")
    page.wait_for_timeout(600)
    shoot(page, f"desk-lists-{suffix}", folder)
    page.goto(f"{url}/desk/conversations/{shown}")
    page.locator("#brief-body dl").wait_for(state="attached")
    page.wait_for_timeout(400)
    shoot(page, f"desk-conversation-{suffix}", folder)
    if suffix.endswith("dark"):
        return  # the other pages only change their colours
    page.get_by_role("button", name="退出").click()
    log_in(page, url, "wangfang")
    for name, path in PAGES.items():
        page.goto(url + path)
        shoot(page, f"desk-{name}-{suffix}", folder)


def keep_alive(app: App) -> None:
    """Let nobody's desk fall silent while others are on the screen."""
    with app.unit_of_work() as unit:
        for one in unit.people.agents():
            unit.people.set_presence(one.id, now=app.now(), is_available=True)


def main(folder: Path = FOLDER, only: Sequence[str] = (), port: int = 8123) -> None:
    """Take the pictures; `only` names looks ("wide", "phone", "wide-dark"), none means all."""
    folder.mkdir(parents=True, exist_ok=True)
    memory = Path("/dev/shm")  # noqa: S108 - a disk under load makes pages late
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as state:
        app = open_app(Path(state), port)
        shown = set_up(app)
        with served(app) as url, sync_playwright() as playwright:
            arguments = ["--no-sandbox", "--disable-background-networking"]
            browser = playwright.chromium.launch(
                executable_path="/usr/bin/chromium", args=arguments
            )
            for suffix, scheme in (("wide", "light"), ("phone", "light"), ("wide-dark", "dark")):
                if only and suffix not in only:
                    continue
                width, height = WIDTHS[suffix.split("-")[0]]
                context = browser.new_context(
                    viewport={"width": width, "height": height},
                    locale="zh-CN",
                    color_scheme="dark" if scheme == "dark" else "light",
                )
                context.set_default_timeout(90_000)
                keep_alive(app)
                look(context.new_page(), url, shown, suffix, folder)
                context.close()
            browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER, sys.argv[2:])
