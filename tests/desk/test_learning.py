"""The learning pages: groups, deciding, a second person, models."""

from collections.abc import AsyncIterator, Sequence

import httpx
import pytest

from bot.domain.model_life import ChoiceState, JobKind, JobState, ModelChoice
from bot.domain.people import Role
from bot.services.learning import jobs as learning_jobs
from bot.services.learning.model_choices import KnownModel, new_choice
from tests.desk.conftest import Site, login
from tests.desk_cast import NOW
from tests.learning_factories import NEEDLE, TICKET, not_understood

ACTIVE = KnownModel("first.tar.gz", "a" * 64, "b" * 16, NOW)
NEW = {"model": "second.tar.gz", "sha256": "c" * 64, "base": "b" * 16}


@pytest.fixture
async def editor(site: Site) -> AsyncIterator[httpx.AsyncClient]:
    site.cast.agent("editor", "周编辑", Role.EDITOR)
    async with site.browser() as client:
        await login(client, "editor")
        yield client


@pytest.fixture
async def leader(site: Site) -> AsyncIterator[httpx.AsyncClient]:
    site.cast.agent("leader", "孙主任", Role.SUPERVISOR)
    async with site.browser() as client:
        await login(client, "leader")
        yield client


@pytest.fixture
def waiting(site: Site) -> Sequence[int]:
    for text in (*NEEDLE, TICKET):
        not_understood(site.cast.open_unit, text, now=NOW)
    with site.cast.open_unit() as unit:
        return sorted(one.id for one in unit.misunderstood.undecided(10))


def choice(site: Site, model: KnownModel, state: ChoiceState) -> int:
    with site.cast.open_unit() as unit:
        return unit.models.add(new_choice(model, state, by=None, reason="启动", now=NOW))


def newest(site: Site) -> ModelChoice:
    with site.cast.open_unit() as unit:
        return unit.models.newest(1)[0]


def form(ids: Sequence[int], **fields: str) -> dict[str, object]:
    texts = "\n".join(NEEDLE)
    return {"message": [str(one) for one in ids], "examples": texts, **fields}


async def test_an_editor_assigns_and_another_person_releases(
    editor: httpx.AsyncClient, leader: httpx.AsyncClient, waiting: Sequence[int]
) -> None:
    overview = (await editor.get("/desk/learning")).text
    assert "2 组，4 条" in overview
    page = (await editor.get(f"/desk/learning/messages/{waiting[0]}")).text
    assert all(text in page for text in NEEDLE)

    fields = form(waiting[:3], kind="intent", intent="要什么材料")
    answer = await editor.post(f"/desk/learning/messages/{waiting[0]}", data=fields)
    assert answer.status_code == 303
    lesson = answer.headers["location"]
    own = await editor.post(f"{lesson}/release")
    assert own.status_code == 409
    assert "另一位同事" in own.text
    assert "待复核" in (await leader.get(lesson)).text
    assert (await leader.post(f"{lesson}/release")).status_code == 303

    assert "1 组，1 条" in (await editor.get("/desk/learning")).text
    released = (await editor.get("/desk/learning?shown=released")).text
    assert "要什么材料" in released
    assert "周编辑" in released


async def test_an_error_keeps_what_was_typed(
    editor: httpx.AsyncClient, waiting: Sequence[int]
) -> None:
    path = f"/desk/learning/messages/{waiting[0]}"
    fields = form(waiting[:1], kind="intent", intent="没有的意图", note="我写的说明")
    answer = await editor.post(path, data={**fields, "examples": "我改过的句子"})

    assert answer.status_code == 422
    assert "没有这个意图或事项" in answer.text
    assert "我改过的句子" in answer.text
    assert "我写的说明" in answer.text
    assert "请先选怎么处理" in (await editor.post(path, data=form(waiting[:1]))).text


async def test_a_message_that_somebody_decided_about_is_not_decided_again(
    editor: httpx.AsyncClient, leader: httpx.AsyncClient, waiting: Sequence[int]
) -> None:
    fields = form(waiting[:1], kind="discard", note="误触")
    await editor.post(f"/desk/learning/messages/{waiting[0]}", data=fields)
    late = form(waiting[:3], kind="out_of_scope")
    answer = await leader.post(f"/desk/learning/messages/{waiting[1]}", data=late)

    assert answer.status_code == 422
    assert "刚刚被别人处理" in answer.text
    assert (await leader.get(f"/desk/learning/messages/{waiting[0]}")).status_code == 404


async def test_a_training_is_asked_for_once_and_can_be_stopped(
    site: Site, leader: httpx.AsyncClient
) -> None:
    assert (await leader.post("/desk/learning/models/train")).status_code == 303
    again = await leader.post("/desk/learning/models/train")
    assert again.status_code == 409
    assert "一次只做一个" in again.text
    with site.cast.open_unit() as unit:
        (job,) = unit.learning_jobs.newest(5)
    assert "排队中" in (await leader.get("/desk/api/learning/jobs")).text
    await leader.post("/desk/learning/models/stop", data={"job": str(job.id)})
    assert "已停止" in (await leader.get("/desk/api/learning/jobs")).text
    gone = await leader.post("/desk/learning/models/stop", data={"job": "99"})
    assert "已经结束" in gone.text


async def test_a_trained_model_is_chosen_with_a_reason_and_taken_back(
    site: Site, leader: httpx.AsyncClient
) -> None:
    first = choice(site, ACTIVE, ChoiceState.ACTIVE)
    learning_jobs.keep_done(site.cast.open_unit, JobKind.TRAIN, dict(NEW), NOW)
    page = (await leader.get("/desk/learning/models")).text
    assert "second.tar.gz" in page
    silent = await leader.post("/desk/learning/models/choose", data={"model": NEW["model"]})
    assert "请写明理由" in silent.text
    wish = {"model": NEW["model"], "reason": "补了奶茶店的说法"}
    assert (await leader.post("/desk/learning/models/choose", data=wish)).status_code == 303
    assert (newest(site).name, newest(site).state) == (NEW["model"], ChoiceState.WANTED)
    twice = await leader.post("/desk/learning/models/choose", data=wish)
    assert "已经在用，或正在切换" in twice.text

    with site.cast.open_unit() as unit:
        unit.models.move(first, seen=ChoiceState.ACTIVE, to=ChoiceState.PAST)
        unit.models.set_active(newest_id := unit.models.newest(1)[0].id, NOW)
    assert newest_id != first
    back = await leader.post("/desk/learning/models/back", data={"reason": "答得不如以前"})
    assert back.status_code == 303
    assert (newest(site).name, newest(site).state) == (ACTIVE.name, ChoiceState.WANTED)
    with site.cast.open_unit() as unit:
        assert [one.action for one in unit.people.audit() if one.action == "model_chosen"] == [
            "model_chosen",
            "model_chosen",
        ]


async def test_a_model_of_another_version_of_the_product_is_refused(
    site: Site, leader: httpx.AsyncClient
) -> None:
    choice(site, ACTIVE, ChoiceState.ACTIVE)
    learning_jobs.keep_done(site.cast.open_unit, JobKind.TRAIN, {**NEW, "base": "d" * 16}, NOW)
    wish = {"model": NEW["model"], "reason": "试试"}
    answer = await leader.post("/desk/learning/models/choose", data=wish)

    assert answer.status_code == 409
    assert "不是为现在的版本训练的" in answer.text


async def test_an_editor_does_not_change_the_model(site: Site, editor: httpx.AsyncClient) -> None:
    choice(site, ACTIVE, ChoiceState.ACTIVE)
    page = await editor.get("/desk/learning/models")
    assert "启用这个模型" not in page.text
    assert (await editor.post("/desk/learning/models/train")).status_code == 403


async def test_a_comparison_shows_what_became_worse_first(
    site: Site, leader: httpx.AsyncClient
) -> None:
    figures = {
        "intent_accuracy": 0.9,
        "intent_macro_f1": 0.9,
        "entity_f1": 0.8,
        "out_of_scope_accepted": 0.1,
        "in_scope_refused": 0.0,
    }
    result = {
        "old": "first.tar.gz",
        "new": "second.tar.gz",
        "sets": [
            {
                "name": "评测",
                "utterances": 2,
                "old": figures,
                "new": {**figures, "intent_accuracy": 0.95},
            }
        ],
        "changed": [
            {
                "text": "变差的句子",
                "kind": "worse",
                "gold": "ask_fee",
                "old": "ask_fee",
                "new": "skip",
            }
        ],
        "worse": 1,
        "better": 0,
        "replayed": None,
    }
    job_id = learning_jobs.keep_done(site.cast.open_unit, JobKind.COMPARE, result, NOW)
    page = (await leader.get(f"/desk/learning/models/comparisons/{job_id}")).text

    assert "变差的句子" in page
    assert "+5.0" in page
    assert "变差 1 句" in page
    assert JobState.DONE.value not in page
