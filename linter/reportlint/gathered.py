"""Many places, one finding: what is a matter of style is said once for a document."""

from __future__ import annotations

from collections.abc import Sequence

from reportlint.finding import Finding, Message, Related
from reportlint.span import Span

#: More places than these help nobody.
_MOST = 12


def gathered(
    places: Sequence[Span], message: Message, suggestion: str | None = None, also: str = "同样的地方"
) -> Finding:
    """A finding at the first of ``places`` (at least one) that names the others."""
    return Finding(
        places[0], message, tuple(Related(place, also) for place in places[1 : _MOST + 1]), suggestion=suggestion
    )


def times(places: Sequence[Span]) -> str:
    """``（全文 3 处）``, or nothing for a single place."""
    return f"（全文 {len(places)} 处）" if len(places) > 1 else ""
