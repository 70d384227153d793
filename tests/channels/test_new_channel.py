"""A new channel needs only its own folder: the hub does the rest."""

import httpx

from bot.asgi import create_app
from bot.bootstrap import App
from tests.channels.paper_channel import PASSWORD, PaperChannel
from tests.fake_rasa import FakeRasa
from tests.operations.waiting import wait_for
from tests.servers import ServerThread

BUTTONS = [{"title": "个体户", "payload": "/affirm"}, {"title": "公司", "payload": "/deny"}]


def test_a_channel_of_ones_own_has_numbers_pieces_and_retries(app: App, rasa: FakeRasa) -> None:
    long = "这一句话有整整二十个字那么长你数数看吧。" * 4
    rasa.answer = lambda text: (
        [{"text": "选哪种？", "buttons": BUTTONS}] if text == "开店" else [{"text": long}]
    )
    paper = PaperChannel(app)
    server = ServerThread(create_app(app, more_channels=[paper]))
    server.start()
    paper.notes.lost = 1
    with httpx.Client(base_url=server.url, headers={"password": PASSWORD}) as http:
        for number, words in enumerate(("开店", "②")):
            note = {"note": str(number), "from": "李雷", "words": words}
            assert http.post("/paper", json=note).status_code == 200
            assert http.post("/paper", json=note).status_code == 200, "the same note again"
            wait_for(lambda said=number: len(paper.notes.carried) >= 1 + 2 * said)
        assert http.post("/paper", json=note, headers={"password": "x"}).status_code == 403
    assert paper.is_running
    server.stop()

    choices, *pieces = [text for _who, text in paper.notes.carried]
    assert choices == "选哪种？\n请回复数字选择：\n1. 个体户\n2. 公司"
    assert "".join(pieces) == long
    assert rasa.texts == ["开店", "/deny"]
    assert not paper.is_running
