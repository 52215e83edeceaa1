"""The table of published figures beside ours."""

import json
from pathlib import Path

import pytest

import channelsim as cs
from channelsim.files.scenario import read_scenario
from channelsim.study.theory import Figure, Table
from channelsim.study.theory_models import PLAYED
from scenarios.builder import theory as builder

ROOT = Path(__file__).parents[2]
GOLDEN = ROOT.parent / "shared" / "theory" / "golden.json"
QUICK = (
    "spengler",
    "spengler_tiers",
    "resellers",
    "spending",
    "adbudg",
    "dorfman_steiner",
    "quota_bonus",
    "p_median",
    "covering",
    "csplib_034",
    "chiang",
    "jeuland_shugan",
    "diversion",
    "huff",
    "hotelling",
    "salop",
    "logit_monopoly",
    "logit_duopoly",
    "lariviere_porteus",
    "pasternack",
    "pasternack_normal",
    "newsvendor",
    "taylor",
)
needs_golden = pytest.mark.skipif(
    not GOLDEN.is_file(), reason="the golden figures in ../shared are not there"
)
SEVERAL = Table(
    (
        Figure("a", "One 1900", "price", 2.0, 2.0, 1e-3),
        Figure("b", "Another 1950", "profit", 4.0, 5.0, 1e-3),
    )
)


@pytest.fixture(scope="module")
def quick():
    return cs.theory.table(QUICK)


def test_every_model_of_the_builder_is_played():
    assert {case.name for case, _ in builder.models()} == set(PLAYED)


@pytest.mark.parametrize(("case", "comment"), list(builder.models()), ids=lambda m: str(m)[:30])
def test_the_folder_is_what_the_builder_gives(case, comment):
    folder = ROOT / "scenarios" / "theory" / case.name
    assert read_scenario(folder) == case
    assert (folder / "scenario.toml").read_text("utf-8").startswith(f"# {comment}.\n")


def test_quick_models_give_the_published_figures(quick):
    assert [row for row in quick.rows if not row.holds] == []
    assert {row.scenario for row in quick.rows} == set(QUICK)


@needs_golden
@pytest.mark.parametrize(
    ("scenario", "quantity", "path"),
    [
        ("spengler", "integrated profit", "T01_spengler/integrated/profit"),
        ("spengler", "maker_leads: wholesale", "T01_spengler/decentralised/w"),
        ("spengler", "maker_leads: retailer", "T01_spengler/decentralised/profit_r"),
        ("spengler", "simultaneous: price", "T01_spengler/vertical_nash/p"),
        ("spengler", "simultaneous: efficiency", "T01_spengler/vertical_nash/efficiency"),
        ("spengler_tiers", "efficiency of 2 stages", "T01_spengler/n_stage_efficiency/2"),
        ("spengler_tiers", "efficiency of 3 stages", "T01_spengler/n_stage_efficiency/3"),
        ("spengler_tiers", "efficiency of 4 stages", "T01_spengler/n_stage_efficiency/4"),
        ("huff", "breakpoint on 30 km", "T12_huff/converse_break_D30_P90k_10k"),
        ("huff", "share of near", "T12_huff/lam2/2"),
        ("logit_monopoly", "price", "T14_logit/monopoly_a2_b1_c1/p"),
        ("logit_monopoly", "units", "T14_logit/monopoly_a2_b1_c1/s"),
        ("logit_monopoly", "efficiency then", "T14_logit/double_margin/efficiency"),
        ("chiang", "maker", "T04_chiang_zero_cost/numeric/0.6/0"),
        ("chiang", "retailer", "T04_chiang_zero_cost/numeric/0.6/1"),
        ("jeuland_shugan", "maker", "T22_jeuland_shugan/M"),
        ("jeuland_shugan", "retailer", "T22_jeuland_shugan/R"),
        ("diversion", "maker at reselling cost 1", "T18_diversion/profit_by_tau/1"),
        ("spending", "gain at 1.25 of the best spend", "T19_response/flat_max/0.34/1.25"),
        ("csplib_034", "cost", "T21_milp/csplib034"),
        ("p_median", "cost", "T21_milp/pmedian_line5_p2"),
        ("covering", "units", "T21_milp/mclp_line5_r1_p1"),
        ("resellers", "Cournot: efficiency", "T01_spengler/n_cournot_retailers_efficiency/3"),
        ("logit_duopoly", "price", "T14_logit/duopoly/p"),
        ("lariviere_porteus", "integrated order", "T07_newsvendor_contracts/Q_star"),
        ("lariviere_porteus", "maker", "T07_newsvendor_contracts/wholesale_only/m"),
        ("lariviere_porteus", "retailer", "T07_newsvendor_contracts/wholesale_only/r"),
        ("pasternack", "retailer's share", "T07_newsvendor_contracts/buyback/share"),
        ("taylor", "both win from a target of", "T09_taylor_target_rebate/winwin_T/0"),
        ("taylor", "both win up to", "T09_taylor_target_rebate/winwin_T/1"),
    ],
)
def test_ours_are_the_golden_figures(quick, scenario, quantity, path):
    golden = json.loads(GOLDEN.read_text("utf-8"))
    for step in path.split("/"):
        golden = golden[int(step)] if isinstance(golden, list) else golden[step]
    (row,) = [r for r in quick.rows if (r.scenario, r.quantity) == (scenario, quantity)]
    assert row.ours == pytest.approx(golden, rel=row.tolerance)


def test_a_figure_that_is_off_is_marked():
    assert [line.split()[-1] for line in str(SEVERAL).splitlines()] == ["error", "1e-5", "!"]


def test_columns_are_aligned():
    first, *rest = str(SEVERAL).splitlines()
    assert {line.index(word) for line, word in zip(rest, ("price", "profit"), strict=True)} == {
        first.index("quantity")
    }
