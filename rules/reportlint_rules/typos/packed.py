"""Tables in one file, mapped as they lie: a magic word, the length of the header, the header, the arrays one after another.

The header is a marshalled dict; its ``arrays`` say of each name its element type as numpy writes it, its shape and where it begins after
the header. Read here with plain views, so that nobody needs numpy for a look at a few places.
"""

from __future__ import annotations

import marshal
import mmap
from math import prod

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from os import PathLike
    from pathlib import Path
    from typing import Any, Literal

    from numpy.typing import NDArray

#: How plain views name what numpy calls so, and how many bytes one takes.
_CODES: dict[str, tuple[Literal["H", "B", "I", "f"], int]] = {
    "<u2": ("H", 2),
    "|u1": ("B", 1),
    "<u4": ("I", 4),
    "<f4": ("f", 4),
}
#: Headers end, and arrays begin, at multiples of so many bytes.
_ALIGNED = 64


def mapped(file: str | PathLike[str], magic: bytes) -> tuple[dict[str, Any], dict[str, Any]]:
    """The header of ``file`` and its arrays by name, flat.

    Raises :class:`OSError`, :class:`EOFError`, :class:`ValueError`, :class:`KeyError` or :class:`TypeError` for a file that is missing,
    cut short or of another kind.
    """
    with open(file, "rb") as opened:
        data = mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ)
    if data[: len(magic)] != magic:
        raise ValueError("magic")
    size = int.from_bytes(data[len(magic) : len(magic) + 8], "little")
    start = len(magic) + 8
    header: dict[str, Any] = marshal.loads(data[start : start + size])
    whole = memoryview(data)
    arrays: dict[str, Any] = {}
    for name, (dtype, shape, offset) in header["arrays"].items():
        code, length = _CODES[dtype]
        length *= prod(shape)
        at = start + size + offset
        if at + length > len(data):
            raise ValueError("cut short")
        arrays[name] = whole[at : at + length].cast(code)
    return header, arrays


def save(file: Path, magic: bytes, header: Mapping[str, Any], arrays: Mapping[str, NDArray[Any]]) -> None:
    """Write ``file`` as :func:`mapped` reads it; what was there stays until all is written."""
    places, offset = {}, 0
    for name, array in arrays.items():
        places[name] = [array.dtype.str, list(array.shape), offset]
        offset += -(-array.nbytes // _ALIGNED) * _ALIGNED
    # Not JSON: a plain check does without it. Version 2 is the same in every Python.
    packed = marshal.dumps({**header, "arrays": places}, 2)
    packed += b"\0" * (-(len(magic) + 8 + len(packed)) % _ALIGNED)
    scratch = file.with_suffix(".part")
    with scratch.open("wb") as out:
        out.write(magic + len(packed).to_bytes(8, "little") + packed)
        for array in arrays.values():
            data = array.tobytes()
            out.write(data + b"\0" * (-len(data) % _ALIGNED))
    scratch.replace(file)


class Rows(dict[str, str]):
    """Rows of characters by the one they belong to, each decoded when it is first asked for."""

    def __init__(self, arrays: Mapping[str, Any], name: str) -> None:
        """Of the array ``name``; ``name_from`` tells where each row begins."""
        super().__init__()
        self.starts, self._bytes = arrays[f"{name}_from"], arrays[name].cast("B")

    def __missing__(self, one: str) -> str:
        at = ord(one)
        row = self[one] = str(self._bytes[2 * self.starts[at] : 2 * self.starts[at + 1]], "utf-16-le")
        return row
