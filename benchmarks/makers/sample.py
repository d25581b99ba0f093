"""What a maker makes, and what the makers share."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass


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
