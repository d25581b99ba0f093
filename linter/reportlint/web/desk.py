"""The desk: what was dropped and what is under review, in memory only, and not for longer than needed."""

from __future__ import annotations

import secrets
import time
from collections import OrderedDict
from typing import Generic, TypeVar

from reportlint.sources import LARGEST
from reportlint.web.review import Review, Upload

_Thing = TypeVar("_Thing")

#: How many reviews and uploads lie on the desk, how many bytes of uploads together, and the seconds after which nobody comes back.
_MOST_REVIEWS = 8
_MOST_UPLOADS = 12
_MOST_BYTES = 3 * LARGEST
_PATIENCE = 8 * 3600.0


class _Pile(Generic[_Thing]):
    """Things by names that cannot be guessed, the one touched last on top; what is too much or too old goes."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._things: OrderedDict[str, tuple[float, _Thing]] = OrderedDict()

    def add(self, thing: _Thing) -> str:
        name = secrets.token_urlsafe(12)
        self.put(name, thing)
        return name

    def put(self, name: str, thing: _Thing) -> None:
        """Lay ``thing`` on top."""
        self._things[name] = (time.monotonic(), thing)
        self._things.move_to_end(name)
        while len(self._things) > self._most:
            self.drop_oldest()

    def get(self, name: str) -> _Thing | None:
        self.tidy()
        if name not in self._things:
            return None
        thing = self._things[name][1]
        self.put(name, thing)
        return thing

    def drop(self, name: str) -> None:
        self._things.pop(name, None)

    def drop_oldest(self) -> None:
        self._things.popitem(last=False)

    def tidy(self) -> None:
        """Drop what nobody has touched for hours."""
        now = time.monotonic()
        while self._things and now - next(iter(self._things.values()))[0] > _PATIENCE:
            self.drop_oldest()

    def things(self) -> list[tuple[str, _Thing]]:
        """All of them, the latest first."""
        self.tidy()
        return [(name, thing) for name, (_, thing) in reversed(self._things.items())]


class Desk:
    """What one person works on: uploads that wait for their check, reviews, and the language of the page."""

    def __init__(self, lang: str = "zh") -> None:
        self.lang = lang
        self._uploads: _Pile[Upload] = _Pile(_MOST_UPLOADS)
        self._reviews: _Pile[Review] = _Pile(_MOST_REVIEWS)

    def lay(self, upload: Upload) -> str:
        """Keep ``upload`` until it is taken; its name here."""
        while self._uploads.things() and self._bytes() + len(upload.data) > _MOST_BYTES:
            self._uploads.drop_oldest()
        return self._uploads.add(upload)

    def take(self, name: str) -> Upload | None:
        """The upload of that name, which then is no longer here."""
        upload = self._uploads.get(name)
        self._uploads.drop(name)
        return upload

    def open(self, review: Review) -> str:
        """Keep ``review``; its name here."""
        return self._reviews.add(review)

    def replace(self, name: str, review: Review) -> None:
        """Put ``review`` in the place of the one of that name."""
        self._reviews.put(name, review)

    def review(self, name: str) -> Review | None:
        """The review of that name."""
        return self._reviews.get(name)

    def close(self, name: str) -> None:
        """Forget the review of that name."""
        self._reviews.drop(name)

    def reviews(self) -> list[tuple[str, Review]]:
        """What is under review, the latest first."""
        return self._reviews.things()

    def _bytes(self) -> int:
        return sum(len(upload.data) for _, upload in self._uploads.things())
