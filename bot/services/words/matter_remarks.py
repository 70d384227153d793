"""Recognises questions that a hall, and no matter, answers."""

import re

LONGEST = 16
"""Characters; a longer text speaks of more than the hall."""

SHORTEST_QUESTION, LONGEST_QUESTION = 6, 24
"""Characters of a question that tells by itself what it is about."""

LONGEST_WISH = 30
"""Characters; a longer text tells a story beside what it asks."""

_HALL = re.compile("大厅|政务(服务)?中心|便民(服务)?中心|办事(服务)?中心")
_LICENCE = re.compile(
    r"^(?:我|俺|想|要|问|办|请问|那|个|张|这个|什么|啥|叫|新)*(?P<name>[^，,。？?\s]{2,10}?(?:许可证|资格证|合格证|准运证|登记证|备案证|许可|资质证?书?|证书|证))"
    r"(?:去哪|在哪|怎么|咋|要|都|多|几|的|收|谁|找|需|是|能|啥|什么|哪|如何|呢|$|[，,。？?\s]|"
    r"快|年底|明年|有效期|到期|过期|弄?丢|找不)"
)

_LEADS = re.compile(
    r"^(?:们|家|这边|这儿|自己|咱|厂里?|店里?|公司)*的|^们|"
    r"^(?!退[役休耕牧伍税]|换[热流电乘气]|续建|补[种习偿充贴])(?:续|换|补|注销|退)(?:办|领)?(?=..)"
)
"""Stands before the name of a licence: 我们的食品证, 忘了续卫生许可证.

Not 退役军人证, 换热站登记证, 续建许可证, which begin so themselves.
"""
_OWNED = re.compile(r"^[^的]{1,6}的(?=[^的]{2,}(?:证|许可)$)(?!许可证$)")
"""Tells whose licence it is: KTV的娱乐许可证, and not 学校的证."""

_POINTED = re.compile(
    r"(?<!其)(?!其中)(?P<about>[\u4e00-\u9fff]{2,3}?)(?:局|部门|委)?(?:上头|上面|方面|那边|这边|那头|那块儿?|这块儿?|上)?的?"
    r"(?:那|这)(?:一)?(?:个|张|块|项|样)(?:小)?(?:证|照|本|许可|手续|备案|登记)|"
    r"^(?:那|其中)?(?P<other>[\u4e00-\u9fff]{2,3}?)(?:局|部门|委)?(?:的)?那一?(?:个|块儿?|关|项|样)"
    r"(?!人|窗口|事|店|地方|时候)"
)
_WANTED_OF = re.compile(
    r"(?:办|要|有|领|考|得|弄)(?P<about>(?![办要有领考得弄])[\u4e00-\u9fff]{2,3})(?:方面|那边|那块|上)?的(?:证|许可|手续|照)"
)
"""Names a licence by what it is about: 也得办放射的证啊."""

_LOST = re.compile(
    r"(丢|掉|坏|撕|烧|毁|扔|烂|糊|遗失|损毁|弄没|没影|找不到|找不着|不见)了?[，,。 ]*(该|要|可|又)?"
    r"(咋|怎么|怎样|如何|啥)(办|弄|整|补|搞|处理)|"
    r"(丢|掉|坏|弄没|找不[到着]|不见)了?[，,。 ]*(还)?(能|可以|可)(不能)?(再|重新)?补|"
    r"(也|又)(都|是)?(一块儿?|一起|跟着|一道)?(丢|掉|坏|烧|找不着|找不到|弄没)了?$"
)
_EASY = re.compile(
    "(?:好|难|容易)不?(?:好|难|容易)?(?:办|批|拿|弄|申请)|难不难|复杂不|麻不麻烦|(?:会不会|是不是)(?:很|挺|太)?(?:麻烦|复杂|难)|麻烦不"
)
_IMPOSSIBLE = re.compile("(?:不了|不能|不行|没法|办不成)[^，,。]{0,3}(?:吧|吗|么|啊)[?？]?$")
_LOSES = re.compile(
    r"(?:[章证照本]|执照|许可证)[^，,。]{0,6}(?:丢|弄没|找不[到着]|不见了|落在|落[^，,。]{1,6}[里上]了|让人偷|被偷|烧了|扔了|撕|啃|泡烂)"
)

_OMITS = re.compile(
    "忘(?:了|记)?(?:报|交|办|换|年检|年报|申报|续)|漏报|没(?:有)?(?:年报|年检|审车)|"
    "(?:进|列入|成|上)(?:了)?(?:经营)?异常"
)
_NEEDED = re.compile(
    r"还(?:办|弄|跑)(?:吗|嘛|不|么)[?？]?$|"
    r"(是不是|能不能|可以|能)(就|也|还|都)?免(了|掉|办|交)?(吗|嘛|不|么)?[?？]?$|"
    r"(也|还)(得|要|需要?)(要|办|有)?[^，,。啥什哪多几]{2,10}(证|许可|备案|审批)[?？]?$|"
    r"(要不要|用不用|需不需要|必不必须|得不得|是不是(还|也)?(要|得|需要|必须))|"
    r"(要|用|需要?|得|必须|一定得|免不了)(先|再|另外|单独)?(去)?(办|有|拿|考|弄|备)?[^，,。？?]{0,12}?(吗|嘛|不|么|没|吧)[?？]?$"
)
_PERMISSION = re.compile(
    r"(?:让|准|许|允许|给|能|可以|可不可以|能不能|让不让|给不给)(?:不让|不给)?"
    r"(?:卖|开|办|干|做|批|过|申请|经营|摆|养|种|干吗)[^，,。]{0,4}(?:不|吗|嘛|么|没|不啊|吧)[?？]?$|"
    r"(?:让不让|给不给|准不准|能不能|可不可以)(?:卖|开|办|干|做|批|过|申请|经营|摆|养)[^，,。]{0,4}[?？]?$"
)
_FOR_LICENCE = re.compile(
    r"(要|得|需要?|用)(再)?(另外|单独|额外|另)(再)?(去)?(办|弄|申请|报|拿)|"
    r"(是不是|要不要|用不用|需不需要|得不得)[^，,。]{0,8}?(证|许可|手续|备案|审批|批文)|"
    r"(要|得|需要?)[^，,。多几]{0,4}?(啥|什么|哪些?|别的)[^，,。]{0,4}?(证|许可|手续|备案|审批|批文)|"
    r"(要|得|需要?)[^，,。多几]{0,6}?(证|许可|手续|备案|审批|批文)(吗|嘛|不|么)"
)
_THAT_LICENCE = re.compile(
    r"^(那|对了|还有|另外|[，, ])*(?P<name>[^，,。那这哪]{2,8}?)(那|这)个?(证|许可证?|照)(?![明])"
)
_LATER = re.compile(
    r"(后|以后|后头|后面|回头|晚点|之后|过后|往后|事后|随后)(再|能|可以)?(补|交|拿)|(先|(?<![天久候么咋样月年周])能)(收|受理|办|递|交)|缓(一缓|几天|交)|容缺|先交(别|其[他它])的"
)
_QUESTION = re.compile(
    r"[吗嘛么不没呢][?？。]?$|[是对行]吧[?？]?$|[?？啥哪咋]|怎|什么|多少|多久|几(?![条个盒包斤家口回次次番])|如何|好(?:久|多|大)(?!了)|(?<![不差])多[大高长宽远深](?!的?[也都])|(?P<verb>.)[\u4e00-\u9fff]?[不没](?P=verb)|可否|能否|是否|(?<![我俺咱那了就])还是[^，,。]+$|"
    r"能[^，,。]{2,10}吧[?？]?$|(得|要|需|用|最少|至少)几个|几(?:口人|口|名|位|个人|个|户)(?:就|才)?(?:起步|起|够|行|能|中|成)|"
    r"真(?:的)?假(?:的)?|是真是假|(该|由|是|归|属|让|得|找|要|写|用)谁|谁(管|办|批|给|发|出|交|去|来|负责|背|担|赔|还|的名)"
)
_INSISTS = re.compile(
    "[嗐嗨哎唉欸，, ]*(?:就|反正|不就|可不|还不)[^吗么不没呢?？啥哪咋怎什多几，,。]*嘛[。！!]?|"
    "(?:就是?|靠着?|紧?挨着|在)[^吗么不没呢?？啥哪咋怎什多几，,。学园院站河]{1,8}"
    "(?:那边|那块儿?|旁边|边上|跟前|底下|对面|对过|附近|[后前](?:头|面)|路口|拐角)[啊呗的]?|"
    "(?:就|也|反正|大概|[，, ])*(?:跟|和|比|像)[^，,。不]{1,8}"
    "(?:一样|差不多|差不离)(?:大|宽|高)?[的吧呗啊]?|"
    "(?:反正|就|也|[，, ])*不(?:算)?大也?不(?:算)?小[的吧呗啊]?|"
    "(?:挺|还挺?|蛮|很)(?:宽敞|大|宽|小)[的吧呗]?"
)
_WHATEVER = re.compile("(啥|什么|谁|哪儿?|哪里)[也都](?=[^，,。？?]{0,4}(不|没))")
_WHOSE = re.compile(
    "(到底|究竟)?(该|应该|应)?(归|属于?|由)(谁|哪个?(儿|部门|单位|局|家)?)(来|去)?(管|批|负责|审|办)?(的)?(啊|呀|呢|嘛)?[?？]?$|"
    "(到底|究竟)(是|该|应该)?(谁|哪个?(部门|单位|局|家))(来|去)?(管|批|负责|审|办|说了算)[^，,。]{0,3}$"
)
_WHAT_IT_IS = re.compile(
    r"(到底|究竟)?是(个|干)?(啥|什么|嘛|么子|什麼)(玩意儿?|东西|意思|证|手续)?(来着|呀|啊|呢)?[?？]?$|"
    r"(是)?(干|做)(啥|什么|嘛)(用)?的[?？]?$|啥叫|什么叫|何为"
)
_NOT_NEEDED = re.compile("钱|费|押金|多少|多久|几|哪|啥|什么|怎么|咋")


def asks_whether_needed(text: str) -> bool:
    """Tell whether it is asked if something is needed at all: "那健康证要不要办"."""
    is_short = len(text) <= LONGEST
    return is_short and _NEEDED.search(text) is not None and not _NOT_NEEDED.search(text)


def ends_whether(text: str) -> bool:
    """Tell whether a text ends with asking if something is needed: "…到底还要不要了"."""
    return re.search("(要不要|用不用|需不需要|要不)(办|管|弄)?(了|呢|啊)?[?？]?$", text) is not None


def asks_permission(text: str) -> bool:
    """Tell whether it is asked if one may do what was talked about: "挨着小学让卖不"."""
    return len(text) <= LONGEST and _PERMISSION.search(text) is not None


def asks_to_found(text: str) -> bool:
    """Tell whether it is asked if somebody may found what is named: "能登记个体户吗"."""
    found = re.search(
        "(能|可以|可不可以|让|准)[^，,。]{0,8}(登记|注册|设立|申请|开办|办个|开个|当)", text
    )
    return found is not None and not re.search("变更|注销|升级|转成|转为|改成|换成", text)


_THAT_ONE = re.compile(
    "就?[那这]个?证[^，,]{0,2}[，, ]?(我|俺|咱)?(也)?(想|要|得)办(一?个|一下)?|"
    "就?[那这]个?证[，, ]?(你|您|恁)?(给|帮|替)?(我|俺|咱)?(办|弄|整|搞)(一下|下|了)?[吧呗]?|"
    "就?[那这]个?证[嘛呢啊吧呀]?"
)
_ANY_LICENCE = re.compile(
    "(你好|您好|我|俺|咱|想|要|来|问|下|一下|打听|请问|怎么|咋|如何|[，, ])*"
    "(办|弄|申请)(理|个|一个|一下|点)?"
    "(证|证件|手续|许可|许可证|业务|事)(的|儿|了)?(事|事儿)?(怎么办|咋办|咋弄)?[?？]?|证"
)


def asks_which_licences(text: str) -> bool:
    """Tell whether it is asked what licences a trade wants: "洗浴中心得办啥证"."""
    return (
        re.search(
            "(啥|什么|哪些|哪几个|几个|多少)(个|样|张)?(证|照|手续|许可|审批)|"
            "(?<![备带拿交供些点])(啥|什么|哪些|几个|多少)(个|样)?东西|"
            "[办要用得]哪个(登记|备案|证|照|许可)|办(啥|什么)[^，,。？?]{1,4}证(?![明件书])|"
            "(要|用|得|需要)(办|有)?个?证(不|吗|么|嘛)[?？]?$|"
            "(用不用|要不要|需不需要|得不得)(再|去)?办?个?(证|照)$",
            text,
        )
        is not None
    )


def wants_any_licence(text: str) -> bool:
    """Tell whether a licence is wanted and nothing says which: 办证, 我想办个手续."""
    said = text.strip("。！!~ ")
    return (_ANY_LICENCE.fullmatch(said) or _THAT_ONE.fullmatch(said)) is not None


def names_registration(text: str) -> bool:
    """Tell whether a text speaks of the registration of what it names: 分公司登记."""
    is_first = re.search("登记|注册|设立|办[^，,。]{0,6}(执照|照)", text) is not None
    later = "变更|注销|升级|转|改|换|名称|地址|资本|丢|补|年报|到期|吊销"
    return is_first and re.search(later, text) is None


def names_papers(text: str) -> bool:
    """Tell whether a text speaks of what is handed in, and not of licences: 准备哪些东西."""
    return re.search("东西|材料|资料|文件|准备", text) is not None


def asks(text: str) -> bool:
    """Tell whether a text has the form of a question."""
    said = _WHATEVER.sub("", text.replace("好几", "多"))  # 好几年没营业了, 啥都办不了
    return _QUESTION.search(said) is not None or _NEEDED.search(said) is not None


def insists_on_place(text: str) -> bool:
    """Tell whether a text repeats what was said, or tells a landmark or a size without a number.

    就那棵树底下嘛, 跟隔壁那家差不多大.

    Outside of a form it may ask as well: 就能在网上办嘛.
    """
    return _INSISTS.fullmatch(text.strip()) is not None


def asks_what_it_is(text: str) -> bool:
    """Tell whether it is asked what a matter is at all: "那个特行证是啥玩意"."""
    return len(text) <= LONGEST_QUESTION and _WHAT_IT_IS.search(text) is not None


def asks_something(text: str) -> bool:
    """Tell whether a text of some length is a question."""
    return SHORTEST_QUESTION <= len(text) <= LONGEST_QUESTION and asks(text)


_WHO_APPROVES = re.compile(
    "(找谁|谁来?|[上去到在]哪[儿里个]?|哪个(部门|单位|窗口)).{0,4}(批|审批|申请|报批|报装|报建|办手续)[^，,]{0,3}$|"
    "(要|得|用|需要?)不?(要|得|用)?(审批|报批|批准|申请)(吗|不|么)[?？]?$"
)


_OURS = re.compile(
    "(在|归|属|由|是)(你|您|恁)们?(这儿|这里|这边|大厅|窗口|中心)?(能|给)?(办|管|弄|批|受理)(理)?(的|吗|不|么|嘛|没|[?？]|$)"
)


def asks_who_approves(text: str) -> bool:
    """Tell whether it is asked who permits something: "破路埋管子这个找谁批"."""
    return _WHO_APPROVES.search(text) is not None


def asks_whose(text: str) -> bool:
    """Tell whether a text ends with asking in whose hands a thing is: 到底谁管, 归哪个部门批."""
    return _WHOSE.search(text) is not None


def asks_if_ours(text: str) -> bool:
    """Tell whether it is asked if something is done here at all: "海关备案在你们这儿办不"."""
    return _OURS.search(text) is not None


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


def asks_after_loss(text: str) -> bool:
    """Tell whether it is asked what to do about a thing that is lost: "公章丢了咋办"."""
    return _LOST.search(text) is not None


def asks_if_easy(text: str) -> bool:
    """Tell whether it is asked how hard a licence is to get: 烟证好办吗."""
    return _EASY.search(text) is not None


def asks_if_impossible(text: str) -> bool:
    """Tell whether it is asked if something cannot be done: 个体户两个人写不了吧."""
    return _IMPOSSIBLE.search(text) is not None


def tells_loss(text: str) -> bool:
    """Tell whether a thing is said to be lost: 公章落出租车上了."""
    return _LOSES.search(text) is not None


def tells_omission(text: str) -> bool:
    """Tell whether a duty is said to be forgotten or late: 年报忘了报, 进异常名录了."""
    return _OMITS.search(text) is not None


def licence_about(text: str) -> str | None:
    """Return what a licence is about that is pointed at: "食品上头那个证", None for none."""
    found = _POINTED.search(text)
    return None if found is None else found["about"] or found["other"]


def licence_wanted(text: str) -> str | None:
    """Return what a licence is about that one must have: 也得办放射的证啊, None for none."""
    found = _WANTED_OF.search(text)
    return None if found is None else found["about"]


def licence_name(text: str) -> str | None:
    """Return the name of a licence with which a text begins ("动物防疫证去哪办"), None for none."""
    found = _LICENCE.search(text)
    if found is None or licence_about(found["name"]) or asks_which_licences(found["name"]):
        return None
    # 谁给发这个凭证: the one spoken of; 跑货运要许可 is no name
    if re.search("谁|哪|都要|也要|要许|得有|得办|依据|[这那]个?.?证", found["name"]):
        return None
    name = found["name"].rpartition("那个")[2].rpartition("了")[2]  # 换老板了卫生许可证要改不
    name = _LEADS.sub("", name)
    return _OWNED.sub("", name)


_MISSING = re.compile(
    "没|缺|差|少|容缺|承诺|齐|材料|资料|证明|先(收|受理|办|递|交|开)|后补|补[交齐上]|晚[点交]|以后|回头|"
    "拿不|凑|还在|下不来"
)


def speaks_of_missing(text: str) -> bool:
    """Tell whether a text says that a paper is not there, late, or to be replaced by a promise."""
    return _MISSING.search(text) is not None


def ends_as_licence(name: str) -> bool:
    """Tell whether a name is one of a licence, a filing or a finding: 种子经营备案, 工伤认定."""
    return re.search("(证|许可|备案|登记|资质|审批|认定|鉴定)$", name) is not None


def asks_for_hall(text: str) -> bool:
    """Tell whether the hall itself is asked for: "临清大厅在哪"."""
    avoids = re.search("不(用|想|必|需要)?(再)?(去|跑|到|上)", text) is not None
    return len(text) <= LONGEST and _HALL.search(text) is not None and not avoids


def asks_penalty(text: str) -> bool:
    """Tell whether it is asked what one is fined, which is no fee of a matter: "不办罚多少"."""
    return re.search("罚(?!单|息)", text) is not None


_OWES = re.compile(
    "(?:欠(?:着|了)?[^，,。多几啥]{0,5}|"
    "(?<![应不])该(?:着|了|人家|他)[^，,。多几啥交掏花付给缴收出拿]{0,5})(?:钱|款|债|账|万)"
)
_UNPAID = re.compile(
    "(?:[不没未]|拖着|压着)(?:给|打)(?:我|俺|咱)?们?(?:结|付)?[^，,。 办批证]{0,3}[账款钱]|"
    "(?:[不没未]|拖着|压着)(?:付|结)(?:我|俺|咱)?们?(?:[^，,。 ]{0,3}[账款钱]|清|$|(?=[，,。 ]))|"
    "[账款钱][^，,。 ]{0,3}(?:没|不|未)(?:给|付|结|打|到账|影)(?!办|批|票|收据|发票|证)"
)
"""Says that money does not come, whoever is to give it."""
_OWED = re.compile(
    "货|工程|料|活|工[钱资]|尾款|结[账款清]|供|验收|甲方|老板|开发商|总包|包工|工地|加工|运费"
)
"""Says of unpaid money that it was earned with goods or work."""
_NOT_OWED = re.compile("贷款|罚款|押金|补[贴助]款?|账户|保证金|退[钱款费]|奖励")
"""Money that a bank, an office or a landlord keeps; it is no debt of a customer."""


def owes(text: str) -> bool:
    """Tell whether a text tells of a debt, and asks for no fee: 还欠供货商钱呢."""
    said = _NOT_OWED.sub("", text)
    is_unpaid = _UNPAID.search(said) is not None and _OWED.search(said) is not None
    return is_unpaid or _OWES.search(text) is not None


_CONSEQUENCE = re.compile(
    "[不没](去|办|交|报|弄|管|理|续|登记|备案|审批?|年报|变更|做|上|批|换|验|缴|挂|编|测|改|还|齐)[^，,。]{0,6}(会|能|要|了)?"
    "(咋(?!办|弄|整)样?|怎(?!么办)样?|怎么(?!办)样?|(啥|什么)后果)|"
    "[不没](办|交|报|续|登记|备案|年报|做|上|缴|验|换)(了|它|这个)?(能|可以|也)?(行不行?|行吗|中不中?|中吗|可以吗|"
    "犯法|违法|要紧|有事|没事|有啥事)[^，,。]{0,3}[?？]?$|[不没](办|交|报|续|登记|备案|年报|上|缴)了?呢[?？]?$|"
    "[不没](批|办|证|照|登记|备案|年检|报|续)[^，,。]{0,3}(就|先|直接|还)(干|卖|开|用|建|营业|盖|做|跑|装|施工|经营)|"
    "(到期|过期|逾期)[^，,。]{0,3}[不没](换|续|办|弄|还)了?(呢|咋|会)|"
    "[不没](?:去|办|交|报|登记|备案|上|缴|弄|续)[^，,。]{0,3}[，, ]?[叫让被](?:人家?|他们)?"
    "(?:查|逮|抓|举报|告)[了着住到出]*(?:呢|咋|会|要)|"
    "(撂|放|搁|扔|晾)(着|那儿?|在那儿?)[^，,。]{0,2}不?(管|办|弄|动|理|注销|报|销)?(它|他)?(的话)?(呢|会咋|会怎|咋样|行|中|有事|要紧|可以)"
)


def asks_consequence(text: str) -> bool:
    """Tell whether it is asked what happens to who does not do it: "要是不去会怎么样"."""
    return _CONSEQUENCE.search(text) is not None


def tells_consequence(question: str) -> bool:
    """Tell whether a question of the catalogue is about what happens then."""
    return asks_consequence(question) or re.search("罚|后果|会怎", question) is not None
