"""Reads who doubts, or asks the reason of, what was just answered: 三年都得补?, 为啥不行啊."""

import re

from bot.services.reading.numerals import NotANumber, read_number

LONGEST = 16
"""Signs of such a text; a longer one asks more."""

_WHY_NOT = re.compile(
    "(?:那|这[个名]?|啊|哎|咦|我|俺|[，, ])*(?:为(?:啥|什么|何)|咋|怎么|凭(?:啥|"
    "什么))(?:就|会|都|又)?"
    "(?:[我俺咱]们?)?(?:不(?:行|中|让|准|能|许|可以|给(?:办|用|批|过)?|够|算|成|符合|合适)|"
    "没(?:法|通过)|被?限制)"
    "(?:[用办叫开卖干搞]|了|啊|呀|呢|的|在?这(?:[个儿]|名字?)?)*[?？!！]*"
)
"""The whole of a text that asks why something does not do."""

_WHICH_NAME = re.compile(
    "(?:那|我|俺|要是|[，, ])*(?:应该|得|该|可以|能|要)?(?:叫|起|取|用)(?:个|一个)?(?:啥|什么|"
    "哪[样种个]|怎么|咋)"
    "(?:样的?)?(?:名字?|字号|名儿)?(?:才|就|能|比较)?(?:合适|行|中|好|合规|能过|能用|合格)?(?:啊|"
    "呀|呢|的|吗)*[?？]*|"
    "(?:那|我|俺|[，, ])*(?:名字?|字号|名儿)(?:应该|得|该|要|到底)?(?:咋|怎么)(?:起|取|叫|"
    "改)(?:才|就)?(?:合适|行|好|中|能过)?[啊呀呢]?[?？]*"
)
"""The whole of a text that asks for a name which would do."""

_QUESTION = re.compile(
    "啥|什么|咋|怎么|哪|谁|几|多少|多久|为何|如何|还是|要是|呢[?？]*$|"
    "(?P<verb>[\u4e00-\u9fff])不(?P=verb)"
)
_ABACK = re.compile(
    "真的?|[都就必非还只才]|那么|这么|[得要](?!求)|不(?:要|用|收|花|交|办|让|能|行|是)|免"
)
_ENDS = re.compile("(?:[?？]+|啊|呀|呗|吗|么|嘛|哦|哇|多|久|贵|长|远)[?？!！]*$")
_DENIES = re.compile("(?:不|没|免|无)(?!得不|管|过|同|超|满|到|[^，,。]{1,3}的)")
_FIGURE = re.compile(
    "(?P<number>\\d+(?:\\.\\d+)?|[一二两三四五六七八九十百千]+)(?:多|来)?个?"
    "(?P<unit>年|月|天|日|工作日|学时|课时|[人名]|米|平方?米?|万元?|元|块|%|次|份|台|吨|亩|层)"
)
_DEED = re.compile(
    "(?:真的?|都|就|必须|非得?|还|只|才)*(?:得|要|用|收|花|交|能|让)(?P<deed>[\u4e00-\u9fff]{1,3}?)"
    "(?:上|完|的|了|齐|够)*(?:啊|呀|呗|吗|么|嘛|哦|[?？]|$)"
)
_DEEDS = {"钱": "费"}
_SAME = {"名": "人", "日": "天", "平": "平方", "平米": "平方", "平方米": "平方"}
_SAME |= {"课时": "学时", "块": "元", "万": "万元"}


def asks_why_not(text: str) -> bool:
    """Tell whether it is asked why what was judged does not do: 为啥不行啊."""
    return _WHY_NOT.fullmatch(text.strip()) is not None


def asks_which_name(text: str) -> bool:
    """Tell whether a name that would do is asked for: 那叫个啥合适."""
    return _WHICH_NAME.fullmatch(text.strip()) is not None


def doubted(text: str) -> str | None:
    """Return the first part of a text that is taken aback by what was said; None for none.

    "56个学时?? 那么多" and "五年内真得交上啊" ask for a yes, "几年内交上" for a number.
    """
    if len(text) > LONGEST:
        return None
    parts = [part for part in re.split("(?<=[?？])(?![?？])\\s*|[，,。 ]+", text) if part]
    if not parts:
        return None
    first, *rest = parts
    behind = rest[0] if rest and _QUESTION.search(rest[0]) is None else ""
    is_aback = _ABACK.search(first + behind) is not None and _QUESTION.search(first) is None
    return first if is_aback and _ENDS.search(first) is not None else None


def is_borne_out(part: str, sentence: str) -> bool:
    """Tell whether a sentence bears out what a part of a text is taken aback by."""
    if bool(_DENIES.search(part)) != bool(_DENIES.search(sentence)):
        return False
    asked, deed = _figures(part), _DEED.search(part)
    is_done = deed is not None and _DEEDS.get(deed["deed"], deed["deed"]) in sentence
    is_all = "都" in part and "都" in sentence  # 三年都得补?
    return bool(asked & _figures(sentence)) if asked and not is_all else is_done


def _figures(text: str) -> set[tuple[float, str]]:
    found = set()
    for one in _FIGURE.finditer(text):
        try:
            number = read_number(one["number"].replace("两", "二"))
        except NotANumber:
            continue
        found.add((number, _SAME.get(one["unit"], one["unit"])))
    return found
