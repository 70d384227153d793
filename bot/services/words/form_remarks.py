"""Recognises remarks on a form as a whole: what is noted, what is left to us, a pause."""

import re

from bot.services.words.matter_remarks import asks
from bot.services.words.remarks import clauses

LONGEST = 24
"""Characters; a longer text tells a story and is not taken for a remark."""

_PUT = "写|填|记(?:下|录|住)?|选|登|报(?!销)|定|留|拣|挑"
_KNOWN = re.compile(
    r"(?:哪个?|啥|什么|多少)[^，,]{0,6}来着[，,]?(?:我|俺)?刚才?(?:说|填|报)[的过]$|"
    r"^(我|俺)(刚才|前面)?(填|报|写|选)的[^，,]{1,6}(多少|啥|什么|哪[个里]?)(来着)?[?？]?$|"
    rf"(?:{_PUT})(?:的|成|了)(?:都?是|些|的)*[^，,啥什哪多几谁]{{0,3}}(?:是|有)?(?:啥|什么|哪|多少|几|谁)|"
    r"(?:刚才|昨天|昨[儿个]*|前天|前[儿个]+|上次|上回|咱|咱们)(?:都)?(?:说|聊|讲|填|问|弄|办)到(?:啥|什么|哪)|"
    r"(?:我|俺)[^，,]{0,4}说[的了](?:都?是|些)*(?:啥|什么|哪|多少|几)|"
    r"(?:现在|目前)[^，,]{0,8}是(?:啥|什么|哪|多少)|"
    rf"(?:刚才|昨天|昨儿个?|前天|前儿个?|前面|之前|上次|上回|头先)[^，,]{{0,2}}"
    rf"(?:{_PUT}|说|讲)(?:的|过|嘅)[^，,]{{0,6}}?(?:多大|多少(?!钱)|几|啥|什么|哪|边度)|"
    rf"(?:我|俺)[^，,]{{0,4}}(?:{_PUT}|说|讲)(?:的|了|过)(?:都?是)?.{{1,8}}(?:还是.{{1,8}})?(?:来着|来的)|"
    rf"(?:{_PUT})(?:的|了)是.{{1,6}}还是.{{1,6}}[？?]?$|"
    rf"(?:{_PUT}|说)到?(?:了)?哪些|(?:核对|核实|对)一?[遍下]|"
    rf"(?:^|[，, ])(?:再|先|那|就|你|您|恁|给我|给俺|帮我)*(?:念|读|报)一?[遍下](?:给?(?:我|俺))?"
    rf"(?:再)?(?:听听?|看看?|核对|对一?下|瞧瞧)*[吧呗啊]?$|"
    rf"(?:{_PUT}|说)的.{{0,3}}(?:念|读|列|捋)一?[遍下]|(?:念|读|列|捋|看)一?[遍下眼].{{0,6}}(?:{_PUT}|说)的|都(?:{_PUT})(?:上|好|对|全)?了[吗么没不吧]|"
    rf"(?:我|俺|咱)?(?:{_PUT}|说|讲)(?:的|了|过)[^，,]{{0,8}}来着|"
    rf"(?:我|俺|咱)[^，,]{{0,4}}(?:{_PUT}|说|讲)[^，,]{{0,8}}来着|"
    rf"(?:我|俺|咱)[^，,]{{0,4}}(?:{_PUT})的(?:电话|手机|号码|面积|地区|身份|名字|日期|时间)[^，,]{{0,4}}(?:多少|几|啥|什么|哪)|"
    rf"(?:我|俺|咱)[^，,]{{0,3}}(?:{_PUT}|说)(?:的|了|过)(?:多大|多少(?![钱遍次])|啥|什么|哪)"
)
_SAID_ALREADY = re.compile(
    r"(?:刚才?|前面|都|早|已经|不是)[^，,]{0,6}(?:说|填|写|报|讲|告诉|问)(?:你|您|恁)?(?:过|了)"
    r"(?:[^，,]{0,4}(?:吗|么|嘛)|呀|啊|好几遍)?$|"
    r"(?:说|填|讲)(?:了|过)?(?:[几好两三八多\d百]+)[遍次回](?:了|啦)?$|(?:还|又|咋又|怎么又|(?<![人客户长们友居商家])老是?)(?:问|让我填)一?[遍次回]?(?:了|啊|呀)?$"
)

_WHAT_FOR = re.compile("(?:干|做)(?:啥|什么|嘛)|有(?:啥|什么|多大)用|图(?:啥|什么)")
"""Asks what an answer is good for: 留了干啥用."""

_IF_RIGHT = re.compile(
    rf"^(?!.*[你您恁这那]|.*不对[吧吗]|现在)[^，,]{{1,8}}(?:(?:没|没有)(?:{_PUT}|说|报|弄)?错(?:了)?|对|(?:{_PUT}|说|报)(?:得|的)?对了?)[吧吗么不没](?:对|错)?[?？]?$|"
    rf"[，, ](?:没|没有)(?:{_PUT}|说|报|弄)错(?:了)?[吧吗么不没][?？]?$"
)
_RIGHT = re.compile(
    r"^(?:那|嗯|好)?[，,]?(?:其[他它余]|别的|剩下的|另外的?|前面的?|上面的?)(?:信息|内容)?的?"
    r"(?:都|也|全)?(?:没错|没问题|没毛病|对|不用改|不改|不变|没变|不动|一样|照旧|正确|就这样)"
)
_LEFT_TO_US = re.compile(
    r"^(?:那|就|我|俺)*(?:按(?:照)?(?:最|比较|大多数|一般|普通)(?:常见|普通|一般|多|大众|人)?"
    r"(?:的|那种|情况|选|来|走|办|填|排)*|"
    r"随便(?:几点|哪天|哪个|啥时候|什么时候)?|几点都(?:行|成|中|可以)|啥时候都(?:行|成|中|可以)|"
    r"随意|(?:哪里|哪儿|哪块|怎么样?|咋样?)?都(?:行|可以|好)|都成|都中|都沾|无所谓|哪个都行|哪天都行|啥都行|"
    r"(?:你|您|恁)们?(?:定|看着办|说了算|安排|挑|选)|听(?:你|您|恁)们?的|看(?:你|您|恁)们?的?|帮我(?:定|选|挑)|"
    r"一个|个|吧|呗|啊|呀|了|就行|就好|[，,。！! ])+$"
)
_PAUSES = re.compile(
    r"^(?:先|那|就|好|行|我|俺|哎呀?|唉|要不|还是|算了|[，, ])*"
    r"(?:暂停|停(?:一?下)?|打住|先放(?:一)?放|先放着|先不弄了?|"
    r"(?<=先)(?:[搁放](?:[这那]儿?|在[这那]儿?|一边儿?|下)|搁(?:着|一?搁))|"
    r"先这样|今天先到这|(?:改天|回头|明天|明儿个?|后天|后儿个?|过两天|下午|晚点|晚上|下次|过后|等有空|有空|得空|抽空|闲了)再?(?:说|弄|填|来|办|聊|唠|讲|谈|整|搞|看|续)|都不弄了|全都?不弄了|都不办了)"
    r"(?:儿|里|吧|了|哈|啊|[，,。！! ])*$"
)
_POSTPONES = re.compile(
    r"(?:那|好|行|我|俺|哎呀?|唉|要不|还是|算了|[，, ])*先(?:别|不|甭|不要)(?:给我|给俺|帮我)?"
    r"(?:约|办|弄|报|派|交|填|开|搞|整|问|看|吹哨?|申请|投诉|预约|注册|登记|查)了(?:吧|哈|啊)?"
)
_WHAT_IS_LEFT = (
    "(?:(?:[这那](?:个|条|事儿?)?|刚才那?[个条]?)?(?:投诉|吹?哨|举报|建议|意见|诉求|表格?|单子|评价|预约|帮办)"
    "(?:(?:我|俺|咱|就|先|也|还是)*(?=[不别](?!要))|不要(?=了)))?"
)
"""Names what is left, in front of the word for it: 投诉不写了, 那哨我不吹了."""

_LEAVES = re.compile(
    rf"^(?:算了|那|先|我|俺|就|还是|[，, ])*{_WHAT_IS_LEFT}"
    r"(?:(?<=不要)|不(?:在?(?:网上|线上|这里|这儿|手机上))?(?:[弄办约搞整填说问查写报看评答配提投告排建盖开]住?|吹哨?)|别(?:投诉?|吹哨?|报|填|约|写|评|查|登记)|"
    r"别(?:再|老)?问(?:我|俺)?(?:[^，,。]{1,3}(?=了)|(?=了))|"
    r"[俩两](?:样|个|件事?)都不(?:要|办|弄|用)|"
    r"(?:[这那](?:个|事儿?|件事))(?:就|先|我)?不(?:投诉|举报|吹哨?|预?约|查|反映)|"
    r"不想[弄办约搞整填说问查吹写报看评答配提]|不(?:打算|准备)[弄办约搞整开做建盖]|不申请|不预约|不登记|不投诉|不吹哨|不提交|不举报|"
    r"(?:不(?P<twice>[吹投写填约弄查评办])哨?了[，, ]?(?=不(?P=twice)))+不[吹投写填约弄查评办]|"
    r"不(?:再|用|必|要)?(?:你们|给我|帮我)?(?:催|匹配|(?:回|打)(?:个)?电话))"
    r"(?:它)?(?:了|住[了喇]?|先了?|啦|喇)(?:吧|哈|啊|啦)?$|^先不[答填说](?:[这那]些(?:了|吧)*|[这那]个了吧?)$|"
    r"^(?:那|就|我|俺|还是)*先不(?:弄|办|约|搞|整|查|看|评|报|吹|提|申请|投诉)(?:[这那]个|它|了)?(?:了|吧|哈|啦)*$"
)
_ABANDONS = re.compile(
    r"^(?:算了|不用了?|不必了?|不要了|不了|拉倒吧?|那?就?不麻烦了|先不用了?)(?:吧|哈|啊|啦)?"
    r"[，,。 ]+"
    r"(?!.*(?:改|换|还是|电话|手机|代码|名字|姓名))(?!先|就|不)[^，,。]{0,10}"
    r"(?:不[^，,。不]{1,5}了|没了|黄了|取消了|改主意了|不同意|反悔了|"
    r"解决了|办好了|弄好了|修好了|通了|来了)(?:呀|啊|哈|啦)?$"
)
_THINKS_BETTER = re.compile(
    r"^(?:还是|算了|那|要不|我看|想了想|[，, ])*(?:别|甭|不|莫)(?:再)?"
    r"(?:投诉|举报|吹哨?|告|提|反映|派|评价|报|登记|写|填|弄|交)了?(?:吧|了)?[，,。 ]+(?:我|俺)?"
    r"(?:怕|担心|嫌|犯不着|没必要|省得|免得|没用|不想|回头|万一)[^，,]{0,14}$"
)
_DROPS = re.compile(
    "(算了|那|先|[，, ])*(不用|不要|不需要|不必|甭)(查|找|看|问|麻烦)?(了|啦|喽)+(吧|哈|啊)?"
)
_CONFIRMS = re.compile(
    r"^(?:(?:那个?|好|行|嗯|就|对|是的?|可以|麻烦|请|帮我|给我|没问题|没毛病|没错|"
    r"去|吧|了|呗|一下|[，, ])*"
    r"(?:确认|确定|提交|[提交递报][上过]|派单|派|登记上?|就这样|就这些|就这(?:一|么|个)?(?:条|个|点|件|回|次)(?:事儿?|建议|意见|问题|投诉)?|就这事儿?|没有?别的|没了))+"
    r"(?:去|吧|了|呗|就行|就好|一?下|[，,。！! ])*$|"
    r"^.{0,6}(?:给我|帮我|还是|就)(?:提上|提交|交上|报上|派单|登记上)[吧了呗]*$|"
    r"^(?:好|行|嗯|中|成|得|对|可以|没问题|了|啦|嘞|吧|那|就|[，, ])*"
    r"(?:就|照|按|依|这(?:样|么|个)?|匿名|不留名|给我|给俺|帮我|直接|咱|你|您|恁|[，, ])*"
    r"(?:提交|派单|交|递|报|提|送|派|发|登记)(?:上去|出去|过去|上|了|一下)?"
    r"(?:吧|呗|了|啦|得了|就行|就中|就好|[，,。！! ])*$"
)


_PLEASED = re.compile(
    "^(?!.*(不|没(?!说的)|吗|么|嘛|[?？]|啥|什么|咋|怎|哪|几|就是|可惜|但))"
    "(?=.*(谢|辛苦|费心|麻烦你|真得劲|得劲|周到|热情|态度真?好|(?:真|挺|好|怪|还)(?:强|方便|会来事|不孬|懂行|细心|耐心)|比[^，,]{1,8}(?:强|快|方便|省事|好使|好用|清楚)|清亮|透亮|管用|厉害|真好|挺好|很好|真棒|真行|真中|贴心|靠谱|有底了?|"
    "放心了?|明白了|懂了|清楚了|说得清|讲得清|省心|真快|给力|好使|感谢|点赞|没说的))"
)
_ALL = re.compile(
    "(好|行|嗯|那|嘞|的|没别的|没有别的|没了|别的没有|[，, ])*就?"
    "(这些|这么多|这几样)(问题|情况|条件)?(了|吧|啦|呗|[，, ])*"
    "((给我|那|就|先)*(出|排)(个|一份|一下)?(单子|清单|方案)(了|吧|呗)*)?|"
    "(没有?别的|别的没有)了?"
)
_HANDS_IN = re.compile("提|交|递|报|派|送|发|登记")

_GOODBYE = re.compile(
    r"(?:好|行|那|嗯|谢谢|谢了|多谢|我|俺|先|就|[，,。 ])*"
    r"(?:拜+|再见|再会|回见|8{2,3}6?|走了|撤了|下了|溜了|回聊)"
    r"(?:啊|哈|了|吧|哦|您|[，,。！! ])*"
)


_FAREWELL = re.compile(
    "拜|再见|再会|回见|走了|走啦|撤了|下了|溜|回聊|回头|先忙|忙去|忙了|先这样|就这样|不聊|改天|明儿|明天|下次|8{2,}|辛苦|谢"
)

_ORDERS_HELP = re.compile(
    "(预约|约|安排)(一?下|上|一?个|一?位|人|您|你们?|恁)*的?(帮办|代办|办事员|窗口|上门|大厅)(?!.{0,4}(吗|么|不$))"
)

_BOOKING = re.compile(
    "约|候补|帮办|代办|上门|窗口|大厅|办事员|改到|挪|推迟|提前|时间|几点|哪天|那天|当天|日子|改天|改期|"
    "[来去]不了|不[来去]了|不用来|别来|过不[来去]|取消|排号|排队|点钟"
)


_EARLIER = re.compile(
    "(?:以前|之前|上次|上回|上个?月|上(?:周|星期|礼拜)|原来|早先|先前|早就|头几天|前几天|前天|昨天)"
    "(?:我|俺|就|都|已经|在你这|在这)*(?:预?约)(?:了|的|过|好)|不是(?:要|想)?新(?:预?约|的)"
)
_MOVES = re.compile("改|挪|推迟|推后|延|提前|换(?:个|到|成|一)")
_BY_HEART = re.compile("(哪|咋|怎么)还?能?(记得|记的|知道|晓得)|记不(住|得|清|起)|想不起|背不")


_LOST_NUMBER = re.compile("(办件编?号|编号|单号|受理号|预约号)[^，,。]{0,3}(忘|丢|没|不记得|找不)")
"""Says which number one does not have."""

_ORDERS_PLAN = re.compile(
    "(?:那|就|先|这样|这些|这个|快点?|赶紧|赶快|马上|直接|你|您|给[我俺]|帮[我俺]|按|行|好|中|了|嗯)*"
    "(?:排|出方案|出单子|出清单)(?:一?下|个|一?份|出来)*(?:吧|呗|得了|就行|看看|了)*"
)
_UNSURE = re.compile(
    "(?:这个?|那个?|我|俺|也|还|真|就|可|都|具体|暂时)*"
    "(?:不(?:太|大|是很)?(?:知道|清楚|懂|了解|好说|确定|晓得)|说不(?:准|好|清)|拿不准|搞不清|弄不清|"
    "没(?:想好|定|准|谱))(?:了|呢|啊|哎|呀|哩)*"
)


def orders_plan(text: str) -> bool:
    """Tell whether a clause wants the plan as things stand, and says nothing else: 快点排吧."""
    return _ORDERS_PLAN.fullmatch(text.strip()) is not None


def is_unsure(text: str) -> bool:
    """Tell whether a clause says no more than that it is not known: 不太清楚."""
    return _UNSURE.fullmatch(text.strip()) is not None


def asks_what_is_known(text: str) -> bool:
    """Tell whether somebody wants to hear what was noted so far: "现在地区写的啥"."""
    is_short = len(text) <= LONGEST and _WHAT_FOR.search(text) is None
    return is_short and _KNOWN.search(text) is not None


def says_it_was_said(text: str) -> bool:
    """Tell whether somebody minds being asked again: "冠县啊刚不是说了吗", "我都说八百遍了"."""
    return len(text) <= LONGEST and _SAID_ALREADY.search(text) is not None


def asks_if_right(text: str) -> bool:
    """Tell whether it is asked if one thing was noted rightly: "公司名没错吧"."""
    return len(text) <= LONGEST and _IF_RIGHT.search(text) is not None


def says_rest_is_right(text: str) -> bool:
    """Tell whether what was noted is called right: "其他没错"."""
    return len(text) <= LONGEST and _RIGHT.search(text) is not None


def leaves_to_us(text: str) -> bool:
    """Tell whether any answer would do: "随便", "都行", "你看着办"."""
    return _LEFT_TO_US.fullmatch(text.strip()) is not None


def pauses_all(text: str) -> bool:
    """Tell whether everything is to rest for now, not only the last thing begun: "改天再说"."""
    return _PAUSES.fullmatch(text.strip()) is not None


def postpones(text: str) -> bool:
    """Tell whether a clause puts off what is being done, and says nothing else: "先别约了"."""
    return _POSTPONES.fullmatch(text.strip()) is not None


def confirms(text: str) -> bool:
    """Tell whether something is to be handed in as it stands: "确认吧", "就这样提交"."""
    return _CONFIRMS.fullmatch(text.strip()) is not None


def hands_in(text: str) -> bool:
    """Tell whether a clause wants what was told to be handed in: "那就不留了，直接提交"."""
    return any(confirms(part) and _HANDS_IN.search(part) for part in clauses(text))


def is_pleased(text: str) -> bool:
    """Tell whether a text thanks or praises and says nothing else: "真清亮 比问别人都管用"."""
    return len(text) <= LONGEST and all(map(_PLEASED.search, clauses(text) or [""]))


def says_that_is_all(text: str) -> bool:
    """Tell whether nothing more is to be told, and nothing said yes to: "就这些吧"."""
    return _ALL.fullmatch(text.strip()) is not None


def says_goodbye(text: str) -> bool:
    """Tell whether somebody only takes leave: "88", "行 先走了"."""
    return _GOODBYE.fullmatch(text.strip()) is not None


def has_farewell(text: str) -> bool:
    """Tell whether a word of a clause takes leave: "先忙去了", "回头见"."""
    return _FAREWELL.search(text) is not None


def speaks_of_booking(text: str) -> bool:
    """Tell whether a word of a text belongs to a booking: a place, a time, coming or not."""
    return _BOOKING.search(text) is not None


def says_booked(text: str) -> bool:
    """Tell whether something was booked before, here or elsewhere: "俺上礼拜约的帮办"."""
    return re.search("约(?:的|过|好|了)", text) is not None


def is_online(text: str) -> bool:
    """Tell whether something is to be done through the net: "网上给我办了"."""
    return re.search("网|线上|在线|手机|app|APP|小程序", text) is not None


def moves_earlier_booking(text: str) -> bool:
    """Tell whether a booking made some other time is to be moved: "改以前约的那个"."""
    return _EARLIER.search(text) is not None and _MOVES.search(text) is not None


def names_booking(text: str) -> bool:
    """Tell whether a text says that a booking is meant: "那个预约取消了"."""
    return re.search("约|号(?!码)|帮办|上门", text) is not None


def orders_help(text: str) -> bool:
    """Tell whether somebody to help, or a visit, is to be booked: "替我爷爷约个帮办"."""
    return _ORDERS_HELP.search(text) is not None


def wants_deletion(text: str) -> bool:
    """Tell whether what was told is to be deleted."""
    return re.search("删[了掉除]|清[空除掉]|抹[了掉去]|别留", text) is not None


def tires(text: str) -> bool:
    """Tell whether somebody says no more than that it is too much: "懒得弄"."""
    return re.fullmatch(r"(?:太|真|嫌|懒得|没空|没时间|费劲|折腾).{0,4}", text.strip()) is not None


def abandons(text: str) -> bool:
    """Tell whether what is being done is given up with its reason: "不用了，客户不注销了"."""
    plain = text.strip()
    if len(plain) > LONGEST:
        return False
    return _ABANDONS.search(plain) is not None or thinks_better(text)


def thinks_better(text: str) -> bool:
    """Tell whether nothing is to be filed after all, for a reason: 还是别报了 怕他给我穿小鞋."""
    return _THINKS_BETTER.search(text.strip().rstrip("。.！!")) is not None


def drops_both(text: str) -> bool:
    """Tell whether two wishes are taken back at once: 两样都不要了."""
    return re.search(r"[俩两](样|个|件事?)都不", text) is not None


def drops(text: str) -> bool:
    """Tell whether a clause says that what is looked for is not wanted any more: "不用了"."""
    return _DROPS.fullmatch(text.strip()) is not None


def agrees_to_skip(text: str) -> bool:
    """Tell whether a text agrees that one answer is left out, and leaves no more: "那就不填了"."""
    words = "(好|行|嗯|中|那|就|先|[，, ])*不(填|写|报|留)(它|这个|这项|了)*(吧|呗|啦|哈)*"
    return re.fullmatch(words, text.strip(" 。！!")) is not None


def given_up(text: str) -> bool:
    """Tell whether a clause is no more than giving up: "还是算了"."""
    return (
        re.fullmatch("(哎呀?|唉|那|还是|要不|[，, ])*(算了|拉倒)(吧|了|啦)?", text.strip())
        is not None
    )


def leaves(text: str) -> bool:
    """Tell whether a clause leaves what is being done, and says nothing else: "不填了"."""
    return _LEAVES.fullmatch(text.strip()) is not None


def asks_what_word_is(text: str) -> bool:
    """Tell whether a text asks what a word means, and answers with none: 啥叫微型."""
    return text.startswith(("啥叫", "什么叫", "啥是", "什么是", "何为"))


def only_gives_up(text: str) -> bool:
    """Tell whether a text gives up what is being done, and no business: 不想弄了, not 不干了."""
    return leaves(text) and re.search("[开干做搞盖建]", text) is None


def forgets(text: str) -> bool:
    """Tell whether what is asked for is not known by heart: 我哪记得住那个."""
    return _BY_HEART.search(text) is not None


def loses_other_number(text: str, label: tuple[str, ...]) -> bool:
    """Tell whether a text says that one lacks a number that is not asked for: 办件号 忘了.

    Args:
        text: What is said.
        label: How the open question is called.
    """
    found = _LOST_NUMBER.search(text)
    return found is not None and not any(word in found[1] for word in label)


def takes_back(text: str) -> bool:
    """Tell whether a clause says that one thing is left out after all: 不卖烟了."""
    return (
        re.fullmatch(
            "(?:那|算了|先|就|我|俺|也)*(?:不[^不，,。]{1,5}了|"
            "[^不没，,。]{1,6}不(?:再)?(?:做|卖|弄|要|搞|带|上|养|接|装|干)了?)",
            text,
        )
        is not None
    )


def corrects_note(text: str) -> bool:
    """Tell whether it is said that we noted something wrong: 你记错了 不是新建 是老车间改造."""
    return (
        re.search(
            "[记弄搞写听看]错|理解错|不是[^，,。 ]{1,8}[，, ]+(?:而)?是|[我俺]说的是|别给[我俺]换",
            text,
        )
        is not None
    )


_OWN = re.compile(
    "(?:我|俺|咱)们?(?:还|现在|目前|暂时|这边|那边|家|店|就|也|都)|房子?|门面|店面?|铺子?|地皮?|厂房|"
    "不想租|没想好|还没|暂时|目前"
)
"""Begins what is told of oneself, of the rooms or the land."""


def tells_of_own(text: str) -> bool:
    """Tell whether a text only tells how things stand with oneself: 我还没找好房子."""
    return _OWN.match(text) is not None and not asks(text)


_TO_ANOTHER = re.compile(
    "(?:你|恁)(?:妈|爹|爸|娘|奶|爷|姥|姨|叔|哥|姐|弟|妹|媳妇|对象)"
    "(?![^，,。 喊叫找说让等去在到来回]{0,5}[馆店铺坊摊])|"
    "(?:喊|叫|找)(?:你|恁)(?!们|帮)|别(?:闹|吵|哭)|"
    "写作业|快去|(?:关|开)(?:小|大)点"
)


def is_said_to_another(text: str) -> bool:
    """Tell whether words are for somebody in the room, and taken in by the way: 你妈喊你吃饭."""
    return _TO_ANOTHER.search(text) is not None
