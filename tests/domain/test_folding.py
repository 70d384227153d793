"""Lines that wait become as few messages as they fit in."""

from dataclasses import replace
from datetime import datetime, timezone

from bot.domain.channels import Abilities, ChoiceWords, MenuLimits, Part, PartKind, adapt
from bot.domain.conversations import Attachment, Author, Button, Message
from bot.domain.deliveries import Delivery
from bot.domain.folding import fold
from bot.domain.splitting import TextUnit

WORDS = ChoiceWords(
    choose="请回复数字：", link="{title}：{url}", more="（还有）", agent="工作人员："
)
ABLE = Abilities(message_length=60, unit=TextUnit.UTF8, folds=True)
MENU = replace(ABLE, buttons=True, menu=MenuLimits(buttons=2, title_length=9, message_length=30))
TWO = (Button("甲", "/affirm"), Button("乙", "/deny"))
NOW = datetime(2026, 11, 26, 2, 0, tzinfo=timezone.utc)


def line(
    number: int,
    text: str,
    *,
    sent: int = 0,
    author: Author = Author.BOT,
    buttons: tuple[Button, ...] = (),
    files: tuple[Attachment, ...] = (),
) -> Delivery:
    message = Message(number, "c", author, text, NOW, buttons=buttons, attachments=files)
    return Delivery(number, "wechat", "李雷", message, attempts=1, parts_sent=sent)


def texts(*lines: Delivery, able: Abilities = ABLE) -> list[str]:
    return [one.part.text for one in fold(lines, able, WORDS)]


def test_lines_are_joined_while_they_fit() -> None:
    assert texts(line(1, "一" * 8), line(2, "二" * 8), line(3, "三" * 8)) == [
        f"{'一' * 8}\n\n{'二' * 8}",
        "三" * 8,
    ]


def test_no_message_is_longer_than_the_platform_takes_and_nothing_is_lost() -> None:
    lines = [line(number, "话" * (number * 7)) for number in range(1, 12)]
    made = texts(*lines)

    assert max(len(text.encode()) for text in made) <= 60
    assert "".join(made).count("话") == sum(number * 7 for number in range(1, 12))


def test_a_line_of_which_a_piece_is_out_goes_on_after_it() -> None:
    long = line(1, "一" * 20 + "。" + "二" * 18)
    first, second = fold([long], ABLE, WORDS)
    (rest,) = fold([replace(long, parts_sent=1)], ABLE, WORDS)

    assert rest.part == second.part
    assert [one.is_last for one in (*first.pieces, *second.pieces)] == [False, True]


def test_choices_end_a_message_and_belong_to_their_line() -> None:
    first, second = fold([line(1, "一"), line(2, "选", buttons=TWO), line(3, "三")], MENU, WORDS)

    assert (first.part.text, first.part.buttons) == ("一\n\n选", TWO)
    assert first.delivery.id == 2
    assert second.part.text == "三"


def test_a_menu_takes_less_text_and_what_fits_none_is_numbers() -> None:
    before, menu = fold([line(1, "一" * 9), line(2, "选", buttons=TWO)], MENU, WORDS)
    wide = (Button("太长的标题", "/affirm"),)
    many = (*TWO, Button("丙", "/deny"))

    assert (before.part.buttons, menu.part.text) == ((), "选")
    for buttons in (wide, many):
        (numbers,) = fold([line(3, "选", buttons=buttons)], MENU, WORDS)
        assert numbers.part.buttons == ()
        assert "1. " in numbers.part.text
    assert "1. 甲" in "".join(texts(line(4, "选" * 11, buttons=TWO), able=MENU))


def test_what_a_person_says_is_marked_and_a_picture_stands_alone() -> None:
    able = replace(ABLE, images=True)
    picture = Attachment("图", "/a.png", "image/png")
    made = fold(
        [line(1, "您好", author=Author.AGENT, files=(picture,)), line(2, "二")], able, WORDS
    )

    assert [one.part.kind for one in made] == [PartKind.TEXT, PartKind.IMAGE, PartKind.TEXT]
    assert made[0].part.text == "工作人员：\n您好"


def test_taken_apart_each_piece_is_a_message() -> None:
    (joined,) = fold([line(1, "一"), line(2, "二")], ABLE, WORDS)

    assert [(one.part, one.delivery.id) for one in joined.apart()] == [
        (Part(PartKind.TEXT, "一"), 1),
        (Part(PartKind.TEXT, "二"), 2),
    ]


def test_without_a_menu_buttons_stay_as_they_were() -> None:
    message = line(1, "选", buttons=TWO).message

    assert adapt(message, Abilities(buttons=True), WORDS)[0].buttons == TWO
