"""Lists: aligned, announced, of shares, of units."""

from __future__ import annotations

import random
from collections.abc import Iterator

from makers.sample import Maker, Sample, number


def respectively(rng: random.Random) -> Iterator[Sample]:
    """分别 lists."""
    towns = rng.sample(["东河镇", "西坪镇", "石桥乡", "柳林镇", "白沙乡", "云溪镇"], 3)
    values = [f"{rng.uniform(2, 40):.1f}" for _ in range(3)]
    for pattern in (
        "{a}、{b}、{c}分别增长{v}。",
        "{a}、{b}和{c}分别完成投资{v}。",
        "{a}、{b}、{c}治理率分别为{v}。",
        "{a}、{b}及{c}分别同比下降{v}。",
        "其中{a}、{b}、{c}分别达到{v}。",
        "{a}、{b}、{c}三地分别提高{v}。",
        "{a}、{b}、{c}高中毛入学率分别为{v}。",
        "新改扩建道路的{a}、{b}、{c}，分别完成投资{v}。",
        "其中{a}、{b}、{c}分别占{v}。",
        "{a}、{b}、{c}的支出分别同比增长{v}。",
        "按属地统计，{a}、{b}、{c}分别上升{v}。",
        "投诉量居前的是{a}、{b}、{c}，分别占{v}。",
        "{a}、{b}、{c}绿化覆盖率分别达到{v}。",
        "从乡镇看，{a}、{b}、{c}分别下降{v}。",
    ):
        unit = "亿元" if "投资" in pattern else "%"
        whole, short = "、".join(v + unit for v in values), "、".join(v + unit for v in values[:2])
        fields = dict(zip("abc", towns, strict=True))
        yield Sample("分别", pattern.format(**fields, v=whole), pattern.format(**fields, v=short))


def small_n(rng: random.Random) -> Iterator[Sample]:
    """A percentage that a small number of things cannot give."""
    n = rng.choice([3, 4, 6, 7, 8, 9, 11, 12, 13, 14])
    k = rng.randint(n // 2, n - 1)
    good = k * 100 / n
    # No mean over any number of months gives the wrong one either.
    reachable = {
        round(j * 100 / (n * m), 1) + d / 10 for m in range(1, 13) for j in range(n * m + 1) for d in (-1, 0, 1)
    }
    free = [p / 10 for p in range(300, 1000) if not any(abs(p / 10 - r) < 0.05 for r in reachable)]
    if not free:
        return
    bad = rng.choice(free)
    for pattern in (
        "上半年，{n}个国控断面水质优良率为{r}%。",
        "上半年全市{n}个地表水考核断面水质优良比例{r}%。",
        "上半年，{n}个省控断面水质达标率为{r}%。",
        "上半年，全县{n}个地下水点位水质达标率{r}%。",
        "抽检{n}批次样品，合格率{r}%。",
        "上半年{n}处农村人居环境示范点达标率为{r}%。",
        "对{n}家医疗机构开展检查，合格率为{r}%。",
        "全县{n}个乡镇卫生院达标率{r}%。",
        "随机抽查{n}所学校食堂，合格率{r}%。",
        "{n}个农贸市场快检室达标率为{r}%。",
        "上半年，{n}个市控断面达标率{r}%。",
        "抽查{n}家加油站，合格率为{r}%。",
        "{n}个社区矫正中心达标率{r}%。",
        "全市{n}个省级开发区达标率为{r}%。",
    ):
        yield Sample("GRIM", pattern.format(n=n, r=number(good, 1)), pattern.format(n=n, r=number(bad, 1)))


def shares(rng: random.Random) -> Iterator[Sample]:
    """Shares that make up the whole."""
    one, two = round(rng.uniform(5, 30), 1), round(rng.uniform(20, 45), 1)
    three = round(100 - one - two, 1)
    off = round(three + rng.choice([-1, 1]) * rng.uniform(2, 9), 1)
    for pattern in (
        "三次产业结构为{a}∶{b}∶{c}。",
        "三次产业结构由去年调整为{a}：{b}：{c}。",
        "噪声类占{a}%，油烟类占{b}%，其余占{c}%。",
        "Ⅰ至Ⅱ类、Ⅲ类、劣Ⅴ类断面占比分别为{a}%、{b}%和{c}%。",
        "收入中，财政拨款占{a}%，事业收入占{b}%，其他占{c}%。",
        "支出中，教育占{a}%、卫生占{b}%、其余占{c}%。",
        "从年龄看，35岁以下占{a}%，36至50岁占{b}%，50岁以上占{c}%。",
        "第一、二、三产业占比分别为{a}%、{b}%、{c}%。",
        "三次产业比例为{a}：{b}：{c}。",
        "按学历分，研究生占{a}%、本科占{b}%、专科及以下占{c}%。",
        "咨询类、投诉类、其他类分别占{a}%、{b}%、{c}%。",
        "投资构成中，中央资金占{a}%、地方配套占{b}%、自筹占{c}%。",
        "案由分布：合同纠纷占{a}%，侵权纠纷占{b}%，其他纠纷占{c}%。",
        "一、二、三产业投资占比分别为{a}%、{b}%和{c}%。",
    ):
        yield Sample("shares", pattern.format(a=one, b=two, c=three), pattern.format(a=one, b=two, c=off))


def listed(rng: random.Random) -> Iterator[Sample]:
    """An announced number of items."""
    items = ["压实主体责任", "强化源头管控", "加快项目建设", "严格执法监管", "提升服务水平"]
    n = rng.randint(3, 5)
    spelt = "一二三四五"
    wrong = spelt[n % 5] if n < 5 else "四"
    body = "".join(f"{spelt[i]}是{items[i]}。" for i in range(n))
    short = "；".join(f"{spelt[i]}是{items[i]}" for i in range(n)) + "。"
    for pattern, text in (
        ("重点抓好{c}项工作：", body), ("还存在{c}个方面的不足：", short), ("着力实施“{c}大行动”：", body),
        ("主要采取了{c}条措施：", short), ("推进{c}个创建：", body), ("取得{c}个方面的成效：", short), ("突出{c}个重点：", body), ("聚焦{c}项任务，", body), ("落实{c}项保障：", short), ("开展了{c}项专项行动：", short),
        ("坚持“{c}个强化”：", body), ("做好{c}篇文章：", body), ("主要有以下{c}个特点：", short), ("下一步重点做好{c}方面工作：", body),
    ):  # fmt: skip
        yield Sample("announced count", pattern.format(c=spelt[n - 1]) + text, pattern.format(c=wrong) + text)


def two_units(rng: random.Random) -> Iterator[Sample]:
    """One amount in two units."""
    hundred_million = round(rng.uniform(1.1, 9.9), 2)
    ten_thousand = round(hundred_million * 10000)
    hectares = rng.randint(10, 400)
    for pattern in (
        "争取资金{a}亿元（{b}万元）。",
        "完成投资{a}亿元（即{b}万元）。",
        "拨付补助{a}亿元（合{b}万元）。",
        "累计发放贷款{a}亿元（{b}万元）。",
        "清收欠缴{a}亿元，即{b}万元。",
        "安排预算{a}亿元，折合{b}万元。",
    ):
        yield Sample(
            "two units",
            pattern.format(a=hundred_million, b=ten_thousand),
            pattern.format(a=hundred_million, b=ten_thousand // 10),
        )
    for pattern in (
        "新增造林{a}公顷（{b}亩）。",
        "治理面积{a}公顷（合{b}亩）。",
        "修复湿地{a}公顷（折合{b}亩）。",
        "收回土地{a}公顷，合{b}亩。",
        "退耕还林{a}公顷（合{b}亩）。",
        "清退侵占林地{a}公顷（{b}亩）。",
        "建成高标准农田{a}公顷（{b}亩）。",
        "流转土地{a}公顷，折合{b}亩。",
    ):
        yield Sample(
            "two units",
            pattern.format(a=hectares, b=hectares * 15),
            pattern.format(a=hectares, b=hectares * 15 + rng.choice([-1, 1]) * hectares),
        )


MAKERS: tuple[Maker, ...] = (respectively, small_n, shares, listed, two_units)
