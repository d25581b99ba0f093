"""Days, periods, means, statements made twice, what cannot be."""

from __future__ import annotations

import random
from collections.abc import Iterator

from makers.sample import Maker, Sample, number

DAYS = {("2023", "上半年"): 181, ("2024", "上半年"): 182, ("2023", "全年"): 365, ("2024", "前三季度"): 274}


def good_days(rng: random.Random) -> Iterator[Sample]:
    """Good days and their rate."""
    (year, span), days = rng.choice(list(DAYS.items()))
    good = rng.randint(days // 2, days - 8)
    rate = good * 100 / days
    off = rate + rng.choice([-1, 1]) * rng.uniform(9, 12)
    off = off if off < 99 else rate - 10
    over = days + rng.randint(1, 20)
    for pattern in (
        "{y}年{s}，空气质量优良天数{g}天，优良率{r}%。",
        "{y}年{s}，全县优良天数为{g}天，优良天数比例为{r}%。",
        "{y}年{s}优良天数达{g}天，优良天数比率{r}%。",
        "{y}年{s}，城区空气质量优良天数比例{r}%，优良天数{g}天。",
        "{y}年{s}，全市环境空气优良天数{g}天，占比{r}%。",
        "{y}年{s}，优良天数共{g}天，优良率达到{r}%。",
        "{y}年{s}我县空气质量达到优良的天数为{g}天，优良率为{r}%。",
    ):
        fields = {"y": year, "s": span, "g": good}
        right = pattern.format(**fields, r=number(rate, 1))
        yield Sample("days and rate", right, pattern.format(**fields, r=number(off, 1)))
        if "，优良率{r}%" in pattern:
            plain = pattern.replace("，优良率{r}%", "")
            yield Sample("days > calendar", plain.format(**fields), plain.format(**{**fields, "g": over}))


def quarters(rng: random.Random) -> Iterator[Sample]:
    """Periods that must add up, and cumulative figures that may not shrink."""
    one, two = rng.randint(20, 90), rng.randint(20, 90)
    total = one + two
    wrong = total + rng.choice([-1, 1]) * rng.randint(3, 12)
    for pattern in (
        "上半年受理信访件{t}件，其中一季度{a}件、二季度{b}件。",
        "上半年共办理行政许可{t}件，一季度{a}件，二季度{b}件。",
        "上半年立案{t}起，其中一季度立案{a}起，二季度立案{b}起。",
        "上半年接报警情{t}起：一季度{a}起，二季度{b}起。",
        "一季度办结{a}件，二季度办结{b}件，上半年共办结{t}件。",
        "上半年新增经营主体{t}户，其中一季度新增{a}户、二季度新增{b}户。",
    ):
        yield Sample("quarters", pattern.format(t=total, a=one, b=two), pattern.format(t=wrong, a=one, b=two))
    month = rng.randint(5, 40)
    before, short = total + month, max(1, month - rng.randint(1, 4))
    for pattern in (
        "6月份受理投诉{m}件，今年以来累计受理投诉{t}件。",
        "本月发生交通事故{m}起，累计发生交通事故{t}起。",
        "本季度新建充电桩{m}个，累计新建充电桩{t}个。",
        "当月办理不动产登记{m}件，1至6月累计办理不动产登记{t}件。",
        "6月签约项目{m}个，上半年累计签约项目{t}个。",
        "本周完成核查{m}家，累计完成核查{t}家。",
    ):
        yield Sample("cumulative", pattern.format(m=month, t=before), pattern.format(m=month, t=short))


def means(rng: random.Random) -> Iterator[Sample]:
    """Averages and their extremes, totals and means per unit."""
    low = round(rng.uniform(20, 60), 1)
    high = round(low + rng.uniform(8, 25), 1)
    mean = round((low + high) / 2, 1)
    out = round(rng.choice([low - rng.uniform(1, 5), high + rng.uniform(1, 5)]), 1)
    for pattern in (
        "各镇群众满意度平均{m}分，最高{h}分，最低{l}分。",
        "全县考核平均得分{m}分，最高分{h}分，最低分{l}分。",
        "参赛队伍平均成绩{m}分，其中最高{h}分、最低{l}分。",
        "各乡镇平均覆盖率{m}%，最高的为{h}%，最低的为{l}%。",
        "测评平均分为{m}分，最高分为{h}分，最低分为{l}分。",
        "全市平均满意率{m}%，最高{h}%，最低{l}%。",
    ):
        yield Sample("mean and extremes", pattern.format(m=mean, h=high, l=low), pattern.format(m=out, h=high, l=low))
    n, each = rng.randint(4, 30), rng.randint(12, 90)
    for pattern in (
        "共举办培训班{n}期，培训{t}人次，平均每期{e}人次。",
        "开展宣讲{n}场，覆盖群众{t}人次，场均{e}人次。",
        "{n}个镇共建成公厕{t}座，平均每个镇{e}座。",
        "为{n}所学校配备教师{t}名，平均每所{e}名。",
        "{n}家企业共吸纳就业{t}人，平均每家{e}人。",
        "{n}个村共发放补贴{t}万元，平均每个村{e}万元。",
    ):
        yield Sample(
            "per unit",
            pattern.format(n=n, t=n * each, e=each),
            pattern.format(n=n, t=n * each, e=each + rng.choice([-4, 4, 7])),
        )


def stated_twice(rng: random.Random) -> Iterator[Sample]:
    """One fact in two places."""
    value = round(rng.uniform(12, 80), 1)
    other = number(value + rng.choice([-1, 1]) * rng.uniform(0.6, 3), 1)
    value_, count = number(value, 1), rng.randint(30, 90)
    swapped = int(str(count)[::-1]) if str(count)[0] != str(count)[1] and count % 10 else count + 11
    for first, second, one, two in (
        ("2024年全县粮食总产量{v}万吨，再获丰收。", "2024年全县粮食总产量达到{v}万吨。", value_, other),
        ("2024年，全县城镇化率达到{v}%。", "2024年，全县城镇化率为{v}%，城乡融合加快。", value_, other),
        ("全县现有公办幼儿园{v}所。", "学前教育方面，全县现有公办幼儿园{v}所。", str(count), str(swapped)),
        ("2024年全市森林覆盖率{v}%。", "截至2024年底，绿化持续推进。2024年全市森林覆盖率为{v}%。", value_, other),
        (
            "2024年，全市一般公共预算收入完成{v}亿元。",
            "财政运行平稳，2024年，全市一般公共预算收入{v}亿元。",
            value_,
            other,
        ),
        (
            "上半年，全县PM2.5平均浓度为{v}微克/立方米。",
            "空气质量持续改善，上半年，全县PM2.5平均浓度{v}微克/立方米。",
            value_,
            other,
        ),
        ("2024年全区城镇新增就业{v}万人。", "2024年全区城镇新增就业达{v}万人，超额完成任务。", value_, other),
    ):
        right = f"{first.format(v=one)}\n{second.format(v=one)}"
        yield Sample("stated twice", right, f"{first.format(v=one)}\n{second.format(v=two)}")


def impossible(rng: random.Random) -> Iterator[Sample]:
    """Falls beyond all there was."""
    percent, fold = rng.randint(20, 80), rng.randint(2, 5)
    for pattern in (
        "投诉量同比下降{p}%。",
        "事故起数减少{p}%。",
        "万元产值能耗降低{p}%。",
        "全年火灾起数较上年下降{p}%。",
        "信访总量比去年同期减少{p}%。",
        "两抢案件发案下降{p}%。",
    ):
        yield Sample("impossible fall", pattern.format(p=percent), pattern.format(p=percent + 100))
    for pattern in (
        "警情数增长{f}倍。",
        "网上投诉量增加{f}倍。",
        "平均用时增加了{f}倍。",
        "逾期贷款较年初上升{f}倍。",
        "库存增加{f}倍。",
    ):
        wrong = pattern.replace("增长", "下降").replace("增加", "减少").replace("上升", "下降")
        yield Sample("fall in times", pattern.format(f=fold), wrong.format(f=fold))


def targets(rng: random.Random) -> Iterator[Sample]:
    """Results against their own targets."""
    target = rng.randint(40, 300)
    more, less = target + rng.randint(2, 30), target - rng.randint(2, 20)
    for pattern in (
        "年度目标{t}个，实际建成{v}个，超额完成年度目标。",
        "计划新建充电桩{t}个，实际新建{v}个，超额完成任务。",
        "目标任务{t}户，已完成{v}户，提前超额完成目标任务。",
        "年初计划改造{t}户，实际改造{v}户，超额完成计划。",
        "全年计划培训{t}人，实际培训{v}人，超额完成年度计划。",
        "年度任务为{t}公里，实际完成{v}公里，超额完成。",
    ):
        yield Sample("result and target", pattern.format(t=target, v=more), pattern.format(t=target, v=less))


MAKERS: tuple[Maker, ...] = (good_days, quarters, means, stated_twice, impossible, targets)
