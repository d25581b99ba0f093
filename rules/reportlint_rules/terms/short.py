"""Short names that a text gives itself, and forms of them that differ by a slip: （以下简称“区未保办”）… 区未保委办."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.analysis import Analysis
from reportlint.finding import Finding, Message, Related, Severity
from reportlint.gathered import gathered
from reportlint.patterns import compiled
from reportlint.segment import common
from reportlint.span import Span, occurrences
from reportlint_rules.terms.near import taken, tells_apart

_ANNOUNCED = compiled(r"(?:以下|下)?(?:统称|简称|统一简称)(?:为|：)?“?(?P<short>[一-龥]{3,10})”?(?=[）)，。；])")
_HAN = compiled(r"[一-龥]+")
#: What may be put into a short name without a slip: 县级指挥部 for 县指挥部.
_LAWFUL = "级的各某本该总副原新市县区省等和与及、"
#: A short name of so many characters has few lawful neighbours.
_LONG = 5
#: More short names than these are a glossary.
_MOST = 30


def near_short_names(analysis: Analysis) -> Iterator[Finding]:
    """Where a text that announces a short name writes it with one character more, fewer or another, or with two turned round."""
    text = analysis.reading.text
    announced = list(_ANNOUNCED.finditer(text))
    names = {match["short"] for match in announced}
    for match in announced[:_MOST]:
        short = match["short"]
        forms: dict[str, list[Span]] = {}
        own = [*occurrences(text, short)]
        for at in _around(text, short):
            form = text[slice(*at)]
            if form in names or any(at.meets(place) for place in own):
                continue
            forms.setdefault(form, []).append(at)
        for form, places in forms.items():
            severity = _slip(text, short, form, places)
            if severity is None or len(places) > len(own):
                continue
            finding = gathered(
                [analysis.span(place) for place in places],
                Message(f"前面说简称“{short}”，这里作“{form}”，请统一", f"the short name is “{short}”, here “{form}”"),
                short,
            )
            first = Related(analysis.span(Span(*match.span("short"))), "简称")
            yield finding._replace(related=(first, *finding.related), severity=severity)


def _around(text: str, short: str) -> Iterator[Span]:
    """Windows as long as the name or one character off that begin or end as it does, or begin with its first and end with its last."""
    size = len(short)
    seen: set[Span] = set()
    for at in (place.start for place in occurrences(text, short[:2])):
        seen.update(Span(at, at + length) for length in (size - 1, size, size + 1))
    for end in (place.end for place in occurrences(text, short[-2:])):
        seen.update(Span(end - length, end) for length in (size - 1, size, size + 1) if end >= length)
    for window in sorted(seen):
        if window.end <= len(text) and text[window.end - 1] == short[-1] and text[window.start] == short[0]:
            yield window


def _slip(text: str, short: str, form: str, places: list[Span]) -> Severity | None:
    """How sure it is that ``form`` is the short name with a slip; ``None`` where it may be something else."""
    if not _HAN.fullmatch(form):
        return None
    if len(form) == len(short):
        apart = [index for index in range(len(short)) if short[index] != form[index]]
        if len(apart) == 2 and sorted(short) == sorted(form) and apart[1] - apart[0] == 1:
            return Severity.WARNING
        if len(apart) != 1 or tells_apart(short[apart[0]], form[apart[0]]):
            return None
        if taken(short[apart[0]], form[apart[0]]):
            return Severity.WARNING
        return Severity.INFO if len(short) >= _LONG else None
    longer, shorter = (form, short) if len(form) > len(short) else (short, form)
    extra = [index for index in range(1, len(longer) - 1) if longer[:index] + longer[index + 1 :] == shorter]
    if not extra or any(longer[index] in _LAWFUL for index in extra):
        return None
    if longer is short:
        # 县投公司 for 县城投公司 may end a longer name, or be none.
        return Severity.INFO if len(short) >= _LONG and not _inside(text, places) else None
    return Severity.WARNING if not common(longer[extra[0] : extra[0] + 2]) else Severity.INFO


def _inside(text: str, places: list[Span]) -> bool:
    """Whether the form goes on to the left: it may end another name."""
    return any(_HAN.match(text, place.start - 1) is not None for place in places if place.start)
