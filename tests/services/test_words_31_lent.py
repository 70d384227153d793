"""Sentences that the rules of the day are for, and those that they took for such before."""

from collections.abc import Callable

import pytest

from bot.services.finding.trade_names import what_is_done
from bot.services.policies.fields import Field, field_asked
from bot.services.words.any_matter import Point, point_asked
from bot.services.words.held import Held, happens_to, happens_to_it
from bot.services.words.matter_remarks import licence_name
from bot.services.words.project import works_on_wall


def _is_lent(text: str) -> bool:
    asked = point_asked(text)
    return asked is not None and asked.point is Point.LENT


def _hauls(text: str) -> bool:
    return "拉货" in what_is_done(text)


TOLD: tuple[tuple[str, Callable[[str], object], object], ...] = (
    ("想开个门窗厂", works_on_wall, False),
    ("想开个窗帘店", works_on_wall, False),
    ("想开个门禁安装公司", works_on_wall, False),
    ("想开一个门业公司", works_on_wall, False),
    ("想开个门球馆", works_on_wall, False),
    ("俺想开个洞穴餐厅", works_on_wall, False),
    ("想开个门可视对讲店", works_on_wall, False),
    ("想开个门不锈钢厂", works_on_wall, False),
    ("想开个门市部", works_on_wall, False),
    ("墙面砸了钱装修", works_on_wall, False),
    ("想砸钱装个墙面", works_on_wall, False),
    ("刷墙得掏多少钱", works_on_wall, False),
    ("大梁扒了个口", works_on_wall, False),
    ("梁山扒鸡店", works_on_wall, False),
    ("想拆柱塞泵", works_on_wall, False),
    ("里头想拆一面承重墙", works_on_wall, True),
    ("中间想砸掉一面承重墙", works_on_wall, True),
    ("店里装修想把承重墙打掉一截 咋办", works_on_wall, True),
    ("外墙想开个门", works_on_wall, True),
    ("外墙想开个门得报批不", works_on_wall, True),
    ("临街想开一扇窗户行不", works_on_wall, True),
    ("想在楼板上开个洞，要批不", works_on_wall, True),
    ("承重墙拆了中不", works_on_wall, True),
    ("他的护照公司文件要去使馆认证，还是海牙那个就成", _is_lent, False),
    ("用我爸的房办执照能行吗", _is_lent, False),
    ("用他家地址办照中不", _is_lent, False),
    ("用我对象的手机办照行不", _is_lent, False),
    ("能用房东的产权证不", _is_lent, False),
    ("用他的产权证行不", _is_lent, False),
    ("俺用俺对象的房子注册行不", _is_lent, False),
    ("就使俺爹那个执照干 行不", _is_lent, True),
    ("俺不改名 先使俺舅那个执照卖着 中不", _is_lent, True),
    ("俺妹夫有个执照 我用他的干行不", _is_lent, True),
    ("用房东的食品证卖着行不", _is_lent, True),
    ("用他药房的许可证卖行不", _is_lent, True),
    ("用他办好的许可证卖行不", _is_lent, True),
    ("想盘个转让的火锅店 原来的证能接着用不", _is_lent, True),
    ("卖给他货要开发票不", _is_lent, False),
    ("钱借给他能行不", _is_lent, False),
    ("店租给他要交税不", _is_lent, False),
    ("租给旁人使呢", _is_lent, True),
    ("借给俺妹夫用两天行不", _is_lent, True),
    ("营运证借给俺表弟用几天行不", _is_lent, True),
    ("本地户口的钱给多少", field_asked, Field.AMOUNT),
    ("当地规定的条件是啥", field_asked, Field.TERMS),
    ("市里规定的时间是到啥时候", field_asked, Field.UNTIL),
    ("国家规定的人数是多少", field_asked, Field.AMOUNT),
    ("国家标准是多少人", field_asked, None),
    ("这数是咱聊城自己定的不", field_asked, Field.LOCAL),
    ("这个钱数是聊城的口径吗", field_asked, Field.LOCAL),
    ("全省都一样吗", field_asked, Field.LOCAL),
    ("补多少是国家定的还是市里定的", field_asked, Field.LOCAL),
    ("这数准不准", field_asked, Field.LOCAL),
    ("要去银行贷多少", field_asked, Field.AMOUNT),
    ("用到工商银行卡不", field_asked, None),
    ("要不要跑税务局", field_asked, Field.PLACE),
    ("用去大厅排队不", field_asked, Field.PLACE),
    ("要去银行不", field_asked, Field.PLACE),
    ("墙裂了 施工许可证要改吗", happens_to, None),
    ("施工许可证 墙裂了要改吗", happens_to, None),
    ("房子裂开了要许可证不", happens_to, None),
    ("锅炉裂了 使用证咋办", happens_to, None),
    ("墙裂了咋办", happens_to_it, None),
    ("许可证裂了咋补", happens_to, Held.LOST),
    ("营业执照中间裂开了能用不", happens_to, Held.LOST),
    ("公章裂了咋办", happens_to, Held.LOST),
    ("裂了能用不", happens_to_it, Held.LOST),
    ("退役军人证去哪办", licence_name, "退役军人证"),
    ("退休证去哪办", licence_name, "退休证"),
    ("换热站特种设备登记证咋办", licence_name, "换热站特种设备登记证"),
    ("退耕还林许可证咋办", licence_name, "退耕还林许可证"),
    ("续建许可证咋办", licence_name, "续建许可证"),
    ("忘了续卫生许可证", licence_name, "卫生许可证"),
    ("换食品经营许可证要多久", licence_name, "食品经营许可证"),
    ("补办卫生许可证咋弄", licence_name, "卫生许可证"),
    ("我们的食品证多久到期", licence_name, "食品证"),
    ("开个货车维修厂跑业务", _hauls, False),
    ("开大车店跑堂", _hauls, False),
    ("在大车配件店跑腿", _hauls, False),
    ("大车停车场 跑了三家", _hauls, False),
    ("扩大车间搬运设备", _hauls, False),
    ("想自己买大车跑运输", _hauls, True),
    ("手里有四辆半挂想成立个公司自己跑活", _hauls, True),
    ("买个货车给饭店拉货", _hauls, True),
    ("用货车给厂里运料", _hauls, True),
)


@pytest.mark.parametrize(("text", "function", "expected"), TOLD)
def test_words_tell_what_they_mean_and_no_more(
    text: str, function: Callable[[str], object], expected: object
) -> None:
    assert function(text) == expected
