"""Recognises what is asked about the matter or the plan that is talked about, in few words."""

import itertools
import re
from collections.abc import Sequence

from bot.services.words.matter_remarks import asks
from bot.services.words.remarks import clauses
from bot.topic_parts import split_topics

LONGEST = 16
"""Characters; a longer text speaks of more than what was talked about."""

LONGEST_QUESTION = 24
TAILS = (9, 12, 16)
"""Signs at the end of a long breath that are looked at by themselves."""

SHORTEST_CIRCUMSTANCE, LONGEST_CIRCUMSTANCE = 4, 24
"""Characters of what is told about oneself and asks what it means for a licence."""

LONGEST_WISH = 30

_SHORT_QUESTION = re.compile(
    r"(吗|嘛|么|不|没|呢|不啊|不呀|没啊)[?？。]*$|[?？]$|(?<![没不无])(啥|什么)|多[久远大高少长宽]|咋|怎么|"
    r"(?P<verb>[\u4e00-\u9fff])(不|没)(?P=verb)|是不是|能否|可否|几|"
    r"(要|得|用|需要|能|可以|该)[^，,。]{1,8}吧[?？]?$"
)
_FIRST_STEP = re.compile(
    "(?:头一[个步样项]|第一[步个样项]|打头|首先|最先|先)(?:是|得|要|该|去|从)*"
    "(?:办|弄|跑|做|走|搞)(?:的是)?(?:哪|啥|什么)|(?:头一[步个]|第一步)(?:是|该)?(?:哪|啥|什么|咋|怎么)|"
    "从哪(?:个|一?步|儿|里|样)?(?:开始|入手|办起|下手)"
)

_ALSO = re.compile(r"也(要|得|需要|算|用|行|能|可以|办)(办|弄|考|交)?(吗|嘛|么|不|啊|吧)?[?？。]*$")
_EVEN_US = re.compile(
    "(?:[也还都]|是不是)(?:非得|非要|必须|必得|一定要?|要|得|用|需要)(?:去|再)?"
    "(?:办|有|领|弄|拿|批|申请|报|跑|登记)(?:[个这那啥]|这个|那个)?(?:证|照|手续|许可|备案)?"
    "(?:吗|不|么|嘛|没|吧|呀|啊|啦)?[?？]?$"
)
_SMALL = re.compile(
    r"(?:[就只光仅]|(?<!刚)才)(?:是|有|用|排|产|卖|雇|请|给|让)?[^，,。 ]{0,4}?"
    r"(?:[\d一二两俩三仨四五六七八九十几]|自[己个家])|"
    "小(?:厂|店|作坊|铺|摊|本|机|井|户|规模|打小闹|的)|[店量厂活]{1,2}(?:很|挺|特别|也)?[小少]|"
    "一共|总共|不到|不足|顶多|自家|没几|规模小"
)
"""Stands in what somebody tells who takes themselves for too small to need a licence."""
_OF_OFFICES = re.compile(
    "证|照|章|期|罚|年检|年审|体检|健康|登报|公示|公告|代办|委托|本人|亲自|到场|身份证|复印|盖章|签字|材料|手续|"
    "登记|备案|审批|批准|许可|大厅|窗口|网上|现场|核查|补办|延续|变更|注销|转让|过户|挂靠|租|房|合同|资质|面积|距离|"
    "要求|标准|违规|处罚|停业|歇业|关门|营业|经营|开业|来得及|耽误|作废|有效"
)
_AFTERWARDS = re.compile(
    "到期|过期|期满|快到|到头|快满|满期|(印|写|打|登|弄|搞|填)错|错了?一?个?字|[少多缺]了?[一个半]?(个字|笔|撇|点|横)|超期|续期|续证|续签|延期|延续|(要|该|得|去|想)续|换证|换新|换[了一]?个?(地|法人|名|老板|负责人)|"
    "(想|要|得)[^，,。]{0,3}(加上|添上|加进去|加一?项|去掉|删掉|减掉)|改(地|名|法人|成)|(地址|名字?|法人|范围)[^，,]{0,5}(改|换|变)|换成|变更|搬|丢|店名|字号|不干了|不开了|销(掉|了|户|照)|照(?:[咋要]|怎么|去哪)+(?:销|注(?!册))|注掉|消[掉户]|弄没|找不[到着]|补一?[办张个]|补领|泡[了烂坏水]|烧[了坏毁]|撕[了烂坏破]|看不清|糊了|注销|吊销|原来的|之前的|以前的|老的|旧的"
)
_SIDE = re.compile(
    "[\u4e00-\u9fff]{2}((这|那)(块儿?|边|头|方面)|方面|上)(先|都|还)?(要|得|该|需要)"
)
_POINTS = re.compile(
    "(那|哎|嗯|对了|还有|请问|俺|我|[，, ])*((这|那)一?(个|张|项|道|步|本)|该|此)"
    "(小)?(证(?!明)|本儿?|审查|审批|备案|许可|手续|登记|验收|批文|评估|报告)|(那|[，, ])*它(?!们)"
)
_BEGINS = re.compile(
    "(那|行|中|好|成|嗯|可以|[，, ])*(我|俺|咱|就|还是)*(要|想|准备|打算|决定)?(就)?"
    "(开始)?(开|干|办|弄|整|搞|做|排)(一?[个份]|它|起来)?"
    "(吧|呗|了|咯|啊|哈|[，, ])*(你|您)?(给|帮)?(我|俺)?(办|排|弄)?(吧|一下)?|"
    "(那|行|中|好|成|嗯|可以|吧|呗|[，, ])*(你|您|恁)?就?(?:赶紧|赶快|抓紧|快点?)?"
    "(帮|给|替)(我|俺|咱)(弄|办|整|开|搞|排)(一?个|一?份|一下)?(吧|呗)?"
)
_TELL = re.compile(
    "(说|讲|列|念|报|告诉|介绍|发|写|给)(一?下|一?遍|说|讲|列|出来|我|俺|咱|给我|给俺)|"
    "(来|要|发)一?份|讲讲|说说"
)
_NEXT = re.compile(
    r"(刚|已经|都|办完|做完|过了|完了|拿到|下来|好了)[^。？?]{0,16}(接下来|下一步|下面|接着|然后|现在|再)"
)
LONGEST_TRADE_ASKED = 24
_TRADE_ASKED = re.compile(
    "(那|请问|我|俺|想|要|开|办|做|搞|个|家)*(?P<name>[^，,。要得需用]{2,8}?)"
    "(都|一共|到底)?(要|得|需要?|用)(办|有)?(啥|什么|哪些|哪几个)(证|许可)"
)
_CIRCUMSTANCE = re.compile(
    "(旁边|隔壁|附近|周围|对面|对过|斜对|挨着|紧挨|离|楼上|楼下|门口|门朝|后头|前头)[^，,。]{0,12}"
    "(有|是|就|米|步|里|远|近|开|住)|"
    "([我俺咱]|店|铺|房|屋|门面|场地|厂)[^，,。]{0,8}(不到|没到|才|只有|就|是|有|没|没有|朝|租|住|在|用的)|"
    "(邻居|房东|楼上|楼下|业主|股东|合伙人|对象|有一?家|家里)[^，,。]{0,6}(不|没|死活|就是|只)|"
    "(媳妇|对象|老公|父亲|母亲|[俺我]爸|[俺我]妈|儿子|闺女|亲戚|朋友)[^，,。]{0,4}(当|做|名下|的名|挂名|出面)|"
    "(地址|房子|场地|门面)[^，,。]{0,4}(用|是|租|借)|^(就|才|只|一共|总共|大概)有?[一二两三四五六七八九十几\\d]|"
    "(欠|差|缺|少)着?[^，,。]{0,6}(税|钱|租|证|章|材料)"
)
_WHO_MAY = re.compile(
    "谁|啥人|什么人|哪些人|哪些企业|个人|自然人|公司|企业|单位|个体|合伙|合作社|外地|本地|外国|外资|港澳|台胞|户口|户籍|居住证|"
    "岁|年龄|年纪|学生|老师|公务员|退休|军人|残疾|老人|农民|媳妇|老公|[我俺咱]|条件|要求|资格|资质|门槛|符合|够不够|"
    "(?:能|可以|可|让|给)不?(?:能|可以|可)?(?:办|申请|弄|开|报|做|干|注册|登记)|必须|需要|要不要|用不用|得不得"
)
_COUNTS = re.compile(
    r"[\d一二两俩三四五六七八九十百千万几半]+(来|多)?(个|名|位|口)?"
    r"(平方?米?|个?人|张|层|间|米|吨|头|亩|辆|台|孩子|学生|床|桌|座|岁|公里)"
)
_TAG = re.compile(
    "(是|对)?(这样|这么回事|真|有这回事|不是|不对|是|对|中|行|可以|能行)的?(吗|么|嘛|吧|不)?[?？]?|中不中|行不行|可不可以|能不能行"
)
"""Asks whether what was just said is so: 听说要先拿办学许可，是这样吗."""

_EACH = re.compile("各|分别|都|[两俩](个|样|种|张)")
_HAS = re.compile("(有了?|[刚已都]?(拿|领|办|取)(到|完|好|妥|下来?)了?)[^，,]{0,3}$")
_HAD = re.compile(
    "[^，,没不]{0,4}?(有(?![没效])|齐|(拿|领|办|取|批|下|弄|考|验)(到|完|好|妥|下来|来)?了|通?过了|到手)[^，,没不吗么]{0,4}$"
)
"""A licence that one has, before its name and behind it."""

_LICENCES = ("证", "照", "许可", "备案", "登记", "验收")
_BREATH = re.compile(
    r"(?P<asked>[^，,。？?]{6,24}?(吗|呀|么|不|呢|嘛|[？?]))[，, ]?(我|俺|我们|俺们|因为|就是)"
)
"""A question, and behind it in one breath why it is asked."""

_TOGETHER = re.compile(
    r"(能不能|可不可以|能|可以|可)[^，,。]{0,12}(一块儿?|一起|一道|同时|并行|一次性?|一趟|合在一起|合并|打包|一窗)(都|给)?"
    r"(办|报|交|申请|弄|审|跑|做|来)[^，,。]{0,4}([吗嘛么不没吧?？]|[，, ]|$)|"
    r"(一块儿?|一起|同时|并行|一次)(办|报|交|申请|弄|审|做)[^，,。]{0,3}(吗|嘛|么|不|行不|行吗|中不|可以吗)"
)
_LIST = re.compile(
    r"(到底|一共|总共|都|究竟|所以)?[^，,。]{0,3}(要|得|需要?|该)(办|跑|弄|拿|整)?(哪几个|哪些|几个|多少个?|啥|什么|哪几样|几样)(证|照|手续|许可|审批)"
    "|(?:[给帮替][我俺咱]们?|麻烦|能)[^，,。]{0,2}(?:列|拉|写|开)一?个?(?:单子|清单|明细)"
)


_HANDED_IN = re.compile("交|递|送|传|带|拿(着|去|过来)|补|没|缺|丢|过期|用(?!多)")
_LEADS_IN = re.compile(
    "(那|请问|问下|这|就是|还有|光|我|俺|咱|想|要|得|该|去|上|到|在|哪儿?|哪里|啥地方|咋|怎么|"
    "办|弄|开|做|整|搞|个|张|一下|[，,。 ])*"
)
_OBTAINED = re.compile(
    "(这个|那个|它|又|是|得|要|该|去|上|到|在|找|咋|怎么|怎样|，|,| )*"
    "(谁|哪|什么地方|啥地方|多少(?![个份张人])|几[天时块月周]|几个?(工作日|月)|多久|多长|收|要?钱|贵|费|办|弄|开|做|整|搞|去|咋|怎|$|[呢啊呀?？])"
)
"""What stands around the name of a paper when the paper itself is wanted."""


def asking_part(text: str) -> str:
    """Return the part of a long breath that asks, the first of "都得是农民呀俺有个同学想进来"."""
    if len(text) <= LONGEST_QUESTION:
        return text
    found = _BREATH.match(text)
    return found["asked"] if found is not None else text


_ONE_MORE = re.compile(
    "(?<=[^，,。 ]{3})(?:再就是|再一个就是|再有就是|还有就是|另外再?问|顺便再?问)|"
    "(?<=[^，,。 ]{3}[吗嘛么])(?:还有|另外)(?=[^，,。 ]{4})"
)
"""Begins another question in one breath: 交钱吗再就是能往超市里送不, 得有药师吗还有证几天能批."""


def asking_parts(text: str) -> list[str]:
    """Return the clauses of a text, a tag ("是这样吗") with the one that it asks about."""
    parts: list[str] = []
    whole = clauses(_ONE_MORE.sub(r"，\g<0>", text))
    for part in (one for said in whole for one in split_topics(said)):
        if parts and _TAG.fullmatch(part):
            parts[-1] = f"{parts[-1]}，{part}"
        else:
            parts.append(part)
    return parts


def tails(text: str) -> tuple[str, ...]:
    """Return the last signs of a text said in one breath, in which it may ask at last."""
    return tuple(text[-size:] for size in TAILS if len(text) >= 2 * size)


def asks_to_hand_in_later(text: str) -> bool:
    """Tell whether a missing paper is to follow later, and not only missing: "能先收件吗"."""
    return re.search("先|后补|补[交上]|容缺|承诺|晚点|以后|过后|再交", text) is not None


def asks_about_it(text: str) -> bool:
    """Tell whether a short text asks something, whatever it is about: "那隔多远", "还来得及不"."""
    return len(text) <= LONGEST and _SHORT_QUESTION.search(text) is not None


def tells_circumstance(text: str) -> bool:
    """Tell whether a statement tells how things stand with oneself or one's place.

    "旁边三十米有个小学" after a licence asks what that means for it.
    """
    is_long = SHORTEST_CIRCUMSTANCE <= len(text) <= LONGEST_CIRCUMSTANCE
    return is_long and _CIRCUMSTANCE.search(text) is not None


def asks_who_may(text: str) -> bool:
    """Tell whether it is asked who may, or whether one must, and not of some point of it."""
    return _WHO_MAY.search(text) is not None


def counts_something(text: str) -> bool:
    """Tell whether people, rooms, floors, beds, size or length are counted: "三十个人", "180平"."""
    return _COUNTS.search(text) is not None


def tells_lapse(text: str) -> bool:
    """Tell whether somebody says what they left undone for long: 年报两年没弄了, 忘了报."""
    words = "(年|月|回|次|一直|从来)都?(没|忘)了?(弄|报|办|交|填|审|做|去)|忘了?(弄|报|办|交|填|审)"
    return re.search(words, text) is not None


def asks_after(text: str) -> bool:
    """Tell whether a thing is named and nothing else: "占道呢"."""
    return re.fullmatch(r"[^，,。？?\s]{2,8}呢[？?]?", text.strip()) is not None


def asks_also_needed(text: str) -> bool:
    """Tell whether it is asked if what was told holds here as well: "我20平的小店也要"."""
    return len(text) <= LONGEST and _ALSO.search(text) is not None


def pleads_small(text: str) -> bool:
    """Tell whether who tells of being small asks if even they need it: 就两台小机子 也非得办证."""
    parts = clauses(text) or [text]
    asked = _EVEN_US.search(parts[-1])
    said = text if asked is None else text[: text.rfind(asked.group())]
    return asked is not None and len(text) <= LONGEST_WISH and _SMALL.search(said) is not None


def speaks_of_doing(text: str) -> bool:
    """Tell whether a text has a word of offices and papers: 过期, 体检, 登报, 代办."""
    return _OF_OFFICES.search(text) is not None


def happens_afterwards(text: str) -> bool:
    """Tell whether something happens to a licence that one has: it runs out, changes, is lost."""
    return _AFTERWARDS.search(text) is not None


def asks_of_a_side(text: str) -> bool:
    """Tell whether a question is about one side of an undertaking: "安全这块儿要先审哪些"."""
    return _SIDE.search(text) is not None


def points_at_one(text: str) -> bool:
    """Tell whether a text points at one licence or step just spoken of: 这个审查, 那个证, 它."""
    return _POINTS.match(text) is not None


def wants_to_hear(text: str) -> bool:
    """Tell whether a text wants to be told something without asking: 再把要带的材料说下."""
    return _TELL.search(text) is not None


def begins_it(text: str) -> bool:
    """Tell whether what was asked about is to be begun with: "那开吧", "行，那我就干"."""
    return _BEGINS.fullmatch(text.strip(" 。！!")) is not None


def joins(text: str, names: Sequence[str]) -> bool:
    """Tell whether the names stand side by side in a text: 规划许可和施工许可."""
    if "分别" in text:  # 一个年报忘报了 一个要简易注销 分别咋弄
        return True
    between = r"(办理|证|的)?\s*(和|跟|与|、|，|,|还有|以及|及|同)\s*(那个|这个)?"
    if _EACH.search(text) or all(name.endswith(_LICENCES) for name in names):
        between = rf"({between}|\s+)"  # 烟证 食品证 各要几天
    pairs = itertools.pairwise(names)
    return any(re.search(f"{re.escape(a)}{between}{re.escape(b)}", text) for a, b in pairs)


def names_business_licence(text: str) -> bool:
    """Tell whether a text speaks of getting the licence of a business: "办照都带啥"."""
    return re.search("(?<!查)(办|起|上|拿|领)(个|张)?照(?!片|相|顾|着|做|常|样)", text) is not None


def asks_beside_had(text: str, name: str) -> bool:
    """Tell whether a text says that one has what it names, and asks for what else is wanted.

    "执照已经有了，还差什么证", "刚拿到执照，税务那边要做什么", "除了执照还得有个啥证".
    """
    if re.search(f"(除了?|除开|除去|刨去|不算){re.escape(name)}", text) and asks(text):
        return True
    said = clauses(text)
    at = next((at for at, part in enumerate(said[:-1]) if name in part), None)
    if at is None or any(name in part for part in said[at + 1 :]) or not asks(said[-1]):
        return False
    before, _, behind = said[at].partition(name)
    return _HAS.search(before) is not None or _HAD.match(behind) is not None


def next_begins(text: str) -> int | None:
    """Return where a text comes to what follows something done, None where nothing does."""
    found = _NEXT.search(text)
    return None if found is None else found.end()


def asks_together(text: str) -> bool:
    """Tell whether it is asked if things can be done at the same time: "能不能一块办"."""
    return len(text) <= LONGEST_WISH and _TOGETHER.search(text) is not None


_WHOLE_ORDER = re.compile(
    "先[^，,。]{0,3}(?:哪|啥|什么)[^，,。]{0,3}后[^，,。]{0,3}(?:哪|啥|什么)|"
    "(?:啥|什么|哪[个种]?|咋|怎么)[^，,。]{0,4}(?:顺序|先后)|(?:顺序|先后)[^，,。]{0,4}(?:啥|什么|咋|怎么|呢)|"
    "(?:这一堆|这一摊|这些|这么多|那么多|这几[样个])[^，,。]{0,4}先[^，,。]{0,3}(?:哪|啥|什么)"
)


def asks_whole_order(text: str) -> bool:
    """Tell whether it is asked in what order all is done: 这一堆先办哪个, 先弄哪个后弄哪个."""
    return len(text) <= LONGEST_QUESTION and _WHOLE_ORDER.search(text) is not None


def asks_first_step(text: str) -> bool:
    """Tell whether it is asked what is done first of all: 头一个办哪个手续."""
    return len(text) <= LONGEST_QUESTION and _FIRST_STEP.search(text) is not None


def asks_for_list(text: str) -> bool:
    """Tell whether all that is to be done is asked for by number or name: "到底要办哪几个证"."""
    return len(text) <= LONGEST_QUESTION and _LIST.search(text) is not None


TOLD_BESIDE = 10
"""Signs that are left of a text which tells of something else than a loan."""

_REFUSED_LOAN = re.compile(
    "(不给|不批|没法|不能|办不了|影响)[^，,。]{0,3}贷款|"
    "贷款(也|就|都|还|一直)?(批|办|下|放|贷)?(不下来?|不出来?|不了|没批|不给|不批|没下来|受影响|黄了|被拒|被卡)"
)
"""The harm of something else: 进异常了，贷款批不下来."""


def wants_benefit(text: str) -> bool:
    """Tell whether it is asked what one gets: 补贴, 优惠, 减免; no loan that was refused."""
    rest = _REFUSED_LOAN.sub("", text)
    text = rest if len(rest) >= TOLD_BESIDE else text
    return (
        re.search(
            "补贴|补助|优惠|政策|减免|返还|奖|扶持|帮扶|贷款|退税|免税|减税|税[^，,。]{0,6}少[交缴]",
            text,
        )
        is not None
    )


def asks_to_obtain(text: str, paper: str) -> bool:
    """Tell whether a question is about getting a paper itself: 健康证去哪弄, not 健康证交到哪.

    Args:
        text: The question.
        paper: The name of the paper as it stands in the text.
    """
    before, _, behind = text.partition(paper)
    if _HANDED_IN.search(behind) or _HANDED_IN.search(before):
        return False
    return _LEADS_IN.fullmatch(before) is not None and _OBTAINED.match(behind) is not None


def asks_our_hours(text: str) -> bool:
    """Tell whether it is asked when one of our offices is open, and not a shop: 大厅几点上班."""
    words = "大厅|窗口|你们?|您|恁|上班|下班|坐席|人工|中心|政务|局|开门(?!之?[前后])"
    return re.search(words, text) is not None


_PERSON = re.compile(
    "(?:司机|驾驶员|厨师|大夫|医生|护士|老师|教师|[店营]业?员|技师|药师|保安|教练|服务员|员工|工人|保育员|园长|救生员|电工|焊工)"
    "们?(?:都|还|也|得|要|必须|需要|用)*(?:有|持|考|办|拿|具备)?(?:个|些)?(?:啥|什么|哪些|哪种)(?:样的)?(?:证|资格|条件|要求)"
)


def asks_of_person(text: str) -> bool:
    """Tell whether it is asked what those must have who work there: 司机得有啥证."""
    return _PERSON.search(text) is not None


def asks_hours_of_shop(text: str) -> bool:
    """Tell whether it is asked how long a shop may be open, or must be watched: 几点得关门."""
    words = "关门|打烊|开到几|营业到|营业时间|通宵|值班|守夜|夜里|半夜|凌晨"
    is_ours = re.search("大厅|窗口|你们?|您|恁|坐席|人工|中心|政务|局", text) is not None
    return not is_ours and re.search(words, text) is not None


def opens_a_shop(text: str) -> bool:
    """Tell whether it is asked if one may open, and not when an office does: 先开门行不."""
    is_own = re.search("先(?:开门|营业)|开门(?:营业|做生意|迎客|干)|(?:能|可以|敢)开门", text)
    return is_own is not None and re.search("大厅|窗口|几点|上班|中心|局", text) is None


def trade_asked_of(text: str) -> str | None:
    """Return what may be a trade of which it is asked what licences it wants; None for none."""
    # a longer text can be cut in too many ways, and asks more than that
    found = _TRADE_ASKED.match(text) if len(text) <= LONGEST_TRADE_ASKED else None
    return None if found is None else found["name"]


_FIT_OUT = "(?:装修|装潢|装好|收拾屋子|收拾房子)"
_PAPERWORK = "(?:办证|办照|办执照|办手续|执照|证照|跑证|拿证)"
_FIT_OUT_FIRST = re.compile(
    f"先{_FIT_OUT}[^，,。]{{0,6}}还是[^，,。]{{0,4}}{_PAPERWORK}|"
    f"先{_PAPERWORK}[^，,。]{{0,6}}还是[^，,。]{{0,4}}{_FIT_OUT}|"
    f"{_PAPERWORK}[^，,。]{{0,6}}(?:先|等){_FIT_OUT}[^，,。]{{0,3}}(?:吗|不|么|嘛|呀|啊)|"
    f"^(?:那|我|俺|店|现在|这会儿?|眼下|能不能|能|可以|就|先|开始)*(?:能|可以|先){_FIT_OUT}(?:了|着)?(?:行|中)?(?:吗|不|么|嘛)|"
    f"{_FIT_OUT}[^，,。]{{0,3}}(?:再|才|之前|之后|以前|以后)[^，,。]{{0,4}}{_PAPERWORK}[^，,。]{{0,3}}(?:吗|不|么|嘛)"
)


def asks_fit_out_first(text: str) -> bool:
    """Tell whether it is asked if a shop is fitted out, or its licences are got, first."""
    return _FIT_OUT_FIRST.search(text) is not None


_IF_SERVED = re.compile(
    "(?:你|您|恁)(?:们|这(?:里|儿|边)?|那(?:里|儿|边)?)*(?:也|都|还)?(?:能|可以|会|给|管)(?!不能)"
    "[^，,。也多早晚]{2,14}[不吗么][?？]?$"
)


def asks_if_served(text: str) -> bool:
    """Tell whether it is asked if we do a thing, and nothing is proposed: 你这能开纳税证明不."""
    return _IF_SERVED.search(text) is not None


_CHOICE = re.compile(
    "(?:^|[，,。 ])(?:那|这个?|是|算|要|走|办)*[^，,。 ]{2,8}还是[^，,。 ]{2,8}[?？]?$"
)


def leaves_choice(text: str) -> bool:
    """Tell whether a text ends with two things of which one is to be told: 验收还是备案."""
    return _CHOICE.search(text) is not None
