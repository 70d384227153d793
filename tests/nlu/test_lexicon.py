from pathlib import Path

import pytest

from bot.nlu.concepts import Concepts, read_concepts
from bot.nlu.lexicon import Lexicon, read_lexicon
from bot.nlu.spans import Span, resolve


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "jieba").mkdir()
    (tmp_path / "jieba" / "hand.txt").write_text(
        "高新技术企业 20000 n\n执照 20000 matter\n", encoding="utf-8"
    )
    (tmp_path / "district.txt").write_text("# 区\n高新\n高新区\n莘\n", encoding="utf-8")
    (tmp_path / "matter.txt").write_text("KTV证\n开网吧\n平面图\n", encoding="utf-8")
    (tmp_path / "material.txt").write_text("平面图\n执照\n", encoding="utf-8")
    return tmp_path


def names(lexicon: Lexicon, text: str) -> list[tuple[str, str]]:
    return [(text[span.start : span.end], span.entity) for span in lexicon.spans(text, 3)]


def test_the_longest_name_wins(folder: Path) -> None:
    lexicon = read_lexicon(folder, ["district"])
    assert names(lexicon, "在高新区办") == [("高新区", "district")]


def test_a_word_that_is_no_entity_hides_the_name_inside_it(folder: Path) -> None:
    lexicon = read_lexicon(folder, ["district"])
    assert names(lexicon, "高新技术企业在高新") == [("高新", "district")]


def test_a_name_in_two_lists_is_the_entity_named_first(folder: Path) -> None:
    lexicon = read_lexicon(folder, ["material", "matter"])
    assert names(lexicon, "平面图") == [("平面图", "material")]


def test_hand_kept_words_beat_the_lists(folder: Path) -> None:
    lexicon = read_lexicon(folder, ["material", "matter"])
    assert names(lexicon, "执照") == [("执照", "matter")]


def test_listed_wishes_and_single_signs_are_skipped(folder: Path) -> None:
    lexicon = read_lexicon(folder, ["district", "matter"], skip="^.$|^开")
    assert names(lexicon, "想开网吧 莘") == []


def test_latin_names_are_not_found_inside_longer_latin_words(folder: Path) -> None:
    lexicon = read_lexicon(folder, ["matter"])
    assert names(lexicon, "办ktv证") == [("ktv证", "matter")]
    assert names(lexicon, "办xktv证") == []


def test_a_lexicon_survives_the_model_archive(folder: Path) -> None:
    lexicon = read_lexicon(folder, ["district", "material", "matter"])
    assert Lexicon.from_json(lexicon.to_json()) == lexicon


def test_traditional_writing_is_found_at_its_own_place() -> None:
    lexicon = Lexicon({"施工许可证": ("matter",)})
    assert names(lexicon, "辦施工許可證要啥") == [("施工許可證", "matter")]


def test_of_overlapping_spans_the_trusted_and_then_the_longer_one_stays() -> None:
    loose, long, trusted = Span(0, 3, "a"), Span(0, 6, "b"), Span(5, 8, "c", 1)
    assert resolve([loose, long, trusted]) == [loose, trusted]
    assert resolve([loose, long]) == [long]


def test_wordings_of_one_idea_give_one_concept_in_order() -> None:
    concepts = Concepts({"几天": "howlong", "多久": "howlong", "怎么": "how"})
    assert concepts.sequence("怎么要几天", [Span(0, 1, "matter")]) == ["@matter", "how", "howlong"]


def test_a_wording_of_two_concepts_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "concepts.txt"
    path.write_text("a 几天 多久\nb 多久\n", encoding="utf-8")
    with pytest.raises(ValueError, match="多久"):
        read_concepts(path)


@pytest.fixture
def by_sound() -> Lexicon:
    names = {
        "营业执照": "matter",
        "卫生许可": "matter",
        "卫生许可证": "matter",
        "开发区": "district",
    }
    return Lexicon({**{name: (entity,) for name, entity in names.items()}, "补办执照": ("matter",)})


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("营业执找咋办", [("营业执找", "matter")]),
        ("卫生许可正怎么办里", [("卫生许可正", "matter")]),
        ("去开发曲办營業執招", [("开发曲", "district"), ("營業執招", "matter")]),
    ],
)
def test_a_name_typed_by_its_sound_is_found(
    by_sound: Lexicon, text: str, found: list[tuple[str, str]]
) -> None:
    assert names(by_sound, text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("卫生许可正在办", [("卫生许可", "matter")]),  # 正 belongs to 正在
        ("不办执照行不行", []),  # 不 is meant, not a slip for 补
        ("英爷直招", []),  # sounds alike, but no sign is right
    ],
)
def test_what_only_sounds_like_a_name_is_none(
    by_sound: Lexicon, text: str, found: list[tuple[str, str]]
) -> None:
    assert names(by_sound, text) == found


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("银业执照要啥", "营业执照要啥"),
        ("想开个要店", "想开个药店"),
        ("一个就行", "一个就行"),
        ("我不要店", "我不要店"),
        ("家饭店后厨", "家饭店后厨"),
        ("不是临清是茌平", "不是临清是茌平"),
    ],
)
def test_a_name_typed_by_a_near_sound_is_repaired(typed: str, meant: str) -> None:
    names = {
        "营业执照": ("matter",),
        "药店": ("industry",),
        "酒行": ("industry",),
        "临清市": ("district",),
    }

    assert Lexicon({**names, "家纺店": ("industry",)}).repaired(typed) == meant
