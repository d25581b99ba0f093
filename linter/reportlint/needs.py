"""What a text must hold for an expression to match in it: told from the expression alone, before it is compiled.

Most of the expressions that are sought in a report are not in it, and to find that out the matcher goes through all of it each time. Which
two characters stand side by side in the report is known anyway. So of each expression it is worked out, once, which neighbours or
characters every match holds one of: ``[一二三四](?:字诀|字经)`` cannot match where neither 字诀 nor 字经 stands.

Those that are gone through with are told where to look. The matcher runs fast to where a match may begin, if a set of characters stands at
the head of its code; the library writes one only for an expression that begins with a set or with literals, and any other, such as
``(?:甲|[乙丙]丁)戊``, is tried at every character. :func:`headed` writes the set for those too. What they match stays the same.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Sequence
from itertools import product

from reportlint.record import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

#: Every match holds one of ``pairs``, or one of the characters ``singles``.
Need = tuple[tuple[str, ...], str]

#: Sets of more characters tell nothing.
_MOST = 500
#: So many pairs, or single characters, are not worth asking for.
_MOST_PAIRS, _MOST_SINGLES = 150, 4
#: So many needs of an expression are kept: the first that is not met decides.
_KEPT = 3
_DIGITS = frozenset("0123456789")
#: At the head of code: how long it is without a set, and the sign that one follows.
_BARE, _SET_FOLLOWS = 4, 4
#: What a character is worth as a sign of a match: digits and commas stand everywhere.
_COMMON = _DIGITS | frozenset("，。、的")


class _Part(NamedTuple):
    """A part of an expression: whether it may match nothing, the characters it may begin and end with (``None``: any), and what every match
    of it holds.
    """

    empty: bool
    first: frozenset[str] | None
    last: frozenset[str] | None
    needs: list[frozenset[str]]


_ANYTHING = _Part(True, None, None, [])
_ONE = _Part(False, None, None, [])


def needs(parsed: Any) -> tuple[Need, ...]:
    """What a text must hold, all of it, for an expression, as the library's parser takes it apart, to match.

    Digits are those of ASCII: of a text with others nothing is told.
    """
    if parsed.state.flags & re.IGNORECASE:
        return ()
    found = sorted(set(_sequence(parsed, {}).needs), key=lambda need: (_likelihood(need), sorted(need)))
    kept = [(_of(need, 2), "".join(_of(need, 1))) for need in found]
    worth = [need for need in kept if len(need[0]) <= _MOST_PAIRS and len(need[1]) <= _MOST_SINGLES]
    return tuple(worth[:_KEPT])


def coded(source: str, flags: int) -> tuple[tuple[Any, ...], bytes]:
    """What the store keeps of an expression: all that the matcher wants besides the code, with what a text must hold, and the code.

    Uses inner parts of the library, which may change: then anything may be raised.
    """
    library, parser = internals()
    parsed = parser.parse(source, flags)
    state = parsed.state
    index: list[str | None] = [None] * state.groups
    for name, number in state.groupdict.items():
        index[number] = name
    words = headed(library._code(parsed, flags), parsed, library)
    rest = (flags | state.flags, state.groups - 1, state.groupdict, tuple(index), needs(parsed))
    return rest, b"".join(int(word).to_bytes(4, sys.byteorder) for word in words)


def internals() -> tuple[Any, Any]:
    """The library's compiler and parser, by the names of this Python."""
    if sys.version_info >= (3, 11):
        from re import _compiler, _parser  # type: ignore[attr-defined]

        return _compiler, _parser
    import sre_compile
    import sre_parse

    return sre_compile, sre_parse


def headed(code: list[int], parsed: Any, library: Any) -> list[int]:
    """``code``, what ``library`` (the compiler) made of ``parsed``, with the set of first characters at its head, if there is one."""
    _, length, notes, least = code[:4]
    if length != _BARE or notes or not least or parsed.state.flags & re.IGNORECASE:
        return code
    first = _sequence(parsed, {}).first
    if not first:
        return code
    items = [(library.LITERAL, ord(each)) for each in sorted(first)]
    if first & _DIGITS:  # these may stand for any, of other scripts too
        items.append((library.CATEGORY, library.CATEGORY_DIGIT))
    head = [code[0], 0, _SET_FOLLOWS, *code[3 : length + 1]]
    library._compile_charset(library._optimize_charset(items)[0], parsed.state.flags, head)
    head[1] = len(head) - 1
    return head + code[length + 1 :]


def _of(need: Iterable[str], size: int) -> tuple[str, ...]:
    return tuple(sorted(each for each in need if len(each) == size))


def _likelihood(need: Iterable[str]) -> float:
    """How likely a text holds one of these, roughly: what is told from fewer and rarer ones tells more."""
    return sum((1 if len(each) == 2 else 20) * (5 if _COMMON.intersection(each) else 1) for each in need)


def _sequence(items: Any, groups: dict[int, _Part]) -> _Part:
    """One item after the other."""
    empty = True
    first: frozenset[str] | None = frozenset()
    last: frozenset[str] | None = None  # what may stand before the next item
    needs: list[frozenset[str]] = []
    for operation, value in items:
        name = str(operation)
        if name in ("AT", "ASSERT_NOT"):
            continue
        if name == "ASSERT":
            direction, inside = value
            part = _sequence(inside, groups)
            needs += part.needs
            if direction < 0:
                last = part.last if last is None or part.empty else last
            elif not part.empty:
                needs += _side_by_side(last, part.first)
            continue
        part = _item(name, value, groups)
        needs += part.needs
        if not part.empty:
            needs += _side_by_side(last, part.first)
        if empty:
            first = _either(first, part.first)
        last = _either(last, part.last) if part.empty else part.last
        empty = empty and part.empty
    return _Part(empty, first, None if empty else last, needs)


def _item(name: str, value: Any, groups: dict[int, _Part]) -> _Part:
    if name == "LITERAL":
        one = frozenset(chr(value))
        return _Part(False, one, one, [one])
    if name == "IN":
        some = _characters(value)
        return _Part(False, some, some, [some]) if some is not None else _ONE
    if name in ("ANY", "NOT_LITERAL"):
        return _ONE
    if name == "SUBPATTERN":
        group, added, removed, inside = value
        part = _ANYTHING if added or removed else _sequence(inside, groups)
        if group is not None:
            groups[group] = part
        return part
    if name == "GROUPREF":
        return groups.get(value, _ANYTHING)
    if name == "BRANCH":
        return _branches([_sequence(each, groups) for each in value[1]])
    if name in ("MAX_REPEAT", "MIN_REPEAT"):
        least, _, inside = value
        part = _sequence(inside, groups)
        if not least:
            return part._replace(empty=True, needs=[])
        beside = _side_by_side(part.last, part.first) if least > 1 and not part.empty else []
        return part._replace(needs=[*part.needs, *beside])
    return _ANYTHING


def _branches(parts: Sequence[_Part]) -> _Part:
    """One of several: what is needed is that of one or another of them."""
    first, last = parts[0].first, parts[0].last
    for part in parts[1:]:
        first, last = _either(first, part.first), _either(last, part.last)
    least = [min(part.needs, key=_likelihood) for part in parts if part.needs]
    together = [frozenset().union(*least)] if len(least) == len(parts) else []
    return _Part(any(part.empty for part in parts), first, last, together)


def _either(one: frozenset[str] | None, other: frozenset[str] | None) -> frozenset[str] | None:
    return None if one is None or other is None or len(one) + len(other) > 2 * _MOST else one | other


def _side_by_side(before: frozenset[str] | None, behind: frozenset[str] | None) -> list[frozenset[str]]:
    """The pairs of which one stands where two parts meet."""
    if not before or not behind or len(before) * len(behind) > _MOST_PAIRS:
        return []
    return [frozenset(map("".join, product(before, behind)))]


def _characters(items: Any) -> frozenset[str] | None:
    """Those of a set, or ``None`` where they are too many."""
    found: set[str] = set()
    for operation, value in items:
        name = str(operation)
        if name == "LITERAL":
            found.add(chr(value))
        elif name == "RANGE" and value[1] - value[0] < _MOST:
            found.update(map(chr, range(value[0], value[1] + 1)))
        elif name == "CATEGORY" and str(value) == "CATEGORY_DIGIT":
            found |= _DIGITS
        else:
            return None
    return frozenset(found) if len(found) <= _MOST else None
