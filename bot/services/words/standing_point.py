"""Recognises what is asked of the licences of a plan that stands, none of them named.

"被退回来咋整" may be asked of any matter (`any_matter_words`); behind a plan it is asked of all of
it, and in more words: 他们来了看啥, 我是外地户口行不.
"""

import re

from bot.services.words.any_matter import Point, point_asked
from bot.services.words.matter_remarks import asks

LONGEST = 20
"""Characters; a longer text tells more than such a question."""

_CAN = "(?:行|能|可以|中|成|让|给|影响|耽误|碍事|有事)(?![用认少交免领拿])"
_WORDS = (
    (
        Point.PROXY,
        (
            "自己[^，,。]{0,3}(?:还是|或者?)[^，,。]{0,3}(?:代办|中介|别人|人)|(?:代办|中介|别人)[^，,。]{0,4}还是[^，,。]{0,3}自己|"
            "(?:要|得|用|必须|非得)(?:我|俺|老板|法人)?(?:本人|亲自|自己)(?:签字|去|到|来|取|拿|领|办|跑)|"
            "(?:对象|媳妇|老公|老婆|儿子|闺女|爸|妈|爹|娘|家里人?|会计|朋友)(?:替|帮|代)(?:我|俺)?(?:去|办|跑|弄|交)[^，,。]{0,3}"
            f"{_CAN}|(?:证|照)[^，,。]{{0,4}}(?:要|得|用)(?:我|俺)?(?:自己|本人)?(?:去|来)?(?:取|领|拿)[吗不么]"
        ),
    ),
    (
        Point.VISIT,
        (
            "(?:哪[个些样]|啥时候|什么时候|几时|谁|他们|会不会|会|要|有人|还)[^，,。]{0,4}(?:来|到|上门|去)(?:店里|现场|我这|人)?"
            "(?:来)?(?:看|查|检查|验|核查|验收)(?:店|现场|房子|地方|场地)?[吗不么呀啊?？]*$|"
            "(?:来了|来|上门|现场|检查|到时候)(?:都|主要|要|是|一般)*(?:看|查|检查|验)(?:些|点)?(?:啥|什么|哪)|"
            "(?:哪[个些样])[^，,。]{0,3}(?:得|要|会|用)?(?:现场|上门|实地)(?:看|查|核查|验)"
        ),
    ),
    (
        Point.SENT_BACK,
        (
            "(?:不合格|没过|不过关|没通过|通不过|查出问题|退回来?了?|打回来?了?|驳回来?了?|不给批|没批下来)"
            "(?:了|的话|呢|，|,| )*"
            "(?:该|要|得|我|俺)*(?:咋|怎么|还能|能再|要重)"
        ),
    ),
    (
        Point.MAIL,
        "(?:能|给|管|可以|帮|包)[^，,。]{0,3}(?:寄|邮|快递)(?:到|给|过来|来|回)?[^，,。]{0,4}[吗不么]?$",
    ),
    (
        Point.FORM,
        (
            "(?:材料|表格?|申请书|申请表|范本|模板)[^，,。]{0,2}(?:去|在|上|从)哪儿?[^，,。]{0,3}(?:下载?|领|拿|找|打|要|填)|"
            "(?:有没有|有|给个|给)(?:现成的)?(?:范本|模板|样表|空表|表格)"
        ),
    ),
    (
        Point.PERSON,
        (
            "(?:外地户口|外地人|外地的|外省|农村户口|农业户口|没[^，,。]{0,3}户口|户口不在|不是本地|外乡|案底|坐过牢|退休|残疾|低保|公务员|"
            f"在编|事业单位|上着班|有工作|失信|老赖|欠着?债|[六七八]十[一二三四五六七八九]?(?:岁|了|多)|五十[一二三四五六七八九](?:岁|了)|年纪大|岁数大)[^，,。]{{0,6}}{_CAN}|"
            "(?:媳妇|老婆|对象|老公|男人|家里人|爸|妈|爹|娘|儿子|闺女)的?(?:名字?|名下|名义|身份证)[^，,。]{0,4}"
            f"{_CAN}|(?:媳妇|老婆|对象|老公|男人)(?:当|做)(?:老板|经营者|法人)[^，,。]{{0,3}}{_CAN}|写谁的名"
        ),
    ),
)
_POINTS = tuple((point, re.compile(words)) for point, words in _WORDS)
_BEGINS_FIRST = re.compile(
    "(?:能不能|可不可以|能|可以|想|我|俺|就)*先(?:开业|开门|开张|开着|干着|营业|试营业|卖着|干起来)"
    "(?:了|再|后|然后|以后|，|,| )*"
    "(?:慢慢|后|再)?(?:补|办)|"
    "先(?:打地基|打桩|盖|建|挖|开工|动工|施工|干着)(?:着|起来|了)?(?:行|中|可以|成)|边[批办跑]边[盖建干开]|"
    "^(?:要是|如果|那|就|我|俺|这些|证|都|全|[，, ])*不(?:去)?[办弄]"
    "(?:的话|证|这些|它|了|，|,| )*(?:会|能|要|得|被)*"
    "(?:罚|咋的?|怎么?[样着]?|有事|出事|抓|查|行[吗不么]|中[吗不么])"
)


def point_of_all(text: str) -> Point | None:
    """Return what is asked of all that a plan holds, None for nothing that any matter is asked."""
    if len(text) > LONGEST or not asks(text):
        return None
    found = next((point for point, words in _POINTS if words.search(text)), None)
    asked = point_asked(text) if found is None else None
    return asked.point if asked is not None and not asked.named else found


def asks_to_begin_first(text: str) -> bool:
    """Tell whether it is asked what follows without any of it: 能不能先开业后补, 不办会罚多少."""
    return len(text) <= LONGEST and _BEGINS_FIRST.search(text) is not None and asks(text)


_GOODS = re.compile(
    "^(?:那|我|俺|咱|们|店里|想|要|准备|打算|还|再|也|另外|顺便|捎带|对了|[，, ])*"
    "(?:(?:还|再|另外|顺便|捎带着?|也)(?:想|要|打算|准备)?(?:再|加|添)*|(?:想|要|打算|准备)?(?:加|添|增加?)(?:上|着|个|点)?)"
    "(?:卖|做|弄|搞|供|带|送)(?:上|着|个|点儿?|些)?(?P<thing>[^，,。？?吗么]{1,6}?)(?:了|呢|吧|呗)?$|"
    "^(?P<what>[^，,。？?吗么也]{1,5})也(?:想|要|准备|打算)?(?:卖|做|弄|带)(?:上|着|点|些)?(?:了|呢|吧|呗)?$"
)
_NO_GOODS = re.compile("证|照|手续|人$|步|公司|个体|分店|一家|单子|方案|备案|许可|代办|流程")


def goods_added(text: str) -> str | None:
    """Return what is to be sold or done as well, None where a text adds no such thing.

    我要加卖烟, 酒也卖, 还想做外卖; not 再办一个证.
    """
    found = _GOODS.search(text) if len(text) <= LONGEST else None
    if found is None or asks(text):
        return None
    thing = (found["thing"] or found["what"]).lstrip("点些个着上")
    return thing if thing and _NO_GOODS.search(thing) is None else None


_DRINKS = re.compile("酒|饮料|饮品")


def asked_of_goods(thing: str) -> str:
    """Return what is asked of a thing that is added, as the catalogue calls its kind."""
    return f"加卖{'啤酒饮料' if _DRINKS.search(thing) else thing}，要另外办吗"


_OF_PERSON = (
    ("案底|坐过牢|判过|失信|老赖|欠着?债", "失信"),
    ("公务员|在编|事业单位|上着班|有工作", "在单位上班|公务员能"),
    ("低保", "低保"),
    (
        (
            "(?:媳妇|老婆|对象|老公|男人|家里人|爸|妈|爹|娘|儿子|闺女)的?(?:名字?|名下|名义|身份证)|"
            "(?:媳妇|老婆|对象|老公|男人)(?:当|做)(?:老板|经营者|法人)|写谁的名"
        ),
        "谁的名字|法定代表人由谁",
    ),
    ("不满|未成年|十[五六七]岁?", "不满18岁"),
    ("", "退休的、外地的"),
)


def question_of_person(text: str) -> str:
    """Return an expression for the question of a registration that is on such a person."""
    return next(part for words, part in _OF_PERSON if re.search(words, text))
