"""Claims: the part each figure plays, by the words that lead to it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import analysis
from reportlint.claims import CUES, Claim, Role, cue_of

PROSE = st.text(
    alphabet=st.sampled_from(list("共已完成其中剩余排查发现问题率占为由到，。；、（）29.5%项个件“”\n")), max_size=80
)


def claims(text: str) -> list[Claim]:
    return list(analysis(text).claims)


@pytest.mark.parametrize(
    ("lead", "role"),
    [
        ("督促完成整改", Role.DONE),
        ("全县共排查隐患", Role.TOTAL),
        ("其余", Role.PENDING),
        ("较上年同期的", Role.BASE),
        ("比上年增加", Role.UP),
        ("比上年多破", Role.UP),
        ("其中高级职称", None),
        ("实施农村公路提升工程", None),
        ("中共党员", None),
        ("整改率为", Role.RATE),
        ("已规范化管理", Role.DONE),
    ],
)
def test_the_nearest_cue_gives_the_role(lead: str, role: Role | None) -> None:
    cue = cue_of(lead)
    assert (cue.role if cue else None) is role


def test_every_cue_has_a_known_role_and_stands_once() -> None:
    from pathlib import Path

    import reportlint

    lines = (Path(reportlint.__file__).parent / "data" / "cues.tsv").read_text("utf-8").splitlines()
    words = [line.split("\t")[0] for line in lines if line and not line.startswith("#")]
    assert len(words) == len(set(words)) == len(CUES)


def test_the_scope_of_a_subset_ends_with_its_sentence() -> None:
    found = {claim.quantity.text: claim for claim in claims("受理156件，其中来电84件、来信58件。全年办结152件。")}
    assert found["84件"].subset and found["58件"].subset
    assert not found["152件"].subset


def test_what_follows_a_counted_group_is_taken_from_it() -> None:
    found = {claim.quantity.text: claim for claim in claims("92家一级预算单位中，已公开部门预算的有90家。")}
    assert found["90家"].subset


def test_a_short_bracket_does_not_part_a_clause() -> None:
    one, two = claims("乡镇653件（批）次、县直部门608件（批）次。")
    assert one.clause == two.clause


def test_brackets_have_their_own_depth() -> None:
    depths = {claim.quantity.text: claim.depth for claim in claims("隐患137条（其中重大5条），已整改130条。")}
    assert depths == {"137条": 0, "5条": 1, "130条": 0}


def test_plans_and_carried_over_counts_are_marked() -> None:
    found = {
        claim.quantity.text: claim
        for claim in claims("全年计划检查180家次，实际检查198家次，办结31起（含上年结转9起）。")
    }
    assert found["180家次"].planned
    assert found["9起"].carried


def test_an_ordinal_does_not_cut_the_words_that_lead_to_a_figure() -> None:
    found = [claim for claim in claims("第二轮督察反馈问题9个。") if not claim.quantity.ordinal]
    assert found[0].lead.startswith("第二轮")


@given(PROSE)
def test_there_is_one_claim_per_quantity_whatever_the_text(text: str) -> None:
    found = analysis(text)
    assert [claim.quantity for claim in found.claims] == list(found.quantities)
