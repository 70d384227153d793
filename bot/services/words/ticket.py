"""Recognises that somebody wants to add to a whistle, and what is added in the same breath."""

import enum
import re

from bot.services.words.matter_remarks import asks
from bot.services.words.remarks import clauses

_ADD = re.compile(
    r"^(?:我|俺|咱)?(?:们)?(?:要|想|来|得|再|还要|还想)*(?:给\S{0,8}?)?(?:再)?"
    r"(?:补充|补一?下|追加|(?:加|添|写|说|补)(?:上)?(?=一?句|几句|一?条|一点))(?:一?下|一?点|"
    r"一?句|一?条|几句|说明|情况|材料|内容)*[\s：:，,。；;]*(.*)$",
    re.DOTALL,
)
_ADDS_TO = re.compile(
    "补(?:充|上|一?下)[^，,。]{0,6}(?:投诉|建议|诉求|意见|举报|那个事|那条|那件)|"
    "(?:投诉|建议|诉求|意见|举报|那条|那件事?|那个事)[^，,。]{0,8}补(?:充|上|一?下)"
)
_DROP = re.compile(
    r"不(?:用|要|想)?(?:再)?(?:派|提交|报|登记|发|递|交)|不吹|算了|不用了|不要了|先不|取消|撤"
)
_ANOTHER = re.compile(
    r"(?:另|别)(?:外|的)?(?:派|开|立|一|事)|两(?:码|回|件)事|单独|不(?:是)?(?:同)?一(?:件|回|码)"
)
_SAME = re.compile(
    r"(?:同|就?是那?)一(?:件|回|码|个)|并(?:进|到|入)|合(?:并|到一)|还是(?:这|那|上)"
)

_WHEN = "(啥时候|什么时候|何时|几时|多会儿?|多久|多长时间|几天|多少天|几个工作日|几日)"

_SEES_TO_IT = re.compile(
    r"^(那|这个?|这事|投诉|意见|诉求|建议|哨|单子?|的|，|,)*(归|由|是|现在)?(谁|哪个(部门|单位)|"
    r"哪家|什么部门|啥部门)(来|在|给|去)?"
    r"(管|处理|负责|接|答复|回复|解决|牵头)|(谁|哪个(部门|单位)|哪家)(来)?(牵头|负责)[^，,]{0,3}$|"
    r"(告诉|说|讲)(我|俺)?(一下)?[^，,]{0,4}(归谁|谁)管|(该|到底)(归|由)?谁管[^，,]{0,2}$|"
    r"^(那)?(然后呢|接下来呢|下一步呢?|后面呢|之后呢)[?？]*$|"
    rf"{_WHEN}.{{0,8}}(有人|联系|找我|回我|回话|给信|理我|管我|给(我|俺)回|回(我|俺)?$|来人|上门|答复|解决|有结果)"
)

_TIME_TO_ANSWER = re.compile(
    rf"{_WHEN}[^，,]{{0,5}}(?:有人)?"
    r"(答复|回复|回话|回音|回信|有(?:个)?(?:信儿?|动静|消息|音儿?)|给[我俺咱]?们?个?(?:准|"
    r"回)?(?:信儿?|话|音儿?|说法|答复|交代|结果)|有(?:个)?(?:结果|准信|准话|说法|回话)|处理|解决|"
    r"回我|理我|有人管|落实|整改|[改装安弄换修](?:好|上|成))|"
    r"(答复|回复|处理|回话|回音|结果)[^，,]{0,3}(多久|多长时间|几天|多少天|几个工作日|几时|啥时候|"
    r"什么时候)"
)

SHORTEST_TROUBLE = 8
"""A shorter text tells no more of a trouble."""

_OTHER_PARTY = re.compile(
    "(?:供电|供水|燃气|自来水|税务|社保|银行|物业|市监|市场监管|公安|派出所|城管|"
    "消防)[^，,。]{0,3}(?:也|又)|"
    "还有一[个家件]|再(?:说|来)一[个件]|换一[个件]"
)
"""Begins with somebody else to be complained of."""

SHORTEST = 4
"""A shorter rest is no addition of its own."""

LONGEST_QUESTION = 16
"""Characters; a longer text asks about more than an answer."""

LONGEST_FEAR = 22
"""Characters of a question whether one may stay unnamed."""

_NUMBER = re.compile(
    "^(那个?|把|我的?|俺的?|这个|刚才的?|投诉|吹哨|再)*(编号|单号|工单号)(是|再)?(给|发|说|告诉|"
    "多少|啥|什么|呢|忘)|"
    "(给|发|说|告诉)(我|俺)?(一下|一遍|个)?(编号|单号)"
)
_AFRAID = re.compile(
    "(会不会|怕|不会|别|万一).{0,8}(穿小鞋|使绊子|报复|打击|记恨|为难|找我麻烦|得罪|针对我)|"
    "(投诉|举报|吹哨|告)(了|完|他|以后|之后|过)*[，, ]*(他们?|人家|对方|厂里|甲方)?(以后|再|就|"
    "会)*(不给(我|俺)(们)?(活|单|订单|货|生意)|不跟(我|俺)(干|合作|做)|断(我|俺)(货|单)|不用(我|"
    "俺))|"
    "(穿小鞋|报复|记恨|为难|针对|找我麻烦|收拾我)(我|俺)?.{0,2}(咋|怎么)(办|整|弄)|"
    "(谁|别人|他们?|她们?|人家|单位|领导|窗口).{0,6}(看到|看见|知道|晓得|查到).{0,6}(我|谁|举报|"
    "投诉)|知道是(我|谁)"
)
_UNNAMED = re.compile(
    "(匿名|不留名|不露名|不署名|不报姓名|实名|真名).{0,6}([吗不么嘛没]|行|成|中|可以|还是)|"
    "(能不能|可不可以|可以|能|要不要|必须|非得|是不是).{0,6}(匿名|不留名|不署名|实名)|"
    "(写|报|留|登|署|露)不(写|报|留|登|署|露)(?:上)?(我|俺|咱|真|自己|本人)?(们)?的?(名字?|姓名)|"
    "(我|俺|咱|真|自己|本人)(们)?的?(名字?|姓名)(写|报|留|登|署|露)?不(写|报|留|登|署|露)|"
    "(要不要|用不用|需不需要|是不是[得要]|必须|非得|要|得|用)(?!报名(?!字))(写|报|留|登|署|露|填|"
    "说)(?:上|出)?"
    "(我|俺|咱|真|自己|本人)?(们)?的?(名字?|姓名)(?!.*(?:企业|公司|厂|店)).{0,2}([吗不么嘛没]|"
    "[?？]|$)|"
    "(名字|姓名|(?<!报)名).{0,4}(不想|不愿|别|不).{0,2}(留|说|报|写|露)|"
    "(不想|不愿).{0,2}(?!报名(?!字))(留|报|说|写|露)(真)?(姓名|名字|名)"
)
_STAYS_UNNAMED = re.compile(
    "(?:别|甭|不要|不能|不想|不愿意?|不希望)(?:让|叫|给|把)?(?:人|他们|别人|窗口)?(?:写|登|露|署|"
    "提|报|公开|透露|暴露|显示|说出?)"
    "(?:上|出来?|是)?(?:我|俺|咱)(?:们)?的?(?:真)?(?:名字?|姓名|名|身份|信息)|"
    "(?:我|俺|咱)(?:们)?的?(?:真)?(?:名字?|姓名|身份)(?:就)?(?:别|甭|不要|不能)(?:写|登|露|署|提|"
    "报|公开|透露|暴露|显示|说)"
)
_SEES_ME = re.compile(
    "(?:投诉|举报|意见|建议)[^，,。]{0,3}(?:谁|哪些人|别人)[^，,。]{0,3}(?:看得?[到见]|知道|晓得)|"
    "(?:本人|他们?|她们?|人家|窗口|对方|那个?人|当事人|被投诉的)[^，,。]{0,5}(?:看得?[到见]|知道|"
    "晓得)"
    "[^，,。]{0,3}(?:[不吗么嘛]|是[我俺咱]|是谁|谁)|怕(?:他|她|人家|对方|"
    "窗口)[^，,。]{0,4}(?:知道|认出|记恨|报复)"
)
"""Asks whether the one complained of learns of it: 这个投诉她本人会看到不."""

_TAKES_BACK = re.compile(
    r"(撤(回|销|了|掉)?|收回|取消|作废|不投诉|不告|不吹)(了|掉|吧|它|这个|那个|刚才|哨|投诉|单|"
    r"[吗么不]$|$)|"
    r"(投诉|哨|诉求)(就|先|我)?(不要|不用|别管|不弄|作罢|算)了"
)

_TICKET = "(?:吹的?哨|哨|投诉|诉求|建议|工单)(?:单|内容)?"
_MINE = "(?:我|俺|咱|给|帮|个|一?下|那|这|之前|以前|上次|上回|刚才|昨天|前天|提|报|登记|吹|的)*"
_ALONE = "(?:能|可以|想|要|得|怎么|咋|如何|[吗么不嘛吧了呢啊呀?？]|算|给|我|俺|帮|那|请|先)*"
_WITHDRAWS_FILED = re.compile(
    f"{_ALONE}(?:撤回|撤销|撤掉|撤了?|取消|收回){_MINE}{_TICKET}{_ALONE}|"
    f"{_ALONE}{_MINE}{_TICKET}{_ALONE}(?:撤回|撤销|撤掉|撤了?|取消|收回){_ALONE}"
)
"""The whole of a text: 撤销投诉, 我那个哨能撤回吗."""

_LOOKS_AT_FILED = re.compile(
    f"(?:查|看|催|问)(?:询|看|查|催|问|一?下)*{_MINE}{_TICKET}|"
    f"{_TICKET}(?:的)?(?:进度|进展|单号|编号)|"
    f"{_TICKET}[^，,。]{{0,4}}(?:没下文|没动静|没回音|没人来|没人管|没回复|没答复)"
)
_CHANGES_FILED = re.compile(
    f"{_TICKET}[^，,。]{{0,4}}(?:写错|填错|说错|报错)|(?:改|补充)(?:一?下|点)*{_MINE}{_TICKET}|"
    f"{_TICKET}(?:的)?(?:能|可以|还能|想)*(?:改|补充)(?:[吗么不]|一?下|$)"
)
_TOLD = re.compile("[，,。]|要吹|来吹|想吹|要投诉|想投诉")

_NO_MORE = re.compile(
    "(?:好|行|嗯|中|[，, ])*(?:再)?(?:没|没有)(?:啥|什么|有)?"
    "(?:别的|其[他它]的?|补充的?|要(?:补充|改|说)的?|问题|错|毛病)?"
    "(?:了|啦|喽)(?:吧|呀|啊|哈)?(?:就这些|就这样|就这)?(?:吧|了)?"
)
_BLOWS = re.compile(
    "(?:那|就|行|中|好|唉|哎|要不|还是|你|您|恁|快|赶紧|麻烦|请)*(?:给|帮|替)?(?:我|俺|"
    "咱)?(?:们)?(?:也|再|就)?"
    "(?:(?:吹|记|登|来|开|走)(?:个|一下|一个|一)?(?:吹?哨)|(?<=还是)吹(?:了|上)?)(?:单)?(?:吧|呗|"
    "得了|好了|了|啊)*"
)
_AGREES = re.compile(
    "(?:那|就|行|中|好|你|您|恁|快|赶紧|麻烦|请)*(?:给|帮|替)(?:我|俺|咱)(?:们)?"
    "(?:吹|派单?|登记|报|反映)(?:上|一下)?(?:吧|呗|了)*"
)
"""The whole of a clause that has something filed: 那你给俺吹."""

_CIRCUMSTANCE = re.compile(
    "(?:今|昨|前|当|那)(?:天|儿|个)|(?:上|这|本)(?:周|星期|礼拜|个?月)|(?:上|下|中)午|"
    "[\\d一二三四五六七八九十]+号?(?:窗|柜|工位)|大厅|窗口|工号|(?:男|女)的|姓|戴眼镜"
)
_WANTS = re.compile(
    "约|帮|代办|上门|教|[想要去来能得改换派](?!了)|电话|视频|[吗么不]$|[?？]|咋|啥|几点"
)
_BEHIND = re.compile(
    "(还有|另外|对了|再就是|再一个|还)[，, ]?(?![要想得能])|(刚才)?(忘了?说|没说)[了，, ]|"
    "(那天|当时)(是|在)"
)


def wants_whistle(text: str) -> bool:
    """Tell whether a clause wants a whistle blown, or blown after all: "那给我吹个哨"."""
    is_named = "哨" in text or "还是" in text
    return is_named and any(_BLOWS.fullmatch(part) for part in clauses(text))


def agrees_to_file(text: str) -> bool:
    """Tell whether a text agrees to have something filed, and names nothing: "行 那你给俺吹"."""
    return any(_AGREES.fullmatch(part) for part in clauses(text))


def takes_it_up_again(text: str) -> bool:
    """Tell whether what was given up is wanted after all: "唉 还是吹吧"."""
    return "还是" in text and wants_whistle(text)


def tells_where_and_when(text: str) -> bool:
    """Tell whether a text says where or when, and wants nothing: "今天上午 东昌府大厅 3号窗"."""
    return _CIRCUMSTANCE.search(text) is not None and _WANTS.search(text) is None


def names_ticket(text: str) -> bool:
    """Tell whether a text says which kind of ticket it wants: "我要投诉他"."""
    return re.search("投诉|举报|反映|吹(个|一下)?哨|建议|意见", text) is not None


def goes_on_behind(text: str) -> bool:
    """Tell whether a text goes on with what was just filed: "另外颜色也太浅"."""
    is_more = _BEHIND.match(text) is not None
    return is_more and not names_ticket(text)


_FILES_OWN = re.compile(
    "[要得想必须非](?:[你您恁]给我)?(?:再|另|去|来|好好)*(?:投诉|举报|告)(?!诉|知|别|示)|(?:告|参|"
    "投诉|举报)[他她它这那们些个人]{0,3}一(?:状|本|回)|"
    "(?:另外?|再)(?:投诉|举报|告)(?!诉|知)"
)
_OF_FILED = re.compile("投诉(?:里|上|单|那|的|过)|补充|刚才(?:那|的|投诉)|这个投诉|那个投诉")


def files_own(text: str) -> bool:
    """Tell whether a text files something of its own behind what was filed: 这可得告他一状."""
    return _FILES_OWN.search(text) is not None and _OF_FILED.search(text) is None


def goes_on_with_trouble(text: str) -> bool:
    """Tell whether a text tells more of what was complained of: "打过去还说等着 天天付房租"."""
    is_other = names_ticket(text) or _ANOTHER.search(text) is not None
    return not is_other and len(text) >= SHORTEST_TROUBLE and _OTHER_PARTY.search(text) is None


_MISTOLD = re.compile(
    "(?:哎呀?|诶|不好意思|刚才|刚刚|前面|我|俺|那个|说的|写的|填的|[，, ])*"
    "(?:(?:说|写|填|讲|弄|报|给|留)(?:的)?(?:有?点)?(?:错|漏|岔|不对|不全|少)了?"
    "|(?:电话|手机号?|号码|名字|地址|公司名)[^，,。]{0,4}(?:错|换|不对)了?|(?:的)?不对)[了啊吧呀]?"
)


def tells_wrong(text: str) -> bool:
    """Tell whether a text says that what was filed is wrong, and not what is right: 我说错了."""
    return _MISTOLD.fullmatch(text.strip(" 。！!")) is not None


_MENDED = re.compile(
    "(?:哎呀?|不好意思|刚才|前面|我|俺|那个?|时间|日期|地[方点]|窗口|单位|部门|人|名字|工号|[， ])*"
    "(?:说|写|填|讲|弄|打|记)(?:错|岔|反)了[啊吧呀]?[，, ]*(?:应该?)?[^，, ][^?？]{2,20}|"
    "(?:刚才|我|俺|说的|那个|是|[，, ])*不是[^，,。?？]{1,8}[，, ]*(?:而|应该?)?(?:是|在)"
    "[^，,。?？]{1,12}|"
    "(?:刚才|我|俺|说的|那个|[，, ])*(?:应该?是)[^，,。?？]{1,8}[，, ]*不是[^，,。?？]{1,8}"
)
_MENDS_NOTHING = re.compile("投诉|举报|电话|手机|号码|建议|吹哨|预约|问|[吗么]$")


def mends_filed(text: str) -> bool:
    """Tell whether a text says what is right instead: 我说错了 不是市场监管是税务, 不是上午 是下午.

    "不是投诉 是问问" puts nothing right in it, and a telephone is read by itself.
    """
    said = text.strip(" 。！!")
    return _MENDED.fullmatch(said) is not None and _MENDS_NOTHING.search(said) is None


def wants_to_add(text: str) -> bool:
    """Tell whether something is to be added ("我要补充", "补充：变压器已经装好了")."""
    return _ADD.match(text.strip()) is not None


def speaks_of_adding(text: str) -> bool:
    """Tell whether what was filed is to be added to, whatever else is said: 把投诉给我补上."""
    return _ADDS_TO.search(text) is not None


def asks_who_sees_to_it(text: str) -> bool:
    """Tell whether it is asked what becomes of a ticket: "这个投诉谁来管", "啥时候有人联系我"."""
    return _SEES_TO_IT.search(text.strip()) is not None


def asks_how_soon_sent(text: str) -> bool:
    """Tell whether it is asked how soon somebody comes once a whistle is sent: 派单 多久有人来."""
    is_sent = re.search("派(?:了)?单|吹(?:了|个|完|过)?哨", text) is not None
    return is_sent and len(text) <= LONGEST_QUESTION and asks_who_sees_to_it(text)


def asks_number(text: str) -> bool:
    """Tell whether the number of what was filed is asked for: "编号再发我一下"."""
    return len(text) <= LONGEST_QUESTION and _NUMBER.search(text) is not None


def asks_anonymity(text: str) -> bool:
    """Tell whether it is asked if one may stay unnamed: "可以匿名吗", "会不会给我穿小鞋"."""
    is_short = len(text) <= LONGEST_FEAR
    words = (_UNNAMED, _AFRAID, _STAYS_UNNAMED, _SEES_ME)
    return is_short and any(one.search(text) for one in words)


def stays_unnamed(text: str) -> bool:
    """Tell whether somebody wants their name kept out of it: "登记的时候别写我名字"."""
    return len(text) <= LONGEST_FEAR and _STAYS_UNNAMED.search(text) is not None


def takes_ticket_back(text: str) -> bool:
    """Tell whether what was handed in is to be withdrawn: "算了帮我撤了吧"."""
    return _TAKES_BACK.search(text) is not None


def withdraws(text: str) -> bool:
    """Tell whether what is being filed is taken back in so many words: 撤回刚才这个重复的."""
    return "撤" in text and takes_ticket_back(text)


def withdraws_filed(text: str) -> bool:
    """Tell whether a text only takes back what was filed earlier: 撤销投诉."""
    return _WITHDRAWS_FILED.fullmatch(text.strip()) is not None


def concerns_filed(text: str) -> bool:
    """Tell whether a text looks for, urges or changes what was filed earlier: 催一下我的吹哨."""
    if len(text) > LONGEST_QUESTION or _TOLD.search(text) is not None:
        return False
    return changes_filed(text) or _LOOKS_AT_FILED.search(text) is not None


def changes_filed(text: str) -> bool:
    """Tell whether what was filed is to be altered or added to: 吹哨内容写错了想改."""
    return _CHANGES_FILED.search(text) is not None


def is_short_question(text: str) -> bool:
    """Tell whether a text asks and is too short to tell a story."""
    return len(text) <= LONGEST_FEAR and asks(text)


def asks_outcome(text: str) -> bool:
    """Tell whether it is asked what came of it, or how one hears of that: "咋知道结果"."""
    is_short = len(text) <= LONGEST_QUESTION
    return is_short and re.search("结果|结论|下文|回音|回信|动静|进展", text) is not None


def asks_time_to_answer(text: str) -> bool:
    """Tell whether it is asked how long an answer takes: "大概多久回复"."""
    return len(text) <= LONGEST_QUESTION and _TIME_TO_ANSWER.search(text) is not None


def adds_no_more(text: str) -> bool:
    """Tell whether somebody says that there is nothing to add: "没有了", "没别的问题了"."""
    return _NO_MORE.fullmatch(text.strip(" 。！!，,")) is not None


def added_words(text: str) -> str | None:
    """Return what is added in the same sentence, None when it is still to be asked for."""
    found = _ADD.match(text.strip())
    rest = found.group(1).strip() if found else ""
    return rest if len(rest) >= SHORTEST else None


class Sameness(enum.Enum):
    """Answers to the question whether a whistle is about the same thing as an open ticket."""

    SAME = "same"
    ANOTHER = "another"
    DROP = "drop"
    """Neither: nothing is to be sent."""


def read_sameness(text: str, *, is_yes: bool | None) -> Sameness | None:
    """Return how "is it the same thing?" is answered, None when the text does not say.

    Args:
        text: What is said.
        is_yes: How it reads as yes or no, None for neither.
    """
    for words, meant in (
        (_DROP, Sameness.DROP),
        (_ANOTHER, Sameness.ANOTHER),
        (_SAME, Sameness.SAME),
    ):
        if words.search(text):
            return meant
    return None if is_yes is None else (Sameness.SAME if is_yes else Sameness.ANOTHER)
