"""The story of a run: rules look, directives excuse, what remains is sorted and returned."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from reportlint.analysis import Analysis, Context
from reportlint.document import Document
from reportlint.finding import Abstained, Checked, Diagnostic, Finding, Outcome, Severity
from reportlint.own_rules import UNUSED, unused
from reportlint.patterns import compiled
from reportlint.registry import rules as installed
from reportlint.result import Result as Result
from reportlint.result import Tally as Tally
from reportlint.rule import Rule
from reportlint.span import Span
from reportlint.suppression import Directive, directives, excuse

_CLAUSE_END = compiled(r"[，。；！？,;!?\r\n]")
_NOISE = compiled(r"\s+")


def fingerprint(document: Document, code: str, span: Span) -> str:
    """A hash of code, matched text and its clause, never of path or line: it survives edits elsewhere."""
    import hashlib  # only for those who ask: loading it takes as long as a few rules

    text = document.text
    before = 0
    for match in _CLAUSE_END.finditer(text, max(0, span.start - 80), span.start):
        before = match.end()
    start = before or max(0, span.start - 80)
    after = _CLAUSE_END.search(text, span.end, span.end + 80)
    end = after.start() if after else min(len(text), span.end + 80)
    parts = (code, text[span.start : span.end], _NOISE.sub("", text[start:end]))
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def lint(
    document: Document,
    rules: Iterable[Rule],
    configured: Sequence[Directive] = (),
    context: Context | None = None,
    watch: Callable[[Sequence[Rule]], Iterable[Rule]] = iter,
) -> Result:
    """Everything that ``rules`` object to in ``document``; the rest as for :func:`examine`."""
    return examine(Analysis(document, context or Context()), rules, configured, watch)


def examine(
    analysis: Analysis,
    rules: Iterable[Rule],
    configured: Sequence[Directive] = (),
    watch: Callable[[Sequence[Rule]], Iterable[Rule]] = iter,
    *,
    share: bool = False,
) -> Result:
    """Everything that ``rules`` object to in a document, in reading order; its analysis serves others afterwards.

    ``configured`` are the directives of the configuration; those written in the document are found here. A directive that excused
    nothing is itself reported, if its rule ran. ``watch`` goes through the rules: it may tell how far they have got, or stop with
    an exception. ``share`` says that an idle processor may take some of them; what is found does not depend on it.
    """
    rules, document = tuple(rules), analysis.document
    raw, looked = _parted(_told_aside(rules, analysis) if share else _told(watch(rules), analysis))
    relations = _tallied(looked)

    orders = (*configured, *directives(analysis))
    kept, used = excuse(document, raw, orders)
    suppressed = len(raw) - len(kept)
    if orders and UNUSED in rules:
        kept.extend((UNUSED, finding) for finding in unused(orders, used, rules, installed()))

    diagnostics = {(found.span, rule.code): _diagnostic(document, rule, found) for rule, found in kept}
    excused = (
        (_diagnostic(document, rule, found), order)
        for rule, found in (raw if suppressed else ())
        if (order := next((one for one in orders if one.excuses(document, rule, found)), None))
    )
    return Result(
        document,
        tuple(diagnostics[key] for key in sorted(diagnostics)),
        quantities=len(analysis.quantities),
        checked=sum(tally.checked for tally in relations.values()),
        abstained=sum(tally.abstained for tally in relations.values()),
        suppressed=suppressed,
        relations=relations,
        looked=tuple(looked),
        excused=tuple(excused),
    )


def _diagnostic(document: Document, rule: Rule, found: Finding) -> Diagnostic:
    severity = rule.severity if found.severity is None else found.severity
    return Diagnostic(rule, found, severity, partial(fingerprint, document, rule.code, found.span))


def _told(rules: Iterable[Rule], analysis: Analysis) -> Iterator[tuple[Rule, Outcome]]:
    """What each rule yields."""
    for rule in rules:
        if rule is UNUSED:
            continue  # only known once the others have been excused
        if not rule.may_speak(analysis):
            continue  # and need not even be imported
        for outcome in rule.check(analysis):
            yield rule, outcome


def _told_aside(rules: Sequence[Rule], analysis: Analysis) -> Iterable[tuple[Rule, Outcome]]:
    """The same, with the help of an idle processor."""
    from reportlint.aside import shared

    return shared(rules, analysis, _told)


def _parted(
    told: Iterable[tuple[Rule, Outcome]],
) -> tuple[list[tuple[Rule, Finding]], list[tuple[Rule, Checked | Abstained]]]:
    """What the rules object to, and the relations that they looked at."""
    raw: list[tuple[Rule, Finding]] = []
    looked: list[tuple[Rule, Checked | Abstained]] = []
    for rule, outcome in told:
        if isinstance(outcome, Finding):
            raw.append((rule, outcome))
        else:
            looked.append((rule, outcome))
    return raw, looked


def _tallied(looked: Iterable[tuple[Rule, Checked | Abstained]]) -> dict[str, Tally]:
    """How many relations each rule looked at."""
    relations: dict[str, list[int]] = {}
    for rule, outcome in looked:
        relations.setdefault(rule.code, [0, 0])[not isinstance(outcome, Checked)] += 1
    return {code: Tally(*numbers) for code, numbers in relations.items()}


def worst(results: Iterable[Result]) -> Severity | None:
    """The gravest severity among ``results``, or ``None`` where nothing was found."""
    return max((d.severity for result in results for d in result.diagnostics), default=None)
