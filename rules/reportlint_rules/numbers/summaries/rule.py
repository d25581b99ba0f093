"""NM126: words that sum up the figures of their sentence, and do not hold of them: 逐年上升, 双增长, 由负转正, 最慢的是, 突破500亿元."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.analysis import Analysis
from reportlint.finding import Outcome, Severity
from reportlint.patterns import compiled
from reportlint.rule import rule

#: What every saying of the five kinds holds; the modules that read them are brought only where one does.
_FIGURE = r"\d[^\d，。；、]{0,5}[，；]"
_TREND = compiled(
    rf"{_FIGURE}[^，。；：\d]{{0,20}}(?:逐[年季月次级步]|持续|连年|稳步|连续[两三四五]年)[上增提回走攀递加扩抬下减降收放压缩稳小明大持较有不平]|(?:逐[年季月次]|连续[两三四五]年)[一-龥]{{2,4}}(?:趋势|态势|之势)?[，：][^，。；：\d]{{0,6}}(?:20\d\d年|[一1]季度|\d{{1,2}}月)"
)
_TURN = compiled(r"转[正负升降增](?=[，。；、）的])")
_TOGETHER = compiled(
    r"双[增升提下降减]|[两三四五六](?:项|个|大)[一-龥]{0,4}指标|[一两三四五六][升降增减][一两三四五六][升降增减]"
)
_EXTREME = compiled(
    rf"最[快慢高低多少大小长短]的[一-龥]{{0,4}}[是为一]|最[高低大小]一|[以属][一-龥]{{2,18}}最[快慢高低多少大小长短][，。；]|{_FIGURE}[一-龥]{{2,14}}最[快慢高低多少大小长短][，。；]"
)
_ROUND = compiled(
    r"(?:突破|超过|[跨迈越跃登站]上?过?|逾|不足|不到|低于|未达到?)了?[\d百千][\d.]{0,9}[^，。；\d]{1,8}，[^，。；\d]{0,6}(?:[达为是仅]|实现|完成|升至|增至|只有)"
)
_PACE = compiled(
    r"(?:[高快慢低]于|超过|高出)(?![^，。；\d]{0,8}(?:全[国省市县区]|平均|上年|去年|同期|目标))[^，。；\d]{2,14}(?:增[速幅长]|涨幅|\d{1,3}(?:\.\d{1,2})?个百分点)|利润率[一-龥]{0,8}(?:提高|[上回]升|提升|下[降滑]|降低|回落)"
)
#: The ends of a list, its greatest one, an index.
_EXTENT = compiled(
    r"[均都][^，。；\d]{1,6}\d[^，。；]{1,12}，[其中而]{0,2}最[低高少多小大]的|最[高大多长][分值的者]?[与和同比]最|[=为于]100[)）]|荣枯线|临界点|(?:扩张|收缩)区间|(?:其余|其他|另外|剩余|后)[一二两三四五六七八九\d][^，。；\d]{1,6}(?:之和|的?总和|合计)|(?:季度|月份?)[一-龥]{0,4}最为?[多高大少低小][，。；]|\d[^\d，。；]{1,4}，(?:已经?|总[量数])?(?:不[到足]|未达|[逾过]|超过?|突破)了?[一两二三四五六七八九十百千万亿]"
)
_STREAK = compiled(r"连续(?:[两二三四五六七八九十]|\d{1,2})(?:年|个[月季年])")


@rule(
    "NM126",
    "summary-contradiction",
    severity=Severity.WARNING,
    bad=(
        "2022年受理投诉31件、2023年28件、2024年25件，投诉量呈逐年⟦上升⟧趋势。",
        "民间投资1—2月下降3.1%，一季度下降⟦0.8%⟧，实现由负转正。",
        "营业收入增长4.6%，利润总额下降⟦7.9%⟧，实现营收、利润双增长。",
        "甲车间完成86%，乙车间完成91%，丙车间完成78%，进度最慢的是⟦甲车间⟧。",
        "各项存款余额首次突破500亿元大关，达到⟦498.7亿元⟧。",
        "营业收入增长9.2%，利润总额增长6.5%，利润增幅⟦高于⟧营业收入增幅2.7个百分点。",
    ),
    good=(
        "2022年受理投诉31件、2023年28件、2024年25件，投诉量呈逐年下降趋势。",
        "民间投资1—2月下降3.1%，一季度增长0.8%，实现由负转正。",
        "营业收入增长4.6%，利润总额增长7.9%，实现营收、利润双增长。",
        "甲车间完成86%，乙车间完成91%，丙车间完成78%，进度最慢的是丙车间。",
        "各项存款余额首次突破500亿元大关，达到508.7亿元。",
        "营业收入增长9.2%，利润总额增长6.5%，利润增幅低于营业收入增幅2.7个百分点。",
    ),
)
def summary_contradiction(analysis: Analysis) -> Iterator[Outcome]:
    """概括的话与列出的数不符。

    “逐年上升”“由负转正”“双增长”“两降一升”“最慢的是……”“突破500亿元”“利润增幅高于收入增幅”“2022年、2023年连续三年”都是对旁边几个数的概括，看一眼数就知道对不对。
    多半是数据更新了，话还是去年的；或者一行抄到了另一行。

    只看紧挨着的、单位相同、时间或名称写得清楚的几个数：“逐年”要有三个以上、时间先后分明的数；“最……的是”要有三个以上带名称的数，
    点名的那个也在其中；“约”“以上”不比；另有范围（全省最高）、另有时段的不比。
    """
    if analysis.holds(_TREND):
        from reportlint_rules.numbers.summaries.trends import trends

        yield from trends(analysis)
    if analysis.holds(_TURN) or analysis.holds(_TOGETHER):
        from reportlint_rules.numbers.summaries.together import together

        yield from together(analysis)
    if analysis.holds(_EXTREME):
        from reportlint_rules.numbers.summaries.extremes import extremes

        yield from extremes(analysis)
    if analysis.holds(_ROUND):
        from reportlint_rules.numbers.summaries.thresholds import thresholds

        yield from thresholds(analysis)
    if analysis.holds(_PACE):
        from reportlint_rules.numbers.summaries.paces import paces

        yield from paces(analysis)
    if analysis.holds(_EXTENT):
        from reportlint_rules.numbers.summaries.extents import extents

        yield from extents(analysis)
    if analysis.holds(_STREAK):
        from reportlint_rules.numbers.summaries.streaks import streaks

        yield from streaks(analysis)
