"""What the cells of a table say of each other and of the text, checked table by table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set

from reportlint.analysis import Analysis
from reportlint.finding import Abstained, Checked, Finding, Message, Outcome, Related, Severity
from reportlint.grid import Grid, Number
from reportlint.record import NamedTuple
from reportlint.span import Span
from reportlint_rules.numbers.figures import show
from reportlint_rules.numbers.tables.ratios import Derived, Relation, relations
from reportlint_rules.numbers.tables.retold import retold
from reportlint_rules.numbers.tables.sums import Addition, additions
from reportlint_rules.numbers.tables.told import told_totals

#: How many terms of a sum a message spells out.
_MOST_TERMS = 6


def cells(analysis: Analysis, tables: Sequence[Grid]) -> Iterator[Outcome]:
    """Totals, changes and shares of the tables, and what the text tells of them."""
    for grid in tables:
        sums = list(additions(grid))
        derived = list(relations(grid))
        wrong = [Mismatch.of_sum(each) for found in sums for each in _believed_sums(found)]
        totals = {each.printed.span for each in wrong}
        wrong_cells = [Mismatch.of_cell(cell) for relation in derived for cell in _believed_cells(relation)]
        yield from _silent(sums, derived, totals | {each.printed.span for each in wrong_cells})
        yield from _located([*wrong, *wrong_cells], totals)
        yield from told_totals(analysis, grid)
        yield from retold(analysis, grid)


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
