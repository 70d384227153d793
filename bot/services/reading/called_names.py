"""Tells how somebody may be called from what they say of themselves when asked for their name."""

import re

from bot.services.privacy.personal_names import SURNAMES
from bot.services.words.heard import heard_in
from bot.services.words.matter_remarks import asks

_SURNAME = re.compile(f"[{SURNAMES}]")
_ODD = re.compile(
    f"(?![钱车房路章单时成易常万高方安解关何水金石])[{SURNAMES}]"
    "(?:不[^不够多好是行大会在想能到知用要来去给办让对远近可敢肯同通了的吗呢吧啊]{1,2}|"
    "[过别][^人的了吗呢吧啊不没]?)|"
    "那[^个边天样里儿时种么位块份条家对算走呢成改换撤停是有要太就才点些去来在给让跟能会可想说问填写办弄"
    "都也还又再先后上下等急好行中懂知用约人不没好吧啥谁哪怎咋的了吗呀啊嘛我你您俺]|"
    "过[^户期年节来去审关夜会后程度分路时得几两一三周月天儿了的吗呢吧啊不没往]{1,2}"
)
"""Names with a sign that stands in sentences otherwise: 王不凡, 杨过, 那英."""

_SPELT = re.compile(
    "[阿艾买麦木穆玉努古迪热帕依吾亚库卡赛萨沙肉巴哈海吐图]"
    "[阿卜杜拉江买合提吐尔逊艾力木热依古丽娜斯克甫巴图迪努麦伊布欣帕孜莱萨比赛里穆罕默德玉素吾加沙肉扎"
    "哈吉海汗汉西山什亚库卡曼森米热仙旦如孜亥则铁]{3,8}"
)
"""Names of several syllables that are spelt by their sound: 阿卜杜拉江."""

_TITLED = re.compile(
    "[\u4e00-\u9fff·]{1,6}(?:师傅|先生|女士|小姐|同志|经理|老板娘?|掌柜的?|主任|会计|店长|厂长|老师|大夫|医生|"
    "大?[哥姐爷妈叔姨娘婶伯嫂]|[大二三四老小]?[爷奶叔姨婶舅姑]|总)|"
    f"[{SURNAMES}]工"
)
_NICKNAMED = re.compile(f"[老小大阿][{SURNAMES}][\u4e00-\u9fff]?")
_FOREIGN = re.compile(
    "[A-Za-z][A-Za-z .·'-]{1,40}|[\u4e00-\u9fff]{1,10}(?:·[\u4e00-\u9fff]{1,10})+"
)
_FIRM = re.compile("公司|..[店厂馆社部院场坊铺]$")
_NOT_IN_NAMES = re.compile("[我俺您你恁它咱这那哪啥谁咋怎没不别的了着过吗呢吧啊呀嘛么很]")
"""Signs that stand in sentences and in no name."""

_NO_NAME = re.compile(
    "安排|解决|马上|[真太挺很可好]高兴|万一|时间|方便|单位|路[远上]|成不|白跑|常来|随便|麻烦|谢谢|人工|电话|手机|一下$|等一?会|便宜|省[事心钱力]|划算|合适|简单|轻松|实惠|职工|农民|个体|军人|学生|老人|残疾"
)
"""Words that begin with the sign of a surname, or are said for want of a name."""

_NOT_IN_SHORT = re.compile(
    "[不是有要太就才疼痛病车岁户点些去来在给让把被跟能会可想说问填写办弄都也还又再先后上下等急烦累忙怕好行中懂知用约人]"
)
"""The same of what begins with no surname; 有才 and 来福 stand behind one."""

_BETWEEN = re.compile("[、，, ]+|(?<=[\u4e00-\u9fff]{2})[和跟](?=[\u4e00-\u9fff]{2})")
"""Stands between two names; 李和平 is one."""

_SHORTEST, _LONGEST = 2, 4


def may_be_called(text: str) -> bool:
    """Tell whether a text may be how somebody is called: 王有才, 老周, 李姐, 秀兰.

    "材料我都备齐了", "真麻烦" and "孩子没人看" are said of other things.
    """
    said = text.strip(" ，,。.!！")
    if any(one.fullmatch(said) for one in (_FOREIGN, _TITLED)) or _FIRM.search(said):
        return _NOT_IN_NAMES.search(said) is None
    if (_ODD.fullmatch(said) and not _NO_NAME.search(said)) or _SPELT.fullmatch(said):
        return True
    several = _BETWEEN.split(said)
    if len(several) > 1:
        return all(map(may_be_called, several))
    if not _SHORTEST <= len(said) <= _LONGEST or _NO_NAME.search(said):
        return False
    if _NOT_IN_NAMES.search(said):
        return False
    is_plain = _SURNAME.match(said) is not None or _NICKNAMED.fullmatch(said) is not None
    return is_plain or _NOT_IN_SHORT.search(said) is None


def begins_with_surname(text: str) -> bool:
    """Tell whether a text begins as a full name does, so that few other words do."""
    return _SURNAME.match(text.strip()) is not None


_INSISTED = re.compile("[\u4e00-\u9fff·]{2,6}")


def may_be_insisted_on(text: str) -> bool:
    """Tell whether what looks like no name may be one when it is said again: no remark, 真麻烦."""
    said = text.strip(" ，,。.!！")
    is_plain = _INSISTED.fullmatch(said) is not None and heard_in(said) is None
    return is_plain and not _NO_NAME.search(said) and not _ENDS.search(said) and not asks(said)


_ENDS = re.compile("[了吗呢吧啊呀嘛么的]$|[我俺您你恁咱]")
"""Ends a sentence, or speaks of somebody."""

_SENTENCE = re.compile(
    "[我俺您你恁咱]|[了吗呢吧啊呀嘛么的]$|^(?:好的|对了|真|嗯|哦|嗷)|死了|备齐|怎么|咋|为[啥什]|"
    "^不(?:[是行会用要想知清对好能懂记填留方急忙办弄给去来同愿管可中晓确认太敢在叫写说提告干做需存让够客明谢]|$)|"
    "^没(?:[有啥事空时人钱办弄想听看找来去给注开起说懂法证照填写记批取定问关得用戏门准带]|$)|"
    "^先(?:[不别等填写办问看说这那去来给就用弄跳空把放查停走想记登报提帮随过下让到]|$)|"
    "^都(?:[行可是好中不没有备办在要弄说齐能给怪快过等几三两怎]|一样|成了|$)|"
    "^别(?:[填写办问说管急着闹催提烦等弄再给让打瞎废啰磨老光忘走停这那总人]|$)|"
    "[等问看查想试](?:一下|下$)|(?P<verb>[等问看查想试])(?:一)?(?P=verb)"
)
_CALLED_OURS = re.compile(
    "我爱[^，,。了吗呢吧啊呀嘛么的没不你您]{1,6}|"
    "(?:[我俺咱]家(?![卖开做干有在是停病没要想去来住就也都还])[^，,。了吗呢吧啊呀嘛么的没不]{0,4}|你好)"
    "[鸭鸡鱼虾面粥茶饭菜厨味食汤饼锅店坊屋铺园居鲜花酒糕]"
)
"""Names with a sign that stands in sentences otherwise: 我爱我家, 我家小厨, 你好鸭."""

_TELLS = re.compile("[我俺咱你您恁][^，,。]{0,3}[了过着没不想要]|^(?:还?没有?|不是)")
"""Tells what somebody has done or wants: 我开了个小饭馆."""

_IN_SENTENCES = re.compile("[不没要想给去在是等问说]")
_BARE = 4


def may_name_firm(text: str) -> bool:
    """Tell whether a text may be the name of a business or of who runs it: 好又来, 喜乐蛋糕.

    "家里孩子没人看" and "真麻烦" are said of other things.
    """
    said = text.strip(" ，,。.!！")
    if _CALLED_OURS.fullmatch(said):
        return True
    if _TELLS.search(said) is not None:
        return False
    if _FIRM.search(said) is not None or may_be_called(said):
        return True
    if _SENTENCE.search(said) or _NO_NAME.search(said):
        return False
    return len(said) <= _BARE or _IN_SENTENCES.search(said) is None
