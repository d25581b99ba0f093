"""The byte code of the program's modules in one file.

For every module Python looks through folders, then opens, reads and checks a file; with the hundred modules of a short check that takes
most of the time of starting Python itself. So the byte code of those that were needed before is kept together, in a file beside it and
under the same conditions: written when Python writes byte code, ignored when it stems from another Python, and never needed. As ever, a
module whose source has changed is compiled afresh.

The code of modules that were first needed together is read together, whichever of them is asked for: names and constants that they
share are then made once, and reading takes half as long.
"""

from __future__ import annotations

import atexit
import marshal
import os
import sys
from mmap import ACCESS_READ, mmap
from types import CodeType, ModuleType

from reportlint.files import keep, keeping, kept

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from importlib.machinery import ModuleSpec, SourceFileLoader
else:  # what that gives out, from where it has it: Python has these two by now, and the package takes a while to import
    from _frozen_importlib import ModuleSpec
    from _frozen_importlib_external import SourceFileLoader

#: Raised when the file comes to look different.
_KEY = (2, sys.hexversion, sys.flags.optimize)
#: Bytes of the number that the file ends with, and of what stands before the code in a file of byte code.
_SIZE, _HEADER = 8, 16

#: Of a module the set that its code is in; its source and where Python keeps that compiled; time of the source's last change and its size;
#: whether it is a package.
_Place = tuple[int, str, str, int, int, bool]


class _Loader(SourceFileLoader):
    """Loads a module of which the code is known; all else is as for any module with a source."""

    def __init__(self, name: str, source: str, code: CodeType) -> None:
        super().__init__(name, source)
        self._code = code

    def get_code(self, fullname: str) -> CodeType:
        """The code of the module."""
        del fullname
        return self._code


class _Bundle:
    """Finds modules in the file; those that it does not know, or that have changed, are left to Python.

    The file holds sets of modules, of each a dict of codes by name; behind them comes the index, which says where the sets begin and
    end and has a :data:`_Place` for every module; the last bytes say where the index begins.
    """

    def __init__(self, file: str) -> None:
        self.file = file
        self.index: dict[str, _Place] = {}
        self.sets: list[tuple[int, int]] = []
        self.data: mmap | bytes = b""
        self.codes: dict[int, dict[str, CodeType]] = {}
        self.missed = True
        try:
            with open(file, "rb") as opened:
                data = mmap(opened.fileno(), 0, access=ACCESS_READ)
            key, sets, index = marshal.loads(data[int.from_bytes(data[-_SIZE:], "little") : -_SIZE])
            if key == _KEY:
                self.data, self.sets, self.index, self.missed = data, sets, index, False
        except (OSError, EOFError, ValueError, TypeError):
            pass

    def _codes(self, number: int) -> dict[str, CodeType]:
        """The codes of a set that have not been used yet."""
        if number not in self.codes:
            start, end = self.sets[number]
            with memoryview(self.data)[start:end] as view:
                self.codes[number] = marshal.loads(view)
        return self.codes[number]

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """The module ``name`` of the package that lies at ``path``."""
        del target
        if not path:
            return None
        place = self.index.get(name)
        if place is None or not place[1].startswith(path[0] + os.sep) or not _unchanged(place):
            self.missed = True
            return None
        number, source, cached, _, _, package = place
        loader = _Loader(name, source, self._codes(number)[name])
        spec = ModuleSpec(name, loader, origin=source, is_package=package)
        if package:
            spec.submodule_search_locations = [source.rpartition(os.sep)[0]]
        spec.has_location = True
        spec.cached = cached
        return spec

    def missing(self) -> Iterator[tuple[str, ModuleType]]:
        """The modules that this process needed and that are not in the file."""
        if not self.missed:
            return
        for name, module in _modules():
            if name not in self.index or not _unchanged(self.index[name]):
                yield name, module

    def save(self) -> None:
        """Write the file anew where this process needed modules that are not in it."""
        fresh = {name: found for name, module in self.missing() if (found := _found(module)) is not None}
        if not fresh:
            return
        places = {name: place[1:] for name, place in self.index.items() if _unchanged(place)}
        places |= {name: rest for name, (_, rest) in fresh.items()}
        known = [marshal.loads(self.data[start:end]) for start, end in self.sets]
        together = [
            {name: fresh.pop(name, (code,))[0] for name, code in one.items() if name in places} for one in known
        ]
        together.append({name: code for name, (code, _) in fresh.items()})
        data = bytearray()
        sets: list[tuple[int, int]] = []
        index: dict[str, _Place] = {}
        for codes in filter(None, together):
            index.update((name, (len(sets), *places[name])) for name in codes)
            packed = marshal.dumps(codes)
            sets.append((len(data), len(data) + len(packed)))
            data += packed
        behind = marshal.dumps((_KEY, sets, index)) + len(data).to_bytes(_SIZE, "little")
        if not isinstance(self.data, bytes):
            self.data.close()  # some systems replace no file that somebody looks into
            self.data, self.sets, self.index = b"", [], {}
        keep(self.file, bytes(data) + behind)


def _unchanged(place: _Place) -> bool:
    """Whether the source is as it was when its code was kept."""
    try:
        status = os.stat(place[1])
    except OSError:
        return False
    return place[3] == status.st_mtime_ns and place[4] == status.st_size


def _modules() -> Iterator[tuple[str, ModuleType]]:
    """The modules of the program and of packages of rules that Python found without the file."""
    from reportlint.errors import RegistryError
    from reportlint.registry import packages

    try:
        ours = {"reportlint", *packages()}
    except RegistryError:
        return  # a package of rules that cannot be had has been told of already
    for name, module in list(sys.modules.items()):
        spec = getattr(module, "__spec__", None)
        if (
            "." in name
            and name.partition(".")[0] in ours
            and spec is not None
            and type(spec.loader) is SourceFileLoader
        ):
            yield name, module


def _found(module: ModuleType) -> tuple[CodeType, tuple[str, str, int, int, bool]] | None:
    """The code of a module from its own file, and what a :data:`_Place` says besides; ``None`` where that file is not up to date."""
    from importlib.util import MAGIC_NUMBER

    spec = module.__spec__
    if spec is None or spec.origin is None or spec.cached is None:
        return None
    try:
        status = os.stat(spec.origin)
        with open(spec.cached, "rb") as file:
            data = file.read()
    except OSError:
        return None
    time, size = (number & 0xFFFFFFFF for number in (int(status.st_mtime), status.st_size))
    if data[:_HEADER] != b"".join((MAGIC_NUMBER, *(number.to_bytes(4, "little") for number in (0, time, size)))):
        return None
    package = spec.submodule_search_locations is not None
    return marshal.loads(data[_HEADER:]), (spec.origin, spec.cached, status.st_mtime_ns, status.st_size, package)


def use() -> None:
    """Have modules found in the file from now on, and those that are not in it added at the end."""
    try:
        bundle = _Bundle(kept(__file__, f"{'-O' * sys.flags.optimize}.modules"))
    except OSError:
        return
    sys.meta_path.insert(0, bundle)
    if keeping():
        atexit.register(bundle.save)


def lacks() -> bool:
    """Whether this process needed modules that are not in the file, or there is none in use."""
    bundle = next((finder for finder in sys.meta_path if isinstance(finder, _Bundle)), None)
    return bundle is None or any(True for _ in bundle.missing())
