"""Recognises trouble that people tell, and doubt in us, whatever the model takes it for."""

import re

from bot.services.words.machine_orders import gives_orders
from bot.services.words.remarks import clauses

TOLD_BESIDES = 6
"""Han characters of a clause that tells something."""

_CODE = re.compile(r"[A-Za-z<>{}/]{4,}")
"""Stands in an order that is no sentence of people."""

_ASKS = re.compile(
    r"[吗么嘛呢不][?？。!！ ]*$|吗[，, ]|[?？]|多少|多久|几[天个点号]|啥|什么|咋|怎|哪|谁|"
    r"(?P<verb>[\u4e00-\u9fff])不(?P=verb)|可不可以|可以不|有没有"
)
_TROUBLE = re.compile(
    r"不(搭?理|管事?|接(电话)?|回(话|信|复))(人|我|我们)?([，, 。了]|$)|找(过|了).{2,}|"
    r"[批办]不(下来|下|了)|下不来|[通装接]不[上了]|卡(着|在|住|了|死)|拖(着|了|到|拉(?!机)|延)|推(来|诿|脱)|踢皮球|"
    r"没人(管|理|接(?![手班盘着])|回|问)|不受理|"
    r"没(个)?(信儿?|动静|音儿?|消息|下文|回音)([，, 。了]|$)|不给(我|俺)?们?"
    r"(办|批|受理|盖|开|通|装|迁|过户|转|销户?|换|改)(?!钱)|不让(办|开|干|进)|退(回|了)|打回|"
    r"跑了.{0,4}[趟次回遍]|等了|催了|一直[没不]|还没(批|下|办|通|装|给|有)|迟迟|说是?缺|耽误|停工|"
    r"(都|已经|快).{0,4}(天|月|年|周|星期|礼拜)了|欠(着|我|俺)|"
    r"(钱|款|账|工资)(都|也|还|一直|就是|到现在)*(没|不)(给|付|结|还|发)"
)

_BLAME = re.compile(
    r"(推|踢)(给|到|来|回)?.{0,10}(局|科|办|所|厅|公司|消防|住建|规划|环保|城管|窗口|供电|燃气|水务)|"
    r"说(是)?(归|该归|不归|要找|得找|去找|让找|不是)|互相推|来回推|"
    r"(他|她|人家|对方|窗口|部门|[局科所厅办]里?)们?(就|又|还|老|一直)?(说|让|叫|非|不)"
)
_FAULT = re.compile(
    "投诉|举报|告(他|她|你|状)|态度|服务(太|差|真)|[你您恁]们?|他|她|窗口|大厅|人员|部门|领导|科长|科员|小(伙|姑娘|年轻)|"
    "差劲|恶劣|糊弄|刁难|推|骂|吼|凶|甩脸|太慢|磨叽"
)
_OF_US = re.compile(
    "(?:问|跟|和)[你您恁](?:说|聊|讲)?[^，,。]{0,6}(?:不给|给不|没个|没句|说不|答不|白问|白说|等于没)|"
    "^[^，,。]{0,3}[你您恁](?:们)?(?:这|这个|个|真|就|也|咋|怎么|啥也|啥都|根本|[，, ])*"
    "(?:答非所问|所答非所问|听不懂|不会答|没用|废物|智障|傻|笨)"
)
_LACKS = re.compile(
    "([没未](办|有|领|考|弄|申请|做)|缺|(?<!不)差|少)[^，,。]{0,6}(证|照|许可|备案|手续|登记)|无[证照]"
)
_UNKNOWN = re.compile("不知道|不清楚|不晓得|不记得|没看清|没记住|没问|认不得|不认识")
_REPORTED = re.compile(
    "(?:有人|人家|隔壁|邻居|街坊|同行|对门|楼上|楼下|住户|居民|业主|小区|顾客|客人|被)"
    "[^，,。]{0,8}(?:举报|投诉|告)了?(?:我|俺|咱|$)"
)
_FRAUD = re.compile("验证码|银行卡|密码|转账|汇款|链接|客服|你们的?人|您们|冒充|自称")
_PROPOSES = re.compile(
    r"(能不能|可不可以|能否|可否|应该|希望|最好|建议|要是能|多(设|开|放|摆|装|加)|增加|加(个|几)|延长|别再|不要再)"
)
_PASSES_ON = re.compile(
    "(给|跟|向|和)[^，,。]{0,3}(领导|上[头面边]|头儿)[^，,。]{0,3}(提|说说|说一?声|反映|建议|念叨)|提(一?个|点)(意见|建议)"
)
_DOUBTS = re.compile(
    r"不是[^，,]{0,5}(取消|免|废|停办?|不用|不要)了|不对|错|(你|您|恁)们?(说(?![俺我咱])|答|讲|刚|上面|前面|告诉|给)|骗|瞎|胡说|乱说|矛盾|明明|对不上|不准|过时|作废|废止|"
    r"搞(反|混|岔)|真的假的|真的吗|确定|不可能|怎么可能|记得|哪有|怎么(跟|和|又|还)|咋(跟|和|又|还)|不一样|不符|再(查|看|确认)"
)
_OWN_SLIP = re.compile(
    r"^(哦|噢|啊|哎|不好意思|[，, ])*(我|俺)?(说|问|打|写|发|讲)(错|岔|反)了?"
    r"[，, ]+(我|俺)?(是)?(想|要)?(问|说|办|查)|"
    r"(我|俺)(想|要)?(问|说)的是"
)
LONG_STORY = 40
"""Characters of a text that tells a story rather than asks a question."""

LONGEST_DOUBT = 20
_DOUBT = re.compile(
    r"(靠谱|正规|官方的?|政府的?|正经|骗子|骗人的?|诈骗)(吗|么|不|吧)|是不是(骗|假|诈骗|官方)|真的假的"
)

_SENDS = "(?:又|也|还|再)?(?:让|叫|说|推)(?:是|给|到|我|俺|咱)*(?:去|找|归|等|回|问|来|到)?(?:跑)?"
_SENT_ABOUT = re.compile(
    rf"(?P<one>[\u4e00-\u9fff]{{2,5}}?){_SENDS}(?P<other>[\u4e00-\u9fff]{{2,5}}?)(?:管|办|批)?"
    rf"[，,。 ]*(?P=other){_SENDS}(?P=one)"
)

_BUCK_PASSED = re.compile(
    "来回(?:地|的)?(?:推|踢|扯)|推来推去|踢来踢去|互相(?:推|踢)|踢皮球|扯皮|两头推"
)

_OF_TICKET = re.compile(
    "编号|投诉|举报|检举|哨|单|反映|诉求|意见|建议|点子|主意|吐槽|差评|处理|答复|回复|回音|回话|回应|回访|回|结果|部门|报到|整改|协调|"
    "下文|采纳|入选|用上|那个?事|事儿?|管|解决|派|办|进展|进度|咋样|怎么样|催|问题|落实|消息|动静|信|说法|查|跟进|人看|负责|告"
)
_COUNTED = re.compile("[\\d二两三四五六七八九十百]+(来|多)?(个|名|号|口)人")
_PERSON = re.compile(
    "人工|克服|客服|chat|真人|活人|坐席|座席|值班|工作人员|专员|专人|经理|主任|领导|老师|同志|师傅|帮办|懂行|内行|明白人|转接|转[给到一个]|转人|接通|机器|小二|"
    "(找|换|叫|来|派|要|有|是|请|让|喊|安排|联系)(一?[个位名]|谁|你们)?的?(人|管事)|人(接|在|呢|聊|说|管|应|回|吗|没|能)|电话|跟人|和人|"
    "谁|大姐|大哥|小姐姐|妹子|美女|帅哥|聊|说话|对话|沟通|讲话|当面|排队|回电|上班|下班"
)
_HEARSAY = re.compile(
    "(网上|抖音|群里|别人|人家|有人|同学|朋友|邻居|亲戚|代办|中介)[^，,。]{0,6}(说|讲|传)|听[^，,。]{0,4}(说|讲)"
)
_PUSH = re.compile(
    "(?:谁|哪|你|您|恁|有没有人|找人|能不能|咋)[^，,。]{0,6}(?:帮|给|替)?(?:我|俺|咱)?们?[^，,。]{0,3}"
    "(?:催催|催一?下|管管|协调|出面|做主|说句话|疏通|推一?推|问问他们|评评理)"
)
_OF_CASE = re.compile(
    r"申请|提交|提上去|交[了上的过到]|交材料|报上|报的|递|送[了件上]|办到|到哪|进[度展]|结果|结论|批|审|受理|下来|(?<!搜)(?<!查)(?<!弹)(?<!跳)出来|今天出|好了|好没|通过|"
    r"催|(?<!名)单|编号|件|还没|没下文|怎么还|啥时候能|多久能|查查|查一?下|看看|看到|看完|填完|登记成功|快[点些一给]|加快|求快|往前赶|抓紧|加急|"
    r"办[完妥成]|流程|走到|状态|程度|动静|信儿|消息|磨|拖|折腾|等[了着]|哪一?步|哪个环节|"
    r"了没(?=有|$|[，,。？?！! 啊呀呢吧])|"
    r"那个呢|天了|办得|抬抬手|\d{6}"
)


_PARTNER = re.compile(
    "(?:^|[，,。 ])(?:可|但|要是|他说|她说)?(?:他俩?|她俩?|对方|那俩|"
    "(?:另|那)[^，,。]{0,3}股东|股东|合伙人|房东|法人|"
    "老[赵钱孙李周吴郑王刘陈杨张马高林])(?:说|都|也|就|他|她|又|现在|一直|死活)*不"
    "(?:想|肯|愿意?|来|签|同意|配合|出|掏|干|担|让|卖|退|转)"
)
"""A partner or a landlord does not do his part: no office is to blame."""


def tells_of_partner(text: str) -> bool:
    """Tell whether somebody one does business with does not do his part: 他说他不来签字."""
    is_office = re.search("窗口|大厅|办事员|工作人员|部门|给[办批]|推", text) is not None
    return _PARTNER.search(text) is not None and not is_office


def is_reported(text: str) -> bool:
    """Tell whether somebody was reported to the authorities, and reports nobody: 有人举报我."""
    return _REPORTED.search(text) is not None


def asks_something(text: str) -> bool:
    """Tell whether a text asks, rather than tells."""
    return _ASKS.search(text) is not None


def tells_unknown(text: str) -> bool:
    """Tell whether a text says that something is not known, and asks nothing: "他叫啥我不知道"."""
    return _UNKNOWN.search(text) is not None


def tells_hearsay(text: str) -> bool:
    """Tell whether it is asked if something heard is so, and not whether we are genuine."""
    return _HEARSAY.search(text) is not None and _FRAUD.search(text) is None


def tells_trouble(text: str) -> bool:
    """Tell whether a text tells how something is held up: "施工许可批不下来"."""
    return _TROUBLE.search(text) is not None


def says_who_is_to_blame(text: str) -> bool:
    """Tell whether a text says who did, or left undone, what: "消防推给住建"."""
    return _BLAME.search(text) is not None


def finds_fault(text: str) -> bool:
    """Tell whether a text blames somebody, or says that it complains."""
    return _FAULT.search(text) is not None or tells_trouble(text) or says_who_is_to_blame(text)


def blames_us(text: str) -> bool:
    """Tell whether the assistant is blamed for its answers: "问你半天都不给准话"."""
    return _OF_US.search(text) is not None


def is_long_trouble(text: str) -> bool:
    """Tell whether a text tells at length how somebody was treated, and asks about no matter."""
    return len(text) >= LONG_STORY and tells_trouble(text) and finds_fault(text)


def names_paper(text: str) -> bool:
    """Tell whether a text speaks of a licence or a filing: 卫生许可证, 备案."""
    return re.search("[证照]|许可|备案", text) is not None


def lacks_licence(text: str) -> bool:
    """Tell whether somebody says that they have no licence themselves: "我这小厂没办排污证"."""
    return _LACKS.search(text) is not None


def proposes(text: str) -> bool:
    """Tell whether a text proposes how a thing could be better: "周末能不能也开门"."""
    return _PROPOSES.search(text) is not None


def passes_on(text: str) -> bool:
    """Tell whether something is to be passed on to those in charge: "给领导提提，划两个车位"."""
    return _PASSES_ON.search(text) is not None


def is_sent_about(text: str) -> bool:
    """Tell whether two sides send somebody to each other: "税务让我去市监，市监让我回税务"."""
    return _SENT_ABOUT.search(text) is not None or _BUCK_PASSED.search(text) is not None


def doubts_an_answer(text: str) -> bool:
    """Tell whether a text says that what was answered is wrong."""
    return _DOUBTS.search(text) is not None


def is_own_slip(text: str) -> bool:
    """Tell whether somebody mends what they asked themselves: "说错了，我想问的是社保"."""
    return _OWN_SLIP.search(text) is not None


def asks_rather(text: str) -> bool:
    """Tell whether a text asks, or mends one's own slip, and doubts nothing that we said."""
    return is_own_slip(text) or (asks_something(text) and not doubts_an_answer(text))


def chooses(text: str) -> bool:
    """Tell whether it is asked which of several ways is the better: "注销走哪种快"."""
    return re.search("(走|选|用|办)?哪[种个条样].{0,4}(快|省|好|合适|划算|简单)", text) is not None


def doubts_us(text: str) -> bool:
    """Tell whether somebody asks if this is genuine: "靠谱吗，是不是骗子"."""
    return len(text) <= LONGEST_DOUBT and _DOUBT.search(text) is not None


def speaks_of_case(text: str) -> bool:
    """Tell whether a text has a word of something handed in: 报上去, 还没批, 到哪一步."""
    return _OF_CASE.search(text) is not None


def asks_progress(text: str) -> bool:
    """Tell whether it is asked how far a case is: 办到哪了, 批了没, 走到哪一步."""
    asked = "到哪(?!一?[年天月日])|哪一?步|哪个环节|进度|[批办审弄下](?:好|完|来)?了没"
    return re.search(asked, text) is not None


def names_case(text: str) -> bool:
    """Tell whether a text says that something handed in is meant: 办件, 受理单, 查进度."""
    named = "办件|受理|编号|进度|申请|(?<!检)查(?!我|俺)|提交|送件|到哪(?!一?[年天月日])"
    return re.search(named, text) is not None


def speaks_of_law(text: str) -> bool:
    """Tell whether a text has a word of laws and rules: 哪条规定, 依据."""
    return re.search("法|规|依据|文件|政策|条|凭(啥|什么)|根据", text) is not None


def weighs(text: str) -> bool:
    """Tell whether it is asked which of two ways holds: "是验收还是备案就行"."""
    return re.search("是[^，,。]{1,8}还是[^，,。]{1,10}", text) is not None


def speaks_of_ticket(text: str) -> bool:
    """Tell whether a text has a word of a whistle, a complaint or an opinion that was filed."""
    return _OF_TICKET.search(text) is not None


def wants_person(text: str) -> bool:
    """Tell whether a text has a word of wanting to talk to a person: 人工, 客服, 找个人."""
    return _PERSON.search(_COUNTED.sub("", text)) is not None


def speaks_of_privacy(text: str) -> bool:
    """Tell whether a text speaks of what is told about oneself, and of who may see it."""
    return (
        re.search(
            "信息|隐私|资料|数据|电话|手机|号码|身份|姓名|名字|泄|漏|匿名|保密|知道|看见|看到|公开|"
            "打击|报复|得罪|小鞋|骚扰|推销|骗|删|抹|清除|安全|实名|人脸|聊天|记录",
            text,
        )
        is not None
    )


def speaks_of_credit(text: str) -> bool:
    """Tell whether a text is about one's standing and not about what was told: 上不上征信."""
    is_credit = re.search("信用|征信|失信|黑名单|处罚(的)?记录|案底", text) is not None
    return is_credit and re.search("信用代码|电话|手机|隐私|泄|名字", text) is None


def wants_push(text: str) -> bool:
    """Tell whether somebody is wanted who pushes or settles a thing: 谁能帮我催催."""
    return _PUSH.search(text) is not None


def says_who_one_is(text: str) -> bool:
    """Tell whether a text says what somebody is and no more: "我是失信人员" wants no person."""
    return re.fullmatch("那?(我|俺)(也|就)?是[^，,。找转换接要？?]{2,8}", text.strip()) is not None


def speaks_of_fire_papers(text: str) -> bool:
    """Tell whether 消防 is a licence to be got, and no cry: "我先整消防", "消防验收没过"."""
    papers = "(办|整|弄|搞|跑|过)(完|好|下|了)?消防(?!车|员|队)|消防(证|验收|手续|备案|许可|审批)"
    return re.search(papers, text) is not None and re.search("[火烟救伤困爆]", text) is None


def tells_besides(text: str) -> bool:
    """Tell whether a text tells something besides orders to a machine: "DROP TABLE; 窗口没人"."""
    others = [part for part in clauses(text) if not gives_orders(part)]
    is_told = any(len(re.findall("[\u4e00-\u9fff]", part)) >= TOLD_BESIDES for part in others)
    return tells_trouble(text) or (is_told and _CODE.search(text) is not None)
