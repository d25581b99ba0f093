"""Segmentation: the same words as jieba, without its cost."""

from __future__ import annotations

import logging
import subprocess
import sys
import warnings
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from conftest import ROOT
from reportlint.errors import RegistryError
from reportlint.segment import Dictionary, dictionary, words

SEEDS = sorted((ROOT / "seeds").glob("*.txt"))


@pytest.fixture(scope="module")
def jieba_cut() -> object:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba
    jieba.setLogLevel(logging.ERROR)
    return jieba.Tokenizer().cut


def cut(text: str, *, guess: bool) -> list[str]:
    return [text[word.start : word.end] for word in words(text, guess=guess)]


@pytest.mark.parametrize("guess", [False, True])
def test_windows_of_whole_reports_are_cut_as_jieba_cuts_them(jieba_cut: object, guess: bool) -> None:
    text = "".join(path.read_text("utf-8") for path in SEEDS)
    windows = [text[at : at + 26] for at in range(0, len(text), 13)]
    assert len(windows) > 500
    for window in windows:
        assert cut(window, guess=guess) == list(jieba_cut(window, HMM=guess))  # type: ignore[operator]


@settings(max_examples=150, deadline=None)
@given(
    st.text(st.characters(codec="utf-8") | st.sampled_from("的一江南style大S阿QT恤C++2号店卡拉OK。，\n "), max_size=20)
)
@example("江南style")
@example("前\r\n后\n\r")
@example("大S和小S")
@example("一年一般龥龟龙麟凤龢")
def test_any_text_is_cut_as_jieba_cuts_it(jieba_cut: object, text: str) -> None:
    assert cut(text, guess=False) == list(jieba_cut(text, HMM=False))  # type: ignore[operator]
    assert "".join(cut(text, guess=True)) == text


def test_the_words_of_the_dictionary_are_those_of_its_file() -> None:
    file = dictionary()
    lines = file._data[:].decode("utf-8").splitlines()
    assert file.total == sum(int(line.split(" ")[1]) for line in lines)
    for line in lines[:200] + lines[200::97]:
        word, many = line.split(" ")[:2]
        assert word in file
        assert file.get(word) == file[word] == int(many)
    assert file.get("膑囿猊") is None
    assert "膑囿猊" not in file


def test_the_sum_of_another_dictionary_is_added_up(tmp_path: Path) -> None:
    (tmp_path / "dict.txt").write_text("A型 3 n\n一 217830 m\n一年 7966 m\n丁 3607 nr\n", "utf-8")
    small = Dictionary(tmp_path / "dict.txt")
    assert small.total == 3 + 217830 + 7966 + 3607
    assert list(small.cut("一年A型丁")) == ["一年", "A型", "丁"]


def test_a_missing_or_empty_dictionary_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    for name in ("empty.txt", "missing.txt"):
        with pytest.raises(RegistryError, match="重新安装"):
            Dictionary(tmp_path / name)


def test_words_of_the_dictionary_need_no_jieba_and_guessed_ones_no_setuptools() -> None:
    code = (
        "import sys; from reportlint.segment import words; list(words('深化交流合作', guess=False));"
        "assert not {'jieba', 'pkg_resources'} & sys.modules.keys();"
        "list(words('深化与周边县区的交流作合')); print('jieba' in sys.modules, 'pkg_resources' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert (done.stdout.strip(), done.stderr) == ("True False", "")
