from pathlib import Path

from bot.nlu.spans import Span
from bot.nlu.substitution import Row, Substitution, kind_of, read_pools
from bot.settings import ROOT

TEXT = "想在临清开个药店要几天"
DISTRICT, TRADE = Span(2, 4, "district", 3), Span(6, 8, "industry", 3)
ROW = Row(
    text=TEXT,
    words=[(0, 1), (1, 2), (2, 4), (4, 6), (6, 8), (8, 9), (9, 11)],
    known=[DISTRICT, TRADE],
    marked=[Span(2, 4, "district"), Span(6, 8, "industry")],
)
POOLS = {"industry place": ["老火烤串店"]}


def test_another_name_of_the_same_kind_takes_the_place_and_what_follows_moves() -> None:
    (made,) = Substitution(POOLS, copies=1, hidden_share=0.0).repeated(ROW)

    assert made.text == "想在临清开个老火烤串店要几天"
    assert [(made.text[s.start : s.end], s.entity) for s in made.marked] == [
        ("临清", "district"),
        ("老火烤串店", "industry"),
    ]
    assert [made.text[a:b] for a, b in made.words] == [
        *("想", "在", "临清", "开个", "老火烤串店", "要", "几天")
    ]
    assert [made.text[s.start : s.end] for s in made.known] == ["临清", "老火烤串店"]


def test_a_hidden_name_is_marked_but_not_known_and_split_like_any_text() -> None:
    (made,) = Substitution(POOLS, copies=1, hidden_share=1.0).repeated(ROW)

    assert [made.text[s.start : s.end] for s in made.known] == ["临清"]
    assert [made.text[s.start : s.end] for s in made.marked] == ["临清", "老火烤串店"]
    assert len(made.words) > len(ROW.words)
    assert "".join(made.text[a:b] for a, b in made.words) == made.text


def test_an_example_without_a_name_to_exchange_is_not_repeated() -> None:
    bare = Row("今天真热", [(0, 2), (2, 4)], [], [])

    assert list(Substitution(POOLS, copies=3, hidden_share=0.5).repeated(bare)) == []


def test_a_place_a_deed_and_a_bare_trade_are_three_kinds() -> None:
    kinds = [kind_of("industry", name) for name in ("烤鱼店", "养驴", "物流")]

    assert kinds == ["industry place", "industry deed", "industry"]
    assert kind_of("material", "证明店") == "material"


def test_the_pools_hold_names_of_lists_parts_and_examples() -> None:
    pools = read_pools(ROOT / "data" / "lexicon", [ROW])

    assert "药店" in pools["industry place"]
    assert "剧本杀店" in pools["industry place"]
    assert "粮食烘干车间" in pools["project_type"]
    assert "district" not in pools


def test_a_lexicon_without_parts_gives_no_pools(tmp_path: Path) -> None:
    assert read_pools(tmp_path, [ROW]) == {}
