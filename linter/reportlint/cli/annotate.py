"""``--annotate``: the findings of one file as comments of a Word document."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from reportlint.annotation import annotated, notes
from reportlint.cli.output import save
from reportlint.discovery import STDIN
from reportlint.errors import ReportlintError
from reportlint.limits import READ_BEFORE
from reportlint.sources import FORMATS, content, suffix_of
from reportlint.storage import overwrite

if TYPE_CHECKING:
    from reportlint.reporters.style import Style
    from reportlint.run import Run

_WORD = (".docx", ".docm")


def reject(paths: tuple[str, ...], target: Path, *, fixing: bool) -> None:
    """Say at once what cannot be done. Raises :class:`ReportlintError`."""
    if fixing:
        raise ReportlintError("--annotate 只写批注、不修正，不能与 --fix、--diff 同用")
    if not FORMATS[".docx"].readable:
        raise ReportlintError(FORMATS[".docx"].obstacle)
    if len(paths) != 1 or Path(paths[0]).is_dir():
        raise ReportlintError("--annotate 一次只能批注一个文件：请在命令里只写这一个文件")
    if paths[0] == STDIN:
        raise ReportlintError("--annotate 不读标准输入：请给出文件名")
    source, made = suffix_of(paths[0]), suffix_of(target.name)
    if made not in _WORD or (made == ".docm" and source != ".docm") or (source == ".docm" and made != ".docm"):
        wanted = ".docm" if source == ".docm" else ".docx"
        raise ReportlintError(f"--annotate 写出的是 Word 文档：文件名应以 {wanted} 结尾，不是 {target.name}")
    lock = next((one for one in _locks(target) if one.exists()), None)
    if target.exists() and lock is not None:
        raise ReportlintError(
            f"{target} 正在别的程序中打开：请关闭后再试，或另取一个文件名（如果没有打开，请删去隐藏文件 {lock.name}）"
        )


def _locks(path: Path) -> list[Path]:
    """The files by which Word, WPS and LibreOffice say that they have ``path`` open."""
    cut = min(2, max(0, len(path.stem) - 6))
    return [path.with_name(name) for name in (f"~${path.name[cut:]}", f".~{path.name}", f".~lock.{path.name}#")]


def annotate(done: Run, path: str, target: Path, style: Style) -> int:
    """Write the findings of the file at ``path`` into ``target``; how many there are.

    A Word document is written as it is, with the comments in it; any other file as a plain Word document of its text. ``target`` may be
    the file itself. Raises :class:`ReportlintError`.
    """
    if len(done.results) != 1:
        raise ReportlintError(f"没有检查完 {path}，没有写 {target}")
    result = done.results[0]
    found = list(notes(result, style))
    source = Path(path)
    data = content(source, READ_BEFORE)
    made = annotated(result.document, data, found)
    if target.exists():
        overwrite(target, made, data if target.samefile(source) else content(target), "或另取一个文件名")
    else:
        save(target, made)
        target.chmod(source.stat().st_mode & 0o777)  # a copy is for nobody who may not read the original
    return len(found)
