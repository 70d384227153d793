"""Recognises questions that a hall, and no matter, answers."""

import re
from collections.abc import Sequence

LONGEST = 16
"""Characters; a longer text speaks of more than the hall."""

SHORTEST_QUESTION, LONGEST_QUESTION = 6, 24
"""Characters of a question that tells by itself what it is about."""

LONGEST_WISH = 30
"""Characters; a longer text tells a story beside what it asks."""

_HALL = re.compile("大厅|政务(服务)?中心|便民(服务)?中心|办事(服务)?中心")
_LICENCE = re.compile(
    r"^(?:我|俺|想|要|问|办|请问|那|个|张|这个|新)*(?P<name>[^，,。？?\s]{2,10}?(?:许可证|资格证|合格证|准运证|登记证|备案证|许可|证书|证))"
    r"(?:去哪|在哪|怎么|咋|要|都|多|几|的|收|谁|找|需|是|能|啥|什么|哪|如何|呢|$|[，,。？?\s])"
)


_POINTED = re.compile(
    r"(?P<about>[\u4e00-\u9fff]{2,3}?)(?:上头|上面|方面|那边|这边|那头|那块儿?|这块儿?|上)?的?"
    r"(?:那|这)(?:一)?(?:个|张|块|项|样)(?:小)?(?:证|照|本|许可|手续)|"
    r"^(?:那)?(?P<other>[\u4e00-\u9fff]{2,3}?)(?:的)?那个(?!人|窗口|事|店|地方|时候)"
)
_LOST = re.compile(
    r"(丢|掉|坏|撕|烧|毁|遗失|损毁|弄没|找不到|找不着|不见)了?[，,。 ]*(该|要|可|又)?"
    r"(咋|怎么|怎样|如何|啥)(办|弄|整|补|搞|处理)|"
    r"(也|又)(都|是)?(一块儿?|一起|跟着|一道)?(丢|掉|坏|烧|找不着|找不到|弄没)了?$"
)

_NEEDED = re.compile(
    r"(是不是|能不能|可以|能)(就|也|还|都)?免(了|掉|办|交)?(吗|嘛|不|么)?[?？]?$|"
    r"(要不要|用不用|需不需要|必不必须|得不得|是不是(还|也)?(要|得|需要|必须))|"
    r"(要|用|需要?|得|必须|一定得|免不了)(先|再|另外|单独)?(去)?(办|有|拿|考|弄|备)?[^，,。？?]{0,12}?(吗|嘛|不|么|没|吧)[?？]?$"
)
_PERMISSION = re.compile(
    r"(?:让|准|许|允许|给|能|可以|可不可以|能不能|让不让|给不给)(?:不让|不给)?"
    r"(?:卖|开|办|干|做|批|过|申请|经营|摆|养|种|干吗)[^，,。]{0,4}(?:不|吗|嘛|么|没|不啊|吧)[?？]?$|"
    r"(?:让不让|给不给|准不准|能不能|可不可以)(?:卖|开|办|干|做|批|过|申请|经营|摆|养)[^，,。]{0,4}[?？]?$"
)
_FOR_LICENCE = re.compile(
    r"(是不是|要不要|用不用|需不需要|得不得)[^，,。]{0,8}?(证|许可|手续|备案|审批|批文)|"
    r"(要|得|需要?)[^，,。多几]{0,4}?(啥|什么|哪些?|别的)[^，,。]{0,4}?(证|许可|手续|备案|审批|批文)|"
    r"(要|得|需要?)[^，,。多几]{0,6}?(证|许可|手续|备案|审批|批文)(吗|嘛|不|么)"
)
_THAT_LICENCE = re.compile(
    r"^(那|对了|还有|另外|[，, ])*(?P<name>[^，,。那这哪]{2,8}?)(那|这)个?(证|许可证?|照)(?![明])"
)
_LATER = re.compile(
    r"(后|以后|后头|后面|回头|晚点|之后|过后|往后|事后|随后)(再|能|可以)?(补|交|拿)|(先|能)(收|受理|办|递|交)|缓(一缓|几天|交)|容缺"
)
_SHORT_QUESTION = re.compile(
    r"(吗|嘛|么|不|没|呢|不啊|不呀|没啊)[?？。]*$|[?？]$|(?<![没不无])(啥|什么)|多[久远大高少长宽]|咋|怎么|"
    r"(?P<verb>[\u4e00-\u9fff])(不|没)(?P=verb)|是不是|能否|可否|几"
)
_ALSO = re.compile(r"也(要|得|需要|算|用|行|能|可以|办)(办|弄|考|交)?(吗|嘛|么|不|啊|吧)?[?？。]*$")
_OF_OFFICES = re.compile(
    "证|照|章|期|罚|年检|年审|体检|健康|登报|公示|公告|代办|委托|本人|亲自|到场|身份证|复印|盖章|签字|材料|手续|"
    "登记|备案|审批|批准|许可|大厅|窗口|网上|现场|核查|补办|延续|变更|注销|转让|过户|挂靠|租|房|合同|资质|面积|距离|"
    "要求|标准|违规|处罚|停业|歇业|关门|营业|经营|开业|来得及|耽误|作废|有效"
)
_AFTERWARDS = re.compile(
    "到期|过期|期满|快到|满期|超期|续期|续证|续签|延期|延续|(要|该|得|去|想)续|换证|换新|换一?个?(地|法人|名|老板|负责人)|"
    "改(地|名|法人|成)|(地址|名字?|法人|范围)[^，,]{0,3}(改|换|变)|换成|变更|搬|丢|弄没|找不[到着]|补一?[办张个]|补领|注销|吊销|原来的|之前的|以前的|老的|旧的"
)
_BEGINS = re.compile(
    "(那|行|中|好|成|嗯|可以|[，, ])*(我|俺|咱|就|还是)*(要|想|准备|打算|决定)?(就)?(开|干|办|弄|整|搞|做)(一?个|它|起来)?"
    "(吧|呗|了|咯|啊|哈|，)*(你|您)?(给|帮)?(我|俺)?(办|排|弄)?(吧|一下)?"
)
_NEXT = re.compile(
    r"(刚|已经|都|办完|做完|过了|完了|拿到|下来|好了)[^。？?]{0,16}(接下来|下一步|下面|接着|然后|现在|再)"
)
_TOGETHER = re.compile(
    r"(能不能|可不可以|能|可以|可)[^，,。]{0,12}(一块儿?|一起|一道|同时|并行|一次性?|一趟|合在一起|合并|打包|一窗)(都|给)?"
    r"(办|报|交|申请|弄|审|跑|做|来)[^，,。]{0,4}([吗嘛么不没吧?？]|[，, ]|$)|"
    r"(一块儿?|一起|同时|并行|一次)(办|报|交|申请|弄|审|做)[^，,。]{0,3}(吗|嘛|么|不|行不|行吗|中不|可以吗)"
)
_LIST = re.compile(
    r"(到底|一共|总共|都|究竟|所以)?[^，,。]{0,3}(要|得|需要?|该)(办|跑|弄|拿|整)?(哪几个|哪些|几个|多少个?|啥|什么|哪几样|几样)(证|照|手续|许可|审批)"
)
_NOT_NEEDED = re.compile("钱|费|押金|多少|多久|几|哪|啥|什么|怎么|咋")


def asks_about_it(text: str) -> bool:
    """Tell whether a short text asks something, whatever it is about: "那隔多远", "还来得及不"."""
    return len(text) <= LONGEST and _SHORT_QUESTION.search(text) is not None


def asks_also_needed(text: str) -> bool:
    """Tell whether it is asked if what was told holds here as well: "我20平的小店也要"."""
    return len(text) <= LONGEST and _ALSO.search(text) is not None


def joins(text: str, names: Sequence[str]) -> bool:
    """Tell whether the names stand side by side in a text: 规划许可和施工许可."""
    between = r"(办理|证|的)?(和|跟|与|、|，|,|还有|以及|及|同)(那个|这个)?"
    pairs = zip(names, names[1:], strict=False)
    return any(re.search(f"{re.escape(a)}{between}{re.escape(b)}", text) for a, b in pairs)


def next_begins(text: str) -> int | None:
    """Return where a text comes to what follows something done, None where nothing does."""
    found = _NEXT.search(text)
    return None if found is None else found.end()


def asks_together(text: str) -> bool:
    """Tell whether it is asked if things can be done at the same time: "能不能一块办"."""
    return len(text) <= LONGEST_WISH and _TOGETHER.search(text) is not None


def asks_for_list(text: str) -> bool:
    """Tell whether all that is to be done is asked for by number or name: "到底要办哪几个证"."""
    return len(text) <= LONGEST_QUESTION and _LIST.search(text) is not None


def wants_benefit(text: str) -> bool:
    """Tell whether it is asked what one gets: 补贴, 优惠, 减免."""
    return re.search("补贴|补助|优惠|政策|减免|返还|奖|扶持|贷款|退税|免税|减税", text) is not None


def begins_it(text: str) -> bool:
    """Tell whether what was asked about is to be begun with: "那开吧", "行，那我就干"."""
    return _BEGINS.fullmatch(text.strip(" 。！!")) is not None


def speaks_of_doing(text: str) -> bool:
    """Tell whether a text has a word of offices and papers: 过期, 体检, 登报, 代办."""
    return _OF_OFFICES.search(text) is not None


def asks_whether_needed(text: str) -> bool:
    """Tell whether it is asked if something is needed at all: "那健康证要不要办"."""
    is_short = len(text) <= LONGEST
    return is_short and _NEEDED.search(text) is not None and not _NOT_NEEDED.search(text)


def asks_permission(text: str) -> bool:
    """Tell whether it is asked if one may do what was talked about: "挨着小学让卖不"."""
    return len(text) <= LONGEST and _PERMISSION.search(text) is not None


def asks_to_found(text: str) -> bool:
    """Tell whether it is asked if somebody may found what is named: "能登记个体户吗"."""
    found = re.search(
        "(能|可以|可不可以|让|准)[^，,。]{0,8}(登记|注册|设立|申请|开办|办个|开个|当)", text
    )
    return found is not None and not re.search("变更|注销|升级|转成|转为|改成|换成", text)


def asks_which_licences(text: str) -> bool:
    """Tell whether it is asked what licences a trade wants: "洗浴中心得办啥证"."""
    return (
        re.search("(啥|什么|哪些|哪几个|几个|多少)(个|样|张)?(证|照|手续|许可|审批|东西)", text)
        is not None
    )


def asks_something(text: str) -> bool:
    """Tell whether a text of some length is a question."""
    is_question = re.search(r"[吗嘛么不没呢][?？]?$|[?？啥哪咋]|怎|什么|多少|多久|几", text)
    is_question = is_question or _NEEDED.search(text)
    return SHORTEST_QUESTION <= len(text) <= LONGEST_QUESTION and is_question is not None


def asks_for_licence(text: str) -> bool:
    """Tell whether it is asked which licence something wants: "卖书是不是还要一个什么许可证"."""
    return len(text) <= LONGEST_WISH and _FOR_LICENCE.search(text) is not None


def that_licence(text: str) -> str | None:
    """Return the licence that a text points at: 农药证 in "农药那个证得多少天"; None for none."""
    found = _THAT_LICENCE.match(text)
    return None if found is None else f"{found['name']}证"


def hands_in_later(text: str) -> bool:
    """Tell whether something is to be handed in later, or accepted without it for now."""
    return _LATER.search(text) is not None


def happens_afterwards(text: str) -> bool:
    """Tell whether something happens to a licence that one has: it runs out, changes, is lost."""
    return _AFTERWARDS.search(text) is not None


def asks_after_loss(text: str) -> bool:
    """Tell whether it is asked what to do about a thing that is lost: "公章丢了咋办"."""
    return _LOST.search(text) is not None


def licence_about(text: str) -> str | None:
    """Return what a licence is about that is pointed at: "食品上头那个证", None for none."""
    found = _POINTED.search(text)
    return None if found is None else found["about"] or found["other"]


def licence_name(text: str) -> str | None:
    """Return the name of a licence with which a text begins ("动物防疫证去哪办"), None for none."""
    found = _LICENCE.search(text)
    if found is None or licence_about(found["name"]) or asks_which_licences(found["name"]):
        return None
    return found["name"]


def asks_for_hall(text: str) -> bool:
    """Tell whether the hall itself is asked for: "临清大厅在哪"."""
    return len(text) <= LONGEST and _HALL.search(text) is not None
