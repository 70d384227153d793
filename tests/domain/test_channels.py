"""A line is made to fit what a channel can do."""

from datetime import datetime, timezone

from bot.domain.channels import Abilities, ChoiceWords, Part, PartKind, adapt
from bot.domain.conversations import Attachment, Author, Button, Message

WORDS = ChoiceWords(choose="请回复数字选择：", link="{title}：{url}")
TWO = (Button("个体户", "/a"), Button("公司", "/b"))
PICTURE = Attachment("流程图", "/p.png", "image/png")
PAPER = Attachment("清单", "/l.pdf", "application/pdf")
PAGE = Attachment("方案", "/plans/x", "text/html")


def line(text: str, buttons: tuple[Button, ...] = (), *files: Attachment) -> Message:
    now = datetime(2026, 11, 26, tzinfo=timezone.utc)
    return Message(1, "c", Author.BOT, text, now, buttons=buttons, attachments=files)


def text_of(part: Part) -> str:
    assert part.kind is PartKind.TEXT
    return part.text


def test_without_buttons_choices_are_numbered() -> None:
    (part,) = adapt(line("选哪种？", TWO), Abilities(), WORDS)

    assert text_of(part) == "选哪种？\n请回复数字选择：\n1. 个体户\n2. 公司"
    assert part.buttons == ()


def test_with_buttons_they_stand_under_the_last_piece() -> None:
    parts = adapt(
        line("一二三四。五六七八。", TWO), Abilities(buttons=True, message_length=8), WORDS
    )

    assert [(one.text, one.buttons) for one in parts] == [("一二三四。", ()), ("五六七八。", TWO)]


def test_buttons_alone_get_a_text() -> None:
    (part,) = adapt(line("", TWO), Abilities(buttons=True), WORDS)

    assert (part.text, part.buttons) == (WORDS.choose, TWO)


def test_pictures_files_and_pages_are_links_where_nothing_else_is_shown() -> None:
    (part,) = adapt(line("给您", (), PICTURE, PAPER, PAGE), Abilities(), WORDS)

    assert text_of(part) == "给您\n流程图：/p.png\n清单：/l.pdf\n方案：/plans/x"


def test_pictures_and_files_are_shown_where_they_can_be() -> None:
    able = Abilities(images=True, files=True, caption_length=8)
    parts = adapt(line("给您", (), PICTURE, PAPER, PAGE), able, WORDS)

    assert [(one.kind, one.text) for one in parts] == [
        (PartKind.TEXT, "给您\n方案：/plans/x"),
        (PartKind.IMAGE, "流程图"),
        (PartKind.FILE, "清单"),
    ]


def test_a_channel_with_files_only_gives_pictures_as_files() -> None:
    (_text, picture) = adapt(line("给您", (), PICTURE), Abilities(files=True), WORDS)

    assert picture.kind is PartKind.FILE


def test_a_line_with_nothing_in_it_is_no_piece() -> None:
    assert adapt(line(""), Abilities(), WORDS) == ()
