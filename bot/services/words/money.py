"""Recognises what money is asked for that is no fee of a licence: tax, a loan, what all takes.

"要交多少税", "贷款最多贷多少", "最少得准备多少钱" and "那个专资是啥 要交多少".
"""

import re

LONGEST = 40
"""Signs; a longer text tells more than it asks."""

_TAX = re.compile(
    "(?:交|缴|上|纳|收)(?:得|要|的)?(?:多少|几个?点?|几个钱)的?税|多少(?:个点的?)?税(?!务)|"
    "税(?:钱|款|费)?(?:得|要|该|是|都|又|都是)*(?:咋|怎么?|如何)(?:样)?(?:个)?(?:算|交|缴|收|征|上|报法|说)|"
    "税(?:钱|款)?(?:要|得|是)*(?:交|缴|上)?多少|税(?:率|点)(?:是)?(?:多少|几|高)|"
    "税(?:高|重|多|贵)(?:不|吗|么)"
)
_OF_ELSE = re.compile(
    "减|免|优惠|退税|返|补贴|政策|抵|转让|过户|卖房|遗产|继承|欠|补税|注销|清税|资源税|契税|进口|出口|"
    "分公司|总公司|以前|往年"
)
_LOAN = re.compile(
    "(?:贷|借)款?[^，,。还]{0,3}(?:最多|能|可以|够)[^，,。]{0,3}(?:贷|借|给|批)?(?:到|出来)?"
    "(?:多少|几十?万|几个钱)|(?:最多|顶多|一共|能|可以)+(?:贷|借)(?:给)?(?:我|俺|咱)?(?:多少|几十?万)|"
    "贷款额度|额度(?:最多|最高|是)?多少|"
    "利息[^，,。]{0,4}(?:国家|政府|财政|公家|上头)|"
    "(?:国家|政府|财政|公家|上头)[^，,。]{0,4}(?:贴|给|出|补|担|掏)[^，,。]{0,4}(?:利息|息)|贴息"
)
_LOAN_OF_ELSE = re.compile("抵押|房贷|车贷|公积金|拖欠|货款|欠款|工程款|逾期")
_CAPITAL = re.compile(
    "(?:准备|预备|备|攒|凑|拿出?|投|投资|投入|砸)(?:个|上|进去?)?(?:多少|几十?万)(?:本?钱|资金|块)?|"
    "(?:本钱|启动资金|启动金|投资|成本|本金)(?:得|要|大概|大约|最少|至少|总共|是)*(?:多少|几十?万|大不|大吗|高不|高吗)|"
    "(?:多少|几十?万)(?:本钱|启动资金|成本)|手里得有(?:多少|几十?万)"
)
_REGISTERED = re.compile("注册资|出资|认缴|实缴|验资|[交缴]多少|保证金|补贴|奖|贷")
_ASKS_PRICE = re.compile(
    "多少|几[个块千百万]|[啥甚]价|什么价|价[钱格位]|[要花收掏交免出给]不?[要花收掏交免]?[^，,。]{0,3}(?:钱|费)|"
    "费(?:用|呢|吗|不|咋|怎)|(?:贵|便宜|免费|收费)[^，,。]{0,2}(?:吗|不|么|没|点)|自费|报销|买单|"
    "[收交缴掏花免](?:吗|不|么|没|啊)|钱|罚|白[给送办]"
)
_PAYMENT = re.compile(
    "(?:那个?|这个?|啥叫|什么叫)?(?P<what>[^，,。 的那这]{2,6}?)"
    "(?:是啥|是什么|啥意思|是个啥|是干啥的)[^，,。 ]{0,3}"
    "[，, ]+[^，,。]{0,4}(?:交|缴|收|掏)(?:多少|几)"
)


def asks_how_much_tax(text: str) -> bool:
    """Tell whether it is asked how much tax a business pays: 税咋算, 要交多少税."""
    is_asked = len(text) <= LONGEST and _TAX.search(text) is not None
    return is_asked and _OF_ELSE.search(text) is None


def asks_of_loan(text: str) -> bool:
    """Tell whether it is asked how much is lent, or who pays the interest: 贷款最多贷多少."""
    is_asked = len(text) <= LONGEST and _LOAN.search(text) is not None
    return is_asked and _LOAN_OF_ELSE.search(text) is None


def asks_capital_needed(text: str) -> bool:
    """Tell whether it is asked what money a business takes in all: 最少得准备多少钱."""
    is_asked = len(text) <= LONGEST and _CAPITAL.search(text) is not None
    return is_asked and _REGISTERED.search(text) is None


def asks_no_price(text: str) -> bool:
    """Tell whether a text asks for no money at all: 用氨还是氟 卖设备的说氨便宜."""
    return _ASKS_PRICE.search(text) is None


def payment_named(text: str) -> str | None:
    """Return the payment that a text asks what it is and how much: 专资; None for another text."""
    found = _PAYMENT.search(text) if len(text) <= LONGEST else None
    return None if found is None else found["what"]
