"""What other places of a finding, and relations that could not be checked, are called in English."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

_TABLE = Path(__file__).parent.parent / "data" / "labels.tsv"


@lru_cache(maxsize=1)
def _known() -> tuple[dict[str, str], list[tuple[re.Pattern[str], str]]]:
    """The labels as they stand, and those that take words along."""
    rows = (line.split("\t") for line in _TABLE.read_text("utf-8").splitlines() if line and not line.startswith("#"))
    plain = {row[0]: row[1] for row in rows}
    open_ends = [
        (re.compile(re.escape(zh).replace(r"\{\}", "(.*)"), re.DOTALL), en) for zh, en in plain.items() if "{}" in zh
    ]
    return plain, open_ends


def english(words: str) -> str:
    """``words``, a label of a rule, in English; as it is where the table does not know it.

    >>> english("总数"), english("上一个序号“二、”"), english("PM10")
    ('total', 'the number before, “二、”', 'PM10')
    """
    plain, open_ends = _known()
    if words in plain:
        return plain[words]
    for pattern, en in open_ends:
        if match := pattern.fullmatch(words):
            return en.replace("{}", match[1])
    return words
