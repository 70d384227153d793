"""Short remarks about a plan: taken back, still missing, a new name, how long before."""

import re

from bot.services.reading.numerals import NotANumber, read_number

_BACK = re.compile(
    r"标错|记错|点错|搞错|弄错|撤回|撤销|取消标记|退回去|其实(还)?(没|未)|说早了|还不算|不算办完|作废"
)
_LACKS = re.compile(r"(还|都|也)?(没|未|木|莫得)(有|办|拿|批|下|出|弄|搞|到|好|齐|着|签)?(?!问题)")
_PAPERS = re.compile(r"材料|资料|证件|要带|要备|带什么|带啥|清单里")
_ALL = re.compile(r"哪些|几个|几份|所有|全部|列表|都有(啥|什么|哪)|其他|别的|另外")
_NAME = re.compile(
    r"(?:改名|改个名|命名|起名|取名|名字改|名字换|改叫|叫做|就叫)(?:字)?(?:成|为|叫|做|是|叫做)?"
    r"[：:“\"「『\s]*(.+?)[”\"」』。！!\s]*$"
)
_STOP = re.compile(
    r"(别|不要|不用|甭|不必|停|取消|关了?|关掉|关闭|不想|勿).{0,4}(再)?(提醒|通知|催|发|吵)|(提醒|通知).{0,3}(关|停|取消|不要)"
)
_AHEAD = re.compile(
    r"(?:提前|早|前)\s*([0-9０-９一二两三四五六七八九十]+|半)\s*(个)?\s*(天|日|周|星期|礼拜|月)"
)
_ON_THE_DAY = re.compile(r"(只|就)?(在)?(当天|到期那天|那一天|当日)")
_DUE = re.compile(r"到期|到日子|提前|截止|方案|计划|步骤|每一?步|下一步")
_NEWS = re.compile(r"(告诉|通知|提醒|喊|叫|知会|说一声).{0,3}(我|俺|咱|一声|一下)")
DAYS_OF = {"周": 7, "星期": 7, "礼拜": 7, "月": 30}

_TOO_SOON = re.compile("先(?:干|开工|动工|施工|建|盖|挖|开业|营业)(?:着|起来|上)?")
LONGEST_QUESTION = 24
_DELETES = re.compile(
    r"(删|清除).{0,8}(方案|计划|办事清单)|(方案|计划|清单).{0,6}(删|不要了|清掉|作废)"
)
_SLOW = "(慢|长|久|费[时功工]|耗|磨|耽误|卡|拖|肉|墨迹|墨叽|靠人)"
_SLOWEST = re.compile(
    rf"(哪|啥|什么|谁).{{0,6}}最.{{0,2}}{_SLOW}|最.{{0,2}}{_SLOW}.{{0,6}}(哪|啥|什么|谁)|"
    r"(卡|慢|耽误)在(哪|啥|什么)|哪.{0,3}(步|项|个|样|环节).{0,4}(慢|久|卡|拖)|(卡脖子|拖后腿)的.{0,4}(哪|啥|什么|谁)|"
    r"(哪|啥|什么|谁).{0,6}(卡脖子|拖后腿)"
)


LONGEST_AREA = 20
"""Characters; a longer text tells more than such a question."""

_AREA = re.compile(
    r"(用不用|要不要|需不需要|得不得|该不该).{0,2}(管|办|弄|过|跑|查|审|批|验|报|来)|"
    r"(还?用|还?要|需要|得).{0,4}(管|办|弄|过|跑|查|审|批|验|报|来).{0,3}[吗么不嘛吧?？]|"
    r"(那边|那块|这块|那头|方面|那儿|上)?(咋说|怎么说|咋整|咋弄|怎么弄|咋办|有啥要求|有什么要求|有要求吗)[?？。]*$"
)
_SHORT_AREA = re.compile(
    r"(呢|吗|嘛|么|不|没|吧|啊)[?？。]*$|[?？]$|是不是|(要|用|得|还|需)(不要|不用|不得|不需要?)"
)
SHORT_AREA = 14
"""Characters up to which any question that names a field of work is about it: "要消防吗"."""

_COPY = re.compile(
    r"(单子|清单|方案|计划|表).{0,3}(发|给|传).{0,2}(我|俺|一份)|(发|给|传)(我|俺)?一?份?(单子|清单|方案|计划)"
)


def is_taken_back(text: str) -> bool:
    """Tell whether a mark is taken back."""
    return _BACK.search(text) is not None


def lacks(text: str) -> bool:
    """Tell whether something is said not to be there yet."""
    return _LACKS.search(text) is not None


def asks_for_papers(text: str) -> bool:
    """Tell whether the documents of a plan are asked for."""
    return _PAPERS.search(text) is not None


def asks_for_all(text: str) -> bool:
    """Tell whether all plans are asked for and not the one spoken of."""
    return _ALL.search(text) is not None


def new_name(text: str) -> str | None:
    """Return the name that a plan is to be given, None when none is."""
    found = _NAME.search(text)
    return found.group(1) if found else None


def stops_reminders(text: str) -> bool:
    """Tell whether no more reminders are wanted."""
    return _STOP.search(text) is not None


def speaks_of_due_days(text: str) -> bool:
    """Tell whether a reminder is about due days or a plan, and not about a case that moves."""
    return _DUE.search(text) is not None


def wants_news(text: str) -> bool:
    """Tell whether somebody wants to be told later, and does not tell something."""
    return _NEWS.search(text) is not None


def remind_days_in(text: str) -> int | None:
    """Return the calendar days before a due day that are asked for, None when none are named."""
    found = _AHEAD.search(text)
    if found is None:
        return 0 if _ON_THE_DAY.search(text) else None
    try:
        amount = read_number(found.group(1))
    except NotANumber:
        return None
    return max(round(amount * DAYS_OF.get(found.group(3), 1)), 1)


def asks_for_slowest(text: str) -> bool:
    """Tell whether it is asked which step of a plan takes longest."""
    return len(text) <= LONGEST_QUESTION and _SLOWEST.search(text) is not None


def means_before(text: str) -> bool:
    """Tell whether only what comes before something named is meant."""
    return re.search("前面|之前|以前|前头", text) is not None


def deletes_plan(text: str) -> bool:
    """Tell whether a saved plan is to be deleted: "删掉我的方案"."""
    return len(text) <= LONGEST_QUESTION and _DELETES.search(text) is not None


def asks_after_area(text: str) -> bool:
    """Tell whether a short text asks if a field of work has to be seen to: "消防那边用管不"."""
    if len(text) <= SHORT_AREA and _SHORT_AREA.search(text) is not None:
        return True
    return len(text) <= LONGEST_AREA and _AREA.search(text) is not None


def wants_copy(text: str) -> bool:
    """Tell whether a short text wants the plan itself to be handed over: "这单子发我一份"."""
    return len(text) <= LONGEST_AREA and _COPY.search(text) is not None


def begins_too_soon(text: str) -> bool:
    """Tell whether something is to be begun before its licence, and no paper is missing: 先干着."""
    return _TOO_SOON.search(text) is not None


_DROPS_STEP = re.compile(
    "(去|删|划|拿|抠|减|撤|取消)(掉|了)(?!吗|么|行|可以|能)|[给把]我?.{0,8}(去|删|划|拿)掉|"
    "(别|不要|甭|不用)(再)?(给我|给俺|往里)?(排|列|算|加)|"
    "哪(来|儿来|里来)的|(咋|怎么|为啥)(还|又)(有|给我排|排|列)|(不该|不应该|多)(有|排|列)"
)


_ADDS_STEP = re.compile(
    "[加列排放补算添](?:进|到|在)[^，,。]{0,4}(?:计划|方案|清单|单子|里)|[加添补列](?:上|进去?)(?:吧|呗|啊|呀)?$|"
    "(?:咋|怎么|为啥|为什么)[^，,。]{0,2}(?:没|不)(?:给[我俺])?[^，,。]{0,3}[列排加有](?:进去?|上|出来)?|"
    "(?:咋|怎么)(?:还)?没(?:有)?证|没给[我俺咱]列|[漏落](?:了|掉)"
)


def adds_step(text: str) -> bool:
    """Tell whether something is wanted in a plan that has it not: 食品生产许可咋没列进去."""
    return _ADDS_STEP.search(text) is not None


def drops_step(text: str) -> bool:
    """Tell whether a text wants something out of a plan: 去掉, 别给我排, 哪来的消防验收."""
    return _DROPS_STEP.search(text) is not None
