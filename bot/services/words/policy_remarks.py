"""Recognises the wish to hear of new policies, and the wish for silence."""

import re

_TELL = r"(?:告诉|通知|提醒|推送|推给|发给|说一声|通报)"
_ON = re.compile(
    rf"新(?:的|出的)?(?:惠企)?政策.{{0,6}}{_TELL}|{_TELL}我.{{0,4}}新(?:的|出的)?(?:惠企)?政策"
    r"|订阅.{0,4}政策|政策订阅|盯着.{0,6}政策"
)
_OFF = re.compile(
    r"(?:别|不要|不用|停止|停了|取消|关掉|退订|不想).{0,4}"
    rf"(?:再)?(?:订阅|{_TELL}|发|推|收).{{0,6}}政策"
    rf"|政策.{{0,6}}(?:别(?![漏落忘少丢])|不要|不用|停止|取消|关掉|不想).{{0,4}}"
    rf"(?:订阅|{_TELL}|发|推|收|了)"
    r"|退订.{0,4}政策|取消政策订阅"
)
LONGEST = 30
"""Characters of such a wish; a longer text tells of something else as well."""


_OF_FIRM = re.compile(
    r"(我|俺|咱|我们|俺们)[这那家]?(个|家)?(公司|店|厂|企业|单位|小店|合作社)?[^，,。？?]{0,6}"
    r"(成立|开了|干了|注册|毕业|退伍|退役|当过兵|失业|下岗|返乡|残疾|雇了|有\d|员工|规模|一年[^，,]{0,6}[万亿]|一般纳税|小微|年产值|营业额|不到|才)"
)
_WANTS = re.compile(r"想(开|办|注册|成立|弄)|要(开|办|注册|成立)|准备(开|办)|[？?]|吗$")
_CLAIM = re.compile(
    r"(在哪|去哪|上哪|到哪|哪里|哪儿|咋|怎么|找谁|谁管|谁负责|哪个部门)[^，,。]{0,4}(申请|申领|领|报|办|兑现|享受|弄|管|负责)?|谁负责|有电话"
)
_MORE = re.compile(
    "([^，, ]{0,8}[，, ])?(你|您|恁)?(就|直接|先)?(说|讲|告诉我)?(我|俺)?(一共|总共|到底|大概)?"
    "(能|可以)(拿|领|得|享受)到?(多少|几个)(钱|块|个)?|"
    "(除了?[^，,]{1,6}?[，, ]?)?(那|就)?(还有|就这|只有)"
    "(别的|其他|其它|啥|些|几个)[^，,]{0,3}[吗不么没啊]?[?？]?"
)
_HOW_MUCH = re.compile("那?(?:我|俺)?(?:能|可以)(?:领|拿|得|享受|贷)到?多少钱?[呢啊]?[?？]?")
_WHEN_PAID = re.compile(
    r"(钱|款|补贴|奖励|资金|补助)[^，,]{0,4}(啥时候|什么时候|多久|几天|何时|多长时间|几时)[^，,]{0,4}"
    r"(到|下来|发|给|拿到|兑现|打过?来)|(多久|几天|啥时候|什么时候|何时)[^，,]{0,3}(到账|打钱|发钱|兑现|拨付|拿到钱)"
)


_HEARSAY = re.compile(
    r"(听|说|讲|传|网上|抖音|同学|朋友|邻居|人家|别人|亲戚)[^。？?]{0,14}(领|给|发|补|拿|贷|奖|减|免|万|千|块)"
    r"[^。？?]{0,10}(是不是|是吗|真的|真假|对吗|对不|靠谱|有这事|吗|不|没|[?？])|"
    r"(人人|谁|都|个个|每个人)[^，,。]{0,4}(能|可以|给)?(领|拿|有|发|享受)[^，,。]{0,4}(吗|不|么|是不是|[?？])"
)
_OF_CLAIM = re.compile(
    r"^(那|具体|到底|一共|大概|能|可以|都|[，, ])*(给|补|领|贷|返|免|减|奖)(多少|几)|"
    r"(咋|怎么|怎样|如何|上哪|去哪|在哪)[^，,。]{0,3}(申请|申领|领|报名|报|拿|兑现|享受|弄到)|说白了|"
    r"(能|可以)(给|领|拿|贷|补)(我)?(多少|几)|(最多|一共|到底)[^，,。]{0,3}(给|领|拿|贷|补)(多少|几)|"
    r"(要|用|得)[^，,。]{0,4}(担保|抵押|保人)|到底给不给|给现钱|打到?(卡|账)"
)
_FITS = re.compile(
    r"(能不能|可不可以|能|可以|够不够|够|符合|算不算|算|让|给)[^，,。看]{0,4}(领|享受|拿|申请|申报|报|条件|资格|数|补)?[^，,。]{0,2}(吗|不|么|嘛|没)[?？]?$"
)
_AT_ONCE = re.compile(
    r"(不用|不需要|不|免|没)(写|填|交|跑|走)?[^，,。]{0,2}(申请|申报|申领|填表|报名|跑腿)[^，,。]{0,6}(给|发|到账|享受|有|打|的)|"
    r"(直接|自动)(就)?(给|发|到账|打钱|享受|到手)"
)
_PERSONAL = re.compile(
    "房贷|车贷|花呗|借呗|信用卡|公积金|消费贷|网贷|买房|买车|医保|养老金|低保|彩礼|助学"
)


_TERMS = re.compile(
    "比例|多少|几(年|个月|成|万|千|个点|次)|期限|还(清|款|上|本)|利(息|率)|担保|抵押|条件|材料|要求|到账|申请|咋?领|额度|"
    "[到至]?哪一?[年天]|最(多|高|低|少|长)|截止|过期|还有效|谁(能|可以)|资料|手续"
)
_BENEFIT = re.compile(
    "(?:(?:公家|国家|财政|政府|官家)[^，,。]{0,2}|(?:上头|上面)(?=[给帮替]))(?:给|帮|替)?"
    "(?:出不出|[出贴补担掏])(?:[点些]|一?部分|钱|一半|多少|几|大头|保|[吗不么没]|$)|"
    "补贴|补助|优惠|减免|返还|奖励|扶持|帮扶|照顾|减半|贴息|续贷|抵扣|扣除|加计|费率|免(征|税|掉)|减税|退税|少(交|缴|收)|"
    "(?<![房车])贷(款|多少|到|点)|[退返抵](一?[点些]|一部分|钱|多少|给|税|[^，,。]{0,6}[险费税款])|"
    "补(多少|钱|给|一?点|吗|不)|(能|可以|会|都)[^，,。]{0,2}(领|享受|减|免|抵)|领(到|点|钱|多少)|享受|给(不给)?(我|俺)?(点|发|多少)?钱|有钱领|退回来?(一?[点些]|多少)|[交缴]税[^，,。]{0,4}少|贷出|创业贷|加分|税率[^，,。]{0,4}低|"
    "[几一三五](十五)?个点|十五个点|(多|全部|一次性?|一把)[^，,。]{0,5}扣|少多少|不用?交[^，,。]{0,3}税|税[^，,。]{0,3}([交缴]不[交缴]|(用不用|要不要|还用|还要)[交缴])|(用|要|得|还)[交缴](增值|所得|个|印花|房产)税|补一部分|降(一?点|多少)"
)
_FIRM = re.compile(
    "公司|企业|厂|店|单位|个体|小规模|一般纳税|开票|发票|研发|裁[人员了]|没裁|员工|[招雇聘用]了?|创业|做买卖|生意|老板|小微|设备|机器|专利|货款|工程款"
)
_GENERAL = re.compile(
    "补贴|补助|优惠|政策|减免|扶持|帮扶|奖励|资金|好处|支持|照顾|国家|政府|[市省]里|聊城|我们|有没有|没有|[哪那这]些|什么|怎么|"
    "申请|申领|享受|一点|有关|相关|方面|企业|公司|单位|个体户?|工商户|小微|老板|[0-9]+|现在|今年|去年|目前|听说|"
    "[\\s，,。？?！!、的了吗呢吧啊不没有啥咋能给我俺咱你您恁在是想要找谁问领拿点些个家店厂开办做搞弄来]"
)
"""What wishes for policies say besides what they are about."""

_GENERAL_NAME = "补贴|补助|减税|免税|税收减免|优惠|奖励|(惠企)?政策|政策包"
_FOR_ALL = re.compile(
    "(能|可以|够)[^，,。]{0,2}(领|拿|吃|享受?|得|申请|符合)[^，,。]{0,4}(哪几|几|哪些|多少)(样|个|条|项|种)|"
    "(能|可以|够)[^，,。]{0,2}(享受?|申请|符合|得上|着)到?(了|的)?(哪些|啥|什么)(惠企|优惠|扶持|好)?政策|"
    "(^|[，, ])有(些)?(哪些|啥|什么)(优惠|扶持)?政策[没吗么呀啊呢]?[?？]?$"
)


def subject_of(text: str) -> str:
    """Return what a wish for policies is about, without the words that all such wishes have.

    种粮大户 of "种粮大户的补贴找谁"; empty where anything that there is would do.
    """
    return _GENERAL.sub("\n", text).strip("\n")


def is_general(phrase: str) -> bool:
    """Tell whether words by which policies were found say nothing of what they are about."""
    return re.fullmatch(_GENERAL_NAME, phrase) is not None


def points_at_policy(text: str) -> bool:
    """Tell whether the policy just spoken of is pointed at: 这政策到哪年."""
    return re.match("(那|请问|，)*[这那该](个|条|项)?(政策|优惠|补贴|奖补)", text) is not None


def asks_if_also(text: str) -> bool:
    """Tell whether something else is to be had in the same way: 新盖的厂房能也这么扣吗."""
    words = "也(能|可以|算|这么|这样|享受|免|减)|(这么|这样|照样)[扣减免抵补领]"
    return re.search(words, text) is not None


def asks_of_terms(text: str) -> bool:
    """Tell whether it is asked on which terms something is given: how much, how long, to whom."""
    return _TERMS.search(text) is not None and not is_personal(text)


def speaks_of_benefit(text: str) -> bool:
    """Tell whether a text speaks of money given, left or lent: "失业险能退一部分", "能抵点税"."""
    return _BENEFIT.search(text) is not None


def speaks_of_firm(text: str) -> bool:
    """Tell whether a text speaks of a business, its people or its trade."""
    return _FIRM.search(text) is not None


def speaks_of_dues(text: str) -> bool:
    """Tell whether a text speaks of a business and what it pays for its people: 社保, 公积金."""
    return re.search("社保(?!卡)|公积金|工伤保险|参保", text) is not None and speaks_of_firm(text)


def asks_for_all(text: str) -> bool:
    """Tell whether it is asked how many benefits one gets altogether: "我总共能领哪几样"."""
    return _FOR_ALL.search(text) is not None and not is_personal(text)


def hears_of_benefit(text: str) -> bool:
    """Tell whether others say that money is given or left: 失业保险听说能返点."""
    return re.search("(听|人家|别人|都|有人)说", text) is not None and speaks_of_benefit(text)


def asks_after_hearsay(text: str) -> bool:
    """Tell whether what others say of a policy is to be told right: "听说人人能领，是不是"."""
    return _HEARSAY.search(text) is not None and not is_personal(text)


def asks_of_claim(text: str) -> bool:
    """Tell whether it is asked how, or how much, one gets of a policy: "说白了怎么领"."""
    return _OF_CLAIM.search(text) is not None and not is_personal(text)


def asks_if_it_fits(text: str) -> bool:
    """Tell whether it is asked if somebody in some position gets it: "裁过人还能领吗"."""
    return _FITS.search(text) is not None and not is_personal(text)


def wants_at_once(text: str) -> bool:
    """Tell whether policies are wanted that come without applying: "不用申请直接给的"."""
    return _AT_ONCE.search(text) is not None


def is_personal(text: str) -> bool:
    """Tell whether money is spoken of that no business gets: a mortgage, a pension."""
    return _PERSONAL.search(text) is not None


def asks_when_paid(text: str) -> bool:
    """Tell whether it is asked when the money of a policy comes: "钱啥时候到账"."""
    return _WHEN_PAID.search(text) is not None


def tells_of_firm(text: str) -> bool:
    """Tell whether somebody tells of themselves or their firm, and wants nothing to be opened."""
    return _OF_FIRM.search(text) is not None and _WANTS.search(text) is None


def asks_how_to_claim(text: str) -> bool:
    """Tell whether it is asked where or how a policy is claimed: "在哪申请", "谁负责 有电话没"."""
    return _CLAIM.search(text) is not None


def asks_for_more(text: str) -> bool:
    """Tell whether it is asked if that is all: "还有别的不", "就这些吗"."""
    is_of_terms = re.search("条件|要求|门槛|杠杠|限制", text) is not None  # 还有啥门槛没
    return _MORE.fullmatch(text.strip()) is not None and not is_of_terms


def wants_sum(text: str) -> bool:
    """Tell whether a sum is to be borrowed: 手里转不开了 想贷个三十万."""
    return _BORROWED.search(text) is not None and _OWES.search(text) is None


def wants_loan(text: str) -> bool:
    """Tell whether a text speaks of borrowing: 想贷点款周转."""
    return _LOAN.search(text) is not None and not is_personal(text)


_LOAN = re.compile(
    "贷[点些个一]?[^，,。]{0,4}款|贷(?:多少|几|到|出|[点些](?:钱|$))|贴息|借[点些]钱"
)
_BORROWED = re.compile("贷(?:点|个|上|他)?(?:[一二两俩三四五六七八九十百几]|\\d)+[来多几]?[万千]")
_OWES = re.compile("还不[上起了]|逾期|欠|催收|(?:贷款|担保|小贷)公司")
_RENEWS = re.compile(
    "(?:到期|还不[上了起]|没钱还|还款|还本)[^。]{0,12}"
    "(?:续(?![住展])|接着贷|再贷|展期|倒贷|过桥|缓[缓一]?|延[期长后])|无还本|续贷|(?:先还|不还)[^，,。]{0,4}(?:再|接着|就)贷"
)
_CASH = re.compile(
    "白给|(?<![不没])(?:给|发)(?:一?[点些笔份]|一次性)(?:创业|开业|现)?的?钱|一次性[^，,。]{0,2}(?:给|发)|"
    "(?:政府|国家|公家|上头)[^，,。不没]{0,5}发[^，,。]{0,3}钱"
)
_GIVEN = re.compile(
    "补贴|补助|白给|(?<![不没])给(?:一?[点些笔份]|一次性|多少)(?:创业|开业|现)?的?钱|"
    "(?:政府|国家|公家|上头)[^，,。不没]{0,4}[给发][^，,。]{0,3}钱|(?<![不没])发(?:一?[点些笔])的?钱|奖(?:励|补)|一次性[^，,。]{0,2}(?:给|发)"
)


def wants_gift(text: str) -> bool:
    """Tell whether a text speaks of money that is given and not lent: 听说政府白给一笔钱."""
    return _GIVEN.search(text) is not None and not is_personal(text)


def wants_cash(text: str) -> bool:
    """Tell whether money by itself is meant, and no name of a policy: 政府白给一笔创业的钱."""
    return _CASH.search(text) is not None


def renews_loan(text: str) -> bool:
    """Tell whether a loan that is due is to go on: 上一笔下月到期 没钱还本 能不能直接续."""
    return _RENEWS.search(text) is not None and not is_personal(text)


def speaks_of_loan(text: str) -> bool:
    """Tell whether a question is about money that is lent: 最多给贷多少, 贷下来几年还."""
    return "贷" in text and not is_personal(text)


def asks_sum(text: str) -> bool:
    """Tell whether only a sum is asked for, of what was told or of all there is: "能领多少"."""
    return _HOW_MUCH.fullmatch(text.strip()) is not None


def watch_wish(text: str) -> bool | None:
    """Return True for "有新政策告诉我", False for "别再推政策了", None for neither."""
    if not text or len(text) > LONGEST:
        return None
    if _OFF.search(text):
        return False
    return True if _ON.search(text) else None


_SUM = re.compile(
    r"[\d一二三四五六七八九十百千两几]+(?:\.\d+)?(?:多|来)?(?:万|亿|元|块|个?人|%|个点)"
)
_TAX = re.compile("增值税|所得税|附加税|个税|税率|交.{0,2}税|缴.{0,2}税|几个点")
LONGEST_SUM = 40


def tells_sum(text: str) -> bool:
    """Tell whether a text tells an amount or a number of people: "一个季度卖了32万"."""
    return len(text) <= LONGEST_SUM and _SUM.search(text) is not None


def asks_tax_of_sum(text: str) -> bool:
    """Tell whether a text of an amount asks for the tax on it: 一年利润80万，企业所得税交多少."""
    return tells_sum(text) and _TAX.search(text) is not None


def is_of_its_tax(text: str, kind: str) -> bool:
    """Tell whether the tax is asked for that a policy of such a kind lowers."""
    return _TAX.search(text) is not None and kind.startswith("税收")


def asks_gain(text: str) -> bool:
    """Tell whether it is asked how much is saved or given: 能抵多少税, 返多少, 省几个钱."""
    gain = "(?:抵|扣|省|返|补|退|减|领|少交)[^，,。？?]{0,3}(?:多少|几)"
    return re.search(gain, text) is not None


_KINDS = "((中小微|小微|微型|小型|中小|中型|大型|大)?企业|小微|个体(工商)?户?|公司|合作社)"
_FOR_KIND = re.compile(
    f"(那|要是|换成?|如果|[，, ])*{_KINDS}(的话|呢|那边)?[，, ]?"
    "(能|可以|又|是|给|拿|补|领|得|返|退|减|免|贷)*"
    "(多少(钱)?|几(万|千|个点)|百分之几|多少个点)[呀啊呢]?[?？]?"
)


def asks_for_kind(text: str) -> bool:
    """Tell whether it is asked how much another kind of business gets: "小微企业给多少钱"."""
    return len(text) <= LONGEST_SUM and _FOR_KIND.fullmatch(text) is not None
