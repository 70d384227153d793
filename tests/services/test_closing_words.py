"""Who thanks, takes leave or has understood is told from who answers or wants something."""

import pytest

from bot.services.words.closing import Closing, closing, thanks_first


@pytest.mark.parametrize(
    "text",
    [
        "中，这下俺有数了，麻烦恁了",
        "明白明白 讲得都挺透亮 辛苦了",
        "好的好的，说得怪清楚，不打扰了",
        "真得劲 谢谢了",
        "谢谢昂，祝你生意兴隆",
        "行吧 我再找他商量商量 谢了哈",
    ],
)
def test_thanks_close_in_sentences_of_any_length(text: str) -> None:
    assert closing(text) is Closing.THANKS


@pytest.mark.parametrize(
    "text",
    [
        "好 我这就骑车过去",
        "得嘞，我去问问城管",
        "晓得了 我先整消防",
        "中，就先这，回头再来问",
        "哦，这样啊，那我租个门面得了",
        "唉，那算了吧，不卖烟了",
    ],
)
def test_who_goes_takes_leave(text: str) -> None:
    assert closing(text) is Closing.LEAVES


@pytest.mark.parametrize("text", ["中中中我知道了", "原来是这么回事", "哦哦怪我记岔了", "晓得了"])
def test_who_has_understood_wants_no_more(text: str) -> None:
    assert closing(text) is Closing.HEARD


@pytest.mark.parametrize(
    "text",
    [
        "好的",
        "行，那个体吧",
        "谢谢 那多少钱",
        "我想开个饭店 谢谢",
        "麻烦帮我约个上门",
        "我知道要备案，几天办",
        "我来补材料",
        "我再问一下食品证",
        "我去哪办",
        "不清楚",
        "就这样提交吧",
        "谢谢，不过还有个事",
        "我问了好几家",
        "我去过两次了",
        "我自己去办要带啥",
        "我自己弄不了",
        "我找的门面离小学大概150米",
    ],
)
def test_a_yes_an_answer_or_a_wish_closes_nothing(text: str) -> None:
    assert closing(text) is None


@pytest.mark.parametrize("text", ["多谢你，问得我口干舌燥的", "谢谢啊，今天可学着了"])
def test_thanks_before_mere_talk_are_thanks(text: str) -> None:
    assert thanks_first(text)


@pytest.mark.parametrize(
    "text",
    [
        "谢谢，还有个事",
        "多谢，帮我约一下",
        "谢谢啊，我想开个店",
        "问得我口干舌燥的，多谢你",
        "谢谢",
    ],
)
def test_thanks_before_a_wish_close_nothing(text: str) -> None:
    assert not thanks_first(text)


@pytest.mark.parametrize("text", ["剩下的我自己去弄就中 谢谢恁", "没别的了 恁忙吧"])
def test_who_does_the_rest_alone_takes_leave(text: str) -> None:
    assert closing(text) is not None
