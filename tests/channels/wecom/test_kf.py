"""李雷 writes to 微信客服 from WeChat: news are fetched, choices are a menu, five messages."""

import time

import pytest
from sqlalchemy import text

from bot.channels.tencent.api import ApiRefused
from bot.channels.tencent.errors import KF_ERRORS, WECHAT_ERRORS, WECOM_ERRORS
from tests.channels.wecom.conftest import Site
from tests.wecom_api import KF_SEND, KF_WELCOME, OPEN_KFID, SYNC, Customer

BUTTONS = [{"title": "个体户", "payload": "/affirm"}, {"title": "公司", "payload": "/deny"}]


def test_a_text_is_fetched_and_answered(site: Site, lilei: Customer) -> None:
    lilei.say("在吗")

    assert lilei.read() == ["听到：在吗"]
    assert site.said(lilei) == ["在吗"]


def test_choices_are_a_menu_and_a_press_or_a_number_chooses(site: Site, lilei: Customer) -> None:
    site.rasa.answer = lambda text: (
        [{"text": "您好。"}, {"text": "请选择。", "buttons": BUTTONS}]
        if text == "开店"
        else [{"text": text}]
    )
    lilei.say("开店")
    (shown,) = lilei.read()
    lilei.press("公司")
    pressed = lilei.read()
    lilei.say("开店")
    lilei.read()
    lilei.say("1")

    assert shown == "您好。\n\n请选择。\n个体户\n公司"
    assert site.api.shown[lilei.id][0]["msgtype"] == "msgmenu"
    assert pressed == ["/deny"]
    assert lilei.read() == ["/affirm"]


def test_choices_that_fit_no_menu_are_numbers(site: Site, lilei: Customer) -> None:
    many = [{"title": f"第{n}种", "payload": "/affirm"} for n in range(11)]
    site.rasa.answer = lambda _text: [{"text": "请选择。", "buttons": many}]
    lilei.say("开店")

    assert "11. 第10种" in lilei.read()[0]


def test_whoever_enters_is_welcomed_once_with_first_steps_to_press(
    site: Site, lilei: Customer
) -> None:
    site.api.codes.add("welcome-1")
    lilei.happen("enter_session", scene="123", welcome_code="welcome-1")
    lilei.ring()
    site.api.wait(lambda: not site.api.codes)
    (welcome,) = [one.values for one in site.api.of(KF_WELCOME)]
    items = welcome["msgmenu"]["list"]
    first = items[0]["click"]
    lilei.send("text", content=first["content"], menu_id=first["id"])

    assert "我是小二" in welcome["msgmenu"]["head_content"]
    assert lilei.read() == ["听到：/start_business"]


def test_a_welcome_that_comes_too_late_and_other_events_are_left_alone(
    site: Site, lilei: Customer
) -> None:
    before = len(site.api.of(KF_WELCOME))
    lilei.happen("enter_session", welcome_code="welcome-2")
    site.api.news[-1]["send_time"] = int(time.time()) - 60
    lilei.happen("msg_send_fail", fail_msgid="x", fail_type=4)
    lilei.happen("session_status_change", change_type=1)
    lilei.happen("of_tomorrow")
    site.api.news.append({"msgtype": "event"})
    site.api.news.append({"msgid": "of_staff", "origin": 5, "msgtype": "text", "text": {}})
    lilei.say("在吗")

    assert lilei.read() == ["听到：在吗"]
    assert len(site.api.of(KF_WELCOME)) == before


def test_voices_files_and_cards_are_answered(site: Site, lilei: Customer) -> None:
    lilei.send("voice", media_id="v1")
    (voice,) = lilei.read()
    lilei.send("file", media_id="f1")
    (file,) = lilei.read()
    lilei.send("business_card", userid="x")
    (card,) = lilei.read()
    lilei.send("location", latitude=36.45, longitude=115.98, name="", address="")
    (place,) = lilei.read()

    assert "没听清" in voice
    assert "文件" in file
    assert "看不懂" in card
    assert "东昌府区" in place


def test_an_odd_entry_does_not_hold_up_those_behind_it(site: Site, lilei: Customer) -> None:
    lilei.put("link", title="a\x00b", url="\x00")
    lilei.put("link", title="\x00", url="")
    lilei.put("text", content="\x00")
    lilei.put("text", content="话" * 6000)
    lilei.put("text", content="好", menu_id="m1.0")
    lilei.put("location", latitude="x", longitude=None)
    lilei.put("image", media_id="../../secret")
    site.api.news.extend([{"msgtype": "text"}, {}])
    lilei.ring()
    site.api.wait(lambda: len(site.said_or_none(lilei)) == 7)
    lilei.say("在吗")
    site.api.wait(lambda: "听到：在吗" in "".join(lilei.texts))

    assert site.said(lilei)[0] == "ab"
    assert site.said(lilei)[-1] == "在吗"


def test_news_are_read_page_by_page_from_where_the_last_fetch_stopped(
    site: Site, lilei: Customer
) -> None:
    site.api.page = 2
    try:
        for number in range(5):
            lilei.put("text", content=f"第{number}句")
        lilei.ring()
        site.api.wait(lambda: len(site.said_or_none(lilei)) == 5)
    finally:
        site.api.page = 1000

    def stands_at() -> str:
        # a connection a look: one that stays open is the one writer of the file
        with site.app.engine.connect() as connection:
            query = text("SELECT cursor FROM kf_accounts WHERE open_kfid = :id")
            return str(connection.execute(query, {"id": OPEN_KFID}).scalar_one())

    site.api.wait(lambda: stands_at() == str(len(site.api.news)))
    asked = [one.values.get("cursor") for one in site.api.of(SYNC)]

    assert site.said(lilei) == [f"第{number}句" for number in range(5)]
    assert asked[-1] != asked[-2], "it goes on and does not begin anew"


def test_a_callback_that_comes_twice_or_a_page_that_comes_again_is_answered_once(
    site: Site, lilei: Customer
) -> None:
    lilei.say("在吗")
    lilei.ring()
    lilei.read()
    site.api.news.append(dict(site.api.news[-1]))
    lilei.say("好")
    site.api.wait(lambda: "听到：好" in "".join(lilei.texts))

    assert site.said(lilei) == ["在吗", "好"]


@pytest.mark.parametrize("trouble", ["errcode:-1", "500", "broken", "expire"])
def test_news_that_cannot_be_fetched_now_are_fetched_later(
    site: Site, lilei: Customer, trouble: str
) -> None:
    lilei.put("text", content="在吗")
    site.api.script[SYNC].append(trouble)
    lilei.ring()

    assert lilei.read() == ["听到：在吗"]


def test_the_sixth_message_waits_for_the_persons_next_one(site: Site, lilei: Customer) -> None:
    long = "这一句话有整整二十个字那么长你数数看吧。" * 190
    site.rasa.answer = lambda text: [{"text": long}] if text == "说长点" else [{"text": text}]
    lilei.say("说长点")
    first = lilei.read(5)
    lilei.say("更多")
    more = lilei.read(2)

    assert "".join([*first, *more]).replace("\n（还有内容没发完，回复“更多”接着看）", "") == long
    assert lilei.id not in site.api.over, "counted here, so WeCom never had to refuse"


def test_what_the_platform_counts_otherwise_waits_too(site: Site, lilei: Customer) -> None:
    lilei.say("先")
    lilei.read()
    site.api.script[KF_SEND].append("errcode:95001")
    lilei.say("一")
    site.api.wait(lambda: not site.api.script[KF_SEND])
    lilei.say("二")
    site.api.wait(lambda: "听到：二" in "".join(lilei.texts))

    assert "听到：一" in "".join(lilei.texts)


@pytest.mark.parametrize(
    ("numbers", "code", "meaning"),
    [
        (WECHAT_ERRORS, -1, "waits"),
        (WECHAT_ERRORS, 45009, "waits"),
        (WECHAT_ERRORS, 48001, "waits"),
        (WECHAT_ERRORS, 40001, "waits"),
        (WECHAT_ERRORS, 45015, "spent"),
        (WECHAT_ERRORS, 45047, "spent"),
        (WECHAT_ERRORS, 40003, "lost"),
        (WECHAT_ERRORS, 45002, "for good"),
        (WECOM_ERRORS, 45009, "waits"),
        (WECOM_ERRORS, 81013, "lost"),
        (KF_ERRORS, 95002, "spent"),
        (KF_ERRORS, 95018, "spent"),
        (KF_ERRORS, 99999, "for good"),
    ],
)
def test_each_error_number_has_its_meaning(numbers: object, code: int, meaning: str) -> None:
    error = numbers.meaning(ApiRefused(code))  # type: ignore[attr-defined]
    told = {
        "spent": error.is_spent,
        "lost": error.is_unreachable,
        "waits": not error.permanent and not error.is_spent and error.retry_after_s is not None,
        "for good": error.permanent and not error.is_unreachable,
    }

    assert [name for name, is_so in told.items() if is_so] == [meaning]
