"""The learning pages in a real Chromium: axe, both widths, marking a part of a sentence."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from bot.bootstrap import utc_now
from bot.domain.learning import LessonKind, LessonState, MisreadReason
from bot.domain.model_life import ChoiceState, JobKind, JobState
from bot.domain.people import Agent, Role
from bot.services.learning import jobs as learning_jobs
from bot.services.learning.lessons import Proposal, Vocabulary, decide, propose
from bot.services.learning.model_choices import KnownModel, new_choice
from tests.browser.axe import violations
from tests.browser.pictures import keep_picture
from tests.desk_cast import PASSWORD
from tests.desk_server import DeskServer, desk_server
from tests.learning_factories import NEEDLE, TICKET, misread, not_understood
from tests.new_files import new_sqlite

pytestmark = pytest.mark.browser

WIDTHS = {"desk": {"width": 1280, "height": 900}, "phone": {"width": 390, "height": 844}}
MORE = ("卫生那个证到期了咋整", "卫生证到期了怎么办", "电梯年检找谁", "火车票能订吗", "订火车票")
FIGURES = {
    "intent_accuracy": 0.971,
    "intent_macro_f1": 0.977,
    "entity_f1": 0.882,
    "out_of_scope_accepted": 0.08,
    "in_scope_refused": 0.0,
}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DeskServer]:
    """A desk with messages that were not understood, decisions in each state, and models."""
    engine = new_sqlite(tmp_path_factory.mktemp("learning") / "desk.db")
    with desk_server(engine) as server:
        leader = server.cast.agent("leader", "孙主任", Role.SUPERVISOR)
        editor = server.cast.agent("editor", "周编辑", Role.EDITOR)
        for text in (*NEEDLE, *MORE, TICKET):
            reason = MisreadReason.GUESSED if text in MORE else MisreadReason.FALLBACK
            not_understood(server.cast.open_unit, text, now=utc_now(), lesson=misread(reason))
        _decide(server, editor, leader)
        _models(server)
        yield server
    engine.dispose()


def _decide(server: DeskServer, editor: Agent, leader: Agent) -> None:
    unit, now = server.cast.open_unit, utc_now()
    with unit() as opened:
        ids = {one.text: one.id for one in opened.misunderstood.undecided(50)}
    words = Vocabulary({"ask_procedure"}, set(), {"matter"}, {})
    for text, kind, target, note in (
        (MORE[0], LessonKind.INTENT, "ask_procedure", "问的是延续"),
        (MORE[2], LessonKind.FACT, "", "补电梯年检归谁管"),
        (TICKET, LessonKind.OUT_OF_SCOPE, "", ""),
    ):
        proposal = Proposal([ids[text]], kind, target, text, note)
        lesson = propose(unit, agent=editor, proposal=proposal, vocabulary=words, now=now)
    decide(unit, agent=leader, lesson_id=lesson, to=LessonState.RELEASED, reason="", now=now)


def _models(server: DeskServer) -> None:
    unit, now = server.cast.open_unit, utc_now()
    base = "b" * 16
    first, old = (
        KnownModel(f"{name}.tar.gz", "a" * 64, base, now) for name in ("9f3c21", "77aa01")
    )
    with unit() as opened:
        before = opened.models.add(
            new_choice(old, ChoiceState.ACTIVE, by=None, reason="启动", now=now)
        )
        opened.models.move(before, seen=ChoiceState.ACTIVE, to=ChoiceState.PAST)
        opened.models.add(new_choice(first, ChoiceState.ACTIVE, by=1, reason="补了说法", now=now))
    made = {"model": "c0ffee.tar.gz", "sha256": "c" * 64, "base": base, "left_out": []}
    learning_jobs.keep_done(unit, JobKind.TRAIN, made, now)
    worse = {"text": "刻章还要钱吗", "kind": "worse", "gold": "ask_fee", "old": "ask_fee"}
    better = {"text": "那个本本咋整", "kind": "better", "gold": "ask_procedure", "old": "stop"}
    result = {
        "old": "9f3c21.tar.gz",
        "new": "c0ffee.tar.gz",
        "sets": [
            {
                "name": "heldout7.jsonl",
                "utterances": 210,
                "old": FIGURES,
                "new": {**FIGURES, "intent_accuracy": 0.976},
            }
        ],
        "changed": [{**worse, "new": "skip"}, {**better, "new": "ask_procedure"}],
        "worse": 1,
        "better": 1,
        "replayed": {
            "conversations": 20,
            "messages": 81,
            "changed_intent": 2,
            "changed_actions": 1,
            "changed_reply": 1,
            "differences": [
                {"text": "刻章还要钱吗", "then": "首套公章免费。", "now": "好，这一项先不填。"}
            ],
        },
    }
    learning_jobs.keep_done(unit, JobKind.COMPARE, result, now)


@pytest.fixture(params=list(WIDTHS))
def width(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def context(chromium: Browser, width: str) -> Iterator[BrowserContext]:
    opened = chromium.new_context(viewport=WIDTHS[width], locale="zh-CN")  # type: ignore[arg-type]
    opened.set_default_timeout(15_000)
    yield opened
    opened.close()


def sign_in(page: Page, desk: DeskServer) -> None:
    page.goto(f"{desk.url}/desk/login")
    page.get_by_label("账号").fill("leader")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    expect(page).not_to_have_url(f"{desk.url}/desk/login")


def look(page: Page, name: str, width: str) -> list[str]:
    """Keep a picture; return what axe finds and what sticks out on the right."""
    keep_picture(page, f"{name}-{width}", full_page=True)
    found = [f"{name}-{width}: {one}" for one in violations(page)]
    wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    return [*found, f"{name}-{width}: too wide"] if wide else found


def test_the_learning_pages_have_no_barriers_and_fit_both_widths(
    desk: DeskServer, context: BrowserContext, width: str
) -> None:
    page = context.new_page()
    sign_in(page, desk)
    problems = []
    for name, path in {
        "learning": "",
        "learning-review": "?shown=review",
        "learning-lesson": "/lessons/1",
        "learning-released": "?shown=released",
        "learning-models": "/models",
        "learning-comparison": "/models/comparisons/2",
    }.items():
        page.goto(f"{desk.url}/desk/learning{path}")
        for summary in page.locator("summary").all():
            summary.click()
        problems += look(page, name, width)
    page.goto(f"{desk.url}/desk/learning")
    page.get_by_role("link", name="那个本本").first.click()
    problems += look(page, "learning-group", width)

    assert problems == []


def test_a_selected_part_is_marked_and_the_mark_is_taken_off_again(
    desk: DeskServer, context: BrowserContext
) -> None:
    page = context.new_page()
    sign_in(page, desk)
    page.goto(f"{desk.url}/desk/learning")
    page.get_by_role("link", name="那个本本").first.click()
    field = page.get_by_label("例句")
    field.fill("奶茶店办证\n第二句")
    field.evaluate("field => field.setSelectionRange(0, 3)")
    page.get_by_role("button", name="行业").click()
    expect(field).to_have_value("[奶茶店](industry)办证\n第二句")
    page.get_by_role("button", name="去掉标注").click()
    expect(field).to_have_value("奶茶店办证\n第二句")


def test_progress_comes_by_itself_and_what_can_be_chosen_after_it(
    desk: DeskServer, context: BrowserContext
) -> None:
    unit = desk.cast.open_unit
    page = context.new_page()
    sign_in(page, desk)
    page.goto(f"{desk.url}/desk/learning/models")
    page.get_by_role("button", name="训练新模型").click()
    jobs = page.locator("#jobs")
    expect(jobs).to_contain_text("排队中")
    job = learning_jobs.take_next(unit, utc_now())
    assert job is not None
    learning_jobs.note_progress(unit, job.id, "训练 SignTagger 5 秒", 40)
    expect(jobs).to_contain_text("训练 SignTagger 5 秒 40%")
    made = {"model": f"fresh{job.id}.tar.gz", "sha256": "d" * 64, "base": "b" * 16}
    learning_jobs.end(unit, job.id, JobState.DONE, utc_now(), result=made)
    expect(page.get_by_label("哪个模型").first).to_contain_text(f"fresh{job.id}.tar.gz")
