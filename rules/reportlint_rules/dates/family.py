"""The rules of the family, imported with it."""

from reportlint_rules.dates.anniversaries import wrong_anniversary
from reportlint_rules.dates.calendar import impossible_date, reversed_range, wrong_weekday
from reportlint_rules.dates.days import commemoration_day
from reportlint_rules.dates.elapsed import elapsed_years_mismatch
from reportlint_rules.dates.events import event_before_it_happened
from reportlint_rules.dates.lengths import duration_mismatch
from reportlint_rules.dates.parts import period_name_mismatch
from reportlint_rules.dates.period import date_outside_period
from reportlint_rules.dates.plans import document_number, plan_period
from reportlint_rules.dates.seasons import season_mismatch
from reportlint_rules.dates.stages import finished_before_begun

RULES = (
    impossible_date,
    wrong_weekday,
    date_outside_period,
    reversed_range,
    commemoration_day,
    event_before_it_happened,
    plan_period,
    document_number,
    duration_mismatch,
    period_name_mismatch,
    wrong_anniversary,
    elapsed_years_mismatch,
    finished_before_begun,
    season_mismatch,
)
