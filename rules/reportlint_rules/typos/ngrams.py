"""The language model's tables: how often runs of two to four characters stand in official prose.

One file, made by ``tools/build_typo_model.py`` and mapped into memory as it lies in the package: nothing is unpacked, nothing is copied,
and only the pages that a text touches are read. Pairs are listed, for each character those that follow it. Runs of three and four are
kept in a hash table without keys: buckets of eight 16-bit fingerprints with an 8-bit logarithm each; one look-up in eight thousand takes
a run nobody wrote for one that somebody did, and as a run is known only if those inside it are, few are looked up that nobody wrote.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reportlint.errors import RegistryError
from reportlint.record import NamedTuple
from reportlint_rules.typos import packed
from reportlint_rules.typos.runs import BITS, DIGIT, EDGE, LETTER, MAGIC, MIX, SLOTS, STEPS, UNKNOWN
from reportlint_rules.typos.runs import FILE as _FILE

__all__ = [
    "BITS",
    "DIGIT",
    "EDGE",
    "FILE",
    "LETTER",
    "MAGIC",
    "MIX",
    "SLOTS",
    "STEPS",
    "UNKNOWN",
    "Model",
    "hashed",
    "load",
    "model",
]

FILE = Path(_FILE)
Ids = NDArray[np.int64]
Floats = NDArray[np.float32]


class Model(NamedTuple):
    """The mapped tables. ``arrays`` holds the small ones by name (see the builder)."""

    fingerprints: NDArray[np.uint16]
    logarithms: NDArray[np.uint8]
    #: The keys of all pairs, in order; their logarithms are ``arrays["after_logs"]``.
    pairs: NDArray[np.uint32]
    ids: NDArray[np.uint16]
    arrays: dict[str, NDArray[Any]]
    characters: str
    header: dict[str, Any]

    def read(self, text: str) -> Ids:
        """The ids of the characters of ``text``, one for one."""
        points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        return self.ids[np.minimum(points, len(self.ids) - 1)].astype(np.int64)

    def seen(self, runs: Ids) -> Floats:
        """For runs of two to four ids, one a row: the binary logarithm of their count, −1 where they were never seen."""
        if runs.shape[-1] == 2:
            pairs = (runs[..., 0] << BITS | runs[..., 1]).astype(np.uint32)
            at = np.minimum(np.searchsorted(self.pairs, pairs), len(self.pairs) - 1)
            logs = self.arrays["after_logs"][at].astype(np.float32) / STEPS
            return np.where(self.pairs[at] == pairs, logs, np.float32(-1))
        keys = np.full(runs.shape[:-1], runs.shape[-1], dtype=np.uint64)
        for column in range(runs.shape[-1]):
            keys = (keys << np.uint64(BITS)) | runs[..., column].astype(np.uint64)
        buckets, marks = hashed(keys, len(self.fingerprints))
        hit = self.fingerprints[buckets] == marks[..., None]
        place = hit.argmax(axis=-1)
        found = np.take_along_axis(hit, place[..., None], -1)[..., 0]
        logs = self.logarithms[buckets, place].astype(np.float32) / STEPS
        return np.where(found, logs, np.float32(-1))

    def surroundings(self, rows: Ids) -> tuple[Floats, Floats, Floats]:
        """For rows of ids the same of all their runs of two, three and four: a run is known only if those inside it are."""
        windows = np.lib.stride_tricks.sliding_window_view
        two = self.seen(windows(rows, 2, axis=1))
        found = [two]
        for size in (3, 4):
            inner = found[-1] >= 0
            possible = inner[:, :-1] & inner[:, 1:]
            logs = np.full(possible.shape, np.float32(-1))
            logs[possible] = self.seen(windows(rows, size, axis=1)[possible])
            found.append(logs)
        return two, found[1], found[2]


def hashed(keys: NDArray[np.uint64], buckets: int) -> tuple[NDArray[np.int64], NDArray[np.uint16]]:
    """The bucket and the fingerprint of each key."""
    with np.errstate(over="ignore"):
        mixed = keys * np.uint64(MIX)
    mixed ^= mixed >> np.uint64(31)
    marks = (mixed & np.uint64(0xFFFF)).astype(np.uint16)
    return ((mixed >> np.uint64(16)) % np.uint64(buckets)).astype(np.int64), np.maximum(marks, 1)


def pair_keys(starts: NDArray[np.uint32], after: NDArray[np.uint16]) -> NDArray[np.uint32]:
    """The key of each pair, in order, from where the row of each first character starts and the second characters."""
    first = np.repeat(np.arange(len(starts) - 1, dtype=np.uint32), np.diff(starts))
    return first << np.uint32(BITS) | after


def load(file: Path = FILE) -> Model:
    """The tables in ``file``; raises :class:`RegistryError` for a file that is missing, cut short or of another version."""
    try:
        header, views = packed.mapped(file, MAGIC)
        arrays = {name: np.asarray(views[name]).reshape(shape) for name, (_, shape, _) in header["arrays"].items()}
        return Model(
            arrays.pop("fingerprints"),
            arrays.pop("logarithms"),
            pair_keys(arrays["after_from"], arrays["after"]),
            arrays.pop("ids"),
            arrays,
            header["characters"],
            header,
        )
    except (OSError, EOFError, ValueError, KeyError, TypeError) as error:
        raise RegistryError(f"错别字模型 {file.name} 读不了：请重新安装 reportlint，或不用 TY004、TY005") from error


@lru_cache(maxsize=1)
def model() -> Model:
    """The tables that come with the package."""
    return load()
