"""Recognises what is told between two questions and answers none: what is done, lacking, said.

"房子租好了" tells of rooms, "村里同意了" of a village: neither says yes to what is asked just now.
"""

import re
from dataclasses import dataclass
from enum import Enum

from bot.services.words.matter_remarks import asks

_OF_AREA = re.compile("平|㎡|亩|米")


class Told(Enum):
    """What a clause tells that answers no question."""

    DONE = "done"
    LACKS = "lacks"
    MONEY = "money"
    OTHERS = "others"
    HEARD = "heard"
    PERSON = "person"
    ANYBODY = "anybody"
    BEGUN = "begun"


@dataclass(frozen=True)
class Remark:
    """What a clause tells, and of which thing: 房子 in 房子租好了."""

    kind: Told
    thing: str = ""


LONGEST = 18
"""Signs of a clause that only tells; a longer one tells a story."""

LONGEST_THING = 9
"""Signs of what it tells of."""

_WHO = "我们|俺们|咱们|我|俺|咱|自己|自家|这边|人家|他们"
_WHEN = (
    "早|就|都|也|刚|才|已经|全|反正|现在|目前|眼下|暂时|年前|年后|年初|去年|前年|今年|今天|"
    "昨天|前天|前两天|前几天|上个?月|上个?(?:周|礼拜|星期)|这两天|一直|给"
)
_VERB = (
    "收拾|装修|安装|注册|准备|平整|设计|勘察|评审|租赁|体检|租|买|办|签|交|付|画|写|做|建|盖|拆|请|招|找|"
    "订|定|谈|起|取|想|批|验|审|拿|领|搞|弄|整|装|修|雇|考|量|通|接|凑|备|刻|测|立|选|看|跑|评|进|填|下|"
    "干|挂|种|养"
)
_RESULT = (
    "得差不多|好|完|妥|成|齐全|齐|够|定|下来|出来|回来|起来|到手|到位|到|过|上|通过|通|清|平|着|走"
)
_REACHED = "好|完|妥|齐全|齐|够|下来|到手|到位|通过"
"""Tells by itself that a thing is there: 证件都齐了."""
_MONEY = "[\\d一二两三四五六七八九十几百千万半]+(?:多|来)?(?:万|千|百|块|元)?(?:钱|块钱|元)?"
_DONE = re.compile(
    f"(?:{_WHO}|{_WHEN}|的)*(?P<thing>[^，,。]*?)(?:{_WHEN})*"
    f"(?:(?:{_VERB})(?:{_RESULT})?|(?:{_REACHED}))了(?:{_MONEY}|一半)?(?:啊|哈|呢|的)?"
)
_DONE_ALONE = re.compile(
    f"(?:{_WHO}|{_WHEN}|的)*(?P<thing>装修|安装|注册|设计|勘察|评审|体检|验收|检测|消毒|培训)(?:{_WHEN})*"
    f"(?:{_RESULT})了(?:啊|哈|呢|的)?"
)
"""Tells that some work is done that is the name of a trade as well: 装修完了."""
_POINTS = re.compile("[这那它前后上下一二两三四五第步个样件道项头面边些全都]+")
"""Points at something instead of naming it: 那个弄完了."""
_AT_HAND = re.compile(
    f"(?:{_WHO}|{_WHEN})*(?P<thing>(?![先就那])[^，,。]{{1,9}}?)(?:{_WHEN})*(?:带|备|拿|揣|搁|放|留|攥|存)着(?:呢|了|哩)?"
)
_VISITED = re.compile(
    f"^(?:{_WHO}|{_WHEN})*(?:去|跑|问|咨询|打听|到)(?:过|了)?[^，,。]{{0,4}}(?:窗口|大厅|局|所|镇上|村里|社区|人家?)"
    "[^，,。]{0,4}(?:过)?了$"
)
_UNDERWAY = re.compile(
    "^(?:我|俺|咱|们|房子|店|店里|厂里|现在|这会儿|那边)*(?:正在|正|还在)"
    "(?:收拾|装修|装|盖|建|施工|拆|弄|办|跑|谈|找|量|粉刷|布置)[^，,。]{0,4}$"
)
_PLANS = re.compile(
    "^(?:我|俺|咱|们|就|也|是|先)*(?:打算|准备|想|计划|争取|预计|估计|想着)[^，,。]{0,8}(?:开业|开张|开门|营业|投产|开工|完工)(?:的|呢)?$"
)
"""Tells of a visit to an office, what is going on, and when one wants to be ready."""
_LACKS = re.compile(
    f"(?:{_WHO}|{_WHEN})*(?P<thing>[^，,。]*?)(?:{_WHEN}|还)*(?:没有|没)"
    f"(?:(?:{_VERB}|来|给|到)(?:{_RESULT})?|(?:{_RESULT}))(?:呢|啊|哩|嘞)?"
)
_NOT_BEGUN = re.compile(
    f"(?:{_WHO}|{_WHEN}|还)*没有?(?:开始|来得及|顾上|顾得上)*"
    "(?P<thing>装修|开业|开张|营业|开工|动工|注册|租(?:房子?|店面?|门面)|签合同|进货|买设备)(?:呢|啊)?"
)
_WITHOUT = re.compile(
    f"(?:{_WHO}|{_WHEN}|还|可)*(?:没有|没|缺|差)(?:个|张|份)?"
    "(?P<thing>[^，,。]{0,5}?(?:证|照|合同|图纸|手续|许可|备案|批文))(?:呢|啊|哩)?"
)
_HAS_NOT = re.compile(
    f"(?:{_WHO}|{_WHEN})*(?P<thing>[^，,。]{{0,5}}?(?:证|照|合同|图纸|手续|许可|备案|批文))(?:{_WHEN}|还|可)*没有?(?:啊|哩)?"
)
_SHORT_OF = re.compile(
    "(?:钱|资金|本钱|启动资金|手头|本)(?:还|也|有点|都|老|实在|就)*(?:不够|不足|不宽裕|紧|没(?:凑|攒)?够|"
    "没到位|差一?点|周转不开)|(?:缺|差|没有?)(?:点|啥|本|启动|几个)*(?:钱|资金)(?![多少])|"
    "贷款[^，,。]{0,3}(?:办|批|贷)?不(?:下来|给|到|了)|贷不(?:下来|到)"
)
_PAID = re.compile(
    "(?:投|花|付|贷|借|凑|交|砸|搭)(?:进去|出去)?(?:了|有|过)?(?:小|快|将近|差不多|大概)*"
    f"{_MONEY}|(?:押金|定金|订金|房租|租金|转让费|首付|工钱|本钱)[^，,。]{{0,4}}?{_MONEY}"
)
_OTHER = (
    "隔壁|旁边|对门|对面|邻居|楼[上下]|左右|上一?家|前一?家|原来(?:那|的)?家|以前(?:那|的)?家|房东|"
    "亲戚|朋友|同学|熟人|社区|村(?:里|委|支书|书记)|镇上|街道|办事处|窗口|大厅|消防|工商|市监|环保|发改|规划|住建|"
    "城管|物业|甲方|园区|设计院|[^，,。不没]{1,3}局|中介|代办|领导|老板|局里|听[^，,。]{1,6}说|别人|人家|"
    "(?:我|俺)(?:家)?(?:媳妇|对象|老公|老婆|爹|爸|妈|娘|哥|弟|姐|妹|儿子|闺女|叔|舅|姑|姨|婆婆|丈母娘)"
)
_SAYS = (
    "也(?:是|在|开|干|做)|也?(?:说|同意|答应|支持|介绍|催|来看|来过|来了|看过|看了|查过|批了|点头|让来|让我来|叫我来|"
    "不错|挺好|人好|好说话|急)|是[干开做卖]"
)
_OTHERS = re.compile(f"^(?:{_WHEN})*(?:{_OTHER})[^，,。]{{0,8}}?(?:{_SAYS})")
_BLAMES = re.compile(
    "刁难|态度|不给|卡|拖|骂|推|踢|退|缺|为难|不让|罚|差(?!不多)|糊弄|投诉|举报|找我|要求|扰|吵"
)
"""Whoever is blamed is not only told of."""
_HEARD = re.compile(
    "^(?:(?:哦|噢|喔|嗯|好|那|行|这样)*(?:我|俺)?(?:知道|明白|晓得|懂|了解|清楚|听懂)[了啊呀啦]+|"
    "(?:你|您|恁)?说[的得](?:也|都|挺|很)?(?:对|有道理|是|在理)(?:啊|呀)?|收到(?:了)?|有道理|"
    "(?:哦|噢|原来)+(?:是)?这(?:样|么回事)(?:啊|呀)?)$"
)
_PERSON = (
    ("退役军人", re.compile("退伍|退役|当过兵|当兵(?:回来|退|的|出身)|转业|复员|老兵")),
    ("残疾人", re.compile("残疾|腿脚不")),
    ("离校2年内高校毕业生", re.compile("大学生|毕业|研究生")),
    ("就业困难人员", re.compile("低保|困难户|零就业|四零五零|4050")),
    ("登记失业人员", re.compile("下岗|失业|待业|没工作|没事干|被裁")),
    ("返乡入乡农民工", re.compile("返乡|回乡|打工[^，,。]{0,6}回来|回老家|农民工")),
    ("脱贫人口", re.compile("脱贫|贫困户|建档立卡")),
)
"""Groups of founders by all words of which a remark may speak, whatever a profile keeps of it."""
_ANYBODY = re.compile(
    "^(?:我|俺|咱)[^，,。]{0,3}(?:外地|外省|外县|农村|乡下|退休)[^，,。]{0,3}$|"
    "^(?:我|俺|咱)?(?:的)?(?:户口|户籍)[^，,。]{0,2}(?:不|没)?(?:在|是)[^，,。]{0,8}$|^(?:我|俺)?(?:今年|都)*[^，,。]{1,4}多?岁了?$"
)
"""Tells where one comes from, or how old one is, which hinders nobody from opening a shop."""
FROM_ELSEWHERE = "外地"
"""Stands in the question of the catalogue on who may open a shop."""
_BEGUN = re.compile(
    f"^(?:{_WHO}|{_WHEN}|其实|店|厂房|厂|活|那边|工地)*(?:开业|开张|开门|营业|开工|动工|开干|干开|盖|施工)"
    "(?:着|起来|开|上)?(?:了)?(?:快|有|都|到)*(?:半个?月|几天|一阵子?|好久|一半|大半|封顶|"
    "[一二两三四五几]个?(?:多)?(?:年|月|天|层))?(?:多)?了(?:啊)?$"
)
BEGUN_WITHOUT = {
    "plan_project_form": "没拿施工证先开工罚多少",
    "start_business_form": "没办执照就先开店会被罚吗",
}
"""What follows where somebody has begun already, by form."""
_SELF = re.compile(
    "^(?:(?:我|俺|咱|本人)(?:以前|原来|现在|之前|也)*(?:是|有|算|当过)|刚|才|当过|以前|原来|现在|下岗|失业|待业|"
    "返乡|回乡|退伍|退役|复员|今年刚|去年)"
)
_EMPLOYS = re.compile("雇|招|聘|教|卖|服务|顾客|客人|学员")
"""Beside them such words tell of others: 招几个大学生."""


_KINDS = (
    (Told.HEARD, _HEARD),
    (Told.MONEY, _SHORT_OF),
    (Told.ANYBODY, _ANYBODY),
    (Told.BEGUN, _BEGUN),
)
"""What is told by its words alone, the first that fits."""


def remark_in(text: str) -> Remark | None:
    """Return what a clause tells and answers nothing with; None where it may be anything else."""
    said = text.strip(" 。！!~")
    if said.endswith("着呢") or "没" in said or _UNDERWAY.search(said.removesuffix("呢")):
        said = said.removesuffix("呢")
    if not said or len(said) > LONGEST or asks(said):
        return None
    if person_told(said) is not None:
        return Remark(Told.PERSON)
    kind = next((kind for kind, words in _KINDS if words.search(said)), None)
    if kind is not None:
        return Remark(kind)
    return _told_of(said)


def _told_of(said: str) -> Remark | None:
    """Return what a clause tells of others, of a thing or of money; None for nothing."""
    if _OTHERS.search(said) is not None and _BLAMES.search(said) is None:
        return Remark(Told.OTHERS)
    if thing := thing_done(said):
        return Remark(Told.DONE, thing)
    if _NOT_BEGUN.fullmatch(said) or _UNDERWAY.search(said):
        return Remark(Told.OTHERS)
    is_plain = _VISITED.search(said) or _PLANS.search(said) or _PAID.search(said)
    if is_plain is not None and _OF_AREA.search(said) is None:
        return Remark(Told.OTHERS)
    lacking = _LACKS.fullmatch(said) or _WITHOUT.fullmatch(said) or _HAS_NOT.fullmatch(said)
    if lacking is None or not 0 < len(lacking["thing"]) <= LONGEST_THING:
        return None
    return Remark(Told.LACKS, lacking["thing"])


def thing_done(text: str) -> str:
    """Return what a clause says to be done, or got: 房子 in 房子早就租好了; else ""."""
    said = text.strip(" 。！!~").removesuffix("呢")
    if len(said) > LONGEST:
        return ""
    found = _DONE_ALONE.fullmatch(said) or _DONE.fullmatch(said) or _AT_HAND.fullmatch(said)
    if found is None or re.search("[不没别未]|改|换|要|让|被|丢|坏|黄", said) or asks(said):
        return ""
    thing = found["thing"].removesuffix("的").removesuffix("是")
    is_named = len(thing) <= LONGEST_THING and _POINTS.fullmatch(thing) is None
    return thing if is_named else ""


def question_without(thing: str) -> str:
    """Return what is asked by who lacks a thing: 没有房产证怎么办."""
    return f"没有{thing}怎么办"


def person_told(text: str) -> str | None:
    """Return the group of founders that somebody says to be of: 我是退伍军人; None for none."""
    return group_spoken_of(text) if _SELF.search(text) is not None else None


def group_spoken_of(text: str) -> str | None:
    """Return the group of founders that a text speaks of, whoever it is: 下岗女工开缝纫店."""
    if _EMPLOYS.search(text) is not None:
        return None
    return next((group for group, words in _PERSON if words.search(text)), None)


def is_of_group(text: str) -> bool:
    """Tell whether a text has the word of a group that policies ask for: 退伍, 低保, 刑满."""
    return "刑满" in text or any(words.search(text) for _, words in _PERSON)


def thing_lacked(text: str) -> str:
    """Return what a clause says not to be there yet: 地方 in 地方还没定; else ""."""
    remark = remark_in(text)
    return remark.thing if remark is not None and remark.kind is Told.LACKS else ""


def is_work(thing: str) -> bool:
    """Tell whether a thing that is done is work on the rooms, whatever a question calls so."""
    return _DONE_ALONE.fullmatch(f"{thing}好了") is not None
