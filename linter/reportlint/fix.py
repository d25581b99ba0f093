"""Applying fixes: as many as do not meet, then look again, until nothing changes.

Nothing outside the places that a fix names is touched: a format's ``rewritten`` splices bytes into bytes. A fix is narrowed to
the characters that differ, so that line breaks, emphasis marks and formatting inside its place stay where they are.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable, Iterable, Iterator

from reportlint.document import NEWLINE, Document
from reportlint.finding import Applicability, Diagnostic, Fix, Replacement
from reportlint.limits import DEFAULT, Limits
from reportlint.record import NamedTuple
from reportlint.result import Result
from reportlint.sources import from_bytes, rewriter
from reportlint.span import Span

Check = Callable[[Document], Result]

#: Passes after which fixes that still find something to do are left: they feed each other.
MOST_PASSES = 10
#: What the reading drops and a fix must not: white space, joiners, emphasis marks.
_KEPT = frozenset("*\u200b\u200c\u200d\u2060\ufeff")


class Fixed(NamedTuple):
    """A file after its fixes: its bytes, what is still wrong with it, and how many fixes were applied."""

    data: bytes
    result: Result
    applied: int
    before: Document

    def diff(self) -> Iterator[str]:
        """What changed, as a unified diff, line by line; nothing where nothing did."""
        return unified(self.before, self.result.document)


def fixed(
    data: bytes,
    shown: str,
    suffix: str,
    check: Check,
    least: Applicability,
    limits: Limits = DEFAULT,
    *,
    tracked: bool = True,
) -> Fixed:
    """``data``, a file with ``suffix``, with every fix of ``check`` applied that is at least as trustworthy as ``least``.

    ``tracked`` has them put into a Word document as changes that a person accepts or rejects.

    Raises :class:`ReadError` as reading does. A format that cannot be written comes back as it was.
    """
    before = from_bytes(data, shown, suffix, limits)
    result = check(before)
    rewritten = rewriter(suffix)
    applied = 0
    seen = {data}
    for _ in range(MOST_PASSES if rewritten else 0):
        chosen = list(choose(result.document, result.diagnostics, least))
        if not chosen or rewritten is None:
            break
        changed, left = rewritten(data, result.document, [one for fix in chosen for one in fix], tracked=tracked)
        if left:  # the parts of a fix belong together: where one does not fit, the others stay out as well
            chosen = [fix for fix in chosen if not set(fix) & set(left)]
            if not chosen:
                break
            changed, _ = rewritten(data, result.document, [one for fix in chosen for one in fix], tracked=tracked)
        if changed in seen:
            break  # two rules undo each other's work
        seen.add(changed)
        data = changed
        result = check(from_bytes(data, shown, suffix, limits))
        applied += len(chosen)
    return Fixed(data, result, applied, before)


def choose(
    document: Document, diagnostics: Iterable[Diagnostic], least: Applicability
) -> Iterator[tuple[Replacement, ...]]:
    """The fixes to apply in one pass, in reading order: of those that meet, the first."""
    taken: list[Span] = []  # none meets another: in order by their starts and by their ends
    for diagnostic in diagnostics:
        fix = diagnostic.finding.fix
        if fix is None or fix.applicability < max(least, Applicability.UNSAFE):
            continue
        wanted = narrowed(document, fix)
        if wanted and not any(_meets(one.span, taken) for one in wanted):
            for one in wanted:
                insort(taken, one.span)
            yield wanted


def _meets(span: Span, taken: list[Span]) -> bool:
    """Whether ``span`` touches one of ``taken``, which are in order: the one before it, or the next."""
    at = bisect_left(taken, span)
    return any(touch(span, other) for other in taken[max(0, at - 1) : at + 1])


def narrowed(document: Document, fix: Fix) -> tuple[Replacement, ...]:
    """The replacements of ``fix``, each no larger than what it changes; none where it changes nothing or cannot be narrowed."""
    found = [narrow(document.text, one) for one in fix.replacements]
    if any(one is None for one in found):
        return ()
    newline = NEWLINE.search(document.text)
    return tuple(
        one._replace(text=NEWLINE.sub(newline[0], one.text)) if newline else one
        for one in found
        if one is not None and document.slice(one.span) != one.text
    )


def touch(one: Span, other: Span) -> bool:
    """Whether the two share a character or a border: what is put in between has no certain place then."""
    return one.start <= other.end and other.start <= one.end


def narrow(text: str, replacement: Replacement) -> Replacement | None:
    """``replacement`` without what stands there already; ``None`` where what it would drop without a word is in the middle.

    >>> narrow("开展执法大\\n便兵活动", Replacement(Span(2, 8), "执法大练兵"))
    Replacement(span=Span(start=6, end=7), text='练')
    """
    (start, end), new = replacement
    if not new or not text[start:end]:
        return replacement
    first, last = 0, len(new)
    while start < end and first < last and (text[start] == new[first] or _passed(text[start], new)):
        first += text[start] == new[first]
        start += 1
    while end > start and last > first and (text[end - 1] == new[last - 1] or _passed(text[end - 1], new)):
        last -= text[end - 1] == new[last - 1]
        end -= 1
    while first == last and end > start and _passed(text[start], new):
        start += 1
    while first == last and end > start and _passed(text[end - 1], new):
        end -= 1
    if any(_passed(character, new) for character in text[start:end]):
        return None
    return Replacement(Span(start, end), new[first:last])


def _passed(character: str, new: str) -> bool:
    """Whether ``character`` is one that the reading passes over, and that the fix says nothing about."""
    return (character.isspace() or character in _KEPT) and character not in new


def spliced(text: str, replacements: Iterable[Replacement]) -> str:
    """``text`` with ``replacements``, which do not meet, put in."""
    parts: list[str] = []
    at = 0
    for (start, end), new in sorted(replacements):
        parts += (text[at:start], new)
        at = end
    return "".join((*parts, text[at:]))


def unified(before: Document, after: Document) -> Iterator[str]:
    """The change from one document to the other as a unified diff; lines end as those of the file do."""
    from difflib import unified_diff  # only where somebody wants to see

    old, new = ([document.text[slice(*span)] for span in _lines(document)] for document in (before, after))
    for line in unified_diff(old, new, before.path, after.path):
        yield line if line.endswith(("\n", "\r")) else f"{line}\n\\ No newline at end of file\n"


def _lines(document: Document) -> Iterator[Span]:
    starts = (*document.line_starts, len(document.text))
    return (Span(start, end) for start, end in zip(starts, starts[1:], strict=False) if end > start)
