"""Search in Chinese on both databases: names, numbers, mixed scripts, traditional characters."""

import pytest
from sqlalchemy.engine import Engine

from bot.services.desk.search import find_conversations, index_new
from bot.store.unit_of_work import unit_of_work_factory
from tests.desk_cast import Cast
from tests.hub.test_at_once import is_work, statements

SAID = {
    "noodles": "我叫王小明，想开个拉面馆，电话13812345678",
    "licence": "營業執照丟了怎麼補辦？",
    "case": "办件 371500202611240001 到哪一步了",
    "mixed": "我们用ＥＲＰ系统ABC-2024版，怎么报税",
    "apart": "小店在明湖路，王府对面",
}


@pytest.fixture
def said(engine: Engine) -> dict[str, str]:
    """Let everybody speak; returns who said what by conversation."""
    cast = Cast(unit_of_work_factory(engine))
    found = {}
    for name, text in SAID.items():
        conversation_id = cast.conversation()
        cast.says(conversation_id, text)
        found[conversation_id] = name
    return found


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("王小明", ["noodles"]),
        ("小明", ["noodles"]),  # 小 and 明 stand apart in another one
        ("王", ["apart", "noodles"]),
        ("13812345678", ["noodles"]),
        ("5678", ["noodles"]),
        ("营业执照", ["licence"]),
        ("營業執照 補辦", ["licence"]),
        ("240001", ["case"]),
        ("erp", ["mixed"]),
        ("ＡＢＣ2024", ["mixed"]),
        ("abc-2024", ["mixed"]),
        ("拉面 电话", ["noodles"]),
        ("拉面 执照", []),
        ("%", []),
        ("，。", None),
        ("  ", None),
    ],
)
def test_what_was_said_is_found(
    engine: Engine, said: dict[str, str], asked: str, found: list[str] | None
) -> None:
    store = unit_of_work_factory(engine)
    index_new(store)

    hits = find_conversations(store, asked)

    assert (None if hits is None else [said[one] for one in hits]) == found


def test_words_may_stand_in_different_messages_and_in_the_answers(engine: Engine) -> None:
    store = unit_of_work_factory(engine)
    cast = Cast(store)
    conversation_id = cast.waiting("想开店", fields={"whistle_company": "老城火锅有限公司"})
    cast.says(conversation_id, "在柳园路")
    index_new(store)

    assert find_conversations(store, "柳园路 老城火锅") == [conversation_id]


def test_each_message_is_indexed_once_and_what_is_new_is_added(engine: Engine) -> None:
    store = unit_of_work_factory(engine)
    cast = Cast(store)
    conversation_id = cast.conversation()
    cast.says(conversation_id, "第一句")

    counts = [index_new(store), index_new(store)]
    cast.says(conversation_id, "第二句")
    counts.append(index_new(store))

    assert counts == [1, 0, 1]
    assert find_conversations(store, "第二句") == [conversation_id]


def test_an_answer_that_changed_is_found_and_the_old_one_no_more(engine: Engine) -> None:
    store = unit_of_work_factory(engine)
    cast = Cast(store)
    conversation_id = cast.waiting("想开店", fields={"company": "东昌火锅有限公司"})
    index_new(store)
    with store() as unit:
        unit.conversations.set_fields(conversation_id, {"company": "西湖烧烤有限公司"})
    cast.says(conversation_id, "写错了")
    index_new(store)

    assert find_conversations(store, "西湖烧烤") == [conversation_id]
    assert find_conversations(store, "东昌火锅") == []


def test_two_clocks_at_once_are_harmless(engine: Engine) -> None:
    """The second one has seen the same messages before the first one wrote them."""
    store = unit_of_work_factory(engine)
    cast = Cast(store)
    conversation_id = cast.conversation()
    cast.says(conversation_id, "青年路上的书店")
    with store() as unit:
        seen = unit.desk_search.unindexed(10)
    index_new(store)

    with store() as unit:
        unit.desk_search.add_messages([(one[0], one[1], one[2]) for one in seen])

    assert find_conversations(store, "青年路") == [conversation_id]


def test_many_messages_cost_as_many_statements_as_few(engine: Engine) -> None:
    store = unit_of_work_factory(engine)
    cast = Cast(store)
    counts = []
    for many in (2, 40):
        for number in range(many):
            talk = cast.waiting(f"第{number}家店", fields={"company": f"{many}号{number}店"})
            cast.says(talk, "还在吗")
        with statements(engine) as sent:
            assert index_new(store) >= many
        counts.append(len(list(filter(is_work, sent))))

    assert counts[0] == counts[1] <= 10, counts
