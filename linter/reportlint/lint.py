"""The story of a run: rules look, directives excuse, what remains is sorted and returned."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from reportlint.analysis import Analysis, Context
from reportlint.document import Document
from reportlint.finding import Checked, Diagnostic, Finding, Severity
from reportlint.rule import Rule
from reportlint.span import Span
from reportlint.suppression import Directive, directive_findings, excuses

_CLAUSE_END = re.compile(r"[，。；！？,;!?\r\n]")
_NOISE = re.compile(r"\s+")


@dataclass(slots=True)
class Tally:
    """How many relations a rule recognised and recomputed, and how many it had to leave."""

    checked: int = 0
    abstained: int = 0


@dataclass(frozen=True)
class Result:
    """What came of one document: diagnostics in reading order, and how much was looked at."""

    document: Document
    diagnostics: tuple[Diagnostic, ...] = ()
    quantities: int = 0
    checked: int = 0
    abstained: int = 0
    suppressed: int = 0
    relations: dict[str, Tally] = field(default_factory=dict)


def fingerprint(document: Document, code: str, span: Span) -> str:
    """A hash of code, matched text and its clause, never of path or line: it survives edits elsewhere."""
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
    directives: Sequence[Directive] = (),
    context: Context | None = None,
) -> Result:
    """Everything that ``rules`` object to in ``document``, in reading order.

    ``directives`` are those of the configuration; those written in the document are found here. A directive that excused
    nothing is itself reported, if its rule ran.
    """
    rules = tuple(rules)
    analysis = Analysis(document, context or Context())
    raw: list[tuple[Rule, Finding]] = []
    tally: dict[str, Tally] = {}
    for rule in rules:
        for outcome in rule.check(analysis):
            if isinstance(outcome, Finding):
                raw.append((rule, outcome))
                continue
            held = tally.setdefault(rule.code, Tally())
            if isinstance(outcome, Checked):
                held.checked += 1
            else:
                held.abstained += 1

    kept, used = excuses(analysis, raw, directives)
    kept += directive_findings(analysis, rules, directives, used)
    diagnostics = {
        (found.span, rule.code): Diagnostic(
            rule,
            found,
            rule.severity if found.severity is None else found.severity,
            fingerprint(document, rule.code, found.span),
        )
        for rule, found in kept
    }
    return Result(
        document,
        tuple(diagnostics[key] for key in sorted(diagnostics)),
        quantities=len(analysis.quantities),
        checked=sum(held.checked for held in tally.values()),
        abstained=sum(held.abstained for held in tally.values()),
        suppressed=len(raw) - (len(kept) - sum(rule.family == "RL" for rule, _ in kept)),
        relations=tally,
    )


def worst(results: Iterable[Result]) -> Severity | None:
    """The gravest severity among ``results``, or ``None`` where nothing was found."""
    return max((d.severity for result in results for d in result.diagnostics), default=None)
