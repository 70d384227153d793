"""Names of persons in free text, where words before them say so: "我叫王小明", "联系人：李雷"."""

import re

from bot.domain.reviews import masked_comment
from bot.services.privacy.personal_numbers import mask_numbers

SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎"
    "余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
    "庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂焦向柳邢路岳齐梅莫庄辛管祝左涂谷祁时舒耿牟卜路"
    "詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵欧阳解强柴华车冉房边"
)
STAR = "*"
_TOLD = re.compile(
    rf"((?:我叫|名叫|我的名字(?:是|叫)|(?:姓名|联系人|法人代表|法定代表人|法人|经营者|经办人|负责人)"
    rf"(?:是|为|叫|[:：])))(\s*)([{SURNAMES}])([\u4e00-\u9fa5]{{1,2}})"
)

_FILE = re.compile(r"“[^“”]{1,100}(\.[a-z]{3,4})”")
"""A file that was handed in, as a line quotes it; people call files by their names."""


def mask_told_names(text: str) -> str:
    """Return a text with each name that is told as one hidden but for its first sign.

    Only after words that announce a name: a guess anywhere else would hide streets and trades. Two
    signs after the surname at most, so a third sign of a name stays, and a verb may be hidden.
    """
    return _TOLD.sub(lambda found: f"{found[1]}{found[2]}{found[3]}{STAR * len(found[4])}", text)


def without_person(text: str) -> str:
    """Return a line as lists show it: told names, numbers and names of files are hidden."""
    return mask_told_names(mask_numbers(_FILE.sub(rf"“{STAR}\1”", text)))


def without_told(text: str) -> str:
    """Return a comment without all that could name its author: told names and long numbers."""
    return mask_told_names(masked_comment(text))


NAME_SIGN = "[^，,。 \\da-zA-Z我俺咱你您恁他她们的和跟上下早晚周月天号点去来到]"
"""A sign of a name that is told in the middle of a sentence: 下周三上午孟庆海去东阿大厅."""
