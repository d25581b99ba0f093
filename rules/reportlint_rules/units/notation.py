"""UN001, UN002: units written in two ways, and symbols written wrong."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from reportlint.analysis import Analysis
from reportlint.files import beside, lines
from reportlint.finding import Message, Outcome, Related, Severity
from reportlint.gathered import gathered, times
from reportlint.patterns import any_of, compiled, tried
from reportlint.record import NamedTuple
from reportlint.rule import rule
from reportlint.span import Span


@lru_cache(maxsize=1)
def _notations() -> tuple[_BehindFigures, dict[str, str]]:
    """Every notation after a figure, and which unit a notation stands for."""
    unit_of = {}
    for row in lines(beside(__file__, "notations.tsv")):
        unit, forms, _ = row.split("\t")
        unit_of.update(dict.fromkeys(forms.split(), unit))
    # The figure may still be a placeholder; /km and km/h are other units.
    return _BehindFigures.of(r"0-9*＊Xx×_余多万亿", unit_of, r"[A-Za-z0-9/／³²每]|提气"), unit_of


class _BehindFigures(NamedTuple):
    """Forms of units behind a figure: where a figure ends before something that a form begins with, and the forms."""

    end: re.Pattern[str]
    form: re.Pattern[str]

    @classmethod
    def of(cls, last: str, forms: Iterable[str], other: str) -> _BehindFigures:
        """``forms`` behind one of the characters ``last``, unless ``other`` follows."""
        begun = "".join(sorted({form[0] for form in forms}))
        return cls(compiled(rf"[{last}](?=[ \u00a0]?[{begun}])"), compiled(rf"[ \u00a0]?({any_of(forms)})(?!{other})"))

    def places(self, text: str) -> Iterator[tuple[str, Span]]:
        """Every form in ``text`` with its place."""
        for match in tried(self.form, (end.end() for end in self.end.finditer(text)), text):
            yield match[1], Span(*match.span(1))


_DEGREE = compiled(r"(?:温|温度|气温|水温)[^，。；、\d\n]{0,8}\d[\d.]*(度)(?![电])")


@rule(
    "UN001",
    "unit-two-ways",
    severity=Severity.INFO,
    bad=(
        "PM2.5浓度30微克/立方米，PM10浓度52⟦μg/m³⟧，臭氧浓度150微克/立方米。",
        "新建道路12公里，改造道路8公里，养护道路60⟦千米⟧。",
    ),
    good=(
        "PM2.5浓度30微克/立方米，PM10浓度52微克/立方米。",
        "新建道路12公里，绿化面积8平方公里。",
        "总磷浓度0.05mg/L，PM2.5浓度30微克/立方米。",
    ),
)
def unit_two_ways(analysis: Analysis) -> Iterator[Outcome]:
    """同一个单位有两种写法。

    一篇之内，“微克/立方米”和“μg/m³”、“公里”和“千米”只用一种。每个单位全文报一次，指出少数的写法在哪里。

    不同的单位（毫克/升与微克/立方米）不比较；单位前面没有数字的不算。
    """
    text = analysis.document.text
    notations, unit_of = _notations()
    found: dict[str, dict[str, list[Span]]] = {}
    for form, place in notations.places(text):
        found.setdefault(unit_of[form], {}).setdefault(form, []).append(place)
    if "摄氏度" in found:
        # 80度 of warmth, not of electricity.
        for match in _DEGREE.finditer(text):
            found["摄氏度"].setdefault("度", []).append(Span(*match.span(1)))
    for forms in found.values():
        if len(forms) < 2:
            continue
        kept = max(forms, key=lambda form: len(forms[form]))
        others = sorted((place for form, places in forms.items() if form != kept for place in places))
        counts = "、".join(f"“{form}”{len(places)} 处" for form, places in forms.items())
        finding = gathered(
            others, Message(f"同一个单位有几种写法（{counts}），应当统一", "one unit is written in several ways"), kept
        )
        most = tuple(Related(place, "多数的写法") for place in forms[kept][:3])
        yield finding._replace(related=finding.related + most)


@lru_cache(maxsize=1)
def _odd() -> tuple[_BehindFigures, dict[str, tuple[str, Severity]]]:
    """Every unit written wrong behind a figure, and what each should be."""
    cells = (row.split("\t") for row in lines(beside(__file__, "odd.tsv")))
    levels = {"info": Severity.INFO, "warning": Severity.WARNING}
    right_of = {written: (right, levels[level]) for written, right, level, _ in cells}
    return _BehindFigures.of(r"0-9*＊Xx×余多万亿千百", right_of, r"(?:[A-Za-z0-9³²]|(?<=立方)[米厘])"), right_of


@rule(
    "UN002",
    "odd-unit",
    severity=Severity.INFO,
    bad=("PM2.5浓度均值44.8⟦μg/m3⟧。", "新建110⟦KV⟧变电站2座，线路36千米。", "复垦土地19⟦公倾⟧。"),
    good=("PM2.5浓度均值44.8μg/m³。", "新建110kV变电站2座，线路36千米。", "购置DB型设备2套，M3车型6辆。"),
)
def odd_unit(analysis: Analysis) -> Iterator[Outcome]:
    """单位写错了：符号的大小写、上标不对，或有错字。

    “m3”是丢了上标的“m³”；千瓦是 kW，千米是 km，毫克每升是 mg/L。大小写错了，意思会变：Mg 是兆克，M 是百万。每种写法全文报一次；“公倾”“平方公理”
    一类错字报为警告。

    型号、标准号里的字母不算，只看数字后面的单位。
    """
    text = analysis.document.text
    found: dict[str, list[Span]] = {}
    odd, right_of = _odd()
    for form, place in odd.places(text):
        found.setdefault(form, []).append(place)
    for form, places in found.items():
        right, severity = right_of[form]
        message = Message(f"“{form}”应写作“{right}”{times(places)}", f"write {right} for {form}")
        yield gathered(places, message, right)._replace(severity=severity)
