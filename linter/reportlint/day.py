"""``date`` and ``timedelta``, without the copy of them in Python that older standard libraries load and then throw away."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date, timedelta
else:
    try:
        from _datetime import date, timedelta
    except ImportError:  # another Python than that written in C
        from datetime import date, timedelta

__all__ = ["date", "timedelta"]
