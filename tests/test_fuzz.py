"""The fuzzing targets without the fuzzer: inputs that once broke something, and a fixed row of new ones."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, seed, settings
from hypothesis import strategies as st

pytest.importorskip("python_calamine")
pytest.importorskip("pypdfium2")
pytest.importorskip("lxml")

FUZZ = Path(__file__).resolve().parent.parent / "fuzz"
sys.path.insert(0, str(FUZZ))

from fragments import changed, pieces  # noqa: E402
from run import CORPUS, inputs, kept  # noqa: E402
from targets import TARGETS  # noqa: E402

_TEXTS = [name for name in TARGETS if pieces(name)]


@pytest.mark.parametrize("name", TARGETS)
def test_what_fuzzing_once_found_breaks_nothing(name: str) -> None:
    for data in kept(name):
        TARGETS[name](data)


def test_every_folder_of_inputs_belongs_to_a_target() -> None:
    assert {folder.name for folder in CORPUS.iterdir()} <= set(TARGETS)
    assert all(path.stat().st_size <= 10_000 for path in CORPUS.rglob("*"))


@pytest.mark.parametrize("name", _TEXTS)
def test_any_row_of_pieces_is_taken_or_refused_in_words(name: str) -> None:
    _rows(name, 25)()


@pytest.mark.parametrize("name", ["docx", "xlsx", "pdf"])
def test_a_file_with_bytes_changed_is_read_or_refused_in_words(name: str) -> None:
    starts = list(inputs(name))

    @seed(20261128)
    @settings(max_examples=60, database=None, deadline=None)
    @given(
        st.sampled_from(starts),
        st.lists(st.tuples(st.integers(0, 60_000), st.binary(min_size=1, max_size=4)), max_size=4),
    )
    def look(data: bytes, changes: list[tuple[int, bytes]]) -> None:
        for place, new in changes:
            at = place % len(data)
            data = data[:at] + new + data[at + len(new) :]
        TARGETS[name](data)

    look()


def test_a_change_is_the_same_for_the_same_seed() -> None:
    texts = [changed("共26项，已完成29项。", "pipeline", number) for number in range(40)]
    assert texts == [changed("共26项，已完成29项。", "pipeline", number) for number in range(40)]
    assert len(set(texts)) > 20


def _rows(name: str, most: int) -> Callable[[], None]:
    @seed(20261128)
    @settings(max_examples=most, database=None, deadline=None)
    @given(st.lists(st.sampled_from(pieces(name)), max_size=40))
    def look(row: list[str]) -> None:
        TARGETS[name]("".join(row).encode("utf-8", "replace"))

    return look
