"""Bytes to text: the ladder BOM, UTF-8, GB18030, each step strict.

A wrong guess is worse than none: a report read in the wrong encoding has nothing to find in it and looks clean. GB18030
decodes almost anything, Big5 and Shift-JIS among it, so what it gives must also look like Chinese prose.
"""

from __future__ import annotations

from functools import lru_cache

from reportlint.errors import ReadError
from reportlint.files import beside, lines
from reportlint.patterns import compiled
from reportlint.record import NamedTuple

#: What each mark at the start says. The UTF-32 mark begins with the UTF-16 one and must be asked for first.
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be", "utf-16-be"),
)
#: Files that people rename to ``.txt``, by their first bytes.
_KINDS = (
    (b"PK\x03\x04", "Word、Excel 等压缩格式（.docx、.xlsx）"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "旧版 Word、Excel 或 WPS 格式（.doc、.xls、.wps）"),
    (b"%PDF-", "PDF"),
    (b"{\\rtf", "RTF"),
)
_ADVICE = "请另存为 UTF-8 编码的纯文本后再检查"

#: Control characters that no text is made of. A few are no proof: Word leaves cell marks behind, old editors a Ctrl-Z.
_CONTROL = compiled("[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_MOST_CONTROLS = 0.01

#: Kana, Hangul, the user-defined area, C1 controls.
_FOREIGN = compiled("[\x80-\x9f\u3040-\u30ff\uac00-\ud7a3\ue000-\ue765]")
_HAN = compiled("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
#: Reports have 95 % common characters, traditional Chinese and lists of names about 65 %; another encoding read as GB18030
#: has between none (Shift-JIS) and 30 % (EUC-JP, EUC-KR) by chance.
_LEAST_COMMON = 0.45
#: Below this many characters a name or two would decide; there the six thousand characters of GB 2312 stand in for the common.
_FEW = 12
#: One character of the user-defined area in a long report is a rare surname somebody drew; a text full of them is Big5.
_MOST_FOREIGN = 0.02


class Decoded(NamedTuple):
    """A text and the encoding it was in.

    The encoding tells files with a byte order mark from those without (``utf-8-sig``, ``utf-16-le`` …): :func:`encode` is the
    way back. The mark is not part of the text; line breaks are kept as they are.
    """

    text: str
    encoding: str


def decode(data: bytes) -> Decoded:
    """The text of ``data``.

    Raises :class:`ReadError` for anything that is not certainly text in a known encoding; no bytes at all are an empty text.

    >>> decode("完成整改".encode("gb18030"))
    Decoded(text='完成整改', encoding='gb18030')
    """
    for magic, kind in _KINDS:
        if data.startswith(magic):
            raise ReadError(f"不是纯文本，看起来是 {kind}文件。{_ADVICE}")
    for mark, name, codec in _MARKS:
        if data.startswith(mark):
            return Decoded(_strictly(data[len(mark) :], codec), name)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _gb18030(data, error)
    _reject_binary(text)
    return Decoded(text, "utf-8")


def encode(text: str, encoding: str) -> bytes:
    """The bytes of ``text`` in an encoding that :func:`decode` named, with the byte order mark that it had."""
    for mark, name, codec in _MARKS:
        if name == encoding:
            return mark + text.encode(codec)
    return text.encode(encoding)


def _strictly(data: bytes, codec: str) -> str:
    try:
        text = data.decode(codec)
    except UnicodeDecodeError as error:
        raise ReadError(
            f"开头的标记说是 {codec.upper()}，但第 {error.start + 1} 个字节之后无法解码。{_ADVICE}"
        ) from error
    _reject_binary(text)
    return text


def _reject_binary(text: str) -> None:
    if "\x1b$" in text:
        raise ReadError(f"无法识别编码：看起来是 ISO-2022 日文或韩文。{_ADVICE}")
    if "\0" in text:
        hint = "含有空字节" if text.count("\0") * 4 < len(text) else "可能是没有 BOM 的 UTF-16，也可能是二进制文件"
        raise ReadError(f"不是文本文件（{hint}）。{_ADVICE}")
    if len(_CONTROL.findall(text)) > 1 + _MOST_CONTROLS * len(text):
        raise ReadError(f"不是文本文件（控制字符过多）。{_ADVICE}")


def _gb18030(data: bytes, failure: UnicodeDecodeError) -> Decoded:
    """``data``, which is not UTF-8, as GB18030, if that makes sense."""
    if b"\0" in data:
        raise ReadError(f"不是文本文件（含有空字节，也可能是没有 BOM 的 UTF-16）。{_ADVICE}")
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        text = ""
    if not text or not _plausible(text):
        # Where UTF-8 went well for some characters the file is a damaged UTF-8 file: say where.
        before = data[: failure.start]
        if not before.isascii():
            line = before.count(b"\n") + 1
            raise ReadError(f"UTF-8 编码在第 {line} 行（第 {failure.start + 1} 个字节）损坏。{_ADVICE}")
        raise ReadError(f"无法识别编码：既不是 UTF-8，也不像 GB18030（GBK）中文。{_ADVICE}")
    _reject_binary(text)
    return Decoded(text, "gb18030")


def _plausible(text: str) -> bool:
    """Whether ``text`` reads like Chinese prose, and not like another encoding's bytes."""
    han = _HAN.findall(text)
    foreign = len(_FOREIGN.findall(text))
    if not han:
        return not foreign and not any(character.isalpha() for character in text if not character.isascii())
    if foreign > _MOST_FOREIGN * len(han):
        return False
    known = sum(map(common_characters().__contains__, han)) if len(han) >= _FEW else sum(map(_in_gb2312, han))
    return known >= _LEAST_COMMON * len(han)


def _in_gb2312(character: str) -> bool:
    """Whether ``character`` is of the first level of GB 2312, the 3,755 in use."""
    try:
        code = character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return 0xB0 <= code[0] <= 0xD7


@lru_cache(maxsize=1)
def common_characters() -> frozenset[str]:
    """The Han characters that official prose is made of."""
    return frozenset("".join(lines(beside(__file__, "..", "data", "common_characters.txt"))))
