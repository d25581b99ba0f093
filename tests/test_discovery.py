"""What a command line stands for: files as named, folders walked, what is left counted by reason."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import pytest

from reportlint.configuration import Configuration
from reportlint.discovery import Discovery, Reason, discover


def plant(root: Path, *names: str) -> None:
    """Files with a sentence in them."""
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("完成整改。\n", "utf-8")


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder that is the current one."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def found(*names: str) -> Discovery:
    return discover(names or (".",), Configuration())


def shown(*names: str) -> list[str]:
    return [target.shown for target in found(*names).targets]


def test_a_walk_takes_texts_and_markdown_in_order(folder: Path) -> None:
    plant(folder, "b.txt", "a.md", "甲/c.txt", "甲/乙/d.TXT", "甲/e.markdown", "f.py", "g", "h.log")
    assert shown() == ["a.md", "b.txt", "甲/c.txt", "甲/e.markdown", "甲/乙/d.TXT"]
    assert shown() == shown(".") == shown("./")
    assert found().skipped == Counter({Reason.OTHER_FORMAT: 3})


def test_paths_are_shown_as_given(folder: Path) -> None:
    plant(folder, "drafts/a.txt")
    assert shown("drafts") == shown("drafts/") == ["drafts/a.txt"]
    assert shown("./drafts") == ["./drafts/a.txt"]
    assert shown(str(folder / "drafts")) == [(folder / "drafts" / "a.txt").as_posix()]
    assert shown("./drafts/a.txt") == ["./drafts/a.txt"]
    (folder / "sub").mkdir()
    os.chdir(folder / "sub")
    assert shown("..") == ["../drafts/a.txt"]
    assert all(target.path and target.path.exists() for target in found("..").targets)


def test_a_file_is_checked_once_however_often_it_is_named(folder: Path) -> None:
    plant(folder, "a.txt", "甲/b.txt")
    assert shown("a.txt", "./a.txt", ".", "甲") == ["a.txt", "甲/b.txt"]
    assert shown("-", "-") == ["<stdin>"]


def test_what_is_named_outright_is_always_taken(folder: Path) -> None:
    plant(folder, ".hidden.txt", "LICENSE.txt", "x.py", "venv/a.txt", ".git/b.txt", "旧/c.txt")
    write(folder / ".gitignore", "旧/\n*.py\n")
    names = [".hidden.txt", "LICENSE.txt", "x.py", "旧/c.txt", "没有.txt"]
    assert shown(*names) == names
    assert shown("venv", ".git", "旧") == ["venv/a.txt", ".git/b.txt", "旧/c.txt"]


def test_hidden_and_foreign_folders_are_left(folder: Path) -> None:
    plant(
        folder,
        "a.txt",
        ".b/c.txt",
        ".d.txt",
        "~$e.txt",
        "node_modules/f.txt",
        "x/site-packages/g.txt",
        "myenv/h.txt",
        "cache/i.txt",
    )
    write(folder / "myenv" / "pyvenv.cfg", "")
    write(folder / "cache" / "CACHEDIR.TAG", "")
    assert shown() == ["a.txt"]
    assert found().skipped == Counter({Reason.HIDDEN: 3, Reason.FOREIGN_FOLDER: 4})


def test_texts_that_are_never_reports_are_left(folder: Path) -> None:
    never = [
        "requirements.txt",
        "requirements-dev.txt",
        "CMakeLists.txt",
        "robots.txt",
        "LICENSE.txt",
        "LICENSE.md",
        "CHANGELOG.md",
    ]
    plant(folder, *never, "需求.txt", "总结.txt")
    assert shown() == ["总结.txt", "需求.txt"]
    assert found().skipped == Counter({Reason.NOT_A_REPORT: len(never)})


def test_documents_without_a_reader_are_counted_and_named(folder: Path) -> None:
    plant(folder, "a.txt", "b.ofd", "甲/c.rtf")
    result = found()
    assert result.skipped == Counter({Reason.NO_READER: 2})
    assert [one.path for one in result.unread] == ["b.ofd", "甲/c.rtf"]
    assert all("另存" in one.error or "导出" in one.error for one in result.unread)


def test_a_folder_without_reports_is_a_failure(folder: Path) -> None:
    plant(folder, "甲/a.txt", "乙/b.py")
    (folder / "丙").mkdir()
    result = found("甲", "乙", "丙", "")
    assert [target.shown for target in result.targets] == ["甲/a.txt"]
    assert [failure.path for failure in result.failures] == ["乙", "丙", ""]


@pytest.mark.parametrize("name", [".gitignore", ".ignore", ".reportlintignore"])
def test_ignore_files_count_at_every_level(folder: Path, name: str) -> None:
    plant(folder, "a.txt", "b.md", "甲/a.txt", "甲/c.txt", "甲/乙/c.txt", "甲/乙/d.txt", "旧稿/e.txt")
    write(folder / name, "旧稿/\n/b.md\n*c.txt\n")
    write(folder / "甲" / "乙" / name, "!c.txt\nd.txt\n")
    assert shown() == ["a.txt", "甲/a.txt", "甲/乙/c.txt"]
    assert found().skipped[Reason.IGNORED] == 4


def test_ignore_files_above_the_folder_count_within_a_project(folder: Path) -> None:
    plant(folder, "甲/乙/a.txt", "甲/乙/b.txt")
    (folder / ".git").mkdir()
    write(folder / ".gitignore", "b.txt\n")
    assert shown("甲/乙") == ["甲/乙/a.txt"]
    os.chdir(folder / "甲" / "乙")
    assert shown() == ["a.txt"]


def test_exclude_of_the_configuration_is_seen_from_its_folder(folder: Path) -> None:
    plant(folder, "a.txt", "旧/b.txt", "甲/旧/c.txt", "甲/d.tmp.txt", "乙/e.txt", "乙/f.txt")
    write(folder / "reportlint.toml", "exclude = ['/旧/', '*.tmp.txt']")
    write(folder / "乙" / "reportlint.toml", "exclude = ['f.txt']")
    assert shown() == ["a.txt", "乙/e.txt", "甲/旧/c.txt"]
    assert shown("甲") == ["甲/旧/c.txt"]


def test_a_broken_configuration_in_a_folder_is_a_failure_there(folder: Path) -> None:
    plant(folder, "a.txt", "甲/b.txt")
    write(folder / "甲" / "reportlint.toml", "selct = []")
    result = found()
    assert [target.shown for target in result.targets] == ["a.txt"]
    assert [failure.path for failure in result.failures] == ["甲"]


def test_links_lead_to_files_and_not_in_circles(folder: Path) -> None:
    plant(folder, "甲/a.txt", "别处/b.txt")
    (folder / "甲" / "圈").symlink_to(folder / "甲", target_is_directory=True)
    (folder / "甲" / "c.txt").symlink_to(folder / "别处" / "b.txt")
    (folder / "甲" / "断.txt").symlink_to(folder / "没有.txt")
    (folder / "甲" / "自.txt").symlink_to(folder / "甲" / "自.txt")
    assert shown("甲") == ["甲/a.txt", "甲/c.txt"]
    assert found("甲").skipped == Counter({Reason.LINK: 3})
    assert shown("甲", "别处") == ["甲/a.txt", "甲/c.txt"]
    (folder / "入口").symlink_to(folder / "甲", target_is_directory=True)
    assert shown("入口") == ["入口/a.txt", "入口/c.txt"]


def test_a_deep_tree_is_walked_to_its_end(folder: Path) -> None:
    deep = Path(*["d"] * 400)
    deep.mkdir(parents=True)
    (deep / "a.txt").write_text("完成。", "utf-8")
    assert len(shown()) == 1


@pytest.mark.skipif(os.name != "posix", reason="file names are bytes only on POSIX")
def test_a_file_name_in_another_encoding_is_found(folder: Path) -> None:
    name = os.fsdecode("总结.txt".encode("gb18030"))
    (folder / name).write_text("完成。", "utf-8")
    (target,) = found().targets
    assert target.path is not None
    assert target.path.read_text("utf-8") == "完成。"
