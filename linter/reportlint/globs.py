"""Patterns of ignore lists and configurations: strangers write them, so what makes no sense or would take for ever is left out."""

from __future__ import annotations

import re
from collections.abc import Iterable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

#: Wildcards in one pattern: each multiplies the ways in which a long name may fail to match.
_MOST_STARS = 6


def spec(lines: Iterable[str]) -> GitIgnoreSpec:
    """What those of ``lines`` mean that can be used."""
    kept = [line for line in lines if not _endless(line)]
    try:
        return _made(kept)
    except (ValueError, re.error):
        return _made(line for line in kept if sound(line))


def sound(pattern: str) -> bool:
    """Whether ``pattern`` can be used.

    >>> sound("drafts/**"), sound("[z-a]"), sound("*a*a*a*a*a*a*a*b")
    (True, False, False)
    """
    try:
        _made([pattern])
    except (ValueError, re.error):
        return False
    return not _endless(pattern)


def _made(lines: Iterable[str]) -> GitIgnoreSpec:
    import warnings

    from pathspec import GitIgnoreSpec  # 30 ms, and most folders have nothing to ignore

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)  # of [[: nothing that the reader of a report could mend
        return GitIgnoreSpec.from_lines(lines)


def _endless(line: str) -> bool:
    return line.count("*") > _MOST_STARS and len(re.findall(r"\*+", line)) > _MOST_STARS
