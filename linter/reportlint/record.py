"""Named tuples that cost next to nothing to define, and properties that cost next to nothing to ask for.

``typing.NamedTuple`` compiles every annotation and a constructor when a class is made. With the hundred classes of this program that is
a tenth of the time that a short check takes. :class:`NamedTuple` here reads like it, behaves like it, is as fast to use and the same to
type checkers; annotations stay words, and constructors of the same size share their code. :class:`cached_property` is that of
:mod:`functools` without the lock that it holds before Python 3.12, which takes longer than most of what is asked for.
"""

from __future__ import annotations

from collections import _tuplegetter  # type: ignore[attr-defined]
from functools import cache
from types import CodeType, FunctionType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    _Tuple = tuple[Any, ...]
else:
    _Tuple = tuple

_make = tuple.__new__


@cache
def _constructor(size: int) -> CodeType:
    """The code of a constructor that takes ``size`` values."""
    values = "".join(f"_{number}, " for number in range(size))
    code: CodeType = eval(f"lambda _cls, {values}: _make(_cls, ({values}))").__code__
    return code


class _Definition(type):
    """Makes the annotations of a class body the fields of a tuple."""

    def __new__(meta, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> type:
        fields = tuple(body.get("__annotations__", ()))
        defaults = {field: body.pop(field) for field in fields if field in body}
        if tuple(defaults) != fields[len(fields) - len(defaults) :]:
            raise TypeError(f"{name}: a field without a default follows one with a default")
        if fields:
            for index, field in enumerate(fields):
                body[field] = _tuplegetter(index, None)
            code = _constructor(len(fields)).replace(co_varnames=("_cls", *fields), co_name="__new__")
            body["__new__"] = new = FunctionType(code, globals(), "__new__", tuple(defaults.values()))
            new.__qualname__ = f"{name}.__new__"
        body.update(__slots__=(), __match_args__=fields, _fields=fields, _field_defaults=defaults)
        return super().__new__(meta, name, bases, body)


class _Record(_Tuple):
    """What all named tuples can do."""

    __slots__ = ()
    _fields: tuple[str, ...]

    def _replace(self, **changes: Any) -> Any:
        """The same with other values for some fields."""
        values = [*map(changes.pop, self._fields, self)]
        if changes:
            raise ValueError(f"no such fields: {', '.join(changes)}")
        return _make(type(self), values)

    def _asdict(self) -> dict[str, Any]:
        """Values by field."""
        return dict(zip(self._fields, self, strict=True))

    def __getnewargs__(self) -> tuple[Any, ...]:
        return tuple(self)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in self._asdict().items())})"


if TYPE_CHECKING:
    from typing import NamedTuple as NamedTuple
else:

    class NamedTuple(_Record, metaclass=_Definition):
        """A tuple whose fields are the annotations of the class body, as ``typing.NamedTuple``."""


if TYPE_CHECKING:
    from functools import cached_property as cached_property
else:

    class cached_property:  # noqa: N801 - it stands in for the other
        """A property that is worked out once, when it is first asked for, and kept by the object."""

        def __init__(self, make):
            self._make = make
            self._name = make.__name__
            self.__doc__ = make.__doc__

        def __get__(self, one, owner=None):
            if one is None:
                return self
            found = one.__dict__[self._name] = self._make(one)
            return found
