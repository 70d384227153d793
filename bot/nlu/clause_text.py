"""Cut a message into its clauses."""

import re

from bot.topic_parts import split_topics

_MAX_TEXT = 300
_MAX_CLAUSES = 6
_SHORTEST = 2
_JOINTS = re.compile(
    r"[，,。；;！!？?\n、…]+|\s+|"
    r"(?<=^算了)(?=[那还我俺先就你])|(?=另外|顺便|对了(?!吗|没)|然后|完了(?=再|帮|给|我|你)|还有(?=就是|我|那|个)|同时|再帮|再给|再问|"
    r"再一个(?=就是|是)|再就是|再有就是)"
)
_LEADING = re.compile(
    r"^(另外|顺便(?:问一?下)?|对了|然后|完了|还有|再一个(?=就?是)|再(?=就是)|再有(?=就是)|就?是(?=[想问要得多几在去上怎咋找有啥什花])|"
    r"就是|同时|那个|嗯|呃|先|再|也|还想|还要|请问|以及|和(?=[要得多几在去上怎咋找有啥什花带需]))+"
)

_PERSON = (
    "闺女|妮子?|姑娘|小姑娘|小伙子?|大哥|大姐|大嫂|大妹子|妹子|小妹|老妹|老弟|兄弟|大兄弟|哥们儿?|哥|姐|师傅|老师|"
    "同志|小同志|领导|老板|美女|帅哥|亲|亲爱的|宝子们?|孩子|孩儿|大爷|大娘|大叔|大婶|阿姨|客服|小二|小哥|小姐姐|老乡|乡亲|"
    "靓女|靓仔|姑娘家|小老弟|家人们"
)
_GREETING = "你好|您好|恁好|早上好|上午好|下午好|晚上好|在吗|在不|在么|哈喽|hello|hi|喂"
_SIGH = "哎呀?|唉|诶|欸|哦|噢|喔|嗯+|呃|额|啊|那个|哈"
_OUTCRY = (
    "(?:真是?|都?快)?(?:气|急|愁|烦|累|难)死(?:我|俺|人|个人)?了?|(?:真是?|我真)?服了你?们?|我的(?:天|妈)[呀啊哪]?|"
    "真?(?:气人|愁人|急人|烦人)|无语了?|(?:我|俺)都?(?:快|要)(?:疯|急哭|气炸)了"
)
_QUESTION = "[^，,。!！]{0,30}(?:谁|啥|什么|咋|怎么|哪|几|多少|吗|[不么没][?？]?$)"
"""An outcry before a question is no part of it; before a story it tells how somebody feels."""

_GRASPED = "行|中|得|妥|明白|知道|懂|清楚|了解|收到|可以"
_GOT = f"好的?|{_GRASPED}"
_ASKS = (
    "(?:麻烦|我|俺)?(?:想|来)?(?:[跟向][您你恁])?(?:问问|问一下|问下|问个事|咨询一下|咨询下|打听一下|打听下)|"
    "(?:请问|请教|打扰)(?:一?下)?"
)
"""Says only that something is asked: 我想问问…, 请问一下…."""

_IN_FRONT = re.compile(
    rf"^(?:(?:这位|这个)?(?:{_PERSON})(?:[呀啊哎诶嘞喂哈]|你好|您好)?(?:[，,。!！~\s]+|(?=[我俺那你您请这咱问]))|"
    rf"(?:{_OUTCRY})[啊呀哎啦]?[，,。!！~…\s]+(?={_QUESTION})|"
    rf"(?:{_GREETING})[呀啊哈]?(?:[，,。!！~\s]+)|(?:{_SIGH})[，,。!！~…\s]+|(?:嗯+|哦+|噢+|奥|呃|诶|好|中)(?=那[^个])|"
    rf"(?:(?:{_GOT})[了吧啦]?[，,。\s]*)?(?:谢谢|多谢|谢了|谢啦|感谢|辛苦)[你您恁]?[啊呀啦了哈]*[，,。!！~\s]+|"
    rf"(?:{_ASKS})(?:您|你|恁)?[，,。!！~:：\s]*(?=[^，,。]{{4}})|"
    rf"(?:{_GOT})[了吧啦][，,。!！~\s]+(?=(?:谢|多谢|那|再|我|俺|不用|先)))+",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    rf"(?:[，,。!！?？~\s]+(?:谢谢|多谢|谢了|谢啦|感谢|麻烦了?|辛苦了?|拜托了?|{_PERSON})[你您恁俺]?[啊呀啦了哈哦嘞]*[。!！~]*)+$"
)
_AGREED = re.compile(
    rf"(?:(?:好|{_GRASPED}|要得|没问题|ok|嗯|成|没事|那行|那好|那就好|那就行|"
    r"[你您恁](?:真|太|挺|好|很)[^，,问吗不没]{1,8}|够用?|没别的事?|"
    r"(?:讲|说|解释|答)[得的](?:很|真|挺|太|好|都)?(?:明白|清楚|详细|仔细|细|好|到位))"
    r"[的了吧啦嘞勒哒哈呀啊呢喽咧咯]*[，,。!！~\s]*)+",
    re.IGNORECASE,
)
_THANKS = re.compile("谢|辛苦|麻烦[你您恁]?了")
_LEAST = 2
"""Signs that are left at the least of a text without its address and thanks."""


def plain(text: str) -> str:
    """Return a text without the address, greeting or thanks around what it says.

    "闺女，那多少钱" asks "那多少钱". A text that is nothing else is left whole.
    """
    if len(text) > _MAX_TEXT or text.startswith("/"):
        return text
    said = _BEHIND.sub("", _IN_FRONT.sub("", text.strip())).strip()
    return said if sum(map(str.isalnum, said)) >= _LEAST else text


def only_thanks(text: str) -> bool:
    """Tell whether a text agrees and thanks, and says nothing else: "中嘞，谢谢恁"."""
    said = plain(text)
    return said != text and _THANKS.search(text) is not None and _AGREED.fullmatch(said) is not None


def split_clauses(text: str) -> list[str]:
    """Return the clauses of a text without their joints; fewer than two: an empty list.

    A text with many parts is a story, whose clauses are no requests of their own: empty as well.
    """
    if len(text) > _MAX_TEXT or text.startswith("/"):
        return []
    joined = (part for whole in _JOINTS.split(text) for part in split_topics(whole))
    parts = [_LEADING.sub("", part.strip()) for part in joined]
    found = [part for part in parts if sum(map(str.isalnum, part)) >= _SHORTEST]
    found = [part for part in found if len(set(part)) > 1]  # 急急急 asks for nothing
    return found if 1 < len(found) <= _MAX_CLAUSES else []
