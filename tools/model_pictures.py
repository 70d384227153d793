"""Takes the pictures of a new model: trained, compared, put into service, and gone back from.

`python -m tools.model_pictures [MODEL [FOLDER]]`, part of `make screenshots`. Starts the whole
product in a temporary folder, lets somebody say what it does not understand, teaches it that, and
presses the buttons of `/desk/learning/models` as a supervisor does. Nothing is made up after that:
the second model is really trained (about 80 s of processor time) and both really read the
evaluation sets. `MODEL`, a file in `models/` that an earlier run left, saves the training. Says
what is wrong in the pages.
"""

import re
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from bot.bootstrap import utc_now
from bot.domain.learning import LessonKind, LessonState
from bot.domain.model_life import JobKind
from bot.domain.people import Agent, Role
from bot.nlu import model_seal
from bot.operations.fingerprint import fingerprint, learnt_files, model_path
from bot.operations.job_keeper import JobKeeper, work_command
from bot.operations.keys import random_password
from bot.operations.learning_export import export
from bot.operations.model_keeper import ModelKeeper, Place
from bot.operations.prepare import current_database
from bot.operations.stack import Stack, running_stack
from bot.services.accounts import accounts
from bot.services.learning import jobs as learning_jobs
from bot.services.learning import lessons
from bot.services.learning.model_choices import KnownModel
from bot.services.learning.model_switch import begin_with
from bot.services.ports import OpenUnitOfWork
from bot.settings import ROOT
from tests.chat_client import Chat
from tools.demo_pages import MODEL_LIFE, names
from tools.demo_pictures import FOLDER
from tools.screenshots import WIDTHS, launched, shoot

MODELS = ROOT / "models"
PAGE = "/desk/learning/models"
SAID = ("本本丢咧能补不", "俺想把铺子盘给俺兄弟", "门头咋挂", "你说的不对")
"""The last is always kept for learning, however good the model has become."""

TAUGHT = "\n".join(SAID[:3])
TAUGHT_INTENT = "ask_procedure"
PACE_S, TICK_S = 1.5, 0.5
PATIENCE_MS = 600_000.0
"""A training on a busy machine takes minutes."""

TRAINING = re.compile(r"第 \d+/\d+ 步")
LOOKS = ("wide", "phone", "wide-dark")


@dataclass(frozen=True)
class Office:
    """The running product and who works in it."""

    stack: Stack
    unit_of_work: OpenUnitOfWork
    boss: Agent
    password: str


@contextmanager
def office(folder: Path, first: Path) -> Iterator[Office]:
    """Yield the product with two people, and with somebody who takes up what they ask for."""
    with (
        running_stack(folder, first) as stack,
        current_database(stack.settings) as unit_of_work,
    ):
        password = random_password()
        editor, boss = (
            accounts.add_agent(
                unit_of_work, login=login, name=name, role=role, password=password, now=utc_now()
            )
            for login, name, role in (
                ("demo-bianji", "演示编辑小钱", Role.EDITOR),
                ("demo-zhuguan", "演示主管老王", Role.SUPERVISOR),
            )
        )
        known = KnownModel(first.name, model_seal.sha256_of(first), fingerprint(ROOT), utc_now())
        begin_with(unit_of_work, known, now=utc_now())
        teach(unit_of_work, stack.url, editor, boss)
        with _kept(stack, unit_of_work, known.base):
            yield Office(stack, unit_of_work, boss, password)


def teach(unit_of_work: OpenUnitOfWork, url: str, editor: Agent, boss: Agent) -> None:
    """Let somebody talk to the product, decide what was meant, and release it."""
    with Chat(url) as chat:
        for text in SAID:
            chat.say(text)
            time.sleep(PACE_S)  # faster ones are turned away
    with unit_of_work() as unit:
        unread = [one.id for one in unit.misunderstood.undecided(len(SAID))]
    proposal = lessons.Proposal(unread, LessonKind.INTENT, TAUGHT_INTENT, TAUGHT)
    words = lessons.Vocabulary({TAUGHT_INTENT}, (), (), {})
    lesson = lessons.propose(
        unit_of_work, agent=editor, proposal=proposal, vocabulary=words, now=utc_now()
    )
    lessons.decide(
        unit_of_work,
        agent=boss,
        lesson_id=lesson,
        to=LessonState.RELEASED,
        reason="",
        now=utc_now(),
    )


@contextmanager
def _kept(stack: Stack, unit_of_work: OpenUnitOfWork, base: str) -> Iterator[None]:
    """Do what `xiaoer run` does beside its processes: take up jobs, change models."""
    settings = stack.settings
    place = Place(settings, stack.secrets, ROOT, MODELS, base, lambda _line: None)
    environment = (
        f"XIAOER_STATE_DIR={settings.state_dir}",
        f"XIAOER_DATABASE_URL={settings.database_url}",
        "XIAOER_RASA_URL=" + settings.rasa_url,
    )
    models = ModelKeeper(unit_of_work, place, utc_now)
    jobs = JobKeeper(
        unit_of_work,
        ROOT,
        settings.state_dir / "log" / "learning.log",
        utc_now,
        lambda job: ("env", *environment, *work_command(job)),
    )
    is_over = threading.Event()

    def keep() -> None:
        while not is_over.wait(TICK_S):
            stack.supervisor.tick()
            jobs.tick(stack.supervisor)
            models.tick(stack.supervisor)

    thread = threading.Thread(target=keep, daemon=True)
    thread.start()
    try:
        yield
    finally:
        is_over.set()
        thread.join()
        jobs.stop()


def forget(place: Office) -> None:
    """Remove the model that an earlier run trained with the same sentences."""
    settings = place.stack.settings
    export(place.unit_of_work, ROOT, settings.data_dir, settings.state_dir)
    model_path(ROOT, MODELS, learnt_files(settings.state_dir)).unlink(missing_ok=True)


class Camera:
    """Three signed-in pages of different looks, the first of which presses the buttons."""

    def __init__(self, browser: Browser, place: Office, folder: Path) -> None:
        self._place = place
        self._folder = folder
        self._pages = {looks: self._sign_in(browser, looks) for looks in LOOKS}
        self.problems: list[str] = []

    @property
    def hand(self) -> Page:
        """Return the page in which buttons are pressed."""
        return self._pages["wide"]

    def open(self) -> Page:
        """Show the page of models where buttons are pressed."""
        self.hand.goto(self._place.stack.url + PAGE)
        return self.hand

    def take(self, name: str) -> None:
        """Take the pictures of one step, where the first page stands."""
        (page,) = (one for one in MODEL_LIFE if one.name == name)
        for looks, shown in self._pages.items():
            if f"{name}-{looks}.png" not in names(page):
                continue
            if shown is not self.hand:
                shown.goto(self.hand.url)
            for summary in shown.locator("main summary").all():
                summary.click()
            shoot(shown, f"{name}-{looks}", self._folder)
            if shown.evaluate("document.documentElement.scrollWidth > innerWidth"):
                self.problems.append(f"{name} {looks}: wider than the screen")
            for found in Axe().run(shown).response["violations"]:
                self.problems.append(f"{name} {looks}: {found['id']}")

    def _sign_in(self, browser: Browser, looks: str) -> Page:
        width, height = WIDTHS[looks.removesuffix("-dark")]
        page = browser.new_context(
            viewport={"width": width, "height": height},
            locale="zh-CN",
            color_scheme="dark" if looks.endswith("dark") else "light",
        ).new_page()
        page.set_default_timeout(PATIENCE_MS)
        page.goto(f"{self._place.stack.url}/desk/login")
        page.get_by_label("账号").fill(self._place.boss.login)
        page.get_by_label("密码").fill(self._place.password)
        page.get_by_role("button", name="登录").click()
        page.wait_for_function("location.pathname !== '/desk/login'")
        return page


def live(camera: Camera, place: Office, given: str) -> None:
    """Train (unless a model is given), compare, put into service, go back."""
    jobs = camera.open().locator("#jobs")
    camera.take("models-empty")
    if given:
        made = {
            "model": given,
            "sha256": model_seal.sha256_of(MODELS / given),
            "base": fingerprint(ROOT),
            "was_trained": False,
        }
        learning_jobs.keep_done(place.unit_of_work, JobKind.TRAIN, made, utc_now())
        camera.open()
    else:
        camera.hand.get_by_role("button", name="训练新模型").click()
        jobs.get_by_text(TRAINING).wait_for()
        camera.take("models-training")
    camera.hand.get_by_role("button", name="开始比较").wait_for()
    camera.hand.get_by_label("再重放最近多少段对话").fill("1")
    camera.hand.get_by_role("button", name="开始比较").click()
    jobs.get_by_text("50%").wait_for()
    camera.take("models-comparing")
    jobs.get_by_role("link", name="看结果").click()
    camera.take("models-comparison")
    camera.open()
    camera.hand.locator("form[action$=choose] input[name=reason]").fill("学会了本本丢了怎么办")
    camera.hand.get_by_role("button", name="启用这个模型").click()
    jobs.get_by_text("正在启动").wait_for()
    camera.take("models-switching")
    camera.hand.get_by_role("button", name="退回上一个").wait_for()
    camera.take("models-in-use")
    camera.hand.locator("form[action$=back] input[name=reason]").fill("先退回，再看看变差的句子")
    camera.hand.get_by_role("button", name="退回上一个").click()
    jobs.get_by_text("正在启动").wait_for()
    jobs.get_by_text("正在启动").wait_for(state="detached")
    camera.take("models-gone-back")


def main(given: str = "", folder: Path = FOLDER) -> None:
    """Take all pictures."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # else the product would outlive us
    first = model_path(ROOT, MODELS)
    with tempfile.TemporaryDirectory() as state, office(Path(state), first) as place:
        if not given:
            forget(place)
        with sync_playwright() as playwright:
            browser = launched(playwright)
            camera = Camera(browser, place, folder)
            live(camera, place, given)
            for problem in camera.problems:
                sys.stdout.write(f"{problem}\n")
            browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:2] or [""], *map(Path, sys.argv[2:3]))
