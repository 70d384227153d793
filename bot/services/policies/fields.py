"""Which part of a policy a short question asks after: where, papers, until when, how often.

"利息谁出" and "去哪领" want one line of it, and not all of it once more.
"""

import re
from enum import Enum

LONGEST = 20
"""Signs of such a question."""


class Field(Enum):
    """A part of a policy."""

    GENUINE = "genuine"
    TOGETHER = "together"
    TIMES = "times"
    PAID = "paid"
    REPAID = "repaid"
    STILL = "still"
    INTEREST = "interest"
    MATERIALS = "materials"
    OFFICE = "office"
    PLACE = "place"
    BASIS = "basis"
    LOCAL = "local"
    UNTIL = "until"
    LASTS = "lasts"
    AMOUNT = "amount"
    TIME = "time"
    TERMS = "terms"


SURE = frozenset(
    {
        Field.GENUINE,
        Field.TOGETHER,
        Field.TIMES,
        Field.PAID,
        Field.REPAID,
        Field.INTEREST,
        Field.MATERIALS,
        Field.OFFICE,
        Field.PLACE,
        Field.BASIS,
        Field.LOCAL,
        Field.UNTIL,
    }
)
"""Parts that are meant whatever question of the catalogue sounds like it."""

GOES_ON = SURE - {Field.GENUINE} | {Field.STILL, Field.LASTS}
"""Parts whose words alone go on with the policy just told; a doubt is more than that."""

_WHEN = "(?:多久|几天|多长时间|多少天|啥时候|什么时候|何时|几时|多咱|几号)"
_HOW_MUCH = (
    f"(?:多少|{_WHEN}|(?:条件|要求|资格)[^，,？?]{{0,3}}(?:啥|什么|哪些)|"
    "(?:啥|什么|哪些)(?:条件|要求))"
)
"""Asks for what a rule says, and not whose it is: 当地规定的条件是啥."""

_ASKED = (
    (
        Field.GENUINE,
        re.compile(
            "真的?[吗么不没假]|真的?假|真假|是真是|(?:有|是)(?:这|那)(?:么)?(?:个|回|种|码)?事|靠谱|骗人|忽悠|[哄骗](?:我|俺|咱|人)"
        ),
    ),
    (
        Field.TOGETHER,
        re.compile(
            "一[起块同](?:儿)?[享用拿领报]|同时[享用拿领报]|叠加|叠着|冲突|兼得|都能[享领拿]"
        ),
    ),
    (
        Field.TIMES,
        re.compile(
            "几[次回茬]|多少[次回]|(?:只|就)?能?[领报享拿补申办]{1,2}(?:一[次回]|两[次回]|过)[^，,？?]{0,6}"
            "(?:还能|能不能|吗|不|么)|年年|每年都|再领|重复"
        ),
    ),
    (
        Field.PAID,
        re.compile(
            f"{_WHEN}[^，,？?]{{0,6}}(?:到账|打[钱款]|[发给放拨][钱款]|(?<!批)下来|拨付|兑现|到手|[拿领]到)|"
            f"(?:钱|款|补[贴助]|到账|打款)[^，,？?]{{0,4}}{_WHEN}"
        ),
    ),
    (
        Field.REPAID,
        re.compile(
            "[用要得该需]要?(?:再)?还(?:款|钱|本|给|回去|上|的)?[吗不么没呢嘛][?？]?$|还(?:款|清|本金?)|还不还|几年还|[咋怎]么?还(?:钱|款|$)|"
            "多久还|白给|退回去|退钱"
        ),
    ),
    (
        Field.STILL,
        re.compile(
            "(?:今|明|后|去|往后|以后|现在|目前|如今|眼下|这会儿|这阵子?)年?(?:还|还能|能|还有|有)*(?:没|有|能|可以|让|给|在|算|吃)"
            "[^，,？?多几啥哪]{0,6}(?:吗|不|没|么|了|[?？])?$|还有(?:没有)?[没吗不么]|还在[^，,？?]{0,4}[吗不么没]|"
            "还[领享拿申报办]请?(?:得|的|不)(?:着|到|上|了|成)|"
            "(?:取消|停|作废|过期|结束|截止|到期)了?(?:[没吗不么]|没有)[?？]?$|还?有效[吗不没么]|作数|过时|(?:听|说|讲)[^，,]{0,8}(?:取消|停|没)了$"
        ),
    ),
    (Field.INTEREST, re.compile("利息|利率|贴息")),
    (
        Field.PLACE,
        re.compile(
            "(?:[要用]不[要用]|是不是[要得]|[要用得]|需要?|必须|非得?)(?:自己|本人|亲自)?[再先]?[跑去到上来]"
            "[^，,？?哪]{0,6}(?:大厅|窗口|现场|[税人商农工科][务社商业信技](?!银行)局?|"
            "[务保社]局|银行(?!卡)|部门|单位)"
            "(?:(?!多少|多久|几[^趟次回])[^，,？?哪啥什]){0,8}$"
        ),
    ),
    (
        Field.MATERIALS,
        re.compile(
            "材料|手续|资料|(?<!少)(?:带|准备|交|提供|办)(?:点|些)?(?:啥|什么|哪些)(?!时候)|要(?:啥|什么)(?:东西)?[?？]?$|"
            "(?:拿|凭|用)(?:啥|什么|哪些?)(?:证|单子|来?证明|材料|东西)"
        ),
    ),
    (
        Field.OFFICE,
        re.compile(
            "谁(?:来|去|给)?(?:管|负责|主管|审|批|发|认定)|归(?:谁|哪)|电话|哪个?(?:部门|单位|局|衙门)(?!.{0,4}(?:申|报|领|办))|哪家管"
        ),
    ),
    (
        Field.PLACE,
        re.compile(
            "(?:去|在|上|到)哪(?!一?[年天步])|哪(?:个部门|里|儿|办|申)|找(?:谁|哪)|哪个(?:部门|单位)|"
            "(?:[要用]不[要用]|是不是[要得]|[要用得]|需要?|必须)[^，,？?]{0,6}"
            "(?:申请|(?<![计测定])报告|报名)(?:吗|不(?!到)|么|没有?|才|[?？]|$)|"
            "(?:要|用|得|需要?)[^，,]{0,3}(?:备案|报备|审批|报批)|网上(?:能|可以|咋|怎么)|专门跑|[务保社]局批|跑一?趟|(?:用|去|要|得|需要?)(?:自己)?申请[吗不么没]|用申请|申请(?:就|也|会|能|给|自己)*[打发到拿]|自动|自己(?:会|就|能)*(?:打|发|到账|来)|主动[给打发找减]|坐等|"
            "(?:咋|怎么|怎样|如何)(?:去|才能?|能)?(?:申|报|领|享受|拿|认定|评|入库|入选|进)|"
            "(?:^|那|这个?|该|得|应该|[，, ])(?:咋|怎么|怎样|如何)(?:去)?[办弄]|"
            "(?:网上|线上|手机上?|网络|app)(?:能|可以|就能|能不能|办|申|弄|领|报|行|中)|"
            "(?:能|可以|能不能)(?:在|上|用|从)?(?:网上?|线上|手机上?)|第一步|流程"
        ),
    ),
    (
        Field.BASIS,
        re.compile(
            "依据|(?:哪|啥|什么)(?:一?[条个份]|里)?(?:文件|法|规定|条款|政策文件|红头)|文件号|红头文件|"
            "(?:哪[个份]?|什么|啥)[^，,]{0,3}(?:写|规定|说)的|谁(?:定|规定|出)的"
        ),
    ),
    (
        Field.LOCAL,
        re.compile(
            f"^(?!.*{_HOW_MUCH}(?!.*(?:还是|[吗么不][?？]?$|哪[里儿]))).*"
            "(?:(?:聊城|咱们?这|本地|当地|[市省]里|全[省市国]|国家|山东|滕州|济南|哪里|哪儿)"
            "[^，,？?户]{0,5}"
            "(?:定的|标准|口径|规定的?|说的|一样|这样|通用|统一|的[数钱线])|"
            "(?:[这那个]数|金额|钱数|数[目字]?|标准)[^，,？?]{0,3}(?:准不准|准[吗不么成]|作准))"
        ),
    ),
    (
        Field.UNTIL,
        re.compile(
            "[到至](?:哪一?[年天]|几号|啥时候|什么时候|多咱)|截[止至]|有效期|过期|到期(?:是|在|$)|[哪几啥么][^，,]{0,2}到期|"
            f"{_WHEN}(?:结束|到头|停|没了|截)|最后一天|(?:哪一?年|哪天)(?:停|没|结束|到期)"
        ),
    ),
    (
        Field.LASTS,
        re.compile(
            "(?<!毕业)(?<![够满])(?:几年(?!以?[内前])(?![^，,]{0,3}合同)|多少年|几个月(?!以?[内前])|多少个月)|最长|年限|期限"
        ),
    ),
    (Field.TIME, re.compile(f"(?<![满够交干缴]){_WHEN}")),
    (
        Field.AMOUNT,
        re.compile(
            "(?:给|补|领|拿|贷|返|退|免|减|奖|抵|享受)[^，,？?]{0,4}(?:多少|几)|(?:按|交|缴)[^，,？?够满]{0,2}(?:多少|几)|多少[?？钱呀啊呢]*$|额度|最[高多]|几个点|几成|税率|"
            "(?:啥|什么)(?:好处|用处|便宜|甜头)|(?:给|有)(?:点|些)?(?:钱|奖)(?:励|给)?[^，,？?]{0,2}[吗没不么][?？]?$"
        ),
    ),
    (
        Field.TERMS,
        re.compile(
            "条件|要求|资格|符合|门槛|杠杠|够格|算不算|算[不吗么][?？]?$|谁(?:能|可以|有|够)|(?:哪些|什么|啥)(?:样的)?(?:人|企业|公司|户|厂)|"
            "(?:个体户?|公司|合作社|合伙|企业|小店|厂)[^，,？?]{0,3}有(?:没有|这个)?[吗不没么]|"
            "(?:能|可以|让|给)[^，,？?]{0,4}(?:享受|领|申|贷|办|补|免|减|拿|报)[^，,？?]{0,3}[吗不么没][?？]?$|"
            "(?:中不中?|行不行?|行吗|中吗|可以吗|可以不)[?？]?$"
        ),
    ),
)


def field_asked(text: str) -> Field | None:
    """Return the part that a short text asks after, the first that its words tell; or None."""
    if len(text) > LONGEST:
        return None
    return next((field for field, words in _ASKED if words.search(text)), None)


_NOTHING_ELSE = re.compile(
    "[，, 那我俺咱们这个家的自己]*(?:符不符合|符合|够|有|要|得|需要)?(?:谁|啥|什么|哪些)?(?:样的)?"
    "(?:条件|要求|资格|人|企业|公司)?(?:才|都)?"
    "(?:能|可以|让|给)?(?:不能)?(?:享受|领|申请?|贷|办|补|走|报|用|弄)?(?:到|下来)?(?:吗|不|么|没|中不中?|行不行?)?[?？]?"
)


def asks_nothing_else(text: str) -> bool:
    """Tell whether a text asks for the terms and names no circumstance of its own: 我能领不."""
    return _NOTHING_ELSE.fullmatch(text) is not None
