"""Recognises stories of trouble with others that no office did: owed, cheated, a lent name, sealed.

The catalogue holds what can be done; who tells such a story has asked for no form.
"""

import enum
import re

from bot.services.words.matter_remarks import asks
from bot.services.words.remarks import clauses
from bot.services.words.unwished import is_impersonated, wishes_story


class Plight(enum.Enum):
    """Kinds of such trouble, and of what is asked on after one was told."""

    OWED = "owed"
    OWED_PRIVATELY = "owed_privately"
    CHEATED = "cheated"
    NAME_LENT = "name_lent"
    SEALED = "sealed"
    COURT = "court"
    SUES = "sues"
    OWN_WILL = "own_will"
    WHOSE_DEBT = "whose_debt"
    WHERE_TO = "where_to"
    COUNTED = "counted"
    FEES = "fees"
    LOOKS = "looks"


_UNPAID = re.compile(
    "(?:一分钱?|一毛钱?|一个子儿?|[货工尾运料菜]款|工程款|材料款|加工费|服务费|账期?|"
    "(?<!多少)(?<!没)(?<!点)钱)"
    "(?:也|都|还|一直|就是|到现在|迟迟|老是?|[，, ])*"
    "(?:不给|没给|不结|没结|不付|没付|不打|没打|拖着|拖了|压着|要不[来回着])|不给钱|"
    "(?:不给|没给|不结|没结|不付|没付|欠着?|拖欠|拖着|压着|赖着?|该着)(?:[我俺咱]们?|厂|公司|家)?"
    "[^，,。？?]{0,6}?(?:[货工尾运料菜]款|工程款|材料款|加工费|服务费|账|(?<!点)钱)"
)
_SUPPLIED = re.compile(
    "(?:货|活|工程|单子|料|菜|东西|衣服|设备|广告|工期|广告牌|门窗|苗|饭)(?:都|也|早就|已经)?"
    "(?:[交送干做供完发拉装][了完过好上]|交付)|[给替帮](?!钱)[^，,。]{1,10}(?:做|干|供|送|拉|装|"
    "印|盖|修|加工|铺|焊)|"
    "甲方|大厂|总包|工地|开发商|国企|央企|客户|货款|工程款|[拿提赊]了?[我俺咱]们?[^，,。]{0,3}货|"
    "(?<!银行)[欠赖]着?[我俺]|单位|学校|医院|镇上|村委|政府|[局厂司]"
)
_NOT_OWED = re.compile(
    "利息|多久|几天|多少天|期限|违约金|哪[条个部]|工资|薪水|薪资|发不[出起]|补[贴助]|退税|奖金|"
    "贷款|押金|保证金|定金|退款|房租|保险|社保|罚|注销|转让|变更|"
    "(?:我|俺|咱)们?(?:公司|厂|店|也|还|就)*欠(?!条)|政策|股东|合伙"
)
_PRIVATE = re.compile(
    "朋友|亲戚|私人|老乡|同学|邻居|(?:老板|他|人)[^，,。]{0,3}(?:跑了|跑路|找不[着到])"
)

_AGENT = "(?:代办|中介|代账|代理记账|办证的|跑腿的|黄牛|财务公司|代理公司|注册公司的|帮忙?办照的)"
_PAID = re.compile(
    "(?:收了|交了|给了|拿了|要了|花了|打了|转了|付了|骗了|坑了)[^，,。]{0,8}"
    "(?:\\d|[一二两三四五六七八九几][百千万]|钱|费|块|定金)"
)
_GONE = re.compile(
    "联系不[上到着]|没影|跑了|跑路|失联|不回(?:信|我|消息|话)|拉黑|人没了|找不[着到]|打不通|不接|"
    "不退|没(?:给)?办|不(?:给)?办|"
    "骗|没下文|没动静|一直[没拖]|拖着"
)

_LENT = re.compile(
    "(?:挂(?:了|个|着|了个|过)?名|顶(?:了|个|着|过)?名|借(?:了|给|我|俺|他)*的?(?:名|身份证)|"
    "用(?:了|着|的)?(?:是)?[我俺]的?(?:名|身份证)|拿[我俺]的?(?:名|身份证)|"
    "(?:替|帮|给)[^，,。]{1,8}(?:当|做|挂))[^，,。]{0,14}(?:法人|法定代表人|股东|老板(?!当|挂)|"
    "负责人|监事|公司|照)"
)
_TROUBLED = re.compile(
    "找不[着到]|联系不上|跑了|失联|没影|法院|限高|限消|失信|黑名单|老赖|欠|起诉|被告|传票|"
    "不(?:给)?改|不配合|"
    "咋办|咋整|咋弄|怎么办|出事|债|税|退不|脱不|冻结|执行"
)
_SEALED = re.compile(
    "(?:贴|打)(?:了|上|着)?(?:个)?封条|封条|(?:被|让|给)[^，,。]{0,6}(?:查封|封了|封门|扣了|扣走|"
    "拉走|没收)|"
    "查封|封了(?:我|俺|咱)|(?:电|水|电闸|电表)(?:也|都|让[^，,。]{1,5}|给|叫[^，,。]{1,5})+(?:我|"
    "俺)?(?:给)?(?:封|掐|拉|断)(?:了|上)"
)
_ROAD = re.compile(
    "驾[照驶]|交警|违章|超载|电动车|账户|银行卡|微信|抖音|网店|快递|欠电费|欠费|计划"
)
_COURT = re.compile("限高|限消|限制(?:高)?消费|失信被执行|被执行人|(?:坐|买)不了(?:高铁|飞机)|老赖")
_COURT_RULE = re.compile(
    "能(?:不能)?(?:当|做|开|办|注册|入股)|可以(?:当|做|开|办)|修复|移出|开店|办照|法人|当股东"
)
_SUES = re.compile(
    "(?:那|我|俺|咱|就|只能|能|可以|得|要|去|想|直接|是不是|[，, ])*(?:不能)?(?:起诉|告(?:他|她|"
    "它)|打官司|上法院告?)"
    "(?:他们?|她们?|它|去|吗|么|不|呗|吧|行不|中不|能赢)*[?？]*"
)
_OWN_WILL = re.compile(
    "(?:算|是)(?:不算|不是)?[^，,。]{0,3}(?:冒用|冒名)[^，,。]{0,3}(?:[不吗么]|$)|"
    "自愿[^，,。]{0,8}冒[用名]"
)
_WHOSE_DEBT = re.compile(
    "(?:税|债|钱|贷款|账|罚款|官司)[^，,。]{0,10}(?:找|算|赖|连累|牵连|落|摊|归)(?:到|上|"
    "在)?(?:我|俺)[^，,。]{0,6}[不吗么啊?？]*|"
    "(?:我|俺)[^，,。]{0,6}(?:担|背|还|赔|掏)[^，,。]{0,6}(?:税|债|钱)[^，,。]{0,3}[吗么不?？]"
)
_WHERE_TO = re.compile(
    "(?:那|我|俺|咱|该|得|要|能|可以|应该|[，, ])*(?:[往上去到]哪里?儿?|找谁|找哪|向谁)(?:个部门|"
    "里|儿|去|能)*"
    "(?:投诉|告|告状|反映|举报|说理|管)(?:他们?|她们?|它|这家|这个公司|去)?[呢啊呀?？]*"
)

_FEES = re.compile(
    "(?:加急|地址|包[办过]|代办|手续|服务|跑腿|打点)费[^，,。]{0,12}"
    "(?:骗|坑|假|合法|合规|该不该|正常|用交|要交|瞎|忽悠)"
)
_COUNTED = re.compile("(?:从|打)(?:哪|啥|什么)[^，,。]{0,6}(?:算|起)")
_LOOKS = re.compile(
    "(?:[证照]|许可)[^，,。]{0,5}(?:下来|办好|办出|办完|批)[^，,。]{0,8}(?:咋|怎么|去哪|上哪|在哪|"
    "能)[^，,。]{0,4}查|"
    "(?:咋|怎么|去哪|上哪|在哪)[^，,。]{0,4}查[^，,。]{0,6}(?:[证照]|办)[^，,。]{0,4}(?:下来|好|没)"
)


def plight_told(text: str) -> Plight | None:
    """Return the trouble that a text tells; None for none, or where a form is wished for."""
    if wishes_story(text) or is_impersonated(text):
        return None
    if _LENT.search(text) and _TROUBLED.search(text):
        return Plight.NAME_LENT
    if _is_cheated(text):
        return Plight.CHEATED
    if _UNPAID.search(text) and _SUPPLIED.search(text) and _NOT_OWED.search(text) is None:
        return Plight.OWED_PRIVATELY if _PRIVATE.search(text) else Plight.OWED
    if _SEALED.search(text) and _ROAD.search(text) is None:
        return Plight.SEALED
    is_court = _COURT.search(text) is not None and _COURT_RULE.search(text) is None
    return Plight.COURT if is_court else None


def plight_asked_on(text: str) -> Plight | None:
    """Return what a text asks of a trouble told before it: 那我起诉?, 欠的税会不会找我; or None."""
    plain = text.strip(" 。！!")
    if any(_WHERE_TO.fullmatch(part) for part in (plain, *clauses(plain))):
        return Plight.WHERE_TO
    if _SUES.fullmatch(plain):
        return Plight.SUES
    if _LOOKS.search(text):
        return Plight.LOOKS
    if _COUNTED.search(text):
        return Plight.COUNTED
    if _FEES.search(text):
        return Plight.FEES
    if _OWN_WILL.search(text):
        return Plight.OWN_WILL
    return Plight.WHOSE_DEBT if asks(text) and _WHOSE_DEBT.search(text) else None


def _is_cheated(text: str) -> bool:
    """Tell whether an agent took money and is gone: 代办收了我四千八 现在人联系不上了."""
    return (
        re.search(_AGENT, text) is not None
        and _PAID.search(text) is not None
        and _GONE.search(text) is not None
    )
