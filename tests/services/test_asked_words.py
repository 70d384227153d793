"""What is asked in few words about the matter, or the plan, that is talked about."""

import pytest

from bot.services.words.asked import (
    asking_parts,
    asks_about_it,
    asks_after,
    asks_also_needed,
    asks_first_step,
    asks_for_list,
    asks_of_a_side,
    asks_together,
    begins_it,
    happens_afterwards,
    joins,
    next_begins,
    points_at_one,
    speaks_of_doing,
    tells_circumstance,
    trade_asked_of,
    wants_benefit,
    wants_to_hear,
)


@pytest.mark.parametrize("text", ["那隔多远", "还来得及不", "过期了罚不罚", "要办许可吧"])
def test_a_short_question_asks_something(text: str) -> None:
    assert asks_about_it(text)


@pytest.mark.parametrize("text", ["好的谢谢", "个体户", "没啥了", "在临清", "先这样吧"])
def test_an_answer_or_a_farewell_asks_nothing(text: str) -> None:
    assert not asks_about_it(text)


@pytest.mark.parametrize(
    "text", ["那开吧", "那我要干", "中，那就办吧", "行 那我开一个", "好 排吧", "开始排吧"]
)
def test_what_was_asked_about_is_begun_with(text: str) -> None:
    assert begins_it(text)


@pytest.mark.parametrize("text", ["那不开了", "开药店要啥", "我不干了", "那多少钱"])
def test_a_question_or_a_refusal_begins_nothing(text: str) -> None:
    assert not begins_it(text)


@pytest.mark.parametrize("text", ["能不能一块办", "规划和施工许可能一块报吗", "这几样可以一次交不"])
def test_it_is_asked_if_things_go_side_by_side(text: str) -> None:
    assert asks_together(text)


@pytest.mark.parametrize("text", ["我和对象一起开店", "跟朋友一块干", "一起来的"])
def test_people_who_do_something_together_ask_nothing(text: str) -> None:
    assert not asks_together(text)


@pytest.mark.parametrize("text", ["所以到底要办哪几个证", "一共得跑几个手续", "要办啥证"])
def test_the_whole_list_is_asked_for(text: str) -> None:
    assert asks_for_list(text)


def test_an_expired_or_moved_licence_is_told_from_a_first_one() -> None:
    assert happens_afterwards("食品许可证快到期了")
    assert happens_afterwards("营业执照的地址得改不")
    assert not happens_afterwards("食品许可证咋办")


def test_names_side_by_side_are_joined_and_others_are_not() -> None:
    assert joins("渣土证、占道施工分别去哪办", ["渣土证", "占道施工"])
    assert not joins("刚过联合验收，接下来办大产证", ["联合验收", "大产证"])


def test_what_comes_next_begins_behind_what_is_done() -> None:
    text = "车间刚过联合验收，接下来办大产证要啥"
    start = next_begins(text)
    assert start is not None
    assert text.find("联合验收") < start <= text.find("大产证")
    assert next_begins("办大产证要啥") is None


def test_single_words_tell_what_a_question_is_about() -> None:
    assert asks_after("占道呢")
    assert not asks_after("那你看怎么办呢，急死了")
    assert asks_also_needed("我20平的小店也要")
    assert speaks_of_doing("过期了罚不罚")
    assert not speaks_of_doing("今天天气咋样")
    assert wants_benefit("税务上有啥优惠")
    assert not wants_benefit("税那边呢")


@pytest.mark.parametrize(
    "text", ["旁边三十米有个小学", "我店不到十平", "楼上邻居死活不签", "还差着俩月房租没给"]
)
def test_a_statement_tells_how_things_stand(text: str) -> None:
    assert tells_circumstance(text)


@pytest.mark.parametrize("text", ["今天真冷", "俺闺女考上了", "好的", "个体户"])
def test_small_talk_and_answers_tell_no_circumstance(text: str) -> None:
    assert not tells_circumstance(text)


def test_licences_side_by_side_are_joined_without_a_word_between() -> None:
    assert joins("烟证 食品证 各要几天", ["烟证", "食品证"])
    assert not joins("营业执照 变更地址 几天", ["营业执照", "变更地址"])


@pytest.mark.parametrize("text", ["这个审查得多少天", "那个证管几年", "它收费不", "该许可谁批"])
def test_one_thing_just_spoken_of_is_pointed_at(text: str) -> None:
    assert points_at_one(text)


@pytest.mark.parametrize("text", ["这个店几天能开", "它们要多少钱", "要这个证明干啥", "全下来几天"])
def test_a_plan_a_paper_or_several_are_not(text: str) -> None:
    assert not points_at_one(text)


def test_a_side_of_an_undertaking_is_asked_about() -> None:
    assert asks_of_a_side("安全这块儿要先审哪些")
    assert not asks_of_a_side("这块地要先批哪些")
    assert not asks_of_a_side("手续从头到尾怎么排")


@pytest.mark.parametrize(
    "text", ["再把要带的材料说下", "材料也给我列一下", "流程讲讲", "清单来一份"]
)
def test_who_wants_to_be_told_need_not_ask(text: str) -> None:
    assert wants_to_hear(text)


@pytest.mark.parametrize("text", ["公司想注销", "走简易的", "昨天刚拿到执照"])
def test_who_only_tells_wants_to_hear_nothing(text: str) -> None:
    assert not wants_to_hear(text)


def test_a_long_text_asks_of_no_trade_and_costs_nothing() -> None:
    """Without a bound this would be cut in 2 ** 200 ways."""
    assert trade_asked_of("我想" * 200) is None
    assert trade_asked_of("歌舞厅要什么许可") == "歌舞厅"


def test_another_question_in_one_breath_is_a_part_of_its_own() -> None:
    parts = asking_parts("交钱吗再就是做出来能往超市里送不")
    assert parts == ["交钱吗", "再就是做出来能往超市里送不"]


@pytest.mark.parametrize("text", ["头一个办哪个手续", "第一步该跑啥", "先办哪样", "从哪开始"])
def test_the_first_step_is_asked_for(text: str) -> None:
    assert asks_first_step(text)


@pytest.mark.parametrize("text", ["先把执照办了", "哪个最慢", "办完这个办哪个"])
def test_no_first_step_is_asked_for(text: str) -> None:
    assert not asks_first_step(text)
