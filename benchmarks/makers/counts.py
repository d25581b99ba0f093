"""Totals, parts and rates."""

from __future__ import annotations

import random
from collections.abc import Iterator

from makers.sample import CONTENTS, PLACES, TOPICS, Maker, Sample, moved, number


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
        "{p}{v}{n}{t}{u}，截至目前，已有{k}{u}{d}完毕。",
        "对{v}的{t}{u}{n}实行台账管理，已{d}{k}{u}。",
        "{p}累计{v}{n}{t}{u}，{d}{k}{u}，工作进度总体平稳。",
        "{n}办理情况：{p}{v}{n}{t}{u}；{d}{k}{u}。",
        "{v}{n}{t}{u}，逐一建立清单，目前{k}{u}已{d}。",
        "{p}{v}{n}{t}{u}（已{d}{k}{u}）。",
        "今年以来，{v}{n}计{t}{u}，至6月底{d}{k}{u}。",
        "{p}{v}{n}{t}{u}，经过集中攻坚，已有{k}{u}{d}到位，未出现反弹。",
        "{v}的{n}总数为{t}{u}，{d}数为{k}{u}。",
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
        "{p}{v}{n}{t}{u}，已{d}{k}{u}，尚有{r}{u}未{d}。",
        "{p}{v}{n}{t}{u}，{k}{u}已{d}，{r}{u}正在{d}中。",
        "{v}的{t}{u}{n}，已{d}{k}{u}，还有{r}{u}正在加快推进。",
        "{p}{v}{n}{t}{u}：已{d}{k}{u}，未{d}{r}{u}。",
        "{p}{v}{n}{t}{u}，其中{k}{u}已{d}，余下的{r}{u}落实了责任人。",
        "{p}{v}{n}共计{t}{u}，{d}{k}{u}，剩余的{r}{u}将于年底前{d}。",
        "{p}{v}{n}{t}{u}，除{r}{u}正在{d}外，其余{k}{u}均已{d}。",
        "截至目前，{v}的{t}{u}{n}中，{k}{u}已{d}，{r}{u}尚未{d}。",
        "{p}{v}{n}{t}{u}，已全部分解到责任单位，其中{k}{u}已{d}、{r}{u}正在{d}。",
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
        "接听群众来电{t}个，其中咨询类{x}个、求助类{y}个、投诉类{z}个、其他{r}个。",
        "全县共有学校{t}所，其中小学{x}所、初中{y}所、普通高中{z}所、其他{r}所。",
        "办理各类案件{t}件，包括民事案件{x}件、刑事案件{y}件、行政案件{z}件，其他案件{r}件。",
        "全市在册社会组织{t}家，其中社会团体{x}家、民办非企业单位{y}家、基金会{z}家，其余{r}家为分支机构。",
        "检查经营单位{t}家，其中商场{x}家、餐饮{y}家、宾馆{z}家，另外{r}家为其他场所。",
        "总计发放证照{t}本：新办{x}本，换发{y}本，补发{z}本，其他{r}本。",
        "现有在编人员{t}人：管理岗{x}人、专技岗{y}人、工勤岗{z}人，其余{r}人借调在外。",
        "配备执法车辆{t}辆，城区{x}辆、乡镇{y}辆、景区{z}辆，剩余{r}辆作为机动。",
        "全年出险{t}起，其中车损{x}起，人伤{y}起，盗抢{z}起，其他事故{r}起。",
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
        "{p}{v}{n}{t}{u}，{d}{k}{u}（{d}率{r}%）。",
        "{p}{v}{n}{t}{u}，{d}率{r}%，已{d}{k}{u}。",
        "截至6月底，{v}{n}{t}{u}，{d}{k}{u}，{d}率{r}%，高于序时进度。",
        "{v}的{t}{u}{n}已{d}{k}{u}，{d}率为{r}%。",
        "{p}{v}{n}{t}{u}，其中已{d}的{k}{u}，占总数的{r}%。",
        "{p}应{d}{n}{t}{u}，实际{d}{k}{u}，{d}率{r}%。",
        "{p}{v}{n}{t}{u}，截至6月30日{d}{k}{u}，{d}率仅为{r}%，需要加力。",
        "经统计，{p}{v}{n}{t}{u}，{d}{k}{u}，综合{d}率{r}%。",
        "{v}{n}{t}{u}，{d}{k}{u}，占{v}总数的{r}%。",
    ):
        fields = {"p": place, "v": verb, "n": noun, "u": unit, "d": deed, "t": total, "k": done}
        yield Sample("rate", pattern.format(**fields, r=number(rate, 1)), pattern.format(**fields, r=number(off, 1)))


MAKERS: tuple[Maker, ...] = (done_over_total, done_and_pending, parts_of_total, rate_of_counts)
