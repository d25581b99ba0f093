"""Values, bases, changes and ranks."""

from __future__ import annotations

import random
from collections.abc import Iterator

from makers.sample import INDICATORS, TOPICS, Maker, Sample, moved, number


def growth(rng: random.Random) -> Iterator[Sample]:
    """Value, base and change in per cent."""
    name, unit, low, high, places = rng.choice(INDICATORS)
    base = round(rng.uniform(low, high), places)
    value = round(base * rng.choice([rng.uniform(0.7, 0.95), rng.uniform(1.06, 1.4)]), places)
    if abs(value - base) < 3 * 10**-places:
        return
    change = abs(value - base) / base * 100
    slack = 100 * 10**-places / base + 0.6
    off = change + rng.choice([1, -1]) * (slack * 2 + rng.uniform(1, 6))
    if off <= 0.2:
        off = change + slack * 2 + rng.uniform(1, 6)
    up = value > base
    word, word2 = ("增长", "提高到") if up else ("下降", "下降到")
    for pattern in (
        "{i}{v}{u}，较上年同期的{b}{u}{w}{c}%。",
        "{i}为{v}{u}，上年同期为{b}{u}，同比{w}{c}%。",
        "{i}由上年同期的{b}{u}{w2}{v}{u}，{w}{c}%。",
        "{i}{v}{u}，比去年同期（{b}{u}）{w}{c}%。",
        "{i}{v}{u}（上年同期{b}{u}），同比{w}{c}%。",
        "{i}由{b}{u}{w2}{v}{u}，{f}{c}%。",
        "{i}实现{v}{u}，去年同期{b}{u}，{w}{c}%。",
        "{i}达{v}{u}，同比{w}{c}%，上年同期为{b}{u}。",
        "{i}为{v}{u}，与上年同期的{b}{u}相比{w}{c}%。",
        "{i}从上年的{b}{u}{w2}今年的{v}{u}，{f}达{c}%。",
        "今年{i}{v}{u}，去年为{b}{u}，{w}{c}%。",
        "{i}完成{v}{u}，比上年{b}{u}{w}{c}%。",
        "{i}{v}{u}，同比{w}{c}%（去年同期为{b}{u}）。",
        "去年{i}{b}{u}，今年{v}{u}，{w}{c}%。",
        "与去年同期{b}{u}相比，{i}达到{v}{u}，{w}了{c}%。",
    ):
        fields = {
            "i": name,
            "v": number(value, places),
            "b": number(base, places),
            "u": unit,
            "w": word,
            "w2": word2,
            "f": "增幅" if up else "降幅",
        }
        yield Sample(
            "growth %", pattern.format(**fields, c=number(change, 1)), pattern.format(**fields, c=number(off, 1))
        )
        turned = dict(fields, w="下降" if up else "增长", w2="下降到" if up else "提高到")
        if "{w}" in pattern and abs(value - base) > 10**-places:
            wrong = pattern.replace("{w2}", word2).format(**turned, c=number(change, 1))
            yield Sample("direction", pattern.format(**fields, c=number(change, 1)), wrong)


def difference(rng: random.Random) -> Iterator[Sample]:
    """Value, base and change in the unit itself."""
    noun, unit, _, _ = rng.choice(TOPICS)
    base = rng.randint(40, 500)
    gap = rng.randint(3, base // 3)
    value = base - gap
    for pattern in (
        "全年共发生{n}{v}{u}，比上年的{b}{u}减少{g}{u}。",
        "{n}数量{v}{u}，较去年同期的{b}{u}下降{g}{u}。",
        "{n}由上年的{b}{u}减少到{v}{u}，减少{g}{u}。",
        "{n}{v}{u}，上年同期为{b}{u}，同比减少{g}{u}。",
        "{n}{v}{u}（去年同期{b}{u}），同比减少{g}{u}。",
        "{n}从{b}{u}下降到{v}{u}，减少了{g}{u}。",
        "{n}{v}{u}，比去年同期的{b}{u}少{g}{u}。",
        "全县{n}由去年的{b}{u}压减至{v}{u}，净减少{g}{u}。",
        "{n}为{v}{u}，较上年（{b}{u}）减少{g}{u}。",
        "今年共有{n}{v}{u}，去年同期{b}{u}，减少{g}{u}。",
        "{n}由上年末{b}{u}降至{v}{u}，下降{g}{u}。",
        "{n}同比减少{g}{u}，由{b}{u}降至{v}{u}。",
        "去年{n}{b}{u}，今年{v}{u}，减少{g}{u}。",
        "{n}比上年的{b}{u}下降{g}{u}，为{v}{u}。",
    ):
        fields = {"n": noun, "u": unit, "v": value, "b": base}
        yield Sample("difference", pattern.format(**fields, g=gap), pattern.format(**fields, g=moved(rng, gap)))


def points(rng: random.Random) -> Iterator[Sample]:
    """Rates and their difference in points."""
    base = round(rng.uniform(50, 88), 1)
    gap = round(rng.uniform(1.1, 9.5), 1)
    value = round(base + gap, 1)
    off = round(gap + rng.choice([-1, 1]) * rng.uniform(0.5, 3), 1)
    if off <= 0.1:
        off = round(gap + 1.4, 1)
    for pattern in (
        "治理率达到{v}%，比上年末的{b}%提高{g}个百分点。",
        "优良天数比率为{v}%，较上年同期的{b}%上升{g}个百分点。",
        "合格率由{b}%提高到{v}%，提高{g}个百分点。",
        "覆盖率为{v}%，上年同期为{b}%，同比提高{g}个百分点。",
        "参检率{v}%（上年同期{b}%），同比提高{g}个百分点。",
        "入学率从{b}%提升到{v}%，提升{g}个百分点。",
        "毛入园率{v}%，比上年（{b}%）提高{g}个百分点。",
        "群众满意率为{v}%，去年同期为{b}%，提高{g}个百分点。",
        "规范化管理率由上年的{b}%提高至{v}%，提高了{g}个百分点。",
        "电子化率达{v}%，较年初的{b}%提升{g}个百分点。",
        "集中供热普及率达到{v}%，同比提高{g}个百分点（上年同期为{b}%）。",
        "法定传染病报告及时率{v}%，上年为{b}%，上升{g}个百分点。",
        "贫困人口参保率从年初的{b}%提高到{v}%，提高{g}个百分点。",
        "首接负责率提高{g}个百分点，由{b}%升至{v}%。",
    ):
        yield Sample("points", pattern.format(v=value, b=base, g=gap), pattern.format(v=value, b=base, g=off))
        if abs((value - base) / base * 100 - gap) > 0.15:
            yield Sample(
                "% for points",
                pattern.format(v=value, b=base, g=gap),
                pattern.format(v=value, b=base, g=gap).replace("个百分点", "%"),
            )


def ranks(rng: random.Random) -> Iterator[Sample]:
    """Ranks and moves."""
    old = rng.randint(6, 15)
    step = rng.randint(1, 4)
    new = old - step
    wrong = new + rng.choice([-1, 1])
    for pattern in (
        "综合考核由第{o}位前进{s}位至第{n}位。",
        "全省排名由第{o}名上升{s}个位次至第{n}名。",
        "营商环境评价从第{o}位提升{s}位到第{n}位。",
        "考核成绩由第{o}名上升到第{n}名，前进{s}个位次。",
        "水质指数排名由第{o}位前移{s}位，居第{n}位。",
        "满意度由第{o}位升至第{n}位，前进{s}位。",
        "综合排名从去年的第{o}位跃升至第{n}位，上升{s}位。",
        "平安建设群众满意度全省排名第{n}位，较上年第{o}位前进{s}位。",
        "高考上线率居全市第{n}位，比上年的第{o}位上升{s}位。",
        "位次由全省第{o}名前移至第{n}名，提升{s}个位次。",
        "考评位列全市第{n}名，较去年第{o}名前进{s}名。",
        "今年排名第{n}位，比去年的第{o}位前移{s}位。",
        "全国百强县排名由第{o}位升至第{n}位，前进{s}位。",
        "测评成绩前进{s}位，由第{o}位升至第{n}位。",
    ):
        yield Sample("rank moves", pattern.format(o=old, s=step, n=new), pattern.format(o=old, s=step, n=wrong))
    total = rng.randint(8, 17)
    for pattern in (
        "在全省{t}个设区市中排名第{r}位。",
        "在全市{t}个县（市、区）中列第{r}名。",
        "列全市{t}个县区第{r}位。",
        "在全省{t}个市州中居第{r}位。",
        "位居全市{t}个县（区）第{r}名。",
        "在{t}家参评单位中排名第{r}。",
    ):
        yield Sample(
            "rank of n",
            pattern.format(t=total, r=rng.randint(1, total)),
            pattern.format(t=total, r=total + rng.randint(1, 6)),
        )


MAKERS: tuple[Maker, ...] = (growth, difference, points, ranks)
