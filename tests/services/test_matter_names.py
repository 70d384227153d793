import pytest

from bot.services.finding.matter_names import EXACT, SAME_SOUND, NameIndex

INDEX = NameIndex(
    [
        ("company", "营业执照"),
        ("company", "注册公司"),
        ("branch", "注册分公司"),
        ("food", "食品经营许可"),
        ("fund", "住房公积金"),
        ("one", "验收"),
        ("other", "验收"),
    ]
)


@pytest.mark.parametrize("text", ["营业执照", "營業執照", "请问营业执照怎么办理"])
def test_a_name_as_written_is_exact(text: str) -> None:
    assert INDEX.scores(text) == {"company": EXACT}


@pytest.mark.parametrize("text", ["营业执找", "赢业直照", "yingyezhizhao", "住房公鸡金"])
def test_a_name_by_its_sound_is_almost_exact(text: str) -> None:
    assert list(INDEX.scores(text).values()) == [SAME_SOUND]


def test_a_name_that_two_bear_is_both() -> None:
    assert INDEX.scores("验收") == {"one": EXACT, "other": EXACT}


def test_a_name_in_a_sentence_counts_by_its_share_of_it() -> None:
    short = INDEX.scores("办食品经营许可去哪里交表")["food"]
    long = INDEX.scores("我家楼下新开的那家饭店昨天说食品经营许可还没拿到手")["food"]
    assert 0 < long < short < EXACT


def test_of_nested_names_only_the_longest_counts() -> None:
    assert set(INDEX.scores("外地企业来聊城注册分公司的事情")) == {"branch"}


def test_one_wrong_syllable_in_a_short_text_is_near() -> None:
    assert 0 < INDEX.scores("食品经营证可")["food"] < SAME_SOUND


@pytest.mark.parametrize("text", ["", "？？", "今天天气", "abc"])
def test_what_names_nothing_finds_nothing(text: str) -> None:
    assert INDEX.scores(text) == {}
