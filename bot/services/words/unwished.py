"""Recognises that no complaint is wanted, though a text speaks of trouble or of complaining."""

import re

from bot.services.words.remarks import clauses, declines

_STORY = "(?:投诉|举报|吹哨|提(?:个)?(?:意见|建议))"
_DENIES = re.compile(
    "[^，,。]{0,3}?(?:我|俺|咱)?(?:们)?(?:又|也|可|并|都|压根|根本|真|本来|这)*"
    "(?:不是|没有?|谁(?=[说让叫要]).{1,3}|不想|不打算|不要(?=你|给)|(?:先|暂时|暂且|还是)不|先别)"
    f"(?:(?:你|您|恁)?(?:给|帮|替|让|叫)(?:我|俺|你)|再|说|想|要|来|在|打算|去|登记|过要)*{_STORY}"
    "(?:(?<=投诉)了(?=的?$)|的|他们?|她们?|谁|你们?|恁|人家|啊|呀|呢|哈|这个|那个|窗口|部门|意思|的意思)*"
)
"""The whole of a clause: 我不是要投诉他们, 俺没说要投诉, 谁让你给我登记投诉的."""

_ONLY_TELLS = re.compile(
    "(?:我|俺|咱)?(?:就|只|光)是?(?:想|来)?(?:随便|随口)?"
    "(?:说说|唠唠|念叨念叨|(?:发|倒)(?:个|发|一?下|倒)?(?:牢骚|苦水)|抱怨(?:一?下|几句|两句)?)(?:而已|罢了|的)?|"
    "(?:我|俺)?(?:就|只|光)是?(?:想|要)?(?:问问?|知道|打听)(?:一下|问)?(?:归|该|由|这事)*(?:谁|哪个|哪|啥|什么)[^，,。]{0,4}管[^，,。]{0,3}|"
    "(?:别|甭|不用|不要|用不着)(?:你|您|恁)?(?:再)?(?:给|帮|替)(?:我|俺)(?:登记?|记|立单|立案|往上报|上报)(?:了|啊|吧|上)?|"
    "(?:那|算了|先|就)*(?:别|甭|不用|不要|先别)(?:再)?(?:给|帮)?(?:我|俺)?(?:派单?|吹哨?|报)(?:了|吧|啊)*|"
    "(?:我|俺)?(?:也)?不想(?:把)?(?:这|事儿?|事情|它)?(?:闹|弄|搞)大|(?:我|俺)?不想(?:惹事|得罪人|多事)"
)
"""The whole of a clause: 我就是说说, 别给我登记, 不想闹大."""

_WISH = re.compile(
    f"(?<!不)(?<!没)(?<!别)(?:要|想|得|来|去|给我|帮我|是)(?:你|去|再)?{_STORY}|^{_STORY}(?!完|过|后|以后|之后|了以后|会|影响)|告他|告状"
)
_AGAINST_ME = re.compile(
    "罚(?:了|我|俺|咱|款|单)|(?:停|吊销)(?:了)?(?:我|俺|咱)|拆(?:了|得|我|俺)|[让叫令要逼](?:我|俺|咱)们?[^，,。]{0,3}关门|[让叫令](?:我|俺|咱)?们?[^，,。]{0,3}(?:关(?:门|停|店|张|了|[不吗啊呀]?$)|停业|停产|停工|拆)|"
    "查封|贴封条|封(?:了|我|俺|店|门)|没收|扣(?:了|走|我|俺)"
)
_IF_FAIR = re.compile(
    "合理(?:不|吗|么|嘛|$)|合不合理|合法(?:不|吗|么)|合不合法|合规(?:不|吗|么)|对不对|"
    "(?:对|应该|正常)(?:吗|么|嘛)|凭(?:啥|什么)|有(?:没有)?(?:道理|依据|这个理|这规定)(?:吗|不|么|$)|"
    "(?:能不能|能|可以|可不可以)(?:少罚|轻罚|从轻|免罚|不罚|减|少|轻)[^，,。]{0,3}(?:点|些|不|吗|么|$)|不服|"
    "该不该|是不是(?:乱|多|瞎|罚)|冤(?:不冤|得|枉|屈|死)|讲不讲理|还?能说理[不吗么]|"
    "(?:上|去|到|找)(?:哪|谁)(?:里|儿|个)?[^，,。]{0,4}(?:说理|讲理|评理|申诉|申辩)"
)
_WHOSE = re.compile(
    "(?<!都)(?<!没)(?:归|由|该归?|到底|这事|这个|这)?(?:谁|哪个(?:部门|单位|局)|[哪啥什]么?(?:部门|单位)|哪家)"
    "(?:来|给|能)?管(?:管|这事|这个|他们?|不|的|啊|呀|呢|嘛|吗|[?？])*$"
)
_OBJECTS = re.compile(
    "(?:那|要是|如果|我|俺|咱|就|[，, ])*(?:不服气?|不认|觉得冤|冤枉)[，, ]*(?:我|俺|该|能|要)*"
    "(?:找谁|去哪|上哪|咋|怎么)(?:里|儿)?(?:去)?(?:说理|讲理|评理|告|办|申诉|申辩|整|弄)?(?:去|呢|啊)?"
)
"""The whole of a text that objects to what an office did: 我不服 找谁说理去."""

LONGEST_WHOSE = 12
"""Signs of the clause that asks it; a longer one names a matter: 那开业前的消防归谁管."""

SHORTEST_TOLD = 6
"""Signs of a clause that tells the trouble."""

_WHOSE_BEFORE = re.compile(
    "推来推去|推给|踢皮球|两头|[都全]不管|投诉|举报|吹哨|卡[着在住]|批|审|证|许可|手续"
)
"""Stands beside what is sent from one office to another, or beside a licence."""

_HANDED_IN = re.compile(
    "提交|交(?:上去|了|的)|报(?:上去|了|的)|审核中|受理|申请(?:了|的)|递(?:上去|了|的)"
)
_PROMISED = re.compile(
    "(?:你们?|恁们?|网上|不是|宣传|承诺|号称|都)(?:不是|都|光|明明)?(?:说|写|承诺|宣传|保证)[^，,。]{0,6}?"
    "(?:[\\d一二两三四五六七八九十]+个?(?:小时|钟头|天|日|工作日)|当场|当天|即办|马上)"
)
_FILED_BEFORE = re.compile("刚才|刚刚|前面|上面|方才|之前|那个|那条|已经")
_NOTHING = re.compile(
    "(?:(?:我|俺)?就(?:是)?(?:想)?问问|不[留填写](?:电话|名字?|号码)?|算了|哎|唉|不是|不对|那|喂|等等|停|别|嗯|啊|吧|呀|了)*"
)
_DROPS = re.compile("(?:不|别|甭|先不)(?:再)?(?:吹哨?|派单?|投诉|举报|告)了")
_HALF = re.compile(
    "(?:填|弄|办|写|排|录|报)(?:了|到|过)?(?:一多?半|半截|半道|一部分|几项)|没(?:填|弄|写)完|(?:填|写|弄)(?:到)?一半"
)
_GOES_ON = re.compile(
    "接着|继续|接上|续上|往下(?:填|弄|写)|找(?:回|得回|出)|还(?:在|有)(?:不|吗|么|没|$)|还能(?:找|接|填|用)"
)
_IMPERSONATED = re.compile(
    "身份证?[^，,。]{0,4}(?:被|让|叫|给)[^，,。]{0,4}(?:拿去|拿走|拿|偷|借去)[^，,。]{0,4}(?:开|注册|办|登记|当)|"
    "(?:被|让|叫|有)[^，,。]{0,8}(?:冒名|冒用|盗用)|"
    "(?:冒名|冒用|盗用)[^，,。]{0,8}(?:登记|注册|身份|公司|法人|股东|执照)|"
    "(?:不知道|莫名其妙|平白无故|无缘无故|稀里糊涂)[^，,。]{0,8}(?:成了|当了|当上|变成)[^，,。]{0,8}(?:法人|股东|老板)"
)
_BEHAVES = re.compile("态度|骂|吼|凶|甩脸|刁难|吃拿卡要|红包|要钱|不给收据|不给票|打人")
"""How somebody behaved: that is a complaint, whatever is asked beside it."""


def looks_for_half_filled(text: str) -> bool:
    """Tell whether a form filled in half is to go on: "那个表我填了一半 手机没电了 接着弄"."""
    return _HALF.search(text) is not None and _GOES_ON.search(text) is not None


def is_impersonated(text: str) -> bool:
    """Tell whether somebody is registered against their will: "我的公司被人冒名了"."""
    return _IMPERSONATED.search(text) is not None


def denies_story(text: str) -> bool:
    """Tell whether somebody says that nothing is to be complained of: "我没要投诉 我就问问"."""
    parts = clauses(text)
    return any(map(_is_denial, parts)) and not wishes_story(text)


_HEARD = re.compile(
    "反映|提(?:个|点|一?下)?意见|说道说道|有(?:没有|啥|什么)[^，,。]{0,4}(?:渠道|地方)[^，,。]{0,3}(?:说|提|反映)?"
)


def wants_heard(text: str) -> bool:
    """Tell whether who denies a complaint wants it heard all the same: 不想投诉 就是想反映一下."""
    return denies_story(text) and any(_HEARD.search(one) for one in beside_denial(text))


def beside_denial(text: str) -> list[str]:
    """Return the clauses that say more than that nothing is to be complained of."""
    return [one for one in clauses(text) if not _is_denial(one) and _NOTHING.fullmatch(one) is None]


def wishes_story(text: str) -> bool:
    """Tell whether a text says in so many words that something is to be filed."""
    return any(_WISH.search(part) for part in beside_denial(text))


def files(text: str) -> bool:
    """Tell whether a text begins with the wish to complain: "我还要投诉供电的"."""
    return re.match("(?:那|我|俺|咱|还|也|再|就)*(?:要|想)投诉(?!过|完|了)", text) is not None


def asks_whose_trouble(text: str) -> bool:
    """Tell whether it is asked whose business a trouble is: "隔壁往下水道倒油 谁管啊"."""
    *told, asked = clauses(text)
    is_asked = _WHOSE.search(asked.strip()) is not None and len(asked) <= LONGEST_WHOSE
    is_told = any(len(part) >= SHORTEST_TOLD or declines(part) for part in told)
    return is_asked and is_told and _WHOSE_BEFORE.search(text) is None


def asks_if_filed(text: str) -> bool:
    """Tell whether it is asked if what was told is handed in: "那个投诉你给我交了没"."""
    return (
        re.search(
            "(?:交|提交|登记|报|记|递)(?:上去?|好)?了?(?:没|吗|么)|"
            "没(?:有)?(?:给)?(?:[我俺咱]们?)?(?:交|提交|登记|报|递|派|发)(?:上去?|出去|上)?[吧吗啊?？]*$",
            text,
        )
        is not None
    )


def has_filed_before(text: str) -> bool:
    """Tell whether something filed earlier was not answered: "我投诉过一回了 没人搭理我"."""
    said = "(?:投诉|举报|反映|吹(?:个)?哨|吹)(?:过|完|了)"
    unheard = "没人(?:搭?理|管|回|联系)|没(?:动静|信|回音|下文|答复|回复|反应)|不(?:搭?理|回|答复)"
    return re.search(f"{said}.*(?:{unheard})", text) is not None and not wishes_story(text)


def is_nuisance(text: str) -> bool:
    """Tell whether smoke, noise or smell of a neighbour is told of, and no danger."""
    return re.search("油烟|扰民|噪[音声]|臭味|异味", text) is not None


_OVERDUE = re.compile(
    "超[过了出]*(?:你们|说好|当初)?的?(?:承诺|规定|法定|时限|期限)[^，,。]{0,8}[，,]?[^，,。]{0,4}"
    "(?:还没|没有?|还不|不给)[^，,。]{0,4}(?:结果|办|批|下来|出|信|给|动静)"
)
"""Tells of a case that takes longer than was promised, or supposes it."""


def misses_promise(text: str) -> bool:
    """Tell whether a case takes longer than was promised: "提交五天了 你们说2小时办完 骗人的吧"."""
    is_late = _HANDED_IN.search(text) is not None and _PROMISED.search(text) is not None
    is_late |= _OVERDUE.search(text) is not None
    return is_late and not wishes_story(text) and _BEHAVES.search(text) is None


def points_to_filed(text: str) -> bool:
    """Tell whether a text points to what was filed before: "我问刚才那个"."""
    return any(_FILED_BEFORE.search(part) for part in beside_denial(text))


def drops_story(text: str) -> bool:
    """Tell whether a complaint or a whistle is not wanted any more, and no other one is."""
    return _DROPS.search(text) is not None and not wishes_story(text)


def asks_if_fair(text: str) -> bool:
    """Tell whether it is asked if a fine or a closure is right: "罚了我三万 合理不"."""
    is_asked = _AGAINST_ME.search(text) is not None and _IF_FAIR.search(text) is not None
    is_asked |= _OBJECTS.fullmatch(text.strip(" 。！!?？")) is not None
    return is_asked and not wishes_story(text) and _BEHAVES.search(text) is None


_IF_RIGHT = re.compile(
    "(?:合|违)(?:乎)?(?:规矩?|法|理)(?:不|吗|么|嘛|啊)|正常(?:不|吗|么|嘛)[?？]?$|合不合(?:规|法|理)|违不违(?:规|法)|"
    "(?:让|能|该|许|允许|可以)(?:这么|这样|随便)?(?:收|要|干|弄|办|搞|做)(?:钱|费)?(?:吗|不|么|嘛)[?？]?$|"
    "该不该|是不是(?:就)?(?:该|应该|不该)|(?:有|哪有)这(?:个|种)?(?:规定|规矩|理)(?:吗|不|么)"
)


def asks_if_allowed(text: str) -> bool:
    """Tell whether it is asked if what an office did is allowed: 让我交三百加急费 这合规不."""
    return _IF_RIGHT.search(text) is not None and not wishes_story(text)


def is_acted_against(text: str) -> bool:
    """Tell whether an office fines, closes or seizes something: "执法的让我关门"."""
    return _AGAINST_ME.search(text) is not None


def _is_denial(part: str) -> bool:
    plain = part.strip(" ？?！!。")
    return (_DENIES.fullmatch(plain) or _ONLY_TELLS.fullmatch(plain)) is not None
