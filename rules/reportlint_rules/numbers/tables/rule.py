"""NM122: tables whose totals, changes and shares do not follow from their cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set

from reportlint.analysis import Analysis
from reportlint.finding import Abstained, Checked, Finding, Message, Outcome, Related, Severity
from reportlint.grid import Number, grids
from reportlint.patterns import compiled
from reportlint.record import NamedTuple
from reportlint.rule import rule
from reportlint.span import Span
from reportlint_rules.numbers.figures import show
from reportlint_rules.numbers.tables.ratios import Derived, Relation, relations
from reportlint_rules.numbers.tables.retold import retold
from reportlint_rules.numbers.tables.sums import Addition, additions
from reportlint_rules.numbers.tables.told import told_totals

#: How many terms of a sum a message spells out.
_MOST_TERMS = 6


#: A total that stands in a line of plain text, or above such lines.
_LINED = compiled(r"[合总共]计(?<=[\n \u3000\t]..)[ \u3000\t]*-?\d|[下为细][：:]\n")


@rule(
    "NM122",
    "table-total-mismatch",
    severity=Severity.ERROR,
    bad=(
        "| 乡镇 | 排查（处） | 整改（处） |\n|---|---|---|\n| 甲镇 | 12 | 10 |\n| 乙镇 | 9 | 8 |\n| 合计 | ⟦22⟧ | 18 |",
        "| 科目 | 本年 | 上年同期 | 增减额 |\n|---|---|---|---|\n| 增值税 | 5.86 | 5.42 | ⟦0.54⟧ |\n| 契税 | 0.97 | 1.16 | -0.19 |",
    ),
    good=(
        "| 乡镇 | 排查（处） | 整改率（%） |\n|---|---|---|\n| 甲镇 | 12 | 83.3 |\n| 乙镇 | 9 | 88.9 |\n| 合计 | 21 | 85.7 |",
        "| 科目 | 本年 | 上年同期 | 增减额 | 增长（%） |\n|---|---|---|---|---|\n| 增值税 | 5.86 | 5.42 | 0.44 | 8.1 |\n| 契税 | 0.97 | 1.16 | -0.19 | -16.4 |",
        "| 项目 | 投资（亿元） |\n|---|---|\n| 公路 | 1.24 |\n| 水利 | 2.33 |\n| 合计 | 3.6 |",
    ),
)
def table_total_mismatch(analysis: Analysis) -> Iterator[Outcome]:
    """表格里的合计、增减、占比算不平。

    合计行、合计列应当等于各项之和，增减额、增长率应当由本期数和上期数算出，占比应当等于分项除以合计。手工填的表改了一格，常常忘了改合计。

    表里的数在正文里又写了一遍、只是两位数字颠倒了（表中12.86，文中12.68），或者增幅相同、数差了一位的，也报。

    正文在表的前后写明总数的（“全年共受理投诉384件”），与表里的合计、或四个季度、十二个月之和比。

    用空格排成几列的文字表、“明细如下：”下面一行一项的，也照样相加。

    率、均值、指数、名次不相加；“其中”行不重复计入；单元格缺数、合并、单位不同的不核对；带小数或以万、亿计的，按印出的位数当作区间来算。
    表头没有写明由哪几列算出的，多数行都合得上才认定关系，再报合不上的那一格；多数合不上的不报。
    """
    for grid in grids(analysis.document):
        sums = list(additions(grid))
        derived = list(relations(grid))
        wrong = [Mismatch.of_sum(each) for found in sums for each in _believed_sums(found)]
        totals = {each.printed.span for each in wrong}
        cells = [Mismatch.of_cell(cell) for relation in derived for cell in _believed_cells(relation)]
        yield from _silent(sums, derived, totals | {each.printed.span for each in cells})
        yield from _located([*wrong, *cells], totals)
        yield from told_totals(analysis, grid)
        yield from retold(analysis, grid)
    if analysis.document.format == "plain" and analysis.holds(_LINED):
        from reportlint_rules.numbers.tables.lined import lined

        yield from lined(analysis)


class Mismatch(NamedTuple):
    """A printed number that its sources contradict, and how that is reckoned."""

    printed: Number
    sources: tuple[Number, ...]
    shown: str
    total: bool
    strict: bool = True

    @classmethod
    def of_sum(cls, addition: Addition) -> Mismatch:
        """A total that its parts do not make up."""
        parts = addition.parts
        terms = "＋".join(part.text for part in parts) if len(parts) <= _MOST_TERMS else f"{len(parts)} 项相加"
        return cls(addition.total, parts, f"{terms}＝{show(addition.sum)}", total=True)

    @classmethod
    def of_cell(cls, cell: Derived) -> Mismatch:
        """A change, share or rate that does not follow from its row."""
        return cls(cell.printed, cell.sources, cell.shown, total=False, strict=cell.strict)

    @property
    def source_spans(self) -> frozenset[Span]:
        """Where its sources stand."""
        return frozenset(source.span for source in self.sources)


def _located(wrong: Sequence[Mismatch], totals: set[Span]) -> Iterator[Finding]:
    """One finding for each slip: one wrong cell spoils its total, its change and its share alike."""
    # What is computed from a wrong total, and a total whose parts hold a wrong change, only show the slip again.
    own = [each for each in wrong if each.total or not totals & each.source_spans]
    spoiling = totals | {each.printed.span for each in own if not each.total}
    own = [each for each in own if not (each.total and spoiling & each.source_spans)]
    sharing = _sharing(own)
    spoilt: set[int] = set()
    for index, each in enumerate(own):
        for source in each.sources:
            if index in spoilt:
                break
            # What has more than one source in common has no fewer once some of them are explained: none need be looked at again.
            others = [other for other in sharing.pop(source.span, ()) if other not in spoilt]
            if len(others) > 1 and _only_one_in_common([own[other] for other in others]):
                yield _slip(source, [own[other] for other in others])
                spoilt.update(others)
    yield from {each.printed.span: _mismatch(each) for at, each in enumerate(own) if at not in spoilt}.values()


def _sharing(wrong: Sequence[Mismatch]) -> dict[Span, list[int]]:
    """The mismatches that each cell is a source of."""
    found: dict[Span, list[int]] = {}
    for index, each in enumerate(wrong):
        for span in dict.fromkeys(source.span for source in each.sources):
            found.setdefault(span, []).append(index)
    return found


def _only_one_in_common(wrong: Sequence[Mismatch]) -> bool:
    """Whether mismatches that share a source share no other."""
    fewest = min(wrong, key=lambda each: len(each.sources))
    common: Set[Span] = fewest.source_spans
    for each in wrong:
        if len(common) == 1:
            break
        if each is not fewest:
            common = common & each.source_spans
    return len(common) == 1


def _believed_sums(found: Sequence[Addition]) -> list[Addition]:
    """The totals that are wrong, where most columns show that they are meant to be sums, or the only one nearly is one."""
    wrong = [each for each in found if not each.holds and not each.like_a_mean]
    if len(wrong) < len(found):
        # Two slips in one row of totals: the others show what it is, and these come near.
        return wrong if len(wrong) * 2 <= len(found) or all(each.near for each in wrong) else []
    return wrong if len(found) == 1 and wrong[0].near else []


def _believed_cells(relation: Relation) -> list[Derived]:
    """The cells that are wrong, where most rows (or the heads alone) show what the column is computed from."""
    wrong = [cell for cell in relation.cells if not cell.holds]
    few = len(wrong) * 3 <= len(relation.cells) or (relation.sure and len(wrong) * 2 <= len(relation.cells))
    return wrong if few or (relation.sure and len(relation.cells) == 1) else []


def _silent(sums: Sequence[Sequence[Addition]], derived: Sequence[Relation], wrong: set[Span]) -> Iterator[Outcome]:
    """What was recomputed and what could not be."""
    checked = [(each.total.span, each.holds) for found in sums for each in found]
    checked += [(cell.printed.span, cell.holds) for relation in derived for cell in relation.cells]
    for span, holds in checked:
        if holds or span in wrong:
            yield Checked(span)
        else:
            yield Abstained(span, "没有认准这一格由哪些格算出")


def _mismatch(wrong: Mismatch) -> Finding:
    what, source = ("合计", "分项") if wrong.total else ("表中的", "据以计算的数")
    return Finding(
        wrong.printed.span,
        Message(
            f"{wrong.shown}，与{what} {wrong.printed.text} 不符，请核对",
            f"{wrong.shown}, but the table says {wrong.printed.text}",
        ),
        tuple(Related(number.span, source) for number in wrong.sources),
        severity=Severity.ERROR if wrong.strict else Severity.WARNING,
    )


def _slip(source: Number, spoilt: Sequence[Mismatch]) -> Finding:
    others = "、".join(each.printed.text for each in spoilt)
    return Finding(
        source.span,
        Message(
            f"这一格 {source.text} 与由它算出的 {others} 都对不上（{spoilt[0].shown}），请核对",
            f"{source.text} contradicts every figure computed from it: {others} ({spoilt[0].shown})",
        ),
        tuple(Related(each.printed.span, "由它算出的数") for each in spoilt),
    )
