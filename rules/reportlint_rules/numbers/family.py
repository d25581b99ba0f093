"""The rules of the family, imported with it."""

from reportlint_rules.numbers.air.composite import composite_index
from reportlint_rules.numbers.air.days import good_days_mismatch
from reportlint_rules.numbers.amounts import amount_in_two_units
from reportlint_rules.numbers.balances.rule import balance_mismatch
from reportlint_rules.numbers.counts.rule import count_exceeds_total
from reportlint_rules.numbers.cumulative import cumulative_below_period
from reportlint_rules.numbers.facts.beyond import RULES as BEYOND
from reportlint_rules.numbers.facts.rule import fact_conflict
from reportlint_rules.numbers.growth.points import percent_for_points
from reportlint_rules.numbers.growth.rule import growth_mismatch
from reportlint_rules.numbers.lists.rule import announced_count, respectively_arity
from reportlint_rules.numbers.means.rule import mean_outside_range
from reportlint_rules.numbers.parts.rule import parts_total_mismatch
from reportlint_rules.numbers.percentages import impossible_percentage
from reportlint_rules.numbers.ranges import range_reversed
from reportlint_rules.numbers.ranks import rank_contradiction
from reportlint_rules.numbers.rates.rule import rate_count_mismatch
from reportlint_rules.numbers.shares import shares_not_100
from reportlint_rules.numbers.spoken import share_in_words
from reportlint_rules.numbers.summaries.rule import summary_contradiction
from reportlint_rules.numbers.tables.rule import table_total_mismatch
from reportlint_rules.numbers.targets.rule import target_contradiction
from reportlint_rules.numbers.wording import impossible_fall, missing_yuan, percentage_point_word

RULES = (
    count_exceeds_total,
    parts_total_mismatch,
    rate_count_mismatch,
    percentage_point_word,
    impossible_percentage,
    growth_mismatch,
    percent_for_points,
    impossible_fall,
    rank_contradiction,
    respectively_arity,
    shares_not_100,
    amount_in_two_units,
    missing_yuan,
    announced_count,
    good_days_mismatch,
    cumulative_below_period,
    fact_conflict,
    composite_index,
    mean_outside_range,
    target_contradiction,
    table_total_mismatch,
    balance_mismatch,
    range_reversed,
    share_in_words,
    summary_contradiction,
    *BEYOND,
)
