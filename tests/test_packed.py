"""Tables in one file: what is written is read, whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportlint_rules.typos import ngrams, wordbook
from reportlint_rules.typos.packed import Rows, mapped, save

np = pytest.importorskip("numpy")
MAGIC = b"tables-of-a-test-1\n"


def written(file: Path) -> Path:
    arrays = {
        "row_from": np.array([0, 2, 2, 5], np.uint32),
        "row": np.array([*map(ord, "环保督察局")], np.uint16),
        "grid": np.arange(6, dtype=np.float32).reshape(2, 3),
        "marks": np.array([7], np.uint8),
    }
    save(file, MAGIC, {"depth": 3, "name": "测试"}, arrays)
    return file


def test_what_is_written_is_read(tmp_path: Path) -> None:
    header, arrays = mapped(written(tmp_path / "t.bin"), MAGIC)
    assert (header["depth"], header["name"], header["arrays"]["grid"][1]) == (3, "测试", [2, 3])
    assert arrays["grid"].tolist() == [0.0, 1.0, 2.0, 3.0, 4.0, 5.0]
    rows = Rows(arrays, "row")
    assert [rows[chr(at)] for at in range(3)] == ["环保", "", "督察局"]
    assert [path.name for path in tmp_path.iterdir()] == ["t.bin"]


@pytest.mark.parametrize("kept", [0, 5, 40, 150, 330])
def test_a_file_cut_short_is_refused(tmp_path: Path, kept: int) -> None:
    file = written(tmp_path / "t.bin")
    file.write_bytes(file.read_bytes()[:kept])
    with pytest.raises((OSError, EOFError, ValueError, KeyError, TypeError)):
        mapped(file, MAGIC)


def test_another_kind_of_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="magic"):
        mapped(written(tmp_path / "t.bin"), b"tables-of-a-test-2\n")


@pytest.mark.parametrize(("file", "magic"), [(wordbook.FILE, wordbook.MAGIC), (ngrams.FILE, ngrams.MAGIC)])
def test_the_tables_of_the_package_come_out_as_they_went_in(tmp_path: Path, file: str, magic: bytes) -> None:
    header, views = mapped(file, magic)
    arrays = {name: np.asarray(views[name]).reshape(shape) for name, (_, shape, _) in header.pop("arrays").items()}
    save(tmp_path / "again.bin", magic, header, arrays)
    assert (tmp_path / "again.bin").read_bytes() == Path(file).read_bytes()
