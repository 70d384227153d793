"""Recognises what is asked of a plan that stands: of the thing itself, of a step, of what follows.

It names no matter. A plan can be sent, printed and found again; its steps have places; and when
they are done something may come back each year.
"""

import re
from enum import Enum

from bot.services.words.matter_remarks import asks


class Keeping(Enum):
    """What is to be done with a plan itself."""

    NUMBER = "number"
    SEND = "send"
    PRINT = "print"
    FIND = "find"
    DELETE = "delete"


LONGEST = 20
"""Characters; a longer text tells more than such a question."""

_LEAD = (
    "(?:那|我们?|俺们?|咱们?|你|您|恁|帮|给|麻烦|请|就|想|要|把|它|这[个份张些]?|那[个份张些]|的|"
    "单子|方案|计划|清单|表|刚才|怎么|咋|如何|能不能|可不可以|能|可以|[，, ])*"
)
_END = "(?:行不?行?|中不?中?|可以|成)?[吗嘛么不没吧呗啊呀呢]{0,2}[?？]?$"
_PERSON = (
    "(?:[我俺咱他她]们?的?)?(?:媳妇|老婆|对象|老公|男人|爱人|家里人?|家人|儿子|闺女|孩子|老板|领导|会计|"
    "合伙人|合伙的|股东们?|同事|朋友|别人|旁人|人家|他们?|她|爸|妈|爹|娘|哥|姐|弟弟?|妹妹?|姐夫|嫂子|亲戚|"
    "设计院|施工队|施工方|中介|代办|伙计|店长|经理)"
)
_DEVICE = "(?:微信|QQ|qq|邮箱|手机|短信|电脑|群|钉钉|朋友圈)"
_NUMBER = re.compile(
    f"^{_LEAD}(?:编号|单号)(?:是|到底|又是)?(?:多少|啥|几号?|什么|哪个)(?:来着)?[呀啊呢]?[?？]?$|"
    f"^{_LEAD}(?:编号|单号)(?:忘了|没记住|没记下|没看[清见到]|看不见|再说一?[遍下次]?|(?:再)?[发给]我一?[遍下]|"
    f"在哪儿?看?)[呢呀啊]?[?？]?$"
)
_SEND = re.compile(
    f"^{_LEAD}(?:转?发|传|分享)(?:一份|一下|个)?(?:给|到)?{_PERSON}(?:一份|一下)?"
    f"(?:让[他她]们?)?(?:也)?(?:看一?[看下]?|瞅瞅|瞧瞧)?(?:咋[弄整办]|怎么[弄办])?{_END}|"
    f"^{_LEAD}(?:转?发|传)(?:一份|一下)?(?:到|给|在|去)?(?:[我俺他她]的?)?{_DEVICE}[里上]?(?:来)?{_END}|"
    f"^{_LEAD}(?:让|叫|给|拿给|转给){_PERSON}(?:也)?(?:能)?(?:看一?[看下]?|瞅瞅|瞧瞧)"
    f"(?:[这那]个?)?(?:单子|方案|计划|清单)?(?:咋[弄整办]|怎么[弄办])?{_END}|"
    f"^{_LEAD}(?:分享|转发)(?:出去|一下)?{_END}"
)
_PRINT = re.compile(
    f"^{_LEAD}(?:打印|打出来|印出来|下载|导出|保存|存下来?|存起来|截图)"
    f"(?:出来|下来|一[份张下]|成纸的)?(?:单子|方案|计划|清单)?(?:咋[弄整办]|怎么[弄办])?{_END}|"
    f"^{_LEAD}存(?:到|在|进)?(?:[我俺]的?)?{_DEVICE}[里上]?{_END}"
)
_LATER = (
    "(?:下次|下回|以后|往后|过[几两]天|过(?:一)?阵子?|明天|改天|回头|再来|再想看|关[了掉](?:网页|页面)?|"
    "退出(?:去|来)?了?|换个?了?手机(?!号)|手机[丢坏换]了|清了(?:聊天)?记录|不小心关了)"
)
_FIND = re.compile(
    f"^{_LEAD}{_LATER}(?:以后|之后|的话|我|俺|还|再|，|,| )*"
    "(?:咋|怎么|上哪儿?|去哪儿?|在哪儿?|哪里|还能|能|还|还有)"
    f"(?:再|才|能|还)*(?:找(?!你|您|人|工)|看|打开|翻|接着|见|有(?!啥|什么|哪)|在)(?:到|着|出来)?"
    f"(?:[这那它]个?)?(?:单子|方案|计划|清单|东西)?(?:了)?{_END}|"
    f"^{_LEAD}(?:上哪儿?|去哪儿?|在哪儿?|哪里|咋|怎么)(?:再|能)?(?:找|看|打开|翻)(?:到|着|出来)?"
    f"(?:这个|那个|这份|那份|这张)(?:单子|方案|计划|清单){_END}|"
    f"^{_LEAD}(?:会不会|会|能不能|能)?(?:丢|没了|不见|过期|留多久|存多久|保存多久|留着)(?:了)?{_END}"
)
_THING = re.compile("单子|方案|计划|清单|[这那]份|下次|以后|手机|关|退|天|回|再|换")
_DELETE = re.compile(
    "^(?:帮我|给我|麻烦|请|你|您|把|它|这[个份些]|那[个份]|单子|方案|清单|都|[，, ])*删(?:了|掉|除)"
    "(?:它|这个|这份)?[吧呗]?$"
)


def keeping_asked(text: str) -> Keeping | None:
    """Return what somebody wants to do with the plan itself, None for anything else."""
    if len(text) > LONGEST:
        return None
    kinds = ((Keeping.NUMBER, _NUMBER), (Keeping.SEND, _SEND), (Keeping.PRINT, _PRINT))
    found = next((kind for kind, words in kinds if words.search(text)), None)
    if found is not None:
        return found
    if _FIND.search(text) and _THING.search(text):
        return Keeping.FIND
    return Keeping.DELETE if _DELETE.search(text) else None


_PLACES = {word: at for at, word in enumerate("一二三四五六七八九十", 1)} | {"头": 1, "首": 1}
_STEP = re.compile(
    "(?:第(?P<at>[一二三四五六七八九十]|\\d{1,2})|(?P<first>头一|首)|最(?:后|末)(?:那?一)?)个?步骤?"
)
_WHAT = re.compile(
    "(?:具体|到底|我|俺|是|要|得|该|都|去|来|先|的|说|指|叫)*(?:干|办|弄|做|整|搞|跑)?(?:些)?(?:的)?(?:是)?"
    "(?:啥|什么|哪[个些样几]?个?|咋|怎么)(?:办|弄|整|做|干|走|来着|样)?[呢呀啊?？]*"
)
_ITS_TOPIC = (
    ("materials", "材料|资料|带啥|带什么|带哪|交啥|交什么|准备啥|准备什么|证件|东西"),
    ("fee", "钱|费"),
    ("time_limit", "几天|多久|多长|多少天|啥时候|什么时候|几号|哪天"),
    ("place", "哪儿?(?:办|弄|跑|交|报)|哪个(?:部门|窗口|局|单位)|谁(?:办|管|批)|[去上在到]哪|网上"),
)
_NAMED = re.compile(
    "^(?:那|这个|那个|请问|问下)?(?P<name>[^，,。？?几多谁哪啥什咋怎]{2,6}?)(?:这个?|那个?)?(?:又|还|是|都|要|得|需要|该|大概)*"
    "(?:(?P<place>[去上在到]哪儿?(?:里)?[^，,。]{0,2}|哪个?(?:部门|窗口|局)(?:办|管)?|归?谁(?:办|管|批|来[^，,。]{1,2}))|"
    "(?P<time_limit>几天|多久|多长时间|多少天)(?:[^，,。]{0,4})|"
    "(?P<days>(?:最快|最早)?(?:啥时候|什么时候|几号|哪天)(?:能|可以|才能|会|去|该)*(?:办|拿|下来|到手|开始)[^，,。]{0,2})|"
    "(?P<materials>(?:带|交|准备|要)?(?:啥|什么|哪些)(?:材料|资料|东西|证件))|"
    "(?P<fee>(?:花|交|收)?(?:多少钱|几个钱)))[呢呀啊]?[?？]?$"
)
_BY_WORK = re.compile("^谁(?:来|管|给|去)(?P<name>[^，,。？?的]{2,4})[呢呀啊]?[?？]?$")
_NO_STEP = re.compile("一共|总共|全部|这些|最|第|房租|装修|大厅|下次")


def topic_of_step(text: str) -> tuple[str, str] | None:
    """Return what a short question names before its topic, and the topic; None for no such.

    刻章去哪刻, 验收要几天, 谁来验收.
    """
    if len(text) > LONGEST or _NO_STEP.search(text):
        return None
    found = _NAMED.search(text)
    if found is not None:
        topic = next(
            name for name in ("place", "time_limit", "days", "materials", "fee") if found[name]
        )
        return found["name"], topic
    by_work = _BY_WORK.search(text)
    return None if by_work is None else (by_work["name"], "place")


_MARKED = re.compile("(?:完|好|妥|过|下来|到手)了|没[办弄过]|跳过|能不能|不用|不办|先办|提前")


def step_asked(text: str) -> tuple[int, str | None] | None:
    """Return which step is asked after, -1 for the last, and which topic of it; or None.

    第三步是啥, 第二步要啥材料, 最后一步去哪办; not 第二步办完了.
    """
    found = _STEP.search(text) if len(text) <= LONGEST else None
    if found is None or _MARKED.search(text) or not asks(text):
        return None
    at = _place(found)
    rest = (text[: found.start()] + text[found.end() :]).strip("，, 那我俺呢")
    topic = next((topic for topic, words in _ITS_TOPIC if re.search(words, rest)), None)
    if topic is None and rest and not _WHAT.fullmatch(rest):
        return None
    return (at, topic)


def _place(found: re.Match[str]) -> int:
    if found["first"] is not None:
        return 1
    said = found["at"]
    if said is None:
        return -1
    return int(said) if said.isdecimal() else _PLACES[said]


_AFTER = re.compile(
    "(?:办|弄|批|跑|拿|领|搞|走|弄)(?:完|好|齐|全|下来|到手|利索|妥)"
    "(?:了|以后|之后|后|的话|，|,| )*(?:我|俺|还|再|另外|就)*"
    "(?:还|另外|再|没|就)(?:需要|要|得|有|用|没|能|是)*(?:干|做|办|弄|管|交|注意|操心|走|事)?(?:点|些)?"
    "(?:啥|什么|哪些|别的|事|不算完|完事)|"
    "(?:开业|开张|开门|营业|开起来|拿到证|证齐)"
    "(?:了|以后|之后|后|，|,| )+(?:我|俺|还|再)*(?:需要|要|得|有|用)*"
    "(?:干|做|办|弄|管|交|注意|操心)?(?:点|些)?(?:啥|什么|哪些)"
)
FIRST_REPORT, TAX_RETURN = "今年刚办的执照，今年要报吗？", "没有收入还要报税吗？"
"""Questions of the catalogue on what every business does each year."""

_YEARLY = re.compile(
    "(?:每年|年年|一年|每个?月|隔几年|几年|多久|多长时间|多少年)(?:都|还)?(?:要|得|用|一|就|再)*"
    "(?:重新)?(?:弄|办|换|审|检|续|跑|折腾|来|报)(?:一?[次回遍])?(?!完|好|下来|出来)|"
    "(?:办|弄)(?:一?[次回遍]|了)(?:管|顶|用)(?:几年|多久|一辈子|多少年)|(?:一劳永逸|一次性的?|一辈子的?)[吗不么]|"
    "(?:有效期|管)(?:都|是|各|分别)*(?:几年|多久|多少年|多长)|(?:都|各|分别)(?:管|有效)(?:几年|多久|多少年)"
)
_SEVERAL = re.compile("[这那](?:些|几个|几样|几张|一堆)|都|各|分别|年年|每年|一次|一遍|一回|隔")


def asks_what_follows(text: str) -> bool:
    """Tell whether it is asked what is left when all is done: 办完了还要干啥."""
    return len(text) <= LONGEST and _AFTER.search(text) is not None and asks(text)


def asks_what_returns(text: str) -> bool:
    """Tell whether it is asked what is done again each year: 年年都要弄吗, 这些证几年一换."""
    is_short = len(text) <= LONGEST and _YEARLY.search(text) is not None
    return is_short and _SEVERAL.search(text) is not None and asks(text)


_ONLINE = re.compile(
    "(?:网上|线上|手机|在家|电脑|爱山东|一窗通|网络)(?:上|里)?(?:就|都|也|直接|全)*(?:能不能|可不可以|能|可以|行|让|给)?"
    "(?:不能)?(?:办|弄|报|申请|申报|交|搞|提交|走|跑|操作|[吗不么]|行|中)|"
    "(?:能不能|可不可以|能|可以)(?:都|全|直接|在|从|用|走)*(?:网上|线上|手机|在家|网办|电脑)"
)
_HALL = re.compile(
    "(?:都|全|非|必须|一定|这些|样样|每[样个])*(?:要|得|用|必须|非得|该)(?:亲自|都|全)?(?:去|跑|到|上)"
    "(?:一趟)?(?:政务)?(?:大厅|窗口|现场)(?:办|弄|跑)?(?:不可)?[吗不么嘛吧]|"
    "(?:能不能|可不可以|能|可以)?不(?:用)?(?:去|跑|到)(?:政务)?(?:大厅|窗口|现场)(?:办|弄)?(?:行|中|可以|能|成|吗|不|么)"
)
_TRIPS = re.compile(
    "(?:跑|去|得|要)(?:大厅)?(?:几|多少)[趟回次]|(?:跑|去)[一两]趟[^，,。]{0,3}(?:行|够|完|中)"
)


def asks_for_way(text: str) -> bool:
    """Tell whether it is asked if all goes online or in a hall: 能网上办不, 这些都要去大厅吗."""
    is_short = len(text) <= LONGEST and asks(text)
    return is_short and any(words.search(text) for words in (_ONLINE, _HALL, _TRIPS))


_NOW = re.compile(
    f"^{_LEAD}(?:(?:今天|现在|眼下|明天|这会儿?|当下)(?:就|先|我|俺)*(?:能|可以|该|去|要|得)(?:先|去)*(?:办|干|弄|跑|做)"
    "(?:哪[个些样几]?个?|啥|什么|点啥)|(?:接下来|下面|下一步|往下)(?:该|要|得|我|俺|去|再)*(?:干|办|弄|跑|做)(?:啥|什么|哪个)|"
    "(?:(?:我|俺|咱)(?:现在|眼下|今天|明天|应该|该|得|要)*|(?:现在|眼下|今天|明天)+(?:我|俺|咱|应该|该|得|要)*)先(?:去|得|该|要)?(?:干|办|弄|跑|做)(?:哪一?步|哪一?[个样]|啥|什么)|"
    "(?:我|俺)?(?:还|都|现在)(?:差|缺|剩)(?:了)?(?:啥|什么|哪些|哪几?[个样步]?|几步|几样)(?:没办|没弄|没跑)?|然后呢|接着呢|下一步呢?)"
    "[呢呀啊]?[?？]?$"
)
_MANY = re.compile(
    "(?:一共|总共|拢共|统共|到底|总的|全部|合计)[^，,。]{0,4}(?:几|多少)(?:个|张|样|项|道|步|种)(?:证|许可|手续|本|事|东西|步骤)?[^，,。部门]{0,2}$|"
    "^(?:就|只有|光|全|都|一共)(?:是)?[这那](?:些|几[个样])(?:证|手续|东西|步)?(?:了|吗|么|啊|吧)*[?？]?$"
)
_BENEFIT = re.compile("享受|补贴|补助|政策|优惠|奖励|申领")
_WHY_MANY = re.compile(
    "(?:为啥|为什么|咋|怎么|凭啥)(?:要|得|需要|有|让|还)*(?:办|弄|跑)?[这那恁]么多|[这那]么多(?:证|手续|样|事)?(?:啊|呀|吗|都得办)"
)


_RIGHT = re.compile(
    f"^{_LEAD}(?:日期|时间|天数|日子|里头|里|你|排的?|说的?|算的?)*"
    "(?:准不准|准[吗不么]|靠谱[吗不么]|靠不靠谱|可靠[吗不么]|能信[吗不么]|作数[吗不么])[啊呀]?[?？]?$"
)


def asks_if_right(text: str) -> bool:
    """Tell whether the dates of a plan are doubted: 这个准不, 日期准吗."""
    return len(text) <= LONGEST and _RIGHT.search(text) is not None


def asks_what_now(text: str) -> bool:
    """Tell whether it is asked what can be done now: 今天能办哪个, 还差啥, 然后呢."""
    return len(text) <= LONGEST and _NOW.search(text) is not None


def asks_how_many(text: str) -> bool:
    """Tell whether the steps are counted, or taken for all: 总共几个证, 就这些？."""
    is_meant = _MANY.search(text) is not None and _BENEFIT.search(text) is None
    return len(text) <= LONGEST and is_meant


def asks_why_so_many(text: str) -> bool:
    """Tell whether somebody minds that there is so much: 为啥要办这么多."""
    return len(text) <= LONGEST and _WHY_MANY.search(text) is not None


def asks_of_standing(text: str) -> bool:
    """Tell whether anything of this module is asked of all the steps of a plan."""
    of_all = (
        asks_what_now,
        asks_what_follows,
        asks_what_returns,
        asks_for_way,
        asks_how_many,
        asks_if_right,
    )
    return any(is_asked(text) for is_asked in of_all)
