"""What a figure is per: 平均每所, 每万人, 人均, 亩产, 日均, 均价每吨."""

from __future__ import annotations

from decimal import Decimal

from reportlint.patterns import compiled
from reportlint.units import UNIT_PATTERN

#: 平均每所, 每万人, 人均, 亩产, 日均, 年均: what the mean is per.
PER = compiled(
    rf"(?:平均)?每(?P<scale>[十百千万]?)(?P<each>{UNIT_PATTERN}|车|案)|(?P<head>人|户|场|件|案|期|亩|村|校|家|台|班|次|站|所|笔|宗|车|店|套|栋|批|项)均|平均(?P<yield>亩产|单产)|(?P<day>日|天)平?均|(?P<month>月)平?均|(?P<year>年)平?均(?![增递降值]|下降|减|气温|浓度|日照|湿度|提高|压)|每个?(?P<monthly>月)"
)
#: 单产达到685公斤, 亩产612公斤: so much of a 亩.
YIELD = compiled(r"(?:亩产|单产)(?:量)?(?:约?为|达到?了?|可达|高达|是|实现|约)?$")
SCALES = {"": 1, "十": 10, "百": 100, "千": 1000, "万": 10000}
#: Units in which people are counted; the rest count themselves.
SAME = {
    "人": ("人", "名", "位"),
    "名": ("人", "名", "位"),
    "户": ("户", "家"),
    "亩": ("亩", "公顷"),
    "车": ("辆", "车"),
    "校": ("所",),
    "案": ("件", "起", "宗"),
    "件": ("件", "起", "宗"),
    "期": ("期",),
    "批": ("批", "批次"),
    "次": ("次", "人次"),
    "公斤": ("公斤", "千克", "吨"),
    "斤": ("斤", "公斤", "吨"),
}
#: How many square metres a 亩 has.
MU = Decimal("666.6666666666666667")
