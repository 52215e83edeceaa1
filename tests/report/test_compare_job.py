import re

import pytest

from channelsim.domain.layout import Layout
from channelsim.errors import BadInput
from channelsim.files.folder import write_scenario
from channelsim.files.layouts import write_layout
from channelsim.files.workbook import write_workbook
from channelsim.report.compare_job import compare_files


@pytest.fixture(scope="module")
def folder(scenario, tmp_path_factory):
    """`tiny` with a layout `wide` and the variants `dear` and `poor`, the latter without a plan."""
    place = write_scenario(
        scenario.replace(horizon_weeks=4), tmp_path_factory.mktemp("scenario") / "tiny"
    )
    for name in ("layouts", "variants"):
        (place / name).mkdir(exist_ok=True)
    wide = Layout.of(["north-a", "south-c", "web"])
    write_layout(wide, scenario, place / "layouts" / "wide.csv")
    dear = 'layout = "wide"\n[changes]\n"economics.unit_cost" = 50\n'
    (place / "variants" / "dear.toml").write_text(dear)
    (place / "variants" / "poor.toml").write_text('[changes]\n"goals.budget" = 1\n')
    return place


def names(*arguments, **options):
    return compare_files(*arguments, replications=1, **options).comparison.names


def test_layouts_are_found_by_name_and_by_path(folder):
    assert names(folder, ["today", "wide"]) == ("today", "wide")
    assert names(folder, [str(folder / "layouts" / "wide.csv"), "today"]) == ("wide", "today")


def test_every_layout_is_played_in_every_variant(folder):
    assert names(folder, ["today"], "poor") == ("today", "poor: today")


def test_a_variant_may_bring_its_own_layout(folder):
    assert names(folder, ["today"], "all") == ("today", "dear: wide", "poor: today")


def test_re_optimised_scenarios_have_a_plan_of_their_own(folder):
    done = compare_files(folder, ["today"], "dear", reoptimise=True, replications=1)
    assert done.comparison.names == ("today", "plan", "dear: wide", "dear: plan")
    assert done.notes == ()


def test_a_variant_without_a_plan_is_noted_and_the_rest_compared(folder):
    done = compare_files(folder, ["today"], "poor", reoptimise=True, replications=1)
    assert done.comparison.names == ("today", "plan", "poor: today")
    (note,) = done.notes
    assert note.startswith("poor: ")
    assert "no layout meets all limits" in note
    assert note in str(done)


def test_an_unknown_variant_is_refused_with_the_known_ones(folder):
    with pytest.raises(BadInput, match=r"variants/der\.toml: .*dear"):
        compare_files(folder, ["today"], "der")


def test_two_layouts_of_one_name_are_refused(folder):
    with pytest.raises(BadInput, match="same name"):
        compare_files(folder, ["wide", str(folder / "layouts" / "wide.csv")])


def test_the_comparison_is_written_where_asked(folder, tmp_path):
    done = compare_files(folder, ["today"], out=tmp_path / "out", replications=1)
    assert (tmp_path / "out" / "comparison.csv").is_file()
    assert str(done).endswith(f"Written to {tmp_path / 'out'}")


def test_a_comparison_is_told_as_its_summary(folder):
    done = compare_files(folder, ["today", "wide"], replications=1, draws=2)
    assert str(done) == done.comparison.summary()


@pytest.mark.parametrize("wanted", ["all", "dear"])
def test_variants_of_a_scenario_that_has_none_are_refused(scenario, tmp_path, wanted):
    place = write_scenario(scenario, tmp_path / "bare")
    cure = f"--variants: the scenario has no variants; put .toml files in {place / 'variants'}"
    with pytest.raises(BadInput, match=re.escape(cure)):
        compare_files(place, ["today"], wanted)


def test_variants_of_a_workbook_are_refused_with_the_way_to_have_some(scenario, tmp_path):
    book = write_workbook(scenario, tmp_path / "tiny.xlsx")
    with pytest.raises(
        BadInput, match=r'based_on = "\.\./tiny\.xlsx", and put \.toml files in its'
    ):
        compare_files(book, ["today"], "all")


def test_a_folder_based_on_a_workbook_may_have_variants(scenario, tmp_path):
    write_workbook(scenario.replace(horizon_weeks=4), tmp_path / "tiny.xlsx")
    (tmp_path / "study" / "variants").mkdir(parents=True)
    (tmp_path / "study" / "scenario.toml").write_text('based_on = "../tiny.xlsx"')
    change = '[changes]\n"economics.unit_cost" = 50\n'
    (tmp_path / "study" / "variants" / "dear.toml").write_text(change)
    assert names(tmp_path / "study", ["today"], "all") == ("today", "dear: today")
