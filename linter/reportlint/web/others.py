"""What a report is compared with, read from uploads."""

from __future__ import annotations

from reportlint.beyond import Beside
from reportlint.errors import ReadError, SettingsError
from reportlint.settings import Settings
from reportlint.sources import from_bytes, suffix_of
from reportlint.web.review import Upload

#: Mistakes of a ledger that are told at once.
_MOST = 30


def beside(previous: Upload | None, ledger: Upload | None, settings: Settings) -> Beside:
    """Both, as far as there are. Raises :class:`SettingsError` with what is wrong with them."""
    found = Beside()
    if previous is not None:
        try:
            found = found._replace(previous=from_bytes(previous.data, previous.name, suffix_of(previous.name)))
        except ReadError as error:
            raise SettingsError(f"上期报告 {previous.name} 读不了：{error}") from error
    if ledger is not None:
        from reportlint.ledger import entries, mistakes, parsed

        table = parsed(ledger.data, ledger.name, dict(settings.ledger_columns))
        wrong = mistakes(table)
        if wrong:
            words = "\n".join(str(one) for one in wrong[:_MOST])
            more = f"\n…… 另有 {len(wrong) - _MOST} 处" if len(wrong) > _MOST else ""
            raise SettingsError(f"台账 {ledger.name} 有 {len(wrong)} 处认不出，改好再查：\n{words}{more}")
        found = found._replace(ledger=entries(table), ledger_name=ledger.name)
    return found
