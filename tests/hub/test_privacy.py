"""Notice, consent and deletion before the bot, as the applicant sees them."""

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.engine import Engine

from bot.asgi import create_app
from bot.domain.conversations import Inbound, Owner
from bot.domain.privacy import has_personal_number, mask_numbers
from bot.services.conversations.conversations import authenticate, open_web_conversation
from bot.settings import ROOT, BadSetting, Settings
from bot.store.hub_texts import load_hub_texts
from bot.store.rasa_memory import RasaMemory
from bot.store.tables.conversations import MESSAGES
from tests.fake_rasa import FakeRasa
from tests.hub.conftest import Scene, a_scene
from tests.web_app import open_app

TEXTS = load_hub_texts(ROOT / "data").privacy
PHONE = "13806350007"
ASKING = [
    {"text": "好嘞，给您约。"},
    {"custom": {"type": "personal"}},
    {"text": "留个电话吧？"},
]


def answers(text: str) -> list[dict[str, object]]:
    if text in {"约帮办", "/repeat"}:
        return ASKING if text == "约帮办" else ASKING[1:]
    return [{"text": f"听到：{text}"}]


async def say(scene: Scene, *texts: str) -> None:
    for text in texts:
        await (scene.press(text) if text.startswith("/") else scene.say(text))
        await scene.serve_all()


async def test_the_notice_comes_in_the_place_of_the_question(scene: Scene) -> None:
    scene.rasa.answer = answers
    await say(scene, "约帮办")

    assert [text for _, text in scene.lines] == ["约帮办", "好嘞，给您约。", TEXTS.notice]
    assert [button.title for button in scene.last.buttons] == [TEXTS.agree, TEXTS.refuse]


async def test_after_a_yes_the_question_comes_and_it_is_asked_once(scene: Scene) -> None:
    scene.rasa.answer = answers
    await say(scene, "约帮办", "/agree_to_notice", PHONE, "约帮办 再约")

    texts = [text for _, text in scene.lines]
    assert texts[4:6] == [TEXTS.agreed, "留个电话吧？"]
    assert texts.count(TEXTS.notice) == 1
    assert scene.rasa.texts == ["约帮办", "/repeat", PHONE, "约帮办 再约"]


async def test_after_a_no_everything_else_goes_on_and_the_next_time_asks_again(
    scene: Scene,
) -> None:
    scene.rasa.answer = answers
    await say(scene, "约帮办", "/refuse_notice", "食品经营许可要什么材料")
    assert scene.rasa.texts == ["约帮办", "/stop", "食品经营许可要什么材料"]
    assert scene.lines[-1] == ("bot", "听到：食品经营许可要什么材料")
    await scene.say("约帮办", client_id="again")
    await scene.serve_all()

    assert scene.lines[-1] == ("system", TEXTS.notice)


async def test_a_no_to_what_may_be_left_out_goes_on_without_it(scene: Scene) -> None:
    def asked(text: str) -> list[dict[str, object]]:
        if text == "我要投诉":
            return [{"custom": {"type": "personal", "optional": True}}, {"text": "留个电话吧？"}]
        return [{"text": f"听到：{text}"}]

    scene.rasa.answer = asked
    await say(scene, "我要投诉", "不同意")

    assert scene.rasa.texts == ["我要投诉", "/skip"]
    assert [text for _, text in scene.lines][-2:] == [TEXTS.refused_one, "听到：/skip"]
    await scene.say("我要投诉", client_id="again")
    await scene.serve_all()
    assert scene.lines[-1] == ("system", TEXTS.notice)


async def test_a_number_told_unasked_is_held_back_until_the_yes(scene: Scene) -> None:
    await say(scene, f"我电话{PHONE}，想约个帮办")
    assert scene.rasa.texts == []
    assert scene.lines[-1][1] == f"{TEXTS.held}\n{TEXTS.notice}"
    await say(scene, "/agree_to_notice")

    assert scene.rasa.texts == [f"我电话{PHONE}，想约个帮办"]
    assert scene.lines[-1] == ("bot", f"听到：我电话{PHONE}，想约个帮办")


async def test_a_number_told_unasked_is_hidden_after_a_no(scene: Scene) -> None:
    await say(scene, f"我电话{PHONE}，想约个帮办", "/refuse_notice")

    assert scene.rasa.texts == []
    assert scene.lines[0][1] == "我电话138******07，想约个帮办"
    assert PHONE not in str(scene.lines)


async def test_a_cry_for_help_with_a_number_in_it_is_answered_at_once(scene: Scene) -> None:
    await say(scene, f"厂里着火了，我电话{PHONE}")

    assert scene.rasa.texts == [f"厂里着火了，我电话{PHONE}"]


async def test_a_number_behind_a_button_is_held_back_in_the_same_way(scene: Scene) -> None:
    button = f'/inform{{"phone": "{PHONE}"}}'
    await say(scene, button)
    assert scene.rasa.texts == []
    await say(scene, "/agree_to_notice")

    assert scene.rasa.texts == [button]


async def test_a_number_behind_a_button_is_hidden_after_a_no(
    scene: Scene, sqlite_engine: Engine
) -> None:
    await say(scene, f'/inform{{"phone": "{PHONE}"}}', "/refuse_notice")
    with sqlite_engine.connect() as connection:
        rows = connection.execute(select(MESSAGES.c.text, MESSAGES.c.payload)).all()

    assert "/inform" in str(rows)
    assert PHONE not in str(rows)


async def test_another_version_of_the_notice_asks_again(
    scene: Scene, sqlite_engine: Engine
) -> None:
    scene.rasa.answer = answers
    await say(scene, "约帮办", "/agree_to_notice")
    with sqlite_engine.begin() as connection:
        found = connection.exec_driver_sql("SELECT version, decision, channel FROM consents").all()
        connection.exec_driver_sql(
            "INSERT INTO consents SELECT id + 1, conversation_id, channel, '旧', decision, at"
            " FROM consents"
        )
    await scene.say("约帮办", client_id="again")
    await scene.serve_all()

    assert [tuple(row) for row in found] == [(TEXTS.version, "agreed", "web")]
    assert scene.lines[-1] == ("system", TEXTS.notice)


async def test_where_there_are_no_buttons_a_number_answers_the_notice(scene: Scene) -> None:
    scene.rasa.answer = answers
    await say(scene, "约帮办")
    opened = open_web_conversation(scene.unit_of_work, now=scene.clock(), channel="terminal")
    numbered = Inbound("terminal", opened.conversation_id, "1", "约帮办")
    await scene.hub.inbox.receive(numbered)
    await scene.serve_all()
    await scene.hub.inbox.receive(replace(numbered, external_id="2", text="1"))
    await scene.serve_all()

    texts = [one.text for one in scene.page(opened.conversation_id).messages]
    assert texts[3:] == [TEXTS.agree, TEXTS.agreed, "留个电话吧？"]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("删除我的数据", True),
        ("请帮我删除我的数据吧。", True),
        ("把我的聊天记录都删了", True),
        ("删除我的个人信息！", True),
        ("注销我的账号", True),
        ("删除我的预约", False),
        ("我的数据安全吗", False),
        ("怎么删除我的信息里的错字", False),
    ],
)
def test_a_whole_sentence_that_asks_for_deletion_is_understood(text: str, meant: bool) -> None:
    assert TEXTS.asks_erasure(text) is meant


@pytest.mark.parametrize(
    ("text", "is_there"),
    [
        ("13806350007", True),
        ("电话13806350007哈", True),
        ("372501199001011234", True),
        ("37250119900101123X", True),
        ("371500202611230001", False),
        ("06350000101", False),
        ("913715000000000000", False),
        ("1380635", False),
    ],
)
def test_numbers_of_persons_are_told_from_numbers_of_cases(text: str, is_there: bool) -> None:
    assert has_personal_number(text) is is_there
    assert (mask_numbers(text) != text) is is_there


async def test_deletion_is_asked_twice_and_leaves_a_receipt(
    scene: Scene, sqlite_engine: Engine
) -> None:
    opened = open_web_conversation(scene.unit_of_work, now=scene.clock())
    scene.conversation_id = opened.conversation_id
    await say(scene, "我叫李雷雷", "删除我的数据")
    assert "聊天记录 3 条" in scene.last.text
    await say(scene, "/cancel_erasure")
    assert scene.last.text == TEXTS.cancelled
    await say(scene, "/erase_data", "/confirm_erasure")

    fresh = authenticate(scene.unit_of_work, token=opened.token)
    assert fresh.id != opened.conversation_id
    scene.conversation_id = fresh.id
    [receipt] = scene.page().messages
    assert receipt.text.startswith("删好了。回执编号 SC-")
    assert scene.owner is Owner.BOT
    await say(scene, "你好")
    assert scene.rasa.posted[-1][0] == fresh.id


async def test_a_confirmation_that_was_never_offered_deletes_nothing(scene: Scene) -> None:
    await say(scene, "你好", "/confirm_erasure")

    assert scene.last.text == TEXTS.not_asked
    assert scene.lines[0] == ("applicant", "你好")


async def test_deletion_works_while_rasa_is_down(scene: Scene, rasa: FakeRasa) -> None:
    rasa.mode = "refuse"
    await say(scene, "/erase_data")

    assert "删掉以后找不回来" in scene.last.text


def test_what_rasa_remembers_is_deleted_too(tmp_path: Path) -> None:
    file = tmp_path / "rasa.db"
    with sqlite3.connect(file) as rasa:
        rasa.execute("CREATE TABLE events (id INTEGER PRIMARY KEY, sender_id TEXT, data TEXT)")
        rasa.execute("INSERT INTO events (sender_id, data) VALUES ('a', '李雷'), ('b', '韩梅')")
    memory = RasaMemory(f"sqlite:///{file}")
    memory.forget("a")
    memory.forget("a")

    with sqlite3.connect(file) as rasa:
        assert rasa.execute("SELECT sender_id FROM events").fetchall() == [("b",)]


def test_without_a_database_of_rasa_none_is_made(tmp_path: Path) -> None:
    RasaMemory(f"sqlite:///{tmp_path / 'none.db'}").forget("a")

    assert list(tmp_path.iterdir()) == []


async def test_where_somebody_else_has_asked_nothing_is_held_back(
    scene: Scene, sqlite_engine: Engine
) -> None:
    scene.rasa.answer = answers
    async with a_scene(sqlite_engine, scene.rasa, consent="elsewhere") as other:
        await say(other, "约帮办", PHONE)

        assert [text for _, text in other.lines][2] == "留个电话吧？"
        assert other.rasa.texts == ["约帮办", PHONE]


def test_a_setting_that_is_neither_stops_the_start(tmp_path: Path) -> None:
    settings = Settings(database_url=f"sqlite:///{tmp_path / 'x.db'}", consent="maybe")
    with open_app(settings) as app, pytest.raises(BadSetting, match="XIAOER_CONSENT"):
        create_app(app)
