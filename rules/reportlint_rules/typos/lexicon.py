"""The lexicons of the typo rules, each looked up by the pairs of characters that a text holds.

One set of neighbouring pairs is made of a text; a lexicon entry is looked at only if its own pair is among them. The cost of
thousands of entries is so that of one set intersection; they are parsed, and their patterns compiled, only when their literal stands
there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Set
from functools import lru_cache
from operator import add

from reportlint.files import beside
from reportlint.finding import Severity
from reportlint.patterns import compiled
from reportlint.record import NamedTuple
from reportlint.span import Span
from reportlint.tables import table

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

#: Shorter phrases have too little left intact by a slip.
_LEAST = 4
_SEVERITY = {"error": Severity.ERROR, "warning": Severity.WARNING, "info": Severity.INFO}


class Confusable(NamedTuple):
    """A wrong form, what it stands for, the guard that tells it from innocent neighbours, and those neighbours."""

    wrong: str
    right: str
    pattern: str
    severity: Severity
    good: tuple[str, ...]


class Phrase(NamedTuple):
    """A set phrase, its lawful variants, wrong forms further off, and how much of a deviation counts."""

    phrase: str
    variants: tuple[str, ...]
    wrong: tuple[str, ...]
    mode: str


def _split(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split(";") if part)


def _rows(path: str) -> Iterator[list[str]]:
    """The rows below the header."""
    import csv  # only where the file has changed

    with open(path, encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        yield from rows


#: By a pair of characters the entries that may stand where it stands, as one string: few are ever asked for, the others stay unparsed.
_Bundles = dict[str, str]
_FIELD, _ENTRY = "\t", "\n"


def split(bundle: str) -> list[str]:
    """The entries of a bundle."""
    return bundle.split(_ENTRY)


def _bundled(entries: Iterable[tuple[str, str]]) -> _Bundles:
    """Pairs of characters and the entries told by them, each string to be split at line ends."""
    bundles: dict[str, list[str]] = {}
    for pair, entry in entries:
        bundles.setdefault(pair, []).append(entry)
    return {pair: _ENTRY.join(together) for pair, together in bundles.items()}


def _build_confusables(path: str) -> _Bundles:
    rows = [row[:5] for row in _rows(path)]
    common = Counter(pair for wrong, right, *_ in rows for word in (wrong, right) for pair in _pairs(word))
    # The pair that nobody writes is the best to look for: 幅射 in 幅射安全, not 安全.
    telling = (min(_pairs(wrong), key=lambda pair: (pair in right, common[pair])) for wrong, right, *_ in rows)
    return _bundled(zip(telling, map(_FIELD.join, rows), strict=True))


def _build_phrases(path: str) -> tuple[Any, ...]:
    short: list[tuple[str, str]] = []
    begun: list[tuple[str, str]] = []
    inner: list[tuple[str, str]] = []
    split: list[tuple[str, str]] = []
    turned: list[tuple[str, str]] = []
    wrongs: list[tuple[str, str]] = []
    strict: set[str] = set()
    about: list[str] = []
    lawful: set[str] = set()
    for phrase, variants, wrong, mode, _ in _rows(path):
        about.append(_FIELD.join((phrase, variants, wrong, mode)))
        lawful.update((phrase, *_split(variants)))
        wrongs += [(form[:2], f"{form}{_FIELD}{phrase}") for form in _split(wrong)]
        if mode != "sound":
            strict.add(phrase)
        if mode == "literal" or len(phrase) < _LEAST:
            continue
        one, two, three = tuple(phrase[:3])
        (begun if len(phrase) > _LEAST or mode != "sound" else short).append((one + two, phrase[2:]))
        inner.append((phrase[2:4], one + two + phrase[4:]))
        if len(phrase) > _LEAST and two != three:
            turned.append((three + two, f"{one}{three}{two}{phrase[3:]}{_FIELD}{phrase}"))
        if mode != "sound":
            split.append((two + three, phrase))
            turned.append((one + three, f"{one}{phrase[2:]}{_FIELD}{phrase}"))
    bundles = map(_bundled, (short, begun, inner, split, turned, wrongs))
    return *bundles, frozenset(strict), _lines(about), _lines(sorted(lawful))


def _lines(words: Iterable[str]) -> bytes:
    """Every word between line ends; few are ever looked for, and so they are not even decoded."""
    return _ENTRY.join(("", *words, "")).encode()


def _pairs(word: str) -> list[str]:
    return list(map(add, word, word[1:]))


@lru_cache(maxsize=1)
def _confusables() -> _Bundles:
    bundles: _Bundles = table(beside(__file__, "confusables.csv"), _build_confusables, layout=2)
    return bundles


def confusables(text: str, grams: Set[str]) -> Iterator[Confusable]:
    """The entries whose wrong form stands in ``text``, which holds the pairs of characters ``grams``."""
    bundles = _confusables()
    for gram in sorted(grams & bundles.keys()):
        for entry in split(bundles[gram]):
            wrong, right, guard, severity, good = entry.split(_FIELD)
            if _may_stand(wrong, grams) and wrong in text:
                yield Confusable(wrong, right, guard, _SEVERITY[severity], _split(good))


class _Following(dict[str, str]):
    """What bundles say of a pair, run together."""

    def __init__(self, *bundles: _Bundles) -> None:
        super().__init__()
        self._bundles = bundles

    def __missing__(self, pair: str) -> str:
        found = self[pair] = "".join(bundle.get(pair, "") for bundle in self._bundles)
        return found


class Phrases:
    """The set phrases by pairs of their characters, and their wrong forms.

    ``begun`` has for the first two characters of phrases what follows them, ``inner`` for the third and fourth the first two and what follows.
    Of the phrases ``strict`` any slip counts, of the others one that nobody makes on purpose; ``short`` has those of the others that are of
    four characters, in place of ``begun``, and ``split`` the strict ones by their second and third character.
    """

    def __init__(
        self,
        short: _Bundles,
        begun: _Bundles,
        inner: _Bundles,
        split: _Bundles,
        turned: _Bundles,
        wrongs: _Bundles,
        strict: frozenset[str],
        about: bytes,
        lawful: bytes,
    ) -> None:
        self.short, self.begun, self.inner, self.split, self.strict = short, begun, inner, split, strict
        #: For the first two characters of phrases all characters that follow them in any; as far as it was asked for.
        self.following = _Following(short, begun)
        self._turned, self._wrongs = turned, wrongs
        self._about, self._lawful = about, lawful

    def __getitem__(self, phrase: str) -> Phrase:
        """What the lexicon says of ``phrase``."""
        start = self._about.index(f"{_ENTRY}{phrase}{_FIELD}".encode()) + 1
        _, variants, wrong, mode = self._about[start : self._about.index(_ENTRY.encode(), start)].decode().split(_FIELD)
        return Phrase(phrase, _split(variants), _split(wrong), mode)

    def lawful(self, words: str) -> bool:
        """Whether ``words`` are a phrase, or a variant of one."""
        return f"{_ENTRY}{words}{_ENTRY}".encode("utf-8", "surrogatepass") in self._lawful

    def lawful_forms(self) -> Iterator[str]:
        """All that is right as it stands."""
        yield from self._lawful.decode().split(_ENTRY)[1:-1]

    def wrong(self, grams: Set[str]) -> Iterator[tuple[str, str]]:
        """The listed wrong forms that begin with one of the pairs ``grams``, each with its phrase."""
        return _forms(self._wrongs, grams)

    def turned(self, grams: Set[str]) -> Iterator[tuple[str, str]]:
        """The forms with the second character after the third, or without it, that hold a telling one of ``grams``, each with its phrase."""
        return _forms(self._turned, grams)


def _forms(bundles: _Bundles, grams: Set[str]) -> Iterator[tuple[str, str]]:
    for gram in sorted(grams & bundles.keys()):
        for entry in split(bundles[gram]):
            form, phrase = entry.split(_FIELD)
            if _may_stand(form, grams):
                yield form, phrase


def _may_stand(words: str, grams: Set[str]) -> bool:
    """Whether the first and the last pair of ``words`` are among ``grams``: no text is gone through for others."""
    return words[:2] in grams and words[-2:] in grams


@lru_cache(maxsize=1)
def phrases() -> Phrases:
    """The index of set phrases."""
    return Phrases(*table(beside(__file__, "phrases.csv"), _build_phrases, layout=8))


def occurrences(text: str, literal: str) -> Iterator[int]:
    """Where ``literal`` stands in ``text``."""
    at = text.find(literal)
    while at >= 0:
        yield at
        at = text.find(literal, at + 1)


def places(text: str, entry: Confusable) -> Iterator[Span]:
    """Where ``entry`` really is a slip: its guard lets it, and no innocent neighbour covers it."""
    if not entry.pattern:
        starts = list(occurrences(text, entry.wrong))
    else:
        starts = []
        for match in compiled(entry.pattern).finditer(text):
            offset = match[0].find(entry.wrong)
            if offset >= 0:
                starts.append(match.start() + offset)
    for start in starts:
        span = Span(start, start + len(entry.wrong))
        # 朔源市: two characters before the name of a kind of place are a place.
        named = span.size == 2 and text[span.end : span.end + 1] in tuple("市县镇乡村")
        if not named and not any(covers(text, span, good) for good in entry.good):
            yield span


def covers(text: str, span: Span, whole: str) -> bool:
    """Whether ``whole`` stands in ``text`` around ``span``, wherever in it the span lies."""
    size = span.size
    return any(
        span.start >= offset and text.startswith(whole, span.start - offset) for offset in range(len(whole) - size + 1)
    )
