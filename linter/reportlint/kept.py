"""Results as bytes and back: what the cache keeps, and what workers send.

The text of the report is not among it, only what findings say and where they stand; whoever wants to see the text afterwards
reads the file again.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast, overload

from reportlint.document import Document
from reportlint.finding import Abstained, Checked, Diagnostic, Elsewhere, Severity
from reportlint.flat import flat, made
from reportlint.record import cached_property
from reportlint.result import Packed, Released, Result, Tally
from reportlint.span import Span

if TYPE_CHECKING:
    from reportlint.rule import Rule
    from reportlint.suppression import Directive

_WHOLE = ("text", "blocks", "offsets", "source")


class Kept(Released, Document):
    """A document that is read only when somebody asks for its text; what is known of it without is known at once."""

    def __init__(
        self,
        path: str,
        encoding: str,
        format: str,
        notes: tuple[str, ...],
        characters: int,
        load: Callable[[], Document],
    ) -> None:
        self.path = path
        self.encoding = encoding
        self.format = format
        self.notes = notes
        self._characters = characters
        self._load = load

    def __getattr__(self, name: str) -> Any:
        if name not in _WHOLE:
            raise AttributeError(name)
        whole = self._load()
        for one in _WHOLE:
            setattr(self, one, getattr(whole, one))
        return getattr(whole, name)

    @property
    def characters(self) -> int:
        """How long the text is."""
        return self._characters

    def release(self) -> None:
        """Let go of the text and of what was worked out from it."""
        for name in (*_WHOLE, "line_starts", "_source_starts"):
            self.__dict__.pop(name, None)


class _Known:
    """A rule of which code and name are known; the rest is looked up among the installed ones when it is asked for."""

    def __init__(self, code: str, name: str) -> None:
        self.code = code
        self.name = name

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return getattr(self._rule, name)

    @cached_property
    def _rule(self) -> Rule:
        from reportlint.registry import rules

        return next(rule for rule in rules() if rule.code == self.code)


class _Relations(Sequence[tuple["Rule", Checked | Abstained]]):
    """The relations that were looked at, unpacked when somebody asks: only some of the output formats do."""

    def __init__(self, packed: bytes, rule: Callable[[str, str], Rule]) -> None:
        self._packed = packed
        self._rule = rule

    def __len__(self) -> int:
        return len(self._unpacked)

    @overload
    def __getitem__(self, at: int) -> tuple[Rule, Checked | Abstained]: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[tuple[Rule, Checked | Abstained]]: ...
    def __getitem__(self, at: Any) -> Any:
        return self._unpacked[at]

    def __iter__(self) -> Iterator[tuple[Rule, Checked | Abstained]]:
        return iter(self._unpacked)

    @cached_property
    def _unpacked(self) -> tuple[tuple[Rule, Checked | Abstained], ...]:
        return tuple(
            (
                self._rule(code, name),
                Abstained(Span(start, end), *reason) if reason else Checked(Span(start, end)),
            )
            for code, name, start, end, *reason in _read(self._packed)
        )


class _Tallies(Mapping[str, Tally]):
    """How many relations each rule looked at; asked for by those alone who count them."""

    def __init__(self, counts: dict[str, list[int]]) -> None:
        self._counts = counts

    def __getitem__(self, code: str) -> Tally:
        return Tally(*self._counts[code])

    def __iter__(self) -> Iterator[str]:
        return iter(self._counts)

    def __len__(self) -> int:
        return len(self._counts)


def packed(result: Result) -> bytes:
    """``result`` without the text of its document."""
    document, levels = result.document, result.levels()
    head = [
        _head(document),
        [[int(level), count] for level, count in levels.items()],
        result.fixable(),
        [result.quantities, result.checked, result.abstained, result.suppressed],
        {code: [tally.checked, tally.abstained] for code, tally in result.relations.items()},
        [[_diagnostic(one), list(order)] for one, order in result.excused],
    ]
    diagnostics = [_diagnostic(one) for one in result.diagnostics]
    looked = [
        [rule.code, rule.name, *one.span, *([*one[1:]] if isinstance(one, Abstained) else [])]
        for rule, one in result.looked
    ]
    # A line each: only what is asked for is read again.
    return b"\n".join(map(_line, (head, diagnostics, looked)))


def unpacked(data: bytes, path: str, load: Callable[[], Document]) -> Result:
    """The result in ``data``; ``load`` reads its document. Raises ``ValueError``, ``TypeError`` or ``IndexError`` for other bytes."""
    first, diagnostics, looked = data.split(b"\n")
    head, levels, fixable, counts, relations, excused = _read(first)
    quantities, checked, abstained, suppressed = counts
    known: dict[str, Rule] = {}

    def rule(code: str, name: str) -> Rule:
        if code not in known:
            known[code] = cast("Rule", _Known(code, name))
        return known[code]

    return Result(
        _document(path, head, load),
        Packed(
            Counter({Severity(level): count for level, count in levels}),
            fixable,
            lambda: tuple(_read_diagnostic(one, rule) for one in _read(diagnostics)),
        ),
        quantities=quantities,
        checked=checked,
        abstained=abstained,
        suppressed=suppressed,
        relations=_Tallies(relations),
        looked=_Relations(looked, rule),
        excused=tuple((_read_diagnostic(one, rule), _read_directive(order)) for one, order in excused),
    )


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def _line(value: Any) -> bytes:
    return _encode(value).encode("utf-8", "surrogatepass")


def _read(line: bytes) -> Any:
    return json.loads(line.decode("utf-8", "surrogatepass"))


def _diagnostic(one: Diagnostic) -> list[Any]:
    return [
        one.rule.code,
        one.rule.name,
        int(one.severity),
        one.fingerprint,
        *flat(one.finding),
        [[other.document.path, _head(other.document), *other.span, *other[2:]] for other in one.finding.elsewhere],
    ]


def _read_diagnostic(value: list[Any], rule: Callable[[str, str], Rule]) -> Diagnostic:
    code, name, severity, fingerprint, *finding, elsewhere = value
    others = tuple(Elsewhere(_other(*one[:2]), Span(one[2], one[3]), *one[4:]) for one in elsewhere)
    return Diagnostic(rule(code, name), made(finding)._replace(elsewhere=others), Severity(severity), fingerprint)


def _head(document: Document) -> list[Any]:
    """What is known of a document without its text."""
    return [document.encoding, document.format, list(document.notes), document.characters]


def _document(path: str, head: list[Any], load: Callable[[], Document]) -> Document:
    encoding, format, notes, characters = head
    return Kept(path, encoding, format, tuple(notes), characters, load)


def _other(path: str, head: list[Any]) -> Document:
    """Another file that a finding points to, called as it was read for the comparison."""

    def load() -> Document:
        from reportlint.sources import read

        return read(Path(path), path)

    return _document(path, head, load)


def _read_directive(value: list[Any]) -> Directive:
    from reportlint.suppression import Directive

    code, text, reason, scope, span, origin, exact, comment = value
    scope, span, comment = (None if one is None else Span(*one) for one in (scope, span, comment))
    return Directive(code, text, reason, scope, span, origin, exact, comment)
