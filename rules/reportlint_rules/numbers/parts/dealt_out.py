"""A total and how it is dealt out behind it: 立案126件，刑事、民事、行政分别为45件、62件、29件; 两年查处137人，2023年62人，2024年增至85人."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportlint.analysis import Analysis
from reportlint.claims import Claim
from reportlint.numbers import same_unit
from reportlint.numerals import whole_number
from reportlint.patterns import compiled
from reportlint_rules.numbers.nearly import Slip
from reportlint_rules.numbers.parts.nearly_lists import slipped
from reportlint_rules.numbers.parts.partition import A_LITTLE, MOST_PARTS, PARTLY, SHORT, Partition, adds_up, summable

#: 刑事、民事、行政分别为: as many names as there are figures.
_IN_TURN = compiled(
    r"(?P<names>.*?)(?:分别|依次|各)(?:为|是|达|有|共|约|占|完成|实现|查处|办理|受理|安排|拨付|下达){0,2}$"
)
_NAME_MARK = compiled(r"、|(?<![总共中饱温])和(?!谐|平|解|睦)|及(?!时|格|其)|与")
#: What tells a list that need not be all there is.
_SOME = compiled(
    r"主要|等|重点|以上|以下|前[两三四五\d]|部分|最|女|党员|新增|同比|其中含|平均|[比较]上年|[上去]年|超|涉"
)
#: 过去两年, 近三年, 三年共, 五年来.
_SO_MANY_YEARS = compiled(
    r"(?:过去|近|最近|这|前)(?P<a>[两二三四五]|[2-5])年|(?P<b>[两二三四五]|[2-5])年(?:间|来|共|累计|合计|里)"
)
_YEAR = compiled(r"(?:其中)?，?(?P<year>20\d\d)年(?:度)?(?![底末初])[一-龥]{0,6}$")


def dealt_out(analysis: Analysis, seq: Sequence[Claim]) -> Iterator[Partition]:
    """The lists of either kind among the figures of one unit in a sentence that do not come to the figure before them."""
    for index, whole in enumerate(seq[:-2]):
        first = seq[index + 1]
        if "年" not in first.lead and not any(word in first.lead for word in ("分别", "依次", "各")):
            continue
        if whole.planned or whole.depth != first.depth or first.clause - whole.clause not in (1, 2):
            continue
        by_years = _by_years(analysis, whole, seq[index + 1 :])
        parts = by_years or _in_turn(analysis, seq[index + 1 :])
        if not 1 < len(parts) <= MOST_PARTS or max(part.quantity.value for part in parts) >= whole.quantity.value:
            continue
        found = Partition(whole, tuple(parts), strict=False)
        if adds_up(whole, parts) or _is_near(found, sure=bool(by_years)):
            yield found


def _is_near(found: Partition, *, sure: bool) -> bool:
    """Whether the list was meant to come to its total: it nearly does, or would but for one slip where the words are not ``sure``."""
    whole, gap = found.whole.quantity, found.total - found.whole.quantity.value
    part = abs(gap) / whole.value
    if sure and part <= SHORT:
        return True
    if len(found.parts) > 2 and part <= (SHORT if gap > 0 else A_LITTLE):
        return True
    slip = slipped(found) if part <= SHORT else None
    return slip is Slip.SWAP or (slip is Slip.DIGIT and len(found.parts) > 2)


def _in_turn(analysis: Analysis, seq: Sequence[Claim]) -> list[Claim]:
    """The figures of 分别为45件、62件、29件, where as many names lead to them."""
    first, text = seq[0], analysis.reading.text
    start = max(analysis.sentences[first.sentence].at.start, first.at.start - 60)
    words = text[start : first.at.start]
    clause = words[max(map(words.rfind, "，；：。（")) + 1 :]
    said = _IN_TURN.match(clause) if "分别" in clause or "依次" in clause or "各" in clause else None
    if said is None or _SOME.search(clause):
        return []
    parts = [first]
    for claim in seq[1:]:
        if claim.clause != first.clause or claim.lead.strip("、和及与"):
            break
        parts.append(claim)
    names = [name for name in _NAME_MARK.split(said["names"]) if name]
    if len(names) != len(parts) or not all(map(summable, parts)) or PARTLY.search(parts[-1].trail):
        return []
    return parts


def _by_years(analysis: Analysis, whole: Claim, seq: Sequence[Claim]) -> list[Claim]:
    """The figures of so many years one by one, as many as the total is of."""
    text = analysis.reading.text
    start = analysis.sentences[whole.sentence].at.start
    said = _SO_MANY_YEARS.search(text, max(start, whole.at.start - 40), whole.at.start)
    if said is None:
        return []
    parts: list[Claim] = []
    years: list[int] = []
    for claim in seq:
        words = text[max(start, claim.at.start - 16) : claim.at.start]
        match = _YEAR.search(words)
        if match is None or not same_unit(claim.quantity, whole.quantity) or not claim.countable:
            break
        parts.append(claim)
        years.append(int(match["year"]))
    count = whole_number(said["a"] or said["b"])
    return parts if len(parts) == count and years == list(range(years[0], years[0] + count)) else []
