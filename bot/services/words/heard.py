"""Tells what kind of remark somebody makes by the way: how they are, that they are in a hurry."""

import re
from enum import Enum

from bot.services.words.form_remarks import leaves_to_us
from bot.services.words.matter_remarks import asks
from bot.services.words.remarks import is_babble
from bot.services.words.story import finds_fault, proposes, tells_trouble
from bot.services.words.told import is_of_group


class Heard(Enum):
    """What a remark tells that answers no question of ours and asks nothing."""

    HARDSHIP = "hardship"
    HURRY = "hurry"
    TIRED = "tired"
    TROUBLE = "trouble"
    TOLD = "told"


LONGEST = 24
"""Signs of a remark; a longer text tells a story."""

_NOT_DENIED = "(?:(?<![不没别])|(?<=[能会]不))"
"""Stands in front of what is not denied: 不着急 is no hurry, 能不着急吗 is one."""

_HURRY = re.compile(
    f"{_NOT_DENIED}(?:急(?:用|着|得很|死|需|等|事)|着急|赶(?:时间|紧|工期|着))|"
    "(?<!不)(?<!不是)(?:很|挺|特别|真|太|有点|比较)急|等不[了及起]|"
    "(?:快|早)(?:点|些|一?点儿?)(?:办|弄|行|中|可以|吗|不|呗|吧|$)|抓紧|来不及|耽误不起|火烧眉毛|等了?(?:老|大)?(?:半天|好久|许久)"
)
_HARDSHIP = re.compile(
    "(?<![火鸡鸭猪牛羊])(?:腿|脚(?!手)|腰(?![花果带])|眼(?![镜科下])|耳(?!机)|身体|身子|手(?![续机工艺头表]))"
    "[^，,。]{0,3}(?:不好|不行|不便|不方便|不利索|有病|疼|背|聋|瘸|坏|伤|断)|眼[^，,。]{0,3}花|"
    "(?:岁数|年纪|年龄)[^，,。]{0,3}大|[七八九]十[^，,。]{0,2}岁|残疾|轮椅|拄拐|住院|"
    "医院(?![旁对门边附后前东西南北隔斜])|生病|病了|怀孕|坐月子|聋|盲人|哑巴|听力|视力|"
    "(?:孩子|娃|小孩|老人|病人|家里|店里)[^，,。]{0,8}(?:没人|离不开|要人|得看|得照看|得伺候|病)|"
    "(?:孩子|娃|小孩)[^，,。]{0,8}小|带(?:孩子|娃)|(?:走|脱|抽|离)不开|"
    "(?:没|抽不出|腾不出)(?:空(?![调间位房地铺])|时间|工夫|功夫)|请不[了下]假|接送|"
    "(?:离|隔|距|到|走|跑|[十百几])[^，,。]{0,8}里[地路]|路(?:太|很|挺|可)?远|"
    "离[^，,。]{1,6}(?:太|很|挺|可)?远|(?:在|人在)?外地|走不了|跑不动|"
    "(?:不|没)(?:太|大|咋|怎么)?(?:识字|认(?:识|得)?字|会(?:写|打字|弄|用|操作|上网|填))|看不(?:清|懂)|听不(?:清|懂)|普通话|没文化|字不多|识不了几个字"
)
_TIRED = re.compile(
    f"(?<!麻){_NOT_DENIED}烦(?![请劳])|{_NOT_DENIED}麻烦(?![您你恁给帮替])|"
    "折腾|累死|够累|心累|太累|气死|气人|闹心|郁闷|头疼|头大|崩溃|无语|服了|绕死|绕来绕去|磨叽|啰嗦|罗嗦|真难|"
    "好难|太难"
)
_TROUBLE = re.compile(
    "跑[了过][^，,。]{0,6}[趟次回遍]|白跑|(?:让|叫)(?:我|俺|咱)(?:们)?(?:回来|回去|等|再来|改天|明天)|没办(?:成|下来|了)|"
    "没给(?:办|我|俺)|不给(?:办|批|受理)|办不(?:下来|成)|没批|退回|打回|推来推去"
)
_OWN = re.compile(
    "^(?:我|俺|咱|本人|家里|孩子|娃|老人|对象|媳妇|老公|老伴|爹|妈|娘|爸)|"
    "(?:我|俺)(?:的|们|家|爹|妈|娘|爸|儿|闺女|对象|媳妇|老公)|"
    "^(?:执照|证件?|材料|手续)[^，,。]{0,4}(?:下来|[备办弄]齐|[备办弄]好|拿到手?|办完)了$"
)
_STILL = re.compile("(?<=[^吗么])呢$")
"""Ends what goes on, where nothing is asked: 我对象在医院呢."""
_CLOSED = re.compile("^(?:我|俺)?(?:知道|明白|懂|晓得|看看|想想|等着|再说|考虑)")


_SLIP = re.compile(
    "(?:我|俺|哎呀?|不好意思|刚才|前面|上面|那个|这个|有个?|地方|好像|[，, ])*"
    "[说写填报打弄](?:错|岔|反)了?[了啊吧]?"
)


def is_bare_slip(text: str) -> bool:
    """Tell whether a text says that something told before is wrong, and not what: 我刚才说错了."""
    return _SLIP.fullmatch(text.strip(" 。！!")) is not None


def tells_status(text: str) -> bool:
    """Tell whether a remark tells of oneself what policies ask for: 俺是退伍军人."""
    return is_of_group(text) and heard_in(text) in {Heard.TOLD, Heard.HARDSHIP}


def tells_no_story(text: str) -> bool:
    """Tell whether a text where a story is asked for only tells of oneself, or leaves it to us.

    "俺是退伍的" and "我急用" are heard; "老人不会用机器" may be a suggestion.
    """
    if _NOTHING.fullmatch(text) or is_babble(text) or leaves_to_us(text):
        return True
    if tells_trouble(text) or finds_fault(text) or proposes(text):
        return False
    heard = heard_in(text)
    if heard is Heard.TOLD:
        return any(one.fullmatch(text.strip(" ，,。!！")) for one in (_SELF, _NEEDED))
    if heard is Heard.HARDSHIP:
        is_own = _OWN.match(text) is not None and _OF_ALL.match(text) is None
        return is_own and _is_only(text, _HARDSHIP)
    return heard is Heard.HURRY and _is_only(text, _HURRY)


def _is_only(text: str, remark: re.Pattern[str]) -> bool:
    """Tell whether a text is nothing but remarks of a kind: 我腿脚不好 没有坡道 is more."""
    rest = [remark.sub("", part) for part in re.split("[，,。 ]+", text)]
    is_more = _HAPPENED.search(text) is not None or any(map(_MISSING.search, rest))
    return not is_more and all(len(part) <= LONGEST_REST for part in rest)


_MISHAP = re.compile(
    "[被漏骗堵塌裂]|让人|停[水电气暖了]|断[水电气网了]|没有?[水电气暖路坡灯]|坏了|赶出"
)


def tells_mishap(text: str) -> bool:
    """Tell whether what sounds like a remark tells of a mishap: 我住三楼漏水."""
    return _MISHAP.search(text) is not None and heard_in(text) is not None


_OF_ALL = re.compile("老(?:年)?人家?们?(?:都|也)?[不没看听]")
"""Says what old people cannot do: 老人不会用机器."""

LONGEST_REST = 6
"""Signs that stand beside a remark in each part of a text: 俺家老人…了."""

_HAPPENED = re.compile("[被让停漏骗骂]")
_MISSING = re.compile("[没不断坏罚扣拖欠堵塌裂臭吵脏乱]")
"""Signs of what happens to somebody; beside a remark they tell a story."""

_PLAIN = "[^被没不让停漏断骗骂打坏罚扣拖欠堵塌裂臭吵脏乱丢假冤赶，,。 ]"
_SELF = re.compile(
    "(?:我|俺|本人)(?:今年|家)?(?:"
    f"(?:叫|姓){_PLAIN}{{1,4}}|"
    f"是(?:个|一个)?{_PLAIN}{{1,7}}[的人户工兵生员者民家店厂板长]|"
    f"[住在]{_PLAIN}{{1,8}}[村镇乡县区市街路里庄园楼号院城屯家边近班工活]|"
    f"[替帮]{_PLAIN}{{1,6}}(?:办|问|来|弄|跑)(?:的|呢)?|"
    f"(?:有|开了|开着){_PLAIN}{{1,7}}[店厂馆铺摊部司坊社场户超市房院]|"
    "[刚才](?:刚)?(?:从部队)?(?:退伍|退役|复员|毕业|下岗|失业|返乡|回来|回乡|回老家|来|到|开业|开张)(?:的|了)?"
    ")(?:呢|啊|哈)?"
)
"""Says who one is: 俺是退伍的; whatever is lacking, or was done to somebody, is a story."""

_NEEDED = re.compile(f"{_PLAIN}{{1,10}}要用(?:呢|啊|的)?")
"""Says what a thing is for: 孩子上学要用."""

_NOTHING = re.compile(
    "(?:我|俺|咱|先|给你|跟你)*(?:说说?|讲讲?)(?:一下)?(?:我|俺)?的?(?:情况|经过|事儿?)|"
    "(?:不是这个|不对|都行|随便|好的?|行|中|嗯|我?等着|吧|[，, ]|"
    "[你您恁](?:来|帮我|替我|看着)?[填写说弄办定])+"
)


def heard_in(text: str) -> Heard | None:
    """Return what kind of remark a short text is, None for one that asks or tells no such thing.

    "腿脚不好 走不了远路" tells a hardship, "我急用" a hurry, "俺是退伍的" something of oneself.
    """
    if len(text) > LONGEST:
        return None
    is_hurry = _HURRY.search(text) is not None
    if is_hurry and not _HARDSHIP.search(text):
        return Heard.HURRY
    if asks(_STILL.sub("", text) if "在" in text else text):
        return None
    kinds = ((_HARDSHIP, Heard.HARDSHIP), (_TROUBLE, Heard.TROUBLE), (_TIRED, Heard.TIRED))
    for words, kind in kinds:
        if words.search(text):
            return kind
    if is_bare_slip(text):
        return None
    is_own = _OWN.search(text) is not None and _CLOSED.match(text) is None
    return Heard.TOLD if is_own else None
