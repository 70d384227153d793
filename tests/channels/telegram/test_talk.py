"""What a person on Telegram can do and sees."""

import json

from bot.domain.conversations import Author
from bot.services.conversations.conversations import MAX_MESSAGES_PER_WINDOW
from bot.services.desk.handovers import claim_conversation, say_as_agent
from tests.channels.telegram.conftest import Site
from tests.telegram_person import Person, buttons_of

HAN_MEIMEI = 7


def test_a_text_is_answered_in_its_chat(site: Site, lilei: Person) -> None:
    lilei.say("俺想开个火锅店")

    assert lilei.read() == ["听到：俺想开个火锅店"]
    assert site.api.sent(lilei.id, "sendChatAction")


def test_signs_of_html_arrive_as_typed(lilei: Person) -> None:
    lilei.say("<b>a & b</b> < c")

    assert lilei.read() == ["听到：<b>a & b</b> < c"]


def test_a_long_answer_comes_in_pieces_cut_at_sentence_ends(site: Site, lilei: Person) -> None:
    sentence = "这是第几句话，反正很长很长很长很长。"
    site.rasa.answer = lambda _text: [{"text": sentence * 700}]
    lilei.say("说长点")
    pieces = lilei.read(4)

    assert "".join(pieces) == sentence * 700
    assert all(piece.endswith("。") for piece in pieces)


def test_buttons_are_pressed_acknowledged_and_closed(site: Site, lilei: Person) -> None:
    payload = json.dumps({"choice": "业" * 40}, ensure_ascii=False)
    site.rasa.answer = lambda text: (
        [{"text": "哪种？", "buttons": [{"title": "公司", "payload": f"/inform{payload}"}]}]
        if text == "开店"
        else [{"text": "记下了"}]
    )
    lilei.say("开店")
    lilei.read()
    lilei.press("公司")

    assert lilei.read() == ["记下了"]
    assert site.rasa.texts[-1] == f"/inform{payload}"
    assert site.said(lilei)[-1] == "公司"
    (closed,) = site.api.wait(lambda: site.api.sent(lilei.id, "editMessageReplyMarkup"))
    assert [one["text"] for one in buttons_of(closed.values)] == ["✓ 公司"]


def test_the_second_press_of_a_keyboard_does_nothing(site: Site, lilei: Person) -> None:
    buttons = [{"title": "甲", "payload": "/affirm"}, {"title": "乙", "payload": "/deny"}]
    site.rasa.answer = lambda _text: [{"text": "选", "buttons": buttons}]
    lilei.say("选项")
    lilei.read()
    under = lilei.shown[-1]
    lilei.press("甲")
    lilei.read()
    other = buttons_of(under)[1]["callback_data"]
    query = lilei.press_data(other, under["message_id"])["callback_query"]["id"]

    answer = site.api.wait(
        lambda: [
            one.values["text"]
            for one in site.api.of("answerCallbackQuery")
            if one.values["callback_query_id"] == query
        ]
    )
    assert answer == ["这一步您已经选过了。"]
    assert site.said(lilei) == ["选项", "甲"]


def test_a_button_that_was_never_offered_here_is_answered_politely(
    site: Site, lilei: Person
) -> None:
    other = site.person()
    site.rasa.answer = lambda _text: [
        {"text": "选", "buttons": [{"title": "甲", "payload": "/affirm"}]}
    ]
    other.say("选项")
    other.read()
    stolen = buttons_of(other.shown[-1])[0]["callback_data"]
    for data in (stolen, "m999999.0", "/restart", "m1.999"):
        lilei.press_data(data, 5)
    alerts = site.api.wait(
        lambda: [
            one.values
            for one in site.api.of("answerCallbackQuery")
            if one.values.get("show_alert") is True
        ][3:]
    )

    assert "过期" in alerts[-1]["text"]
    assert site.said(lilei) == []


def test_start_welcomes_with_the_starters(site: Site, lilei: Person) -> None:
    lilei.say("/start")
    (welcome,) = lilei.read()

    assert welcome.startswith("您好，我是小二")
    assert "开店办照" in [one["text"] for one in buttons_of(lilei.shown[-1])]


def test_links_into_the_chat_open_a_case_or_a_plan(site: Site, lilei: Person) -> None:
    lilei.say("/start case_371500202611230001")
    lilei.read()
    assert site.rasa.texts[-1] == '/query_case{"case_number": "371500202611230001"}'
    lilei.say("/start plan_FA-20261123-0001")
    lilei.read()
    assert site.rasa.texts[-1] == "打开方案 FA-20261123-0001"
    lilei.say(f"/start plan_{'x' * 32}")
    lilei.read()
    assert site.rasa.texts[-1].endswith(f"/plans/{'x' * 32}")


def test_commands_say_what_their_names_say(site: Site, lilei: Person) -> None:
    for command, payload in (
        ("/help", "/ask_capabilities"),
        ("/agent@xiaoer_bot", "/request_agent"),
        ("/cancel", "/stop"),
    ):
        lilei.say(command)
        lilei.read()
        assert site.rasa.texts[-1] == payload


def test_an_unknown_command_is_answered_with_those_that_exist(lilei: Person) -> None:
    lilei.say("/hack")

    assert "/mycases" in lilei.read()[0]


def test_cancel_leaves_the_queue(site: Site, lilei: Person) -> None:
    site.rasa.answer = lambda _text: [{"custom": {"type": "handoff"}, "text": "转"}]
    lilei.say("转人工")
    lilei.read()
    lilei.say("/cancel")

    said = lilei.read()
    while "取消排队" not in said[-1]:  # who is away may be told in between
        said = lilei.read()


def test_my_cases_asks_for_the_own_number_and_takes_only_that(site: Site, lilei: Person) -> None:
    lilei.say("/mycases")
    assert "先跟您说清楚" in lilei.read()[0]  # the notice stands above the button
    asked = lilei.shown[-1]["reply_markup"]["keyboard"][0][0]
    assert asked["request_contact"] is True
    card = {"phone_number": "8613800138000", "first_name": "王五"}
    lilei.send(contact={**card, "user_id": lilei.id + 1})
    lilei.send(contact=card)
    refused = lilei.read(2)
    assert all("本人" in text and "没有采用" in text for text in refused)
    lilei.send(contact={**card, "user_id": lilei.id})

    assert "尾号 8000" in lilei.read()[0]
    lilei.press("用这个号码回答小二")
    lilei.read()
    assert site.rasa.texts[-1] == '/inform{"phone": "13800138000"}'


def test_a_number_that_nobody_asked_for_is_not_used_before_the_notice(
    site: Site, lilei: Person
) -> None:
    card = {"phone_number": "8613800138000", "first_name": "雷", "user_id": lilei.id}
    sent = lilei.send(contact=card)
    first = lilei.read()[0]
    site.deliver(sent)  # the platform tells it twice: that is no yes
    lilei.say("你好")
    assert lilei.read() == ["听到：你好"]
    lilei.send(contact=card)
    second = lilei.read()[0]
    lilei.send(contact=card)

    assert "先跟您说清楚" in first
    assert first == second
    assert "尾号 8000" in lilei.read()[0]


def test_a_forwarded_card_proves_nothing(lilei: Person) -> None:
    origin = {
        "type": "user",
        "date": 1_795_000_000,
        "sender_user": {"id": lilei.id, "is_bot": False, "first_name": "雷"},
    }
    card = {"phone_number": "8613800138000", "first_name": "雷", "user_id": lilei.id}
    lilei.send(contact=card, forward_origin=origin)

    assert "没有采用" in lilei.read()[0]


def test_a_place_offers_the_nearest_districts(site: Site, lilei: Person) -> None:
    lilei.send(location={"latitude": 36.84, "longitude": 115.70})
    lilei.read()
    titles = [one["text"] for one in buttons_of(lilei.shown[-1])]
    assert titles[0] == "临清市"
    lilei.press("临清市")
    lilei.read()

    assert site.rasa.texts[-1] == '/inform{"district": "临清市"}'
    lilei.send(location={"latitude": 39.9, "longitude": 116.4})
    assert "不在聊城市附近" in lilei.read()[0]


def test_a_voice_is_refused_politely_and_kept_for_people(site: Site, lilei: Person) -> None:
    lilei.send(voice={"file_id": "v1", "file_unique_id": "v", "duration": 3})

    assert "打字" in lilei.read()[0]
    assert site.lines(lilei)[0].attachments[0].url.endswith("/files/telegram/v1")


def test_photos_of_one_album_are_answered_once(lilei: Person, site: Site) -> None:
    size = {"file_unique_id": "u", "width": 90, "height": 90}
    for number in range(3):
        lilei.send(photo=[{"file_id": f"p{number}", **size}], media_group_id="g1")
    lilei.say("完了")

    assert [text[:6] for text in lilei.read(2)] == ["收到您发来的", "听到：完了"]
    assert len([line for line in site.lines(lilei) if line.attachments]) == 3


def test_what_is_written_under_a_photo_is_answered(site: Site, lilei: Person) -> None:
    photo = [{"file_id": "p", "file_unique_id": "u", "width": 90, "height": 90}]
    lilei.send(photo=photo, caption="这个证怎么办")

    assert lilei.read() == ["听到：这个证怎么办"]
    assert site.lines(lilei)[0].attachments


def test_a_sticker_and_kinds_of_tomorrow_are_answered_politely(lilei: Person) -> None:
    lilei.send(hologram={"x": 1})

    assert "打字" in lilei.read()[0]


def test_an_edit_of_the_last_message_is_taken_as_said_now(lilei: Person) -> None:
    sent = lilei.say("高信区")
    lilei.read()
    lilei.edit(sent, "高新区")

    assert lilei.read() == ["听到：高新区"]


def test_an_edit_of_an_older_message_is_asked_for_again(site: Site, lilei: Person) -> None:
    sent = lilei.say("一")
    lilei.say("二")
    lilei.read(2)
    lilei.edit(sent, "三")

    assert "再发一遍" in lilei.read()[0]
    assert "三" not in site.rasa.texts


def test_a_group_is_answered_once(site: Site, lilei: Person) -> None:
    group = {"id": -1000 - lilei.id, "type": "supergroup", "title": "商户群"}
    for text in ("在吗", "@xiaoer 在吗"):
        site.deliver(lilei.message(text=text, chat=group))
    sent = site.api.wait(lambda: site.api.sent(group["id"]))

    lilei.say("好")
    lilei.read()
    assert len(sent) == len(site.api.sent(group["id"])) == 1
    assert "私聊" in sent[0].values["text"]


def test_an_agent_answers_and_the_photo_stays_theirs(site: Site, lilei: Person) -> None:
    site.rasa.answer = lambda _text: [{"custom": {"type": "handoff"}, "text": "这就转"}]
    lilei.say("转人工")
    lilei.read()
    talk = site.conversation(lilei)
    now = site.app.now()
    claim_conversation(site.app.unit_of_work, conversation_id=talk.id, agent_id=HAN_MEIMEI, now=now)
    lilei.send(voice={"file_id": "v2", "file_unique_id": "v", "duration": 3})
    say_as_agent(
        site.app.unit_of_work, conversation_id=talk.id, agent_id=HAN_MEIMEI, text="您好", now=now
    )

    assert lilei.read() == ["工作人员：\n您好"], "the bot does not talk over a person"


def test_somebody_who_writes_too_fast_is_told_once(site: Site, lilei: Person) -> None:
    lilei.say("第一条")
    lilei.read()
    talk = site.conversation(lilei).id
    with site.app.unit_of_work() as unit:  # as if they had come within the last second
        for number in range(MAX_MESSAGES_PER_WINDOW):
            unit.conversations.add_inbound(
                talk,
                author=Author.APPLICANT,
                text="快",
                payload=None,
                external_id=f"fast-{number}",
                now=site.app.now(),
                is_handled=True,
            )
    for number in range(3):
        lilei.say(f"太多了 {number}")
    told = lilei.read()
    lilei.say("/start")
    lilei.read()

    assert "太快" in told[0]
    assert [text for text in lilei.texts if "太快" in text] == told


def test_our_own_pictures_and_files_arrive_as_such_and_others_as_links(
    site: Site, lilei: Person
) -> None:
    items = [
        {"title": "图标", "url": "/desk/static/icon.svg", "media_type": "image/svg+xml"},
        {"title": "外站", "url": "https://example.org/a.pdf", "media_type": "application/pdf"},
        {"title": "没了", "url": f"{site.url}/gone.pdf", "media_type": "application/pdf"},
        {"title": "方案", "url": f"{site.url}/plans/x", "media_type": "text/html"},
    ]
    site.rasa.answer = lambda _text: [
        {"text": "给您", "custom": {"type": "attachments", "items": items}}
    ]
    lilei.say("材料")
    got = lilei.read(4)

    assert got == [
        f"给您\n方案：{site.url}/plans/x",
        "图标",
        "外站：https://example.org/a.pdf",
        f"没了：{site.url}/gone.pdf",
    ]
    (photo,) = site.api.sent(lilei.id, "sendPhoto")
    assert b"<svg" in next(iter(photo.files.values()))


def test_the_menu_is_set_when_the_hub_starts(site: Site) -> None:
    (menu,) = site.api.wait(lambda: site.api.of("setMyCommands"))

    names = [one["command"] for one in menu.values["commands"]]
    assert names == ["start", "help", "mycases", "agent", "cancel"]
