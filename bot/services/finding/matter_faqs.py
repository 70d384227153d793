"""Finds the question of the catalogue that a sentence about a matter asks."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from bot.domain.facts import Faq
from bot.domain.matters import Matter
from bot.services.reading.wording import content, core, normalise

ALIKE = 0.5
"""Share of a question's signs and pairs of signs that a sentence must hold."""

KEPT = 4096
"""Questions whose signs are kept; the catalogue has about 2,000."""

SHORTEST = 3
"""Signs of a question, without words that any question has, that tell what it asks."""

FEWEST = 2
"""Signs that both must share."""

_FINED = re.compile("罚|会怎")
_OF_PENALTY = re.compile(
    "罚|没[^，,。]{0,6}(证|照|许可|办|备|报|登记|批|手续|交|弄|改|挂|做|审|缴|填|装|验)|无[^，,。]{0,6}[证照]|"
    "不(是|办|报|备|交|登记|弄|改|装|做|去|挂|审|缴|管|上)|后果|先[^，,。]{0,6}(干|开|卖|建|盖|做|用|施工|营业|装|跑)|"
    "偷|查|违|处理|逾期|过期|忘|漏|晚|拖|欠|责任|要紧|没收|追究|犯法|怎么着|出事|有事|没事|吊销|抓|停业|停下|拆|关闭|"
    "强制|滞纳|举报|投诉|擅自|试|边|补|算吗|掏钱"
)
_ASKS_FINE = re.compile(
    "罚不罚|罚(?:多少|几|钱|款)|(?:会|挨|要|被)不?(?:会|挨|要|被)?罚|罚(?:吗|不|么)"
)
_NEED = re.compile(
    "(?:到底|究竟|那我?)(?:用|要|得|需要|该)不?(?:用|要|得)?(?:办|交|报|批|弄)(?:吗|不|么|嘛)?[?？]?$"
)
_HOW_AT_LAST = re.compile(
    "(?<![抓逮][着到了住])(?:咋|怎么|怎样|如何)个?(?:弄|补|整|搞|登记|补办|申请|注销|销|变更|改|换|续|延续|办理?)(?:法|理)?(?:啊|呀|呢|的|吧)?[?？]?$"
)
"""Asks at last for the way to go."""

_WAY = re.compile("咋|怎么|如何|怎样")
"""Stands inside the name of what is asked: 个体户咋注销."""

_OF_YES = re.compile("(?:行|可以|能[^，]*|算[^，]*)吗？$")
_OF_WAY = re.compile("咋|怎|如何|哪|流程")
"""A question whether something is possible, and one that asks for a way."""

_TELLS_FINE = re.compile(
    "罚|责令|吊销|没收|撤销|警告|处理|责任|违法|影响|异常|停产|停业|关停|拆除|追究|滞纳"
)
_HOW_LONG = re.compile("多久|多长时间|[几多][少]?个?(天|年|月|日|工作日|小时)")
_DURATION = re.compile(
    r"\d ?(个|多|余)?(自然|工作)?(日|天|年|月|小时|分钟)|"
    r"[一二三四五六七八九十两半每]个?(日|天|年|月|小时|季)|当[场天日]|长期|永久|即|期"
)
_VALIDITY = re.compile(
    "有效期|到期|过期|(?:管|能?[用挂摆立放使]|顶)(?:几|多少)年|"
    "(?:几|多少)年(?:就|才)?(?:一|得|要|该)?(?:换|续|审|检|测|查|验)|"
    "多久(?:就|才)?(?:得|要|该)?换|提前(?:几|多)|(?<!手)续(?:期|证|办)?|"
    r"(?:最[长多短])?能?[给批发][^，,。]{0,2}(?:几|多少)年|有效(?:几|多少)年|(?:几|多少)年内?有效|年限|(?:多久|多长时间|长时间)有效|有效多久|[一二两三四五十\d]年还是[一二两三四五十\d]年"
)
_BEGUN_LATE = re.compile("拖(?!拉机|车|欠|过|到期)|迟迟|[不没][开动]工|[不没](?:开始|动(?!产))")
"""Tells that what was allowed is begun late, or not at all: 拿了证拖多久算过期."""

_BARE_VALIDITY = re.compile(
    ".*(?:证书?|许可|登记)(?:最[长多])?(?:是|有|能用)?(?:几|多少)年(?:的|啊|呀|呢)?[?？]?|"
    ".*证书?能?[管用顶]得?(?:多久|多长时间)[?？]?|"
    "(?:那|它|这证|这个|是)*(?:几|多少)年(?:啊|呢|的|呀)?[?？]?|.{0,3}(?:管|用|顶)得?(?:多久|多长时间)[?？]?|"
    ".{0,3}(?:长期|永久|一直|终身)(?:有效|能用|管用)?的?(?:吗|不|么|嘛)[?？]?"
)
_OTHERWISE = re.compile(
    "(?:咋|怎么?|如何)(?:续|换|延|补|办理?续)|丢|材料|费|钱|现场|核查|[不没]给?批|能告"
)
"""What is asked of a renewal beside its time: 怎么续."""

_HELD = re.compile(
    "(?<!安全)有效|续|届满|到期|过期|期满|长期|换证|换发|重新(?:办|申请)|[一二两三四五六八十0-9]年"
)
"""Tells how long something holds."""

_RENEWED = re.compile("到期|过期|延续|续证|续期|(?:咋|怎么|如何)续")
"""Speaks of a licence that runs out."""

_WHICH_PAPERS = re.compile(
    "(?:[交带拿]|准备|提供|提交)(?:些|点|一些)?(?:什么|啥|哪些)|(?:什么|啥|哪些)(?:材料|资料|手续|文件)"
)
_TELLS_PAPERS = re.compile("材料|资料|[交带凭]|提供|提交|复印|原件|申请书|证明|合同|协议|报告|文件")
_WHERE = re.compile(
    "(?:[去上在找往]哪(?!天|年|月|一)[^，,。]{0,3}|找谁[^，,。]{0,2}|归(?:谁|哪)[^，,。]{0,2}[管批办审]|"
    "哪个?(?:部门|窗口|单位|局|地方)[^，,。]{0,4})[?？]?$"
)
_TELLS_WHERE = re.compile(
    "部门|窗口|大厅|平台|局|网|银行|中心|机关|机构|人民政府|便民|热线|单位|法院|公司|协会|委员会|法人|"
    "自己|老板|乡镇|街道|公安|检察|国务院|主管|设置人|[运卖开][营方发]商?"
)
_HOW_MANY = re.compile(
    "(?:几|多少)个?(?:人|名|位|口|台|间|平|亩|米|学时|大夫|医生|老师|员)|多大(?:面积|地方|的?店)|注册资[金本]"
)
_NUMBER = re.compile(r"\d|[一二两三四五六七八九十百千万半几]|上限|下限|不限")


def fitting_faq(text: str, matters: Iterable[Matter]) -> Faq | None:
    """Return the question that a sentence asks, with its answer; None for none.

    Args:
        text: What is asked.
        matters: Those that may be meant; of questions equally alike the first one's counts.
    """
    best, found = 0.0, None
    plain = normalise(text)
    for matter in matters:
        names = _names(matter)
        said = core(_without(plain, names))
        signs, pairs = frozenset(said), _pairs(said)
        for faq in matter.faqs:
            score = _alike(signs, pairs, _asked(faq.question, names))
            if score >= ALIKE and score > best and not misfits(plain, faq):
                best, found = score, faq
    return found


def says_more(text: str, matter: Matter, topic_words: Iterable[str] = ()) -> bool:
    """Tell whether a text says more than the name of a matter and one of the plain questions."""
    rest = _without(normalise(_WAY.sub("", text)), _names(matter))  # 个体户咋注销
    for word in sorted(topic_words, key=len, reverse=True):
        rest = rest.replace(word, "")
    return len(content(rest)) >= FEWEST


def asks_way(text: str) -> bool:
    """Tell whether a text asks at last how something is done or put right: 这登记咋弄."""
    return _HOW_AT_LAST.search(text) is not None


def asks_validity(text: str) -> bool:
    """Tell whether it is asked how long a licence holds, or when it is renewed."""
    if _OTHERWISE.search(text) is not None or _BEGUN_LATE.search(text) is not None:
        return False
    return _VALIDITY.search(text) is not None or _BARE_VALIDITY.fullmatch(text) is not None


def _names(matter: Matter) -> tuple[str, ...]:
    """Return the names of a matter, longest first, also as they are without their brackets."""
    return _normalised((matter.name, matter.name.partition("（")[0], *matter.aliases))


@lru_cache(KEPT)
def _normalised(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(normalise(name) for name in sorted(names, key=len, reverse=True))


def _without(text: str, names: Iterable[str]) -> str:
    for name in names:
        text = text.replace(name, "")
    return text


@lru_cache(KEPT)
def _asked(question: str, names: tuple[str, ...]) -> "_Signs":
    """Return the signs of a question of the catalogue, which never change, without the names."""
    asked = core(_without(normalise(question), names))
    return _Signs(len(asked), frozenset(asked), _pairs(asked))


class _Signs(NamedTuple):
    """Signs of a question and pairs of signs beside each other."""

    length: int
    signs: frozenset[str]
    pairs: frozenset[str]


def misfits(text: str, faq: Faq) -> bool:
    """Tell whether a question of the catalogue says nothing of what a text asks for.

    "农药证几年一换" asks for no fine, and what holds no time does not say how long, nor what holds
    no number how many.

    Args:
        text: What is asked, normalised.
        faq: The question, with its answer.
    """
    is_fined = _FINED.search(faq.question) or faq.answer.startswith(("责令", "罚", "处"))
    is_fine = bool(is_fined) and (_OF_PENALTY.search(text) is None or _asks_need(text))
    is_fine |= _ASKS_FINE.search(text) is not None and _TELLS_FINE.search(faq.answer) is None
    is_time = _HOW_LONG.search(text) is not None and _DURATION.search(faq.answer) is None
    is_number = _HOW_MANY.search(text) is not None and _NUMBER.search(faq.answer) is None
    is_papers = _WHICH_PAPERS.search(text) and _TELLS_PAPERS.search(faq.answer) is None
    is_where = _WHERE.search(text) and _TELLS_WHERE.search(faq.answer) is None
    told = f"{faq.question}{faq.answer}"
    is_held = asks_validity(text) or _RENEWED.search(text) is not None
    is_held = is_held and _HELD.search(told) is None
    is_way = asks_way(text) and _is_no_way(faq, is_fined=bool(is_fined))
    return is_fine or is_time or is_number or is_held or is_way or bool(is_papers or is_where)


def _is_no_way(faq: Faq, *, is_fined: bool) -> bool:
    """Tell whether a question is answered by yes or no, or a fine, and tells no way to go."""
    is_yes = _OF_YES.search(faq.question) is not None and _OF_WAY.search(faq.question) is None
    return is_yes or is_fined


def _asks_need(text: str) -> bool:
    """Tell whether a text asks at last whether it must be done: 没证说要罚，到底用办不."""
    return _NEED.search(text) is not None


def _alike(signs: frozenset[str], pairs: frozenset[str], asked: _Signs) -> float:
    """Return how much of a question stands in what was said, 0..1."""
    if asked.length < SHORTEST or not asked.pairs:
        return 0.0
    shared = asked.signs & signs
    if len(shared) < FEWEST:
        return 0.0
    both = asked.pairs & pairs
    whole = 2 * len(asked.pairs) + len(asked.signs)
    return (2 * len(both) + len(shared)) / whole if both else 0.0


def _pairs(text: str) -> frozenset[str]:
    return frozenset(text[at : at + 2] for at in range(len(text) - 1))
