import pytest

from bot.services.reading.wording import core, letters, normalise, simplified, sound


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("營業執照", "营业执照"),
        (" 营业 执照？", "营业执照"),
        ("ＫＴＶ、K t v", "ktvktv"),
        ("3%→1%", "3%1%"),
        ("文件", "文件"),
        ("", ""),
    ],
)
def test_texts_are_brought_to_one_form(text: str, expected: str) -> None:
    assert normalise(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("我拿了塊工業用地想蓋廠房", "我拿了块工业用地想盖厂房"),
        ("李昇", "李昇"),
        ("我叫李昇，电话13800138000", "我叫李昇，电话13800138000"),
        ("", ""),
    ],
)
def test_traditional_sentences_are_simplified_and_a_sign_of_a_name_is_kept(
    text: str, expected: str
) -> None:
    assert simplified(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("我想办理食品经营许可需要什么材料", "食品经营许可"),
        ("营业执照怎么办", "营业执照"),
        ("修条路", "修路"),
        ("书吧", "书吧"),
        ("企业开办", "企业开办"),
        ("办学许可证", "办学许可证"),
        ("怎么办理", "怎么办理"),
    ],
)
def test_question_words_are_taken_away_but_never_everything(text: str, expected: str) -> None:
    assert core(text) == expected


def test_homophones_and_near_sounds_sound_the_same() -> None:
    assert sound("营业直照") == sound("营业执照")
    assert sound("公鸡金") == sound("公积金")
    assert sound("临青") == sound("临清")
    assert sound("公积金") != sound("公司")


def test_pinyin_letters_are_what_a_keyboard_without_characters_types() -> None:
    assert letters("营业执照") == "yingyezhizhao"
