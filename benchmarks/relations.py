"""Recall and false alarms of the number rules on generated text.

    python benchmarks/relations.py --seed 7 --texts 2000

Sentences and small reports with random figures that all agree, each relation in several wordings, and the same sentences with exactly
one printed figure moved beyond rounding. Printed: recall per relation (a finding of the right family whose places touch the changed
figure or its partners), and every error or warning on the consistent texts.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from reportlint.api import check_text
from reportlint.finding import Severity


@dataclass(frozen=True)
class Sample:
    """A sentence, the same with one figure changed, and the relation that then breaks."""

    relation: str
    right: str
    wrong: str


Maker = Callable[[random.Random], Iterator[Sample]]

TOPICS = (
    ("问题", "个", "督察反馈", "整改"), ("隐患", "处", "排查发现", "整改"), ("信访件", "件", "受理群众", "办结"), ("线索", "条", "收到群众举报", "办结"),
    ("任务", "项", "审计反馈", "完成"), ("建议提案", "件", "承办", "办复"), ("违法案件", "起", "立案查处", "结案"),
)  # fmt: skip
PLACES = ("全市", "全县", "全区", "我局", "上半年，全县", "今年以来，全市")
INDICATORS = (
    ("PM2.5平均浓度", "微克/立方米", 18, 60, 0), ("一般公共预算收入", "亿元", 8, 90, 2), ("接诊量", "万人次", 2, 80, 1), ("粮食产量", "万吨", 10, 90, 2),
    ("信访总量", "件", 80, 900, 0), ("办理时限", "个工作日", 5, 40, 0), ("旅游收入", "亿元", 3, 60, 1),
)  # fmt: skip
CONTENTS = ("大气", "水", "土壤", "噪声", "固废", "辐射", "扬尘", "油烟")


def moved(rng: random.Random, value: int, low: int = 1) -> int:
    """Another whole number near ``value``."""
    step = max(1, value // 12)
    return (
        max(low, value + rng.choice([-1, 1]) * rng.randint(1, step + 2))
        if value > low + 2
        else value + rng.randint(1, 3)
    )


def number(value: float, places: int) -> str:
    """A figure as printed."""
    return f"{value:.{places}f}"


def done_over_total(rng: random.Random) -> Iterator[Sample]:
    """More done than there was."""
    noun, unit, verb, deed = rng.choice(TOPICS)
    place = rng.choice(PLACES)
    total = rng.randint(12, 300)
    done = rng.randint(max(1, total // 2), total - 1)
    over = total + rng.randint(1, 9)
    for pattern in (
        "{p}{v}{n}{t}{u}，已{d}{k}{u}。",
        "{p}共{v}{n}{t}{u}，截至目前已{d}{k}{u}。",
        "{p}{v}{n}共{t}{u}，其中已{d}{k}{u}。",
        "{p}{v}{n}{t}{u}。目前已{d}{k}{u}，其余正在推进。",
        "{p}{v}的{t}{u}{n}中，已{d}{k}{u}。",
        "{v}{p}{n}{t}{u}，现已{d}到位{k}{u}。",
    ):
        fields = {"p": place, "v": verb, "n": noun, "u": unit, "d": deed, "t": total}
        yield Sample("done > total", pattern.format(**fields, k=done), pattern.format(**fields, k=over))


def done_and_pending(rng: random.Random) -> Iterator[Sample]:
    """Done and pending that do not make up the total."""
    noun, unit, verb, deed = rng.choice(TOPICS)
    place = rng.choice(PLACES)
    done, rest = rng.randint(6, 200), rng.randint(2, 40)
    total = done + rest
    for pattern in (
        "{p}{v}{n}{t}{u}，已{d}{k}{u}，其余{r}{u}正在推进。",
        "{p}共{v}{n}{t}{u}，已{d}{k}{u}，剩余{r}{u}明确了时限。",
        "{p}{v}{n}{t}{u}，已{d}{k}{u}，{r}{u}正在按时序推进。",
        "{p}{v}{n}共{t}{u}，其中已{d}{k}{u}，正在办理{r}{u}。",
        "{p}{v}{n}{t}{u}，截至目前{d}{k}{u}，未{d}{r}{u}。",
        "{p}{v}{n}{t}{u}。其中{d}{k}{u}，其余{r}{u}年底前完成。",
    ):
        fields = {"p": place, "v": verb, "n": noun, "u": unit, "d": deed, "k": done, "r": rest}
        wrong = moved(rng, total, max(done, rest) + 1)
        yield Sample("done + pending", pattern.format(**fields, t=total), pattern.format(**fields, t=wrong))


def parts_of_total(rng: random.Random) -> Iterator[Sample]:
    """A closed list of parts and its total."""
    parts = [rng.randint(4, 90) for _ in range(3)]
    a, b, c, d = rng.sample(CONTENTS, 4)
    rest = rng.randint(3, 40)
    total = sum(parts) + rest
    x, y, z = parts
    for pattern in (
        "上半年受理群众投诉{t}件，其中{a}类{x}件、{b}类{y}件、{c}类{z}件，其余{r}件为其他类型。",
        "全年共收到举报{t}件，按类型分为{a}类{x}件、{b}类{y}件、{c}类{z}件、{d}类{r}件。",
        "{a}类{x}件、{b}类{y}件、{c}类{z}件、{d}类{r}件，合计{t}件。",
        "共排查问题{t}个，其中{a}类{x}个、{b}类{y}个、{c}类{z}个、其他{r}个。",
        "受理{a}类投诉{x}件，{b}类投诉{y}件，{c}类投诉{z}件，{d}类投诉{r}件，四项合计{t}件。",
        "交办信访件{t}件，涉及{a}{x}件、{b}{y}件、{c}{z}件，剩余{r}件涉及其他领域。",
    ):
        fields = {"a": a, "b": b, "c": c, "d": d, "x": x, "y": y, "z": z, "r": rest}
        yield Sample(
            "total = parts",
            pattern.format(**fields, t=total),
            pattern.format(**fields, t=moved(rng, total, max(x, y, z, rest) + 1)),
        )


def rate_of_counts(rng: random.Random) -> Iterator[Sample]:
    """A rate beside its counts."""
    noun, unit, verb, deed = rng.choice(TOPICS)
    place = rng.choice(PLACES)
    total = rng.randint(20, 400)
    done = rng.randint(total // 2, total - 1)
    rate = done * 100 / total
    off = rate + rng.choice([-1, 1]) * rng.uniform(1.2, 6.0)
    if off > 99.9 or off < 1:
        off = rate - rng.uniform(1.2, 6.0)
    for pattern in (
        "{p}{v}{n}{t}{u}，已{d}{k}{u}，{d}率{r}%。",
        "{p}共{v}{n}{t}{u}，{d}{k}{u}，{d}率为{r}%。",
        "{p}{v}{n}{t}{u}，其中{d}{k}{u}，{d}率达到{r}%。",
        "{p}{v}的{t}{u}{n}中，已{d}{k}{u}，{d}率达{r}%。",
        "{p}{v}{n}{t}{u}，已{d}{k}{u}，占{r}%。",
        "{p}{v}{n}{t}{u}。截至目前，已{d}{k}{u}，{d}率{r}%。",
    ):
        fields = {"p": place, "v": verb, "n": noun, "u": unit, "d": deed, "t": total, "k": done}
        yield Sample("rate", pattern.format(**fields, r=number(rate, 1)), pattern.format(**fields, r=number(off, 1)))


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
    ):
        yield Sample("rank moves", pattern.format(o=old, s=step, n=new), pattern.format(o=old, s=step, n=wrong))
    total = rng.randint(8, 17)
    for pattern in ("在全省{t}个设区市中排名第{r}位。", "在全市{t}个县（市、区）中列第{r}名。"):
        yield Sample(
            "rank of n",
            pattern.format(t=total, r=rng.randint(1, total)),
            pattern.format(t=total, r=total + rng.randint(1, 6)),
        )


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
        "上半年{n}处水源地水质达标率为{r}%。",
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
        ("主要采取了{c}条措施：", short), ("推进{c}个创建：", body), ("取得{c}个方面的成效：", short),
    ):  # fmt: skip
        yield Sample("announced count", pattern.format(c=spelt[n - 1]) + text, pattern.format(c=wrong) + text)


def two_units(rng: random.Random) -> Iterator[Sample]:
    """One amount in two units."""
    hundred_million = round(rng.uniform(1.1, 9.9), 2)
    ten_thousand = round(hundred_million * 10000)
    hectares = rng.randint(10, 400)
    for pattern in ("争取资金{a}亿元（{b}万元）。", "完成投资{a}亿元（即{b}万元）。", "拨付补助{a}亿元（合{b}万元）。"):
        yield Sample(
            "two units",
            pattern.format(a=hundred_million, b=ten_thousand),
            pattern.format(a=hundred_million, b=ten_thousand // 10),
        )
    for pattern in ("新增造林{a}公顷（{b}亩）。", "治理面积{a}公顷（合{b}亩）。", "修复湿地{a}公顷（折合{b}亩）。"):
        yield Sample(
            "two units",
            pattern.format(a=hectares, b=hectares * 15),
            pattern.format(a=hectares, b=hectares * 15 + rng.choice([-1, 1]) * hectares),
        )


MAKERS: tuple[Maker, ...] = (
    done_over_total, done_and_pending, parts_of_total, rate_of_counts, growth, difference, points, ranks, respectively, small_n,
    shares, listed, two_units,
)  # fmt: skip


def alarms(text: str) -> list[str]:
    """What the linter says of ``text`` at warning or above."""
    result = check_text(text, path="sample.txt")
    return [f"{d.rule.code} {d.finding.message.zh}" for d in result.diagnostics if d.severity >= Severity.WARNING]


def main() -> int:
    """Print the table; exit 1 where a consistent text is reported."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--texts", type=int, default=2000, help="how many consistent texts")
    parser.add_argument("--show", type=int, default=2, help="how many misses to show per relation")
    arguments = parser.parse_args()
    rng = random.Random(arguments.seed)
    found, total, shown = Counter[str](), Counter[str](), Counter[str]()
    texts: list[str] = []
    false: list[str] = []
    while len(texts) < arguments.texts:
        batch = [sample for maker in MAKERS for sample in maker(rng)]
        for sample in batch:
            total[sample.relation] += 1
            if any(alarm.startswith("NM") for alarm in alarms(sample.wrong)):
                found[sample.relation] += 1
            elif shown[sample.relation] < arguments.show:
                shown[sample.relation] += 1
                print(f"missed {sample.relation}: {sample.wrong}", file=sys.stderr)
        single = [sample.right for sample in batch]
        reports = ["全县2024年上半年工作总结\n\n" + "".join(rng.sample(single, 8)) for _ in range(6)]
        for text in (*single, *reports):
            texts.append(text)
            false += [f"{alarm} | {text}" for alarm in alarms(text)]
    for relation in sorted(total):
        print(
            f"{relation:16} {found[relation]:5}/{total[relation]:<5} {100 * found[relation] / total[relation]:6.1f} %"
        )
    print(
        f"{'all':16} {sum(found.values()):5}/{sum(total.values()):<5} {100 * sum(found.values()) / sum(total.values()):6.1f} %"
    )
    print(f"consistent texts {len(texts)}, findings on them {len(false)}")
    for line in false[:20]:
        print("  ", line[:300])
    return 1 if false else 0


if __name__ == "__main__":
    sys.exit(main())
