"""Which texts ask what a word of the field means, or how two differ, and which do not."""

import pytest

from bot.services.finding.term_finder import TermFinder, said_last
from bot.services.words.terms import MARK, TermQuestion, asked_of_terms
from tests.catalogue_files import committed_catalogue

FINDER = TermFinder(committed_catalogue().terms.values())

MEANING = (
    "那招拍挂是啥意思|标准地是啥|啥叫容缺|民非是什么|什么是标准地|小规模是啥|筹建是啥|标准地？没听说过|"
    "招拍挂？没听说过 啥意思|"
    "没听说过标准地|你说的那个标准地是个啥|上面写的水保是干啥的|不懂什么是认缴|"
    "解释一下一般纳税人|认缴 实缴都是啥意思|多规合一？啥意思|专精特新听不懂|那个SC证是啥|sc是啥|"
    "人防结建是啥玩意|标准地是什么意思啊我不懂|标准地这个词啥意思|这个标准地是啥子意思|"
    "头一回听说标准地|请问一下啥叫民非|老师 问下招拍挂是啥|标准地具体是啥意思啊|那水保又是啥|"
    "标准地是啥意思 俺们是招拍挂拍来的|“招拍挂”什么意思|项目代码有啥用|综窗是干啥的|容缺是怎么回事|"
    "公众聚集指啥？|标准地是啥 划拨又是啥"
)
DIFFERENCE = (
    "认缴实缴啥区别|备案跟许可有啥区别|报告表和登记表有啥不一样|一般纳税人和小规模到底有啥区别|"
    "分公司跟子公司一样吗|分公司和子公司是一回事吗|划拨就是出让吗|歇业算注销吗|分不清认缴和实缴|"
    "预包装跟散装咋分|审图和图审是一回事吗|容缺跟告知承诺不是一个东西吗|登记许可备案分不清|"
    "注销和吊销有区别吗|告知承诺不就是容缺吗？|报告书跟报告表差哪儿|吊销是不是注销|公共场所和公众聚集场所分不清"
)
WHICH = (
    "我是小规模还是一般纳税人|俺这算小规模还是一般纳税人啊|俺这项目做报告书还是报告表|"
    "我们这项目是备案还是核准"
)
BEHIND = "跟划拨有啥区别|那跟划拨一样吗|那不就是出让吗|和实缴啥区别"
NEXT = "那划拨呢|划拨呢"
ELSE = (
    "标准地几天|办民非要啥|标准地证是啥|食品经营许可是啥|招拍挂要多少钱|备案要啥材料|容缺能办吗|"
    "小规模交多少税|一般纳税人怎么办|我要注销|注销咋办|注销是啥流程|认缴几年缴足|俺是小规模|小规模|报告表|"
    "民非在哪办|歇业咋弄|招拍挂是啥意思，要多久|减资要公告吗|注册资本写多少|什么许可|备案好还是许可好|"
    "俺不懂注销咋弄|许可证丢了咋办|啥意思|有啥区别|要什么许可|查不到备案是咋回事|环评是谁做|环评啥时候做|"
    "收件地址是啥|备案号是啥|项目代码是啥时候给|消防验收啥条件|出让金是啥|要备案吗|做的是报告表|不清楚|"
    "那个备案办了没|标准地拿的|注销啊|药店里摆医用口罩，是备案还是许可|那这个是登记还是许可|"
    "报告书还是报告表|我这算特殊建设工程吗|登记这个干啥|问注册资本干嘛|为啥要注销"
)


@pytest.mark.parametrize(
    ("kind", "texts"),
    [
        (TermQuestion.MEANING, MEANING),
        (TermQuestion.DIFFERENCE, DIFFERENCE),
        (TermQuestion.WHICH, WHICH),
        (TermQuestion.DIFFERENCE_TO_LAST, BEHIND),
        (TermQuestion.NEXT, NEXT),
        (None, ELSE),
    ],
)
def test_what_is_asked_of_terms(kind: TermQuestion | None, texts: str) -> None:
    read = {text: FINDER.asked(text) for text in texts.split("|")}
    wrong = {text: one for text, one in read.items() if (one and one.kind) is not kind}
    assert wrong == {}


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("环评登记表是啥", ["eia-registration"]),  # the longest name, and no 登记
        ("荣缺是啥", ["deferrable"]),
        ("SC证是啥", ["sc-licence"]),
        ("实缴和认缴有啥区别", ["paid-in-capital", "subscribed-capital"]),
        ("图审和审图一样吗", ["joint-drawing-review"]),
    ],
)
def test_a_term_is_found_by_its_longest_name_and_its_slips(text: str, ids: list[str]) -> None:
    asked = FINDER.asked(text)
    assert asked is not None
    assert [term.id for term in asked.terms] == ids


def test_a_few_words_are_about_the_term_that_was_all_the_message_before() -> None:
    asked = FINDER.asked_behind("招拍挂", "是啥")
    assert asked is not None
    assert [term.id for term in asked.terms] == ["tender-auction-listing"]
    others = (("招拍挂", "多少钱"), ("", "是啥"), ("我要招拍挂", "是啥"), ("标准地", "划拨是啥"))
    assert [one for one in others if FINDER.asked_behind(*one) is not None] == []


def test_a_story_and_a_finder_without_terms_ask_nothing() -> None:
    assert FINDER.asked("啥叫容缺，" + "窗口的人就是不说，" * 5) is None
    assert TermFinder(()).asked("啥叫容缺") is None


def test_the_term_that_was_said_last_is_known_by_its_text() -> None:
    terms = committed_catalogue().terms
    said = [f"{terms['standard-land'].text}\n依据：常见做法"]
    assert said_last(terms.values(), said) is terms["standard-land"]
    assert said_last(terms.values(), ["标准地"]) is None


def test_a_word_over_and_over_is_read_at_once() -> None:
    for word in ("这个", "那", "是啥", "啥", "不懂", "解释一下", "的", "我"):
        assert asked_of_terms(f"{word * 200}{MARK}{word * 200}钱") is None
