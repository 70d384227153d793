"""Recognises what a question without a subject asks of the matter that is talked about.

"谁来查", "三年还是五年" and "不办会咋样" ask the same of every matter. They name none, so none but
the one spoken of is meant.
"""

import re

from bot.services.words.held import is_of_contract
from bot.services.words.remarks import asks_the_same_of, asks_what_if
from bot.services.words.renewal import runs_out

LONGEST = 16
"""Characters; a longer text speaks of more than what was talked about."""

LONGEST_PAYS = 20
"""Characters; one that says who pays is longer."""

LONGEST_COMPARED = 30

SHORT_SAME = 7
"""Signs of a few words that ask the same of something else."""

_WHO = re.compile(
    "找谁(报装|办|申请|接|装)|谁(们)?(来|去|给|过来|负责|上门)*(查|看|管|验|审|核|检|监管|认定|说了算|批|发)|是?谁来[?？]?$|"
    "(归|属|由|是|得|让|找|哪个?)(谁|哪个?)?(哪|部门|局|单位|科室|家)+(来|给|负责)*(管|批|查|验|审|负责)"
)
_WHO_ELSE = re.compile(
    "谁(来|去|给|负责|出面)*(报|签|设计|测|写|编|交|做|出钱|掏钱|背|还|赔|承担)|(找|让|请)谁(测|写|编|做|画|设计)"
)
_OFFICE = re.compile(
    "(那|这|是|还|也|都|得|要|不|归|找|由|属于?)*[\u4e00-\u9fff]{0,4}(公安|城管|消防|环保|住建|税务|市监|工商|"
    "卫健|交警|路政|电力|派出所|局|委|部门|所|厅)(来|那边|也|还|们|给)*(管|批|查|办|审|验|负责)?(的)?(吗|不|么|嘛|吧|啊|没)[?？]?"
)
_BEFORE = re.compile(
    "(前头|前面|之前|前边|事先|头里)(都|还)?(必须|一定)?(得|要|需要?|该)?(先)?(有|办|弄|做|过|拿)?[^，,。]{0,4}(啥|什么|哪)|"
    "前置|前还是(之|以)?后|在?(哪|第几)(一)?[步关]办|(哪个?|什么|啥)阶段|(得|要|需要?)先(交|缴|上)(?!钱|费|材料|资料)[^，,。]{1,6}(吗|不|么|嘛)|"
    "(得|要|需要?)先(办|有|拿|过|做|弄)(完|好|了|到|哪|啥|什么|过)*(别的|其他)?(啥|什么|哪|证|手续|吗|不|么)|"
    "先(办|有|拿|过|做|弄)(啥|什么|哪)"
)
_AFTER_IT = re.compile(
    "在(它|他|这个?|那个?|前头|前面)?(之|的)?(前|后)(头|面|边)?(吗|不|么|嘛|吧|办|还是)|(排|放)在|"
    "[跟和与同][^，,。]{2,8}先(办|拿|弄|做|跑|去|走)(哪个?|谁)[?？]?$|"
    "先(办|后)?还是后|哪个?(在)?先(办)?[?？]?$|谁先谁后|[跟和与同][^，,。]{1,8}(谁|哪个?)在?(先|前)(头|面)?[?？]?$|先办?[^，,。]{0,5}还是(先|[^，,。]{2,5}先)|"
    "先(办|弄|拿|做|跑|去|走)哪(个|一个|样|头|边)|"
    "[还没未]+(拿到|办好?|下来|批|弄好?)[^，,]{0,4}[，, ]*(能不能|能|可以)?"
    "先(把)?[^，,]{2,10}(办|拿|弄|卖|开)"
)
_AMOUNT = re.compile(
    "(?<!花)(几|多少)个?(?!工作日|小时|钟|证|月|材料|部门|步|窗口|章|环节|钱|天|年|费|时间|日|趟|次|点|号|份|样)"
    "(名|位|口|台|间|平|吨|亩|张床|米|人|辆|层|学时|课时|员|岁|大夫|医生|老师|厨师|专职|持证|股东|合伙人|成员)|"
    "(几|多少)年的?(经验|工龄|从业|执业|资历)|(干|执业|从业)(满|够|过)?(几|多少)年|"
    "(要|得|需要?|最少|至少|起码)(几|多少)个[?？]?$|多大(的)?(面积|地方|店|房|场地|屋|院)|"
    "(面积|距离|人数|注册资金|资金|注册资本|学历|年龄|人员|设备|场地|仓库|房子|地方|位置|净高|层高)"
    "[^，,。]{0,4}(要求|限制|标准|规定|说法|讲究)"
)
_TOLD = re.compile("(我|俺|咱)[^，,。]{0,4}(报|说|填|写|选)(的|了|过)")
"""What somebody has told us: 我昨天报的多少平来着."""

_COUNTS = re.compile(
    "(算不算|(?<!说了)算(在|进)?(里头|内|其中|数)?|在(里头|里面|内|其中)|包(括|含)|属于)(这个)?(吗|不|么|嘛)?[?？]?$"
)
_NEXT = re.compile(
    "(办|弄|拿|批|下|领|做)(完|好|到|过|来|下来)(了)?(这个?|它|这个证|这一?步|以后|之后|后)*[，, ]?"
    "(还|再|下一步|接下来|接着|然后|后面|下面|就)+(该|要|得|是|需要|去|能)*(办|弄|做|跑|走|干)?(些|点)?(啥|什么|哪)|"
    "^(那|这个?)?(下一步|接下来|再往下|后面)(该|要|得|是|需要|还)*(办|弄|做|跑|走|干)(些|点)?(啥|什么|哪)"
)
_RENEWAL = re.compile(
    "(到期|期满|过期|快到期)(了|后|以后|之后)?[^，,。]{0,4}(咋|怎么?|如何)[^，,。]{0,3}(延续?|续|换|办|弄)|"
    "(咋|怎么?|如何)(去|办理?)?(延续|续(?![费签贷租保])|延期)|"
    "(到期|期满|到点|到日子|到时候)了?[^，,。]{0,3}(?:还|仍)?[想要能](?:再)?(?:接着|继续|接茬)"
)
_RENEWS = re.compile(
    "(?:到期|期满|过期)[^。]{0,6}(?:咋|怎么?|如何|去哪)[^，,。]{0,3}(?:延|续|换)|"
    "(?:快|就要|马上|下月|下个月|年底|明年|眼看)[^，,。？?不]{0,4}(?:到期|期满|过期)了?(?:吧|啦)?$|"
    "(?:延期|续期|延续|续证|换证)[^，,。]{0,3}(?:咋|怎么?|如何|要|交|带|拿|得)[^，,。]{0,4}"
    "(?:办|弄|啥|什么|哪些|材料)"
)
_PAYS = re.compile(
    "(也|还|都|就|是不是|能不能|可以)([一照同]样)?(得|要|用|需要?|必须|该|给|能)?(不|免)?(交|掏|缴|花|收|出|免)(这个?)?(钱|费|[0-9]{1,5}块?)?"
    "(了|的)?(吗|不|么|嘛|吧|呢)?[?？]?$|(能|可以)(不能)?(免|减|少交|便宜)(一?点|些|掉)?(吗|不|么|嘛|呢)?[?？]?$"
)
_REFRAINS = re.compile("(?:能不能|可不可以|可以|能|敢|就)不(?:给[^，,]{0,4})?(?:交|缴|上|掏|买|给)")
_COMPARED = re.compile(
    "(?P<one>[^，,。和跟与同]{2,12}?)?(和|跟|与|同)(?P<other>[^，,。]{2,14}?)"
    "(是?不?是?(一回事|一个(东西|证|事)|同一个(东西|证|事)?|一个(?=吗|么|不|嘛)|一样)|(有)?(啥|什么|哪些)?(区别|差别|不同|不一样|两样|关系|联系)|差(在|哪)|咋(区)?分|"
    "怎么(区)?分|哪个?(更|最|比较|要)?(好办|省事|简单|快|便宜|省钱|划算|合算|麻烦))"
)
_EASIER = re.compile("哪个?(?:更|最|比较|要)?(?:好办|省事|简单|快|便宜|省钱|划算|合算|麻烦)")
_BESIDE_HELD = re.compile(
    "(?:那|我|俺|要是|已经)*(?:有了?|(?:办|拿|做)(?:完|好|到|过)?了?)"
    "(?P<held>[^，,。了]{2,12})了?[，, ]*"
    "(?:还|就|是不是|那)+(?:得|要|用|需要|必须|不)+(?:再|另外)?(?:办|做|弄|申请)?"
    "(?P<other>[^，,。]{2,12}?)了?(?:吗|不|么|没|嘛|吧)[?？]?"
)
_YES_OR_NO = re.compile(
    "([吗嘛么不没]|(行|中|可以|能|要|对)(不|没)(行|中|可以|能|要|对|办|用)?(啊|呀)?)[?？。]?$"
)
_HOW = re.compile(
    "咋|怎么?|如何|流程|步骤|手续|程序|一(块|起|并)|同时|自己|代办|流程|办理?[吗不么]"
)
_LEADING = re.compile("^(那|这|请问|这个|那个|它|咱|俺|我|想问下?|问下?|就是|到底)+")
_WHETHER = re.compile("(?:是不是|是否|到底|究竟|算不算)$")
_IF_SAME = re.compile("也?(?:是|都)?(?:一样|这样|这么办|同样)的?(?:吗|不|么|嘛|吧|是不)[?？]?$")


def asks_who(text: str) -> bool:
    """Tell whether it is asked who looks after something: 谁来查, 公安管吗, 归哪个部门管."""
    is_short = len(text) <= LONGEST
    return is_short and (_WHO.search(text) is not None or _OFFICE.fullmatch(text) is not None)


def asks_what_then(text: str) -> bool:
    """Tell whether it is asked what comes of something: 只剩十来天才续会咋样."""
    return re.search("会(咋|怎么?)样|来得?及|还(能|可以|让)|要紧|有事", text) is not None


def asks_who_else(text: str) -> bool:
    """Tell whether it is asked who does something that no office does: 谁签字, 谁来测."""
    return len(text) <= LONGEST and _WHO_ELSE.search(text) is not None


def asks_before(text: str, longest: int = LONGEST) -> bool:
    """Tell whether it is asked what must be there first: 前头得有啥.

    Args:
        text: The question.
        longest: Characters; one that names its matter is longer.
    """
    return len(text) <= longest and _BEFORE.search(text) is not None


_KIND_ASKED = re.compile(
    "(?:那|要是|换成|如果|做|走|办|[，, ])*(?P<kind>[^，,。这那哪 ]{2,6}?)的?(?:那|这)(?:一)?[种类]"
)


def asks_of_one(text: str) -> bool:
    """Tell whether a few signs name one thing and ask the same of it: 三类呢."""
    return re.fullmatch("(那|那么|换成)?[\u4e00-\u9fff]{2,6}呢[?？]?", text) is not None


def kind_asked(text: str) -> str | None:
    """Return the kind that a question is about instead of the one spoken of; None for no such.

    "那登记表那种要等几天" is about the 登记表.
    """
    found = _KIND_ASKED.match(text)
    return found["kind"] if found is not None else None


def asks_next(text: str) -> bool:
    """Tell whether it is asked what comes after the matter spoken of: 办完这个下一步办什么."""
    return len(text) <= LONGEST and _NEXT.search(text) is not None


def renews(text: str) -> bool:
    """Tell whether a text of any length asks how a licence is renewed: 登记证到期 咋换."""
    is_renewed = _RENEWAL.search(text) or _RENEWS.search(text) or runs_out(text)
    return bool(is_renewed) and not is_of_contract(text)


def asks_renewal(text: str) -> bool:
    """Tell whether it is asked how the licence spoken of is renewed: 到期怎么延续."""
    return len(text) <= LONGEST and bool(_RENEWAL.search(text)) and not is_of_contract(text)


_TWO = re.compile(
    "^(?:那|我|俺|这个?)*(?P<lacked>[^，,。]{2,8}?)[还没未]{1,2}(?:拿到|办|下来|批|弄)"
    "[^，,。]{0,3}[，, ]*(?:能不能|能|可以)?先(?:把)?(?P<wanted>[^，,。]{2,8}?)"
    "(?:先)?(?:办|拿|弄|给办|做)|"
    "^(?:那|请问|到底|[，, ])*(?P<one>它|[^，,。和跟与同]{2,12})"
    "[和跟与同](?P<other>它|[^，,。]{2,12}?)(?:到底|应该|得|要|该|是)*(?:哪个?|谁|先)"
)


def things_in_order(text: str) -> tuple[str, ...]:
    """Return the two things of which it is asked what comes first; none of another text.

    执照 and 食品证 of "执照跟食品证先办哪个", and of "执照还没下来，先把食品证办了行不".
    """
    found = _TWO.match(text)
    if found is None:
        return ()
    return (found["one"] or found["lacked"], found["other"] or found["wanted"])


def asks_order(text: str, longest: int = LONGEST) -> bool:
    """Tell whether it is asked which of two comes first: 施工证在它后头吗.

    Args:
        text: The question.
        longest: Characters; one that names both things is longer.
    """
    return len(text) <= longest and _AFTER_IT.search(text) is not None


_HOW_OFTEN = re.compile(
    "(?:多长时间|多久|隔多久|多少天|几天|几个?月|几年|一年|一个月)[^，,。？?]{0,8}(?:一|几|多少)[次回遍趟]"
)
_TELLS_HOW_OFTEN = re.compile(r"每(?:半|一|两|三|\d)?个?(?:年|月|季|周|天|日)|[年月周天]一次")


def asks_how_often(text: str) -> bool:
    """Tell whether it is asked how often a thing is done: 池水多长时间检一次."""
    return _HOW_OFTEN.search(text) is not None


def tells_how_often(answer: str) -> bool:
    """Tell whether an answer says how often a thing is done."""
    return _TELLS_HOW_OFTEN.search(answer) is not None


def is_bare_thing(text: str) -> bool:
    """Tell whether a text does no more than name a thing that is asked after: 电梯呢."""
    return re.fullmatch("那?[^，,。！!不没]{1,6}呢[?？]?", text.strip()) is not None


def asks_amount(text: str) -> bool:
    """Tell whether it is asked how many people, or how large a place, something wants."""
    is_asked = len(text) <= LONGEST and _AMOUNT.search(text) is not None
    return is_asked and _TOLD.search(text) is None


_UNIT = re.compile("(?:几|多少)个?(?P<unit>年|人|名|平|米|间|台|张床|亩|吨|辆)")


def asks_same_unit(text: str, question: str) -> bool:
    """Tell whether a question of the catalogue asks for as many of the same: 要执业满几年."""
    asked = _UNIT.search(text)
    known = {found["unit"] for found in _UNIT.finditer(question)}
    return asked is not None and asked["unit"] in known


def asks_to_pay(text: str) -> bool:
    """Tell whether it is asked, of a fee just told, if one pays it at all: 小微也得交吗."""
    return len(text) <= LONGEST_PAYS and _PAYS.search(text) is not None


def asks_to_refrain(text: str) -> bool:
    """Tell whether it is asked if one may leave a payment out: 能不能不交."""
    return len(text) <= LONGEST_PAYS and _REFRAINS.search(text) is not None


def speaks_of_duty(question: str) -> bool:
    """Tell whether a question of the catalogue asks if something must be paid: 必须交吗."""
    return re.search("必须|一定[要得]|(?:能|可以)不[交缴]|不[交缴]", question) is not None


def asks_if_counts(text: str) -> bool:
    """Tell whether it is asked if a thing belongs to what is talked about: 自动售货机算吗."""
    return len(text) <= LONGEST and _COUNTS.search(text) is not None


def asks_yes_or_no(text: str) -> bool:
    """Tell whether a short text wants a yes or a no, and no way of doing: 要登报不."""
    return len(text) <= LONGEST and _YES_OR_NO.search(text) is not None and not _HOW.search(text)


def speaks_of_time(text: str) -> bool:
    """Tell whether a text speaks of a day or of haste: 当天能好吗."""
    return (
        re.search("[天日周月年]|小时|快|急|时间|时限|立马|马上|当场|现场|趟|加急|下午|上午", text)
        is not None
    )


def things_compared(text: str) -> tuple[str, str] | None:
    """Return what a text asks the difference of, the first empty where only one is named.

    "消防验收和备案有啥不一样", "和劳务派遣是一回事吗"; None for neither.
    """
    found = _COMPARED.search(text) if len(text) <= LONGEST_COMPARED else None
    if found is None:
        return None
    one = _WHETHER.sub("", found["one"] or "")  # 排水证是不是跟环评一回事
    return _LEADING.sub("", one), found["other"]


def thing_beside_held(text: str) -> tuple[str, str] | None:
    """Return what one has and what it is asked whether one wants it too: 有了环评还用办排污证不.

    None for another text.
    """
    found = _BESIDE_HELD.fullmatch(text) if len(text) <= LONGEST_COMPARED else None
    return None if found is None else (found["held"], found["other"])


def asks_which_is_easier(text: str) -> bool:
    """Tell whether it is asked which of two is done or paid more easily: 哪个快."""
    return _EASIER.search(text) is not None


def asks_if_same(text: str) -> bool:
    """Tell whether it is asked if the same holds for something else: 培训班也一样不."""
    return _IF_SAME.search(text) is not None


def asks_the_same(text: str) -> bool:
    """Tell whether a few words ask the same of something else: "三类呢", "换成个体户呢"."""
    return len(text) <= SHORT_SAME and (asks_the_same_of(text) or asks_what_if(text))
