"""Reads a wish that something be handed in for one, and a question after the law, by the words."""

import re

_FOR_ME = "(?:你|您|恁|请|麻烦|直接|现在|就|快|能不能|可以)*(?:帮|给|替)(?:我|俺|咱)(?:们)?"
_WHOSE = "(?:单位|公司|项目|店|厂|家|里|的)*"
_VERB = "在线|网上|线上|提交|申请|申报|报批|办理|办|报|填|弄|开|注册|登记"
_DO = f"(?:{_VERB})+(?:一下|下|一个|个|张|上)*"
_GIVE = "把(?P<what>[^，,。？?]{2,24}?)(?:报|填|交|递|提交|办|申请|送)"
_HANDS_IN = re.compile(f"^{_FOR_ME}{_WHOSE}(?:{_GIVE}|{_DO})")
_REQUEST = re.compile(f"^{_FOR_ME}{_WHOSE}(?:把)?(?:{_DO})?(?=.{{3}})")
_LAW = re.compile(
    "(?:哪|啥|什么)(?:一)?(?:条|部|个|款)?(?:条例|法律|法条|法规|法(?![子儿])|规定|文件|依据|规章)"
    "|(?:法|条例|办法|规定)[^，,。]{0,2}(?:哪|第几)(?:一)?条|依据(?:是)?(?:啥|什么|哪)"
    "|有(?:啥|什么)(?:法律|文件)?依据|哪(?:一)?条(?:写|说|规定|讲)|有规定(?:管)?(?:没|吗|不)"
)
_CHANGE_FOR_ME = re.compile(
    "^[那好行中你您恁请就快，, ]*(?:麻烦)?(?:帮|给|替)(?:我|俺|咱)(?:们)?[^，,。？?]{0,12}"
    "(?:加上?|添上?|改[成到]?|换[成到]?|变更|去掉|删|增加|减|迁|搬)"
)
LONGEST = 40


def wants_handed_in(text: str) -> bool:
    """Tell whether it is told to hand something in for one: 帮俺申请个卖农药的证."""
    return len(text) <= LONGEST and _HANDS_IN.search(text) is not None


def orders_change(text: str) -> bool:
    """Tell whether it is told to change something for one: 帮我把经营范围加个二手车销售."""
    return len(text) <= LONGEST and _CHANGE_FOR_ME.search(text) is not None


def thing_wanted(text: str) -> str:
    """Return what is to be handed in, without the words that ask for it: 卖农药的证."""
    return _REQUEST.sub("", text)


def asks_law(text: str) -> bool:
    """Tell whether it is asked which law or rule says so: 征俺的地得听证公告 土地法哪条."""
    return len(text) <= LONGEST and _LAW.search(text) is not None


_AGAIN = re.compile("再(说|讲|发|来)一?[遍次下回]|没(看|听)(清|明白|见)|重(说|讲|发)")


def wants_again(text: str) -> bool:
    """Tell whether the last answer is to be said once more: 没看清，再说一遍."""
    return _AGAIN.search(text) is not None


_PLAN = (
    "(?:(?:办理|办事|搬家|搬迁|注销|变更|时间|日程|详细|完整)的?)?"
    "(?:计划|方案|单子|顺序|先后|步骤|清单|日期|日程)"
)
_WANTS_PLAN = re.compile(
    "[给帮替][我俺咱](?:们)?(?:先|也)?排(?![^，,。]{0,2}[号队])(?:排|一?下|一排|一?个|一份|出来)|排排吧|"
    f"排一?[个份](?:{_PLAN})|列一?[个份下](?:{_PLAN})|"
    f"(?:[给帮替][我俺咱](?:们)?|麻烦|请|[你您恁])(?:做|弄|定|整|出|订|写|拟)一?[个份](?:{_PLAN})|"
    "[排列捋理](?:排|列|捋|理|一?[下排列捋理])?(?:个|一?下)?(?:先[后办弄]|哪[个样一]?[^，,。]{0,2}先|先哪|顺序|先后)"
)
_NO_PLAN = re.compile(
    "(?:不用|不要|别|甭|先不|不必|用不着)(?:你|您|恁)?(?:再)?(?:[给帮替][我俺咱]们?)?(?:排|列|做)"
)


def wants_plan(text: str) -> bool:
    """Tell whether a plan is wanted: 那你给俺排排, 给我列个办理计划, 捋捋先办啥后办啥."""
    return _WANTS_PLAN.search(text) is not None and _NO_PLAN.search(text) is None


_INSTEAD = re.compile(
    "[替代](?:老板|法人|经营者|人家|别人|他|她|我|俺|咱)们?(?:去|来|跑|办|签|交|刻|弄)"
    "|(?:让|叫|找)[^，,。？?]{1,6}(?:替|代)(?:我|俺|咱)?们?(?:去|来|跑|办)|(?:代办|代跑|代签)"
)
_OF_DEPUTY = re.compile("授权|委托|代理|经办人")


def goes_instead(text: str) -> bool:
    """Tell whether somebody is to go for another: 老板在外地回不来我替他去中不."""
    return _INSTEAD.search(text) is not None


def is_of_deputy(paper: str) -> bool:
    """Tell whether a paper is what who goes for another brings: 委托书及经办人身份证."""
    return _OF_DEPUTY.search(paper) is not None


_TO_HAVE = re.compile(
    "(?:得|要|该|需要?)(?:有|备|具备)(?:点|些)?(?:啥|什么|哪些)(?:条件|资质|证)?[?？]?$"
)
_FOLLOWS = re.compile(
    "(?:都|也|是不是|用不用|要不要|得|要)[^，,。？?]{0,3}(?:跟着|一块|一起)[^，,。？?]{0,3}[动改变换]|"
    "都(?:要|得|用|需要|该)[^，,。？?]{0,2}(?:动|改|变|换)"
)
_PERSONAL = "(?:身份证|驾照|驾驶证|护照|户口本|户口簿|结婚证|医保卡|社保卡|银行卡)"
_OF_PERSON = re.compile(f"{_PERSONAL}[^，,。？?]{{0,8}}(?:丢|没了|找不|到期|过期|快到|坏|掉了)")
_GOT_AGAIN = re.compile(
    "(?:能|可以|给|帮|替|顺手|顺便|一块)[^，,。？?执照证]{0,8}[补换](?:了|一?[个张]|一?下)*"
    "(?:吗|不|么|吧|呗|嘛|呢)?[?？]?$"
)


def asks_what_to_have(text: str) -> bool:
    """Tell whether it is asked what one must have for something: 那我得有啥."""
    return _TO_HAVE.search(text) is not None


def asks_what_follows(text: str) -> bool:
    """Tell whether it is asked if several papers change with something: 都得跟着动吗."""
    return _FOLLOWS.search(text) is not None


def wants_personal_paper(text: str) -> bool:
    """Tell whether a paper of a person is to be got again: 驾照也快到期了 你顺手给我换了呗."""
    last = re.split("[，,。？? ]", text.rstrip("？? "))[-1]
    is_ours = re.search("执照|许可|公章|备案|登记", last) is not None
    is_told = _OF_PERSON.search(text) is not None and not is_ours
    return is_told and _GOT_AGAIN.search(text) is not None
