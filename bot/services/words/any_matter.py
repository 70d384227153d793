"""Recognises what may be asked of any matter beside its papers, days, costs, place and law.

"防雷验收能加急不" names the matter and asks a thing that every matter has; "能加急不" asks the same
of the one spoken of. What is left of the text beside the question is the name.
"""

import re
from dataclasses import dataclass
from enum import Enum

from bot.services.words.early import ASK, BEFOREHAND, OK
from bot.services.words.haste import without_haste
from bot.services.words.lending import lends, tells_little
from bot.services.words.matter_remarks import asks
from bot.services.words.remarks import clauses


class Point(Enum):
    """What is asked of a matter."""

    CHANGED = "changed"
    CLOSED = "closed"
    DISPLAY = "display"
    EASY = "easy"
    ELECTRONIC = "electronic"
    ELSEWHERE = "elsewhere"
    EXAM = "exam"
    FORM = "form"
    HASTE = "haste"
    HOURS = "hours"
    LENT = "lent"
    LICENCE_FIRST = "licence_first"
    LAPSED = "lapsed"
    LOST = "lost"
    MAIL = "mail"
    MISPRINT = "misprint"
    ORIGINAL = "original"
    PERSON = "person"
    PROXY = "proxy"
    QUEUE = "queue"
    RECEIPT = "receipt"
    RESULT = "result"
    REVOKED = "revoked"
    SENT_BACK = "sent_back"
    TERMS = "terms"
    TOGETHER = "together"
    TRIPS = "trips"
    VISIT = "visit"
    WHO = "who"
    WHY = "why"
    WITHDRAWN = "withdrawn"
    WITHOUT = "without"
    YEARLY = "yearly"


@dataclass(frozen=True)
class PointAsked:
    """A point that a text asks of a matter.

    Attributes:
        point: What is asked.
        words: The words that ask it.
        named: What the text says beside them: the name of the matter; "" for none.
    """

    point: Point
    words: str
    named: str


LONGEST = 32
"""Characters; a longer text tells more than what it is about."""

_HOW = "(?:咋|怎么?|如何|能不能|能|可以|去哪|上哪|找谁|该|要|得|还)"
_DO = "(?:办(?![学公])理?|弄|整|做|搞|申请|登记|备案|审批|报批|报|批|验收|审)"
_DONE = "(?:完了?|好了?|成了?|下来了?|过了?|到手了?|了)"

_LOST = re.compile(
    "(?:弄|搞|给|整)?(?:丢|遗失|找不[着到]|不见|没影|烧|撕|泡|损坏|坏|烂|破)[了没坏烂破毁]*"
    f"(?:以后|的话|之后)?[，, ]?(?:那|我|俺)?{_HOW}[^，,。修]*$|"
    "(?:咋|怎么|如何|能|可以|去哪|上哪)(?:样)?补(?:办|领|发|回来(?!一?[点些])|一?[张本个])[^，,。]*$"
)
_TAKEN = (
    "[，, ]?(?:窗口|大厅|人家|他们|那边)*(?:收不收|认不认|受理不受理|受理|认|收)[吗不么]?[?？]?$"
)
_PROXY = re.compile(
    f"(?:让|叫|请|找|托|委托|派|花钱|能|可以)*(?:人|别人|他人|中介|公司|会计|熟人)?(?:给|来|去|帮)?"
    f"(?:代办|代跑|代理|跑腿)[^，,。记]{{0,6}}{ASK}|"
    "(?:需不需要|要不要|是不是|必须|非得|一定|需要|要|得|用|还|不用)*(?:我|俺|老板|法人)?"
    "(?:本人|亲自|自己)(?:亲自)?(?:去|到场|到|来|跑|露面|在场|过去)[^，,。]{0,5}$|"
    f"(?:能不能|可不可以|能|可以)?(?:让|叫|请|找|托|派|委托)[^，,。]{{1,6}}(?:替|代|帮|给)?(?:我|俺|着)?"
    f"(?:去|跑|办|交|弄|递|送)[^，,。]{{0,3}}(?:{OK}{ASK}|{_TAKEN})|"
    f"(?:能不能|可不可以|能|可以)(?:委托|让)(?:别人|他人|人)[^，,。]{{0,4}}{ASK}|"
    "(?:要是|如果|那)*(?:我|俺|咱|老板|法人|本人|人)(?:本人|自己)?(?:就|能|可以|能不能|可不可以)*不(?:亲自|用)?"
    f"(?:去|到场?|过去|露面|回来)(?:大厅|窗口|现场|跑)?[，, ]?"
    f"(?:{OK}{ASK}|(?:能|可以|给)(?:办|弄)[吗嘛么不没]{{1,2}}[?？]?$)"
    "|(?:能不能|可不可以|能|可以|想)(?:花钱)?(?:找|让|请|托)(?:人|别人|中介|代理公司|会计|熟人)"
    f"(?:给|来|去|帮)?(?:我|俺)?(?:弄|办|跑|整|交)[^，,。]{{0,3}}{ASK}"
)
_WHY = re.compile(
    "(?:为啥|为什么|为何|凭啥|凭什么|干啥|咋)"
    "(?![^，,。]{0,4}(?:问|知道|填|留|告诉|电话|手机))"
    "(?:还|就|都|非|一定|我|俺|老百姓|得|要|必须|需要|让|叫)+"
    f"(?:去|再)?{_DO}?(?:个|一个|这个?|那个?)?|"
    "(?:有|管|顶|起)(?:啥|什么)(?:用|作用)(?:处)?[啊呀呢]?[?？]?$|图(?:个)?(?:啥|什么)[?？]?$|"
    "(?:干|做)(?:啥|什么)(?:用|使)的?[啊呀呢]?[?？]?$"
)
_SENT_BACK = re.compile(
    "(?:又|给|被|让|人家|他们|窗口)*(?:(?:退|打|驳|拒)(?:了?回|绝)?(?:来|件)?了?|不予受理|没受理|卡住了?)"
    f"[，, ]?(?:以后|的话)?了?[，, ]?(?:那|我|俺|下一步|接下来|后头)?(?:该|要|得)?{_HOW}"
    "[^，,。]{0,6}$|"
    "(?:没|不)(?:给|让)?(?:批|通过|过|办)(?:准|成|下来|过)?了?[，, ]?(?:以后|的话)?(?:那|我|俺)?"
    "(?:该|要|得)?(?:咋|怎么|如何)[^，,。样罚]{0,4}$|"
    "(?:办|批|弄|通|申请|审)不(?:下来|过去|过|成|了)[，, ]?(?:那|我|俺)?(?:该|要)?"
    "(?:咋|怎么|如何|找谁)[^，,。]{0,4}$"
)
_DAY = (
    "(?:周[末六日天]|星期[六日天]|礼拜[六日天]|双休日?|大?星期天|节假日|放假|公休|晌午|中午|"
    "晚上|夜里|下班(?:以?后)?)"
)
_HOURS = re.compile(
    f"{_DAY}[^，,。营卖]{{0,5}}(?:办|去|过去|上班|有人|受理|给弄|收件|接件|加班|值班)[^，,。]{{0,3}}$|"
    f"^(?:那|你们|恁|窗口|大厅)*{_DAY}[^，,。营卖]{{0,4}}开门[^，,。]{{0,3}}$|"
    "(?:窗口|大厅)?几点(?:钟)?(?:上班|下班|开始办|能办)[^，,。]{0,2}$"
)
_HASTE = re.compile(
    "(?:能不能|可不可以|有没有|可以|能|给|有|想|要|让|得)*(?:不能)?(?:办|弄|给|走)?"
    "(?:加急|急办|特急|特事特办|插个?队|绿色通道)"
    "(?:(?:办|弄)个?(?P<hurried>[^，,。不吗么]{2,10}))?[^，,。]{0,6}$|"
    "(?:能不能|可不可以|可以|能)(?:再|给)?(?:办|弄|批)?快(?:点儿?|些|一点儿?|着点)?"
    "(?:给)?(?:办|弄|批)?[吗嘛么不没]{1,2}[?？]?$|(?:能不能|可不可以)(?:再|给)?快(?:点儿?|些|一点儿?)[?？]?$"
)
_WITHOUT = re.compile(
    "(?:能不能|可不可以|可以|能|要是|如果|就|先|我|俺|那|就是)*不(?:去)?"
    f"{_DO}(?:这个?|那个?)?(?P<after>[^，,。]{{0,12}}?)[，, ]?(?:直接|也|就|先)?"
    "(?:干|开工?|开业|营业|卖|用|做|开门|施工|盖|建|经营)?(?:行不?行?|中不?中?|成不?成?|可以|没事|有事|犯法|违法|要紧|碍事)[吗嘛么不没吧]?[?？]?$|"
    f"(?:能不能|可不可以|可以|能)不{_DO}(?P<then>[^，,。]{{0,12}}?)[吗嘛么不没啊]{{0,2}}[?？]?$|"
    "(?:是不是)?(?:必须|非得|一定得|一定要|非要|非)(?:去)?办(?:不可|不行)?[吗嘛么不没]{0,2}[?？]?$|"
    f"^(?:那|要是|如果|我|俺|咱|就|偏|硬|故意|[，, ])*不(?:去)?(?:{_DO}|[领填登备编交缴标验])"
    "(?:它|上去)?(?:的话)?(?:呢|[又还]?[会能](?:咋|怎么?)[样着的了]?)[?？]?$|"
    "(?:还)?没(?:有)?(?:批|办|拿|发)?(?:下来|到手|到|好|完|成)(?:之前|以前|呢)?[，, ]?"
    "(?:就|我|俺)?(?:能不能|能|可以|可不可以)?先(?:干|开工|开业|营业|开门|卖|用|施工|盖|动工|生产)"
    "[^，,。]{0,4}$|"
    "没(?:有)?(?P<lacked>[^，,。]{2,12}?)(?:能不能|能|可以|就|也)*先"
    f"(?:干|开工|开业|营业|开门|卖|用|施工|动工|生产|招|收)[^，,。]{{0,4}}{OK}{ASK}"
)
_CLOSED = re.compile(
    "(?:(?:是不是|要不要|需不需要|不用|要|用|得|需要|还|也|都|该|单独|另外|自己|跟着|一块儿?)+(?:去|再)?"
    "(?:注销|销掉|销了|销|交回去?|退回去?|缴回)[^，,。咋怎哪多几啥材]{0,3}[吗嘛么不没吧]?|"
    "(?:注销|销掉|交回)了?[吗嘛么不没])[?？]?$|"
    "(?<![钱金费款税货额票])(?:该|得|要|我)*(?:咋|怎么?|如何|去哪|上哪|在哪|找谁)(?:办理?|样|给|去)*"
    "(?:注销|销掉?|退掉?|[交退缴]回去?|缴销)[^，,。钱押费货款税人]{0,3}$|"
    "(?:注销|[交退缴]回去?)(?:的话)?(?:咋|怎么|如何)(?:办|弄|整|走)[^，,。]{0,2}$"
)
_WHO = re.compile(
    "(?:哪些|哪种|哪类|啥样的?|什么样的?|什么|啥)(?:人|店|单位|企业|情况|公司|项目|工程|地方|场所|厂子?|行业)"
    f"(?:下|里|家)?(?:才|都|必须|需要|得|要|用|该|去|来|有)+{_DO}(?:这个?|那个?)?|"
    f"谁(?:才|都|必须|需要|得|要|用|该)+(?:去|来)?{_DO}(?:这个?|那个?)?"
)
_RESULT = re.compile(
    f"{_DO}?{_DONE}(?:以后|之后)?(?:能|会|都|是|就|我|最后|手里|他们|窗口)*"
    "(?:给|发|拿|领|得|出|落)+(?:到|着|我|俺|咱|个|的|是|一个|张|本|回)*(?:啥|什么|哪)[^，,。]{0,5}$|"
    "(?:给|发|领|拿)(?:发|到手?)?(?:个|一个|张|本|块)?(?:啥|什么)(?:样的?)?(?:[证本牌卡单照条]|凭证|执照|东西)"
    "[牌子]?[吗么不没呢]?[?？]?$|"
    "(?:完事|办完|弄完|办好|当场|最后)[^，,。]{0,3}(?:给|发|领|拿)(?:到手?)?(?:个|张|本)?(?:啥|什么)[^，,。]{0,4}$|"
    "(?:最后|到底)?(?:给|发|领|拿)(?:到手?|下来)?的(?:是)?(?:个|一个|张)?(?:啥|什么)[^，,。]{0,4}$|"
    "(?:给|发)(?:个)?(?:啥|什么)(?:证|本|凭证|批文)[^，,。]{0,2}$|"
    "(?:给|发|是|领)(?:的)?(?:是)?纸(?:质)?的?还是电子的?[^，,。]{0,3}$"
)
_VISIT = re.compile(
    "(?:要不要|会不会|用不用|是不是|有没有|还|要|会|得|需要|用|派|有|先)*(?:人|专家|他们)?(?:来|到|去|上)*"
    "(?:现场|上门|实地|店里|厂里|工地|家里|场地)[^，,。]{0,2}"
    "(?:检查|核查|勘查|勘验|勘察|查看|核验|踏勘|验收|查|看|验|勘)[^，,。谁几多了]{0,4}$|"
    "(?:要不要|会不会|用不用|是不是|有没有|还|要|会|得|需要|用|先)*(?:派)?(?:人|专家)?(?:来|去|到)*"
    "(?:检查|核查|勘查|勘验|踏勘|查看|查|看|验)(?:一?下)?(?:现场|场地|店面|房子|厂房)[^，,。谁几多]{0,3}$|"
    "(?:派人|来人|有人来|人来)(?:现场|上门|店里)?(?:检查|核查|查|看|验)[^，,。谁几多]{0,4}[吗嘛么不没][?？]?$"
)
_YEARLY = re.compile(
    "(?:要不要|用不用|还|要|得|需要|用|是不是|也)*(?:一年一[检审查换报]|年检|年审|(?:每年|年年)[^，,。钱]{0,3}[检审查验])"
    "[^，,。]{0,4}$|(?:要不要|用不用|还|要|得|需要)*(?:定期|几年一|多久一|多长时间一)[检审验][^，,。]{0,4}$"
)
_LAPSED = re.compile(
    "(?:已经|都|要是|不小心|忘了)*(?:有效期)?(?:过了?期|超了?期|到了?期?[^，,。咋]{0,5}没(?:去)?[续换办])[^，,。咋怎如会还能罚]{0,6}"
    "[，, ]?(?:那|我|俺)?(?:咋|怎么|如何|会|还能|要紧|罚|有事|能不能)[^，,。]{0,8}$"
)

_MAY = "(?:能不能|可不可以|能|可以)"
_MUST = "(?:要不要|用不用|需不需要|要|得|用|需要|必须|还|先|提前)"
_TRIPS = re.compile(
    "(?:要|得|需要|一共|总共|大概|去|跑)+(?:几|多少)[趟次回][^，,。]{0,3}$|"
    f"{_MAY}?(?:只|就|跑)*一趟(?:就|能|可以)*(?:办|弄|搞)?(?:完|好|成|利索|下来)[^，,。]{{0,3}}$|"
    f"{_MAY}(?:只|就)跑一趟[^，,。]{{0,3}}$"
)
_MAIL = re.compile(
    "(?:办好了|办完|好了|批了)?(?:以?后)?(?:能不能|能|可以|给|管|帮|包)+(?:邮寄|快递|寄)[^，,。]{0,6}$|"
    "(?:材料|资料)?(?:寄|邮)(?:过去|过来|给你们?)(?:行|中|可以|能行|成)[不吗么]"
)
_QUEUE = re.compile(f"{_MUST}+(?:预约|约号|取号|排队|排号)[^，,。]{{0,3}}$")
_EASY = re.compile(
    "(?:好|难)(?:不好|不难)?(?:办|批|弄|拿|下来|申请)(?:吗|不|么|嘛)?[?？]?$|难不难(?:办|批|弄)?[?？]?$|"
    "(?:麻烦|复杂)(?:不麻烦|不复杂|吗|不|么)[?？]?$"
)
_ELSEWHERE = re.compile(
    "(?:在|到|去|拿到)?(?:外地|外省|外县|全国|别的地方|其他地方|省外|异地)(?:也|都|还)?"
    "(?:能|管|可以|认)(?:不能)?(?:用|认)?[^，,。办]{0,3}$|全国(?:都)?通用[^，,]{0,2}$"
)
_MISPRINT = re.compile(
    "(?:上头|上面|上)?的?(?:名字|字|地址|日期|信息|号)?(?:印|写|打|登|填|录)错了?[^，,。咋怎能可]{0,4}"
    "(?:咋|怎么|能|可以)[^，,。]{0,5}$"
)
_REVOKED = re.compile(
    "(?:被|让人)?(?:吊销|撤销|收走|没收)了?[^，,。]{0,3}(?:还能|能|可以)(?:再|重新|不能再)?"
    "(?:办|申请|开)[^，,。]{0,3}$"
)
_TOGETHER = re.compile(
    f"{_MAY}(?:跟|和|与)?(?:别的|其他的?|其它的?|几个证|几样|旁的)?(?:证|手续)?"
    "(?:一块儿?|一起|同时|一并|并行)着?(?:办|弄|跑|交|申请|走)[^，,。]{0,3}$"
    "|(?:跟|和|与)[^，,。]{1,8}(?:一块儿?|一起|同时|一并)着?(?:办|弄|跑)[^，,。]{0,3}$"
)
_FORM = re.compile(
    "(?:申请表格?|申请书|表格?)(?:在|去|上|从|是)?(?:哪儿?|哪里)[^，,。]{0,3}(?:下|领|拿|找|弄|打印|填)"
    "[^，,。]{0,3}$"
)
_ORIGINAL = re.compile(
    "(?:要|用|交|得|带)?的?是?(?:原件|复印件|电子版|纸质的?)(?:还是|或者?)(?:要|用|交)?"
    "(?:原件|复印件|电子版?|纸质)的?[^，,。]{0,3}$|"
    "^(?:原件|复印件|拍照|照片|扫描件?|手写)的?(?:行|中|可以|能行|成)[不吗么]"
)
_ELECTRONIC = re.compile(
    "(?:有没有|有)?电子(?:版|证照?)的?(?:(?:去|在|上|从)?哪[^，,。]{0,5}|(?:咋|怎么)[^，,。]{0,5}|[吗不没])$"
)
_RECEIPT = re.compile(
    "(?:交|收|递)(?:了|完|上去)?(?:材料|资料|东西)?(?:以?后)?(?:给|有|开)(?:个|张|不给)?"
    "(?:啥|什么)?(?:回执|收条|凭证|条子|收据|受理单|单子)[^，,。]{0,3}$|"
    "(?:给|有)(?:没有|不给)?(?:个|张)?(?:回执|收条|受理单|收件单)[^，,。]{0,2}$"
)
_WITHDRAWN = re.compile(
    f"(?:还)?{_MAY}(?:再)?(?:撤回|撤件|撤了|收回)[^，,。]{{0,3}}$|(?:咋|怎么)(?:撤回|撤件)"
)
_EXAM = re.compile(f"{_MUST}+(?:去|参加)?(?:考试|考核|培训|考个?证|上课)[^，,。几多]{{0,3}}$")
_PERSON = re.compile(
    "(?:外地人|外地户口|外乡人|农村户口|年纪大|岁数大|老年人|退休|外国人|老外|大学生|学生|残疾人|"
    "未成年|有案底|坐过牢|公务员|失信|老赖)(?:的|了|人员|人)*(?:也|都|还)?(?:能不能|能|可以|让|给)"
    "(?:办|申请|干|开|当|弄)[^，,。]{0,4}$"
)

_DISPLAY = re.compile(
    "(?:非得|必须|一定|要不要|用不用|得|要|还)*(?:挂|(?<![补津])贴|摆|亮|张贴|悬挂)(?:出来|起来|着|在)?"
    "(?:墙上?|店里|门口|外头|明处|显眼的?地方)?[吗嘛么不没][?？]?$|"
    "(?:要不要|用不用|是不是[要得])(?:挂|(?<![补津])贴|摆|亮|张贴|悬挂)(?:出来|起来|着|在)?"
    "(?:墙上?|店里|门口|外头|明处|显眼的?地方)?[?？]?$|"
    "(?:(?:非得|必须|一定要?|要)(?:挂|(?<![补津])贴)(?:出来|墙上?)?[吗不么]?[?？，, ])?"
    "(?:要是|如果|就)?[不没](?:挂|(?<![补津])贴|摆|亮|张贴|悬挂)(?:出来|起来|着|在)?(?:墙上?|店里|门口|外头)?"
    "(?:的话)?(?:会|要|得|能)?(?:不会)?(?:罚|咋|怎么?|行|中|有事|没事)[^，,。]{0,5}$"
)
_ASKS_LENT = re.compile(
    f"{OK}[吗嘛么不没呢]{{0,2}}[?？]?$|[吗么不呢][?？]?$|能不能|可不可以|"
    "(?:咋的?|咋样|罚|抓|查|犯法|违法|违规|有事|没事|出事)[^，,。]{0,4}$"
)
_LENT = re.compile(
    "(?:盘|转|兑|包|卖|让)给[^，,。]{1,6}[，, ](?P<held>[^，,。]{0,14}?)(?:还能|还|能|可以|直接)*"
    "(?:接着|继续|跟着|照样)?(?:再|给)?(?:他|她|人家)?[用使](?:不用|吗|么|嘛|不|没)?[^，,。]{0,2}$|"
    "(?:借|租)给[^，,。办材]{1,8}(?:用|使|跑|干|开|挂靠?)[^，,。办材]{0,4}"
    "(?:行不?行?|中不?中?|可以|成|合法|没事|有事|犯法)[吗嘛么不没]{0,2}[?？]?$|"
    "(?:想|要|能|能不能|可以|可不可以)?(?:给|让|叫)[^，,。办来去]{1,4}(?:接着|继续)?(?:用|使|顶着用)"
    "(?:行不?行?|中不?中?|可以|成)?[吗嘛么不没]{0,2}[?？]?$|"
    "(?:能不能|可不可以|能|可以)(?:直接|一块|跟着|也)*(?:转让|转给|出租|出借|租给|借给|过户|卖给|包给|承包给|盘给)"
    "[^，,。]{0,6}[吗嘛么不没行中]?[?？]?$|"
    "(?:还是|就|都|直接|继续|接着)*(?:使|用|挂|拿|借)(?:着)?(?:我|俺|咱|他|她|人家|别人|老板|公司|厂|店|原来)们?"
    "[^，,。办]{0,4}(?:这|那|的)?(?:个|张)?(?:许可证|执照|证|照)[^，,。办材]{0,4}"
    "(?:行不?行?|中不?中?|可以|成|合法|合规|没事|有事)[吗嘛么不没]{0,2}[?？]?$|(?:转让|出租|出借)(?:出去)?(?:行不?行?|中不?中?|可以)[吗不么]?[?？]?$"
)
_OF_OTHERS = re.compile(
    "(?:使|用|挂|拿|借)着?(?![我俺咱]的|[我俺咱]们的|营业执照|食品)[^，,。办材的]{1,5}(?:的|那个|那张|这个)"
    "(?:个体|营业)?(?:执照|照(?!片)|许可证|证(?![明件据书]))(?:接着|继续|先|去|来)?"
    "(?:干|卖|开(?!户|票)|营业|经营|跑|做(?!账))"
)


_GIVEN_ON = re.compile(
    "(?:执照|(?<![牌拍护驾按])照(?!片|顾|着|样))(?:就|先|直接|干脆|也|不变)*(?:给|借给?|让给?|转给|租给?|留给)"
    "(?:了)?(?:[他她]们?|人家|别人|(?:我|俺|咱)?(?:小舅子|弟|哥|姐|妹|爸|妈|儿子|闺女|亲戚|朋友|对象|媳妇|表弟|侄子)弟?)"
    "(?:接着|先|继续|直接|去|来)*(?:用|使|挂|干|经营|开|做)(?!章|一下|户)"
)
"""The business licence is handed on to somebody who works on it: 执照直接给他用."""


def uses_licence_of_others(text: str) -> bool:
    """Tell whether somebody is to work on the licence of somebody else: 用他的照接着卖 能咋的."""
    return _OF_OTHERS.search(text) is not None or _GIVEN_ON.search(text) is not None


_NOT_LENT = re.compile(
    "身份证|房产证|产权证?|不动产|土地证|"
    "(?:(?<!药)房子?|地址|手机|电话)[^，,。]{0,2}办(?![的好下])|"
    "(?:房子?|铺面?|[店门]面|厂房|场地|摊位|柜台|设备|车)[^，,。]{0,3}(?:租|借|包|转|卖|让)给|"
    "(?:复印件|材料|资料)[^，,。]{0,4}[给让叫]|[给让叫][^，,。]{0,3}(?:银行|税务|财务|网店|平台)"
)
_WANTS_LENT = re.compile("(?:想|能)(?:给|让|叫)")
_RETURNED = re.compile("[交退缴]回|退")
_HELD = re.compile("(?<!保)证(?![金明据件])|照(?!片)|本(?![金人钱])|许可")
_LICENCE_FIRST = re.compile(
    "(?:是不是|是否|得|要|需要|必须|一定|还)+先(?:把)?(?:有|办|拿|领|弄)(?:个|了|到|好|完)?"
    "(?:营业)?执照(?:办了|办好)?(?:才行|才能?办?)?[^，,。罚]{0,3}$"
)
_TERMS = re.compile(
    "(?:要|有|得|符合|具备|满足|都)*(?:啥|什么|哪些)样?的?(?:条件|要求|门槛)"
    "(?:才|就|都)?(?:能|给|可以|让)*(?:批|办|发|下|拿|行)?(?:证|下来)?[^，,。罚]{0,2}$"
)

_POINTS = (
    (Point.LOST, _LOST),
    (Point.LAPSED, _LAPSED),
    (Point.CLOSED, _CLOSED),
    (Point.SENT_BACK, _SENT_BACK),
    (Point.HOURS, _HOURS),
    (Point.HASTE, _HASTE),
    (Point.PROXY, _PROXY),
    (Point.YEARLY, _YEARLY),
    (Point.VISIT, _VISIT),
    (Point.RESULT, _RESULT),
    (Point.WITHOUT, BEFOREHAND),
    (Point.WITHOUT, _WITHOUT),
    (Point.MISPRINT, _MISPRINT),
    (Point.REVOKED, _REVOKED),
    (Point.RECEIPT, _RECEIPT),
    (Point.MAIL, _MAIL),
    (Point.TRIPS, _TRIPS),
    (Point.QUEUE, _QUEUE),
    (Point.FORM, _FORM),
    (Point.ORIGINAL, _ORIGINAL),
    (Point.ELECTRONIC, _ELECTRONIC),
    (Point.ELSEWHERE, _ELSEWHERE),
    (Point.TOGETHER, _TOGETHER),
    (Point.WITHDRAWN, _WITHDRAWN),
    (Point.EXAM, _EXAM),
    (Point.PERSON, _PERSON),
    (Point.DISPLAY, _DISPLAY),
    (Point.LENT, _LENT),
    (Point.LICENCE_FIRST, _LICENCE_FIRST),
    (Point.TERMS, _TERMS),
    (Point.EASY, _EASY),
    (Point.WHO, _WHO),
    (Point.WHY, _WHY),
)

# fmt: off
_BEFORE = (
    "那个", "这个", "那张", "这张", "那本", "这本", "请问", "想问下", "想问", "问一下", "问下",
    "那么", "那", "要是", "如果", "这个", "那个", "这", "它", "不小心", "直接", "材料", "资料",
    "我们", "我", "俺们", "俺", "咱们", "咱", "你们", "的", "去", "办理", "办个", "申请", "，",
)
_BEHIND = (
    "不小心", "材料", "资料", "办之前", "办以前", "办理", "办", "办下来", "申请", "现在", "那边",
    "这个", "那个", "这证", "那证", "的时候", "的话", "以后", "之后", "到底", "究竟", "都", "也",
    "还", "是", "的", "了", "去", "呢", "啊", "吗", "不", "？", "?", "，", "要是",
    "给我",
)
# fmt: on
"""Words that lead to a name, and that follow it."""

_NO_NAME = frozenset(
    {"证", "照", "本", "本子", "手续", "事", "东西", "批文", "许可", "备案", "登记"}
)
"""What is left of 这个证 and names none."""

_OF_POINT = {
    Point.CLOSED: "注销吗|要注销|销掉",
    Point.LOST: "(?:丢|遗失|损[坏毁])[^，。]{0,3}(?:咋|怎么|如何|还能)|(?:咋|怎么|如何)补[办领刻]",
    Point.LAPSED: "过期|逾期|没续|最后几天|届满|超期",
    Point.PROXY: "代办|本人|亲自|到场|法人不来|委托人?办",
    Point.VISIT: "现场看|现场[核检]查|上门|来人|勘验|踏勘",
    Point.YEARLY: "年检|年审|定期检",
    Point.HASTE: "加急|最快|当天|能快",
    Point.HOURS: "周末|上班|节假日",
    Point.RESULT: "给(?:什么|啥)|发(?:什么|啥)|电子证",
    Point.MAIL: "邮寄|寄递",
    Point.REVOKED: "吊销",
    Point.TOGETHER: "一起办|一块办|同时办|并入|合并",
    Point.EXAM: "考试|考核|培训",
    Point.DISPLAY: "挂出来|张贴|悬挂|亮证|挂在",
    Point.LENT: "借给|直接给人家|转让|出租|转过来|过户",
    Point.LICENCE_FIRST: "先办.{0,8}执照|执照.{0,4}先办|先照后证|先有执照",
    Point.SENT_BACK: "退回|驳回|没(?:能)?通过|不予|没批下来",
    Point.WITHOUT: (
        "[没不无](?:有|去|给)?(?:员工)?(?:办|拿|证|许可|备案|登记|批|报|验|审|建|缴|交|上|填|编|申请|注销)"
        "[^，。]{0,9}(?:罚|会怎|后果)|[没不](?!开业)[^，。]{1,12}(?:会怎样|盖了怎么办)|以后再备案"
        "|^不(?:变更|改|换)，[^。]{2,14}行吗"
    ),
}
_SHARED = {
    Point.PROXY: "替我去",
    Point.SENT_BACK: "缺材料|不批的话",
    Point.CHANGED: "证上的内容要变",
    Point.CLOSED: "证要注销",
    Point.ELSEWHERE: "外地办的证",
    Point.LAPSED: "什么时候申请延续",
    Point.MISPRINT: "证上的内容要变",
    Point.RECEIPT: "给凭证",
    Point.LENT: "转让、出租或者借给",
    Point.WITHOUT: "没批下来先干",
}
_IN_RECORD = {
    Point.PROXY: "代理|代办|委托|授权|经办人|本人",
    Point.VISIT: "现场[核检查勘]|核查|实地|踏勘|上门",
    Point.YEARLY: "年检|年审|每年|定期检",
    Point.EXAM: "考试|考核|培训|从业资格",
    Point.DISPLAY: "悬挂|张贴|醒目|显著位置|公示栏",
    Point.LENT: "转让|出租|出借|借用",
    Point.LICENCE_FIRST: "营业执照|主体资格",
}
"""Words of a matter's own question, of one that a kind shares, and of a line of a record."""


def point_asked(text: str) -> PointAsked | None:
    """Return what a text asks that any matter may be asked, with the name it gives; or None."""
    text = without_haste(text)
    if _is_lending(text):
        return PointAsked(Point.LENT, text, "")
    for point, words in _POINTS if len(text) <= LONGEST else ():
        found = words.search(text)
        if found is not None and _is_meant(point, found[0], text):
            rest = [text[: found.start()], *filter(None, found.groups()), text[found.end() :]]
            return PointAsked(point, found[0], _name_in("".join(rest)))
    return None


def _is_lending(text: str) -> bool:
    """Tell whether it is asked if the licence of one may serve another, at any length."""
    is_asked = _ASKS_LENT.search(text) is not None and _NOT_LENT.search(text) is None
    is_held = _HELD.search(text) is not None or tells_little(text)
    is_one = sum(map(asks, clauses(text))) <= 1  # 食品证几年一换 能转给别人不
    return is_asked and is_held and is_one and lends(text)


def _is_meant(point: Point, words: str, text: str) -> bool:
    """Tell whether words ask a point of a licence: no 押金也退回吗, no 复印件给银行用."""
    if point is Point.LENT:
        return _NOT_LENT.search(text) is None
    is_returned = point is Point.CLOSED and _RETURNED.search(words) is not None
    return not is_returned or _HELD.search(text) is not None


def wants_to_lend(text: str) -> bool:
    """Tell whether somebody is to have the use of a licence: 我的烟草证想给我弟用."""
    return _WANTS_LENT.search(text) is not None and _HELD.search(text) is not None


def is_of_point(question: str, point: Point) -> bool:
    """Tell whether a question of the catalogue is about a point: 延续的时候还来现场看吗."""
    return point in _OF_POINT and re.search(_OF_POINT[point], question) is not None


def is_shared_on(question: str, point: Point) -> bool:
    """Tell whether a question of all matters of a kind is about a point: 不批的话会说明理由吗."""
    return point in _SHARED and re.search(_SHARED[point], question) is not None


def line_is_of_point(line: str, point: Point) -> bool:
    """Tell whether a line of a record speaks of a point: 含现场核查."""
    return point in _IN_RECORD and re.search(_IN_RECORD[point], line) is not None


_CASE = re.compile(
    "催|交上去|交了|递|受理了|报上去|办件|等了|[我俺][那的](?:件|个件|申请|单)|批了没"
)


def wants_haste(words: str) -> bool:
    """Tell whether it is asked for a quicker way by its name, and not only for haste."""
    return re.search("加急|急办|特急|特事特办|插个?队|绿色通道", words) is not None


def speaks_of_case(text: str) -> bool:
    """Tell whether a text is about what was handed in: 交了半个月了 能加急不."""
    return _CASE.search(text) is not None


def _name_in(rest: str) -> str:
    """Return what is left without the words that lead to a name or follow it."""
    name = ""
    while name != rest:
        name = rest
        rest = rest.strip()
        for word in _BEFORE:
            rest = rest.removeprefix(word)
        for word in _BEHIND:
            rest = rest.removesuffix(word)
    return "" if name in _NO_NAME else name
