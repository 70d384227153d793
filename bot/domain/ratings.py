"""Reads a review level out of what an applicant types."""

import re
import unicodedata

WORST_GOOD_LEVEL = 3
"""Names of levels below this one blame, the others praise."""

_DIGITS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5}

_STAR = re.compile(
    r"(?<![\d.．点一二两三四五])([1-5一二两三四五])\s*(?:颗|个)?\s*(星|分)(?![之钟])"
)
_TAKEN_OFF = re.compile(
    r"(?:扣|减|少给|少打)(?:掉|去|他|她|你们?|恁)?(?P<count>[1-4一二两三四半])\s*(?:颗|个)?\s*[星分]"
)
BEST_LEVEL, WORST_LEVEL = 5, 1
_BARE = re.compile(r"^[1-5一二三四五]$")
_STARS = re.compile(r"[⭐★🌟]")

_NOISE = re.compile(r"[\s，,。.！!？?、~～…“”\"'：:]")

_NEGATED = r"(?<!不是)(?<!没有)(?<!不)(?<!没)"

_PRAISED = (
    r"(?:态度|服务|人|办事)[^不没别要让差]{0,4}?(?:"
    r"(?:热情|利索|耐心|周到|麻利|热心|(?<=[很挺真])好)(?![点些不吗话说奇看差一像笑])|"
    r"好(?=$|[啊呀嘞，,]|[的得](?:$|[很，,])|着呢|极了|又|给|办事|态度|服务|效率)|(?<=以前)好多了)"
)
"""Praises whoever served; 好 before what is done or felt only makes it stronger: 办事好慢."""

_NAMED: tuple[tuple[str, int], ...] = (
    # the longer name first: each name contains the next ones
    (
        _NEGATED + r"(非常|很|太|极其|特别|十分|极度|相当)(的|地)?(不满意|不满|差劲|差|糟糕|糟|烂)",
        1,
    ),
    (r"一点(儿|都|也)*不满意|差到家|差极了|最差|极差", 1),
    (r"(不|没有?)(是)?(很|太|怎么|大|咋|非常|特别)(满意|好|行)", 2),
    (_NEGATED + r"(不满意|不满|不好|(?<![话脚眼腿])不行|不咋(地|样)|不怎么样|差评)", 2),
    (r"基本满意|还算满意|比较满意|还可以|还行|凑合|一般|马马虎虎|中评", 3),
    (r"(非常|很|太|特别|十分|相当|超级|超|最|极其|万分|100%|百分百)(的|地)?(满意|好|棒|赞)", 5),
    (r"满分|100分|好极了|棒极了|(?<!不)(表扬|点赞|夸一?夸|夸夸|夸奖)", 5),
    (r"(?<!不)(满意|好评|不错|挺好|蛮好|可以)", 4),
    (_PRAISED, 4),
)
"""Names of levels, tried in this order."""

_HOW = re.compile(
    r"(?:咋|怎么|怎样|如何|在哪|上哪|去哪|从哪)(?:儿|里|个|才|能|可以|给|来|去)*"
    r"(?:打|评|点|写|弄|操作)(?:个|一下)?(?:好评|差评|分|评价|价|赞)?(?:的|啊|呀|呢|嘞)?[?？]?$"
)
"""Asks how a review is given; "怎么评都没人管" does not."""


_PRAISE = re.compile(f"{_PRAISED}[^，,。不没]{{0,3}}[啊呀了的得很]?$")
_BUT = re.compile("差|骂|凶|但|可是|就是|不过|投诉|要是|如果|希望|建议|应该")


_SLIP = re.compile("(?:说|点|打|选|写|按|评|记)(?:错|岔)了?|不对")
_RANGE = re.compile(
    r"(?:给|打|评|就|我|俺|个)*(?:\d+|[零〇六七八九十百]+)(?:颗|个)?(?:星|分)?(?:吧|呗)?"
)


def behind_slip(text: str) -> str:
    """Return what is said behind a slip that is owned to: 三星 of 四星 说错了 三星; "" for none."""
    parts = _SLIP.split(text)
    return parts[-1] if len(parts) > 1 else ""


def is_out_of_range(text: str) -> bool:
    """Tell whether a text gives stars or points that there are none of: 六分, 10分."""
    return _RANGE.fullmatch(text.strip(" 。！!")) is not None


def praises(text: str) -> bool:
    """Tell whether a text only praises who served: 上次那个人态度好."""
    return _PRAISE.search(text.strip()) is not None and _BUT.search(text) is None


SHORTEST_REASON = 4
"""Signs of a reason that is said beside the level."""

_ONLY_RATES = re.compile(
    r"(?:[我俺咱要想给来打写评价个你们恁他她那这就是的很不太吧了啊：:]|服务|一下|非常|满意|"
    r"[一二三四五\d]颗?[星分]|[好差中](?=评))*"
)
"""The whole of a clause that says no more than which level it is."""


def reason_beside(text: str) -> str | None:
    """Return the reason that is told beside the level, None for none: "差评 窗口态度差"."""
    parts = [part for part in re.split(r"[\s，,。；;：:！!]+", text.strip()) if part]
    rest = [part for part in parts if _ONLY_RATES.fullmatch(part) is None]
    is_told = len("".join(rest)) >= SHORTEST_REASON and len(rest) < len(parts)
    is_asked = any(re.search(r"[吗么咋]|怎么|[?？]", part) for part in rest)
    return "，".join(rest) if is_told and not is_asked else None


def takes_off(text: str) -> bool:
    """Tell whether stars are taken off: "窗口排队太长 扣一星"."""
    return _TAKEN_OFF.search(_NOISE.sub("", text)) is not None


def asks_how_to_rate(text: str) -> bool:
    """Tell whether it is asked how or where a review is given: "好评咋打"."""
    return _HOW.search(text.strip()) is not None


def parse_level(text: str, given: int = BEST_LEVEL) -> int | None:
    """Return the level 1 to 5 that `text` names, None when it names none or several.

    What is taken off (扣一星) is counted from the level given before.

    Stars and points win over words: "给三星吧，还不错" is 3. 好评 alone is 4 and 差评 alone 2, the
    nearest levels of their side, because the word does not say how good or bad.

    Source: 国办发〔2019〕51号 (names and order of the levels).
    """
    cleaned = _NOISE.sub("", unicodedata.normalize("NFKC", text))
    taken = _TAKEN_OFF.search(cleaned)
    if taken is not None:
        count = 1 if taken["count"] == "半" else _number(taken["count"])
        return max(WORST_LEVEL, given - count)
    numbers = {_number(found[0]) for found in _STAR.findall(cleaned)}
    if _STARS.search(cleaned) and not numbers:
        stars = len(_STARS.findall(cleaned))
        return stars if 1 <= stars <= 5 else None  # noqa: PLR2004 - five levels
    if numbers:
        return numbers.pop() if len(numbers) == 1 else None
    if _BARE.match(cleaned):
        return _number(cleaned)
    return _named(cleaned)


def _named(cleaned: str) -> int | None:
    found: list[int] = []
    rest = cleaned
    for pattern, level in _NAMED:
        rest, hits = re.subn(pattern, "|", rest)
        if hits:
            found.append(level)
    is_bad = {level < WORST_GOOD_LEVEL for level in found}
    # "不差" or a praise and a blame in one breath: better asked again than guessed
    if not found or len(is_bad) > 1:
        return None
    return found[0]


def _number(sign: str) -> int:
    return _DIGITS.get(sign) or int(sign)


_BY_OTHERS = re.compile(
    "(?:同行|对手|对家|人家|别人|有人|客户|顾客|恶意|故意|瞎|乱|胡)[^，,。我俺咱 ]{0,5}[打给刷评]"
    "[^，,。我俺咱 ]{0,3}(?:差评|低分|[一两]颗?星|不满意)|恶意差评|"
    "(?:同行|对手|对家|人家|别人|有人|客户|顾客|恶意|故意|瞎|乱|胡)[^，,。我俺咱 ]{0,6}刷[分评]"
)


def is_rated_by_others(text: str) -> bool:
    """Tell whether somebody else rates badly who is told of: 同行瞎打差评."""
    return _BY_OTHERS.search(text) is not None
