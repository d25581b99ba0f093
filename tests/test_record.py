"""The named tuples of the hot path: in everything like those of the standard library."""

from __future__ import annotations

import copy
import pickle
import typing
from typing import Any

import pytest

from reportlint.record import NamedTuple

BODY = """
from __future__ import annotations

class Place(NamedTuple):
    \"\"\"Somewhere.\"\"\"

    start: int
    end: Unknown
    note: str = ""
    marks: tuple[str, ...] = ()

    @property
    def size(self):
        return self.end - self.start

    @classmethod
    def at(cls, place):
        return cls(place, place + 1)
"""


def made(base: Any) -> Any:
    scope: dict[str, Any] = {"NamedTuple": base, "__name__": __name__}
    exec(BODY, scope)
    return scope["Place"]


Place = made(NamedTuple)
Twin = made(typing.NamedTuple)


@pytest.mark.parametrize(
    ("values", "named"),
    [
        ((1, 5), {}),
        ((1,), {"end": 5}),
        ((), {"end": 5, "start": 1}),
        ((1, 5, "x", ("y",)), {}),
        ((1, 5), {"marks": ()}),
    ],
)
def test_they_are_built_as_those_of_the_standard_library(values: tuple[Any, ...], named: dict[str, Any]) -> None:
    mine, other = Place(*values, **named), Twin(*values, **named)
    assert mine == other and hash(mine) == hash(other) and isinstance(mine, tuple)
    assert mine._asdict() == other._asdict() and mine.size == other.size
    assert repr(mine) == repr(other)
    assert Place.at(3) == Twin.at(3)


@pytest.mark.parametrize(
    ("values", "named"), [((1,), {}), ((1, 2, "", (), 5), {}), ((1, 2), {"start": 1}), ((1, 2), {"other": 1})]
)
def test_a_wrong_call_is_told_in_the_same_words(values: tuple[Any, ...], named: dict[str, Any]) -> None:
    with pytest.raises(TypeError) as mine:
        Place(*values, **named)
    with pytest.raises(TypeError) as other:
        Twin(*values, **named)
    assert str(mine.value) == str(other.value)


def test_they_are_copied_replaced_pickled_and_matched() -> None:
    place = Place(1, 5, marks=("a",))
    assert pickle.loads(pickle.dumps(place)) == place == copy.copy(place) == copy.deepcopy(place)
    assert type(pickle.loads(pickle.dumps(place))) is Place
    assert place._replace(end=9) == (1, 9, "", ("a",)) and type(place._replace(end=9)) is Place
    with pytest.raises(ValueError, match="other"):
        place._replace(other=1)
    match place:
        case Place(start, end=end):
            assert (start, end) == (1, 5)
    assert Place._fields == Twin._fields == Place.__match_args__ and Place._field_defaults == Twin._field_defaults
    assert Place.__doc__ == "Somewhere."


def test_they_have_no_room_for_anything_else() -> None:
    with pytest.raises(AttributeError):
        Place(1, 5).other = 1
    with pytest.raises(AttributeError):
        Place(1, 5).start = 2


def test_a_default_before_a_field_without_is_refused() -> None:
    with pytest.raises(TypeError, match="default"):
        exec(
            "class Wrong(NamedTuple):\n    one: int = 1\n    two: int\n",
            {"NamedTuple": NamedTuple, "__name__": "wrong"},
        )
