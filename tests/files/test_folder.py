import unicodedata
from dataclasses import replace
from functools import partial

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from channelsim.domain.channel import Candidate
from channelsim.domain.count_rule import CountRule
from channelsim.domain.customer_tier import CustomerTier
from channelsim.domain.market import Market, Rival, Season
from channelsim.domain.pair import Pair
from channelsim.domain.policy import Policy
from channelsim.domain.promotion import Promotion
from channelsim.files.folder import write_scenario
from channelsim.files.scenario import check, read_scenario
from channelsim.files.workbook import write_workbook
from tests.instances import tiny

DANGEROUS = ["=1+1", "+86 21", "-5", "@cmd", "'s-Hertogenbosch", "'=x", "1,5", 'say "hi"', "#1"]
NAMES = st.text(
    st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=8
).filter(partial(unicodedata.is_normalized, "NFC"))
NUMBERS = st.floats(0, 1e15, allow_subnormal=True)


def back_from_folder(scenario, place):
    return read_scenario(write_scenario(scenario, place / "folder"))


def back_from_workbook(scenario, place):
    return read_scenario(write_workbook(scenario, place / "book.xlsx"))


BOTH = pytest.mark.parametrize("back", [back_from_folder, back_from_workbook])


@BOTH
def test_tiny_is_read_back_the_same(back, tmp_path):
    found = back(tiny(), tmp_path)
    assert found == tiny()
    assert found.digest == tiny().digest


@BOTH
def test_every_table_and_setting_is_read_back(back, tmp_path):
    shares = ({"everyone": 0.25, "few": 0.75}, {"everyone": 1.0}, {}, {"few": 1.0})
    everyone = tiny().segments[0]
    full = replace(
        tiny(),
        zones=tuple(replace(z, shares=s) for z, s in zip(tiny().zones, shares, strict=True)),
        segments=(replace(everyone, share=0.5), replace(everyone, id="few", share=0.5)),
        seasons=(Season(1, 1.5), Season(52, 0.5)),
        promotions=(
            Promotion("fair", 50, 2, 0.12, "dealer", lift=0.1, maker_share=0.5, name="年货节"),
            Promotion("sale", 23, 24, 0.05),
        ),
        customer_tiers=(
            CustomerTier("low", "偶尔", rise=0.3),
            CustomerTier(
                "key", "重点客户", "Key", lapse=0.02, service=0.1, price_offer=0.05, cost=1.5
            ),
        ),
        pairs=(Pair("feud", "incompatible", "north", "south-c"),),
        count_rules=(CountRule("few", "dealer", least=1, most=3, per="web", ratio=2.5),),
        rivals=(
            Rival("r", "a", -0.5),
            Rival("shop", "a", price=95.0, appeal=0.3, doors=4, reach_km=20.0),
            Rival("web", price=80.0),
        ),
        market=Market(demand="nested_logit", nesting=0.4, space="circle", space_km=2.0),
        policy=Policy(conflict_weights=(0.1, 0.2, 0.3, 0.4), price_floor=90.0),
        credits='line one\nline "two" \\ 三',
        currency="EUR",
        tax="excluded",
    )
    found = back(full, tmp_path)
    assert found == full
    assert found.digest == full.digest


@BOTH
@pytest.mark.parametrize("name", DANGEROUS)
def test_a_name_that_a_spreadsheet_might_run_is_read_back(back, tmp_path, name):
    zones = (replace(tiny().zones[0], name=name), *tiny().zones[1:])
    assert back(replace(tiny(), zones=zones), tmp_path).zones[0].name == name


def test_no_cell_of_a_table_begins_as_a_formula(tmp_path):
    zones = tuple(
        replace(zone, name=name) for zone, name in zip(tiny().zones, DANGEROUS, strict=False)
    )
    folder = write_scenario(replace(tiny(), zones=zones), tmp_path)
    lines = (folder / "zones.csv").read_text("utf-8").splitlines()[1:]
    assert [line.split(",")[1] for line in lines] == ["'=1+1", "'+86 21", "'-5", "'@cmd"]


@given(name=NAMES, capacity=NUMBERS.filter(bool), cost=NUMBERS, attraction=st.floats(-100, 100))
def test_any_candidate_is_read_back(tmp_path_factory, name, capacity, cost, attraction):
    candidate = Candidate(
        "x", "north", "dealer", "b", name, capacity=capacity, setup_cost=cost, attraction=attraction
    )
    scenario = replace(tiny(), candidates=(candidate, *tiny().candidates))
    found = back_from_folder(scenario, tmp_path_factory.mktemp("scenario"))
    assert found == scenario
    assert found.digest == scenario.digest


def test_columns_that_hold_nothing_but_the_default_are_left_out(tmp_path):
    write_scenario(tiny(), tmp_path)
    header = (tmp_path / "zones.csv").read_text("utf-8").splitlines()[0]
    assert header == "id,name,latitude,longitude,population,name_en"
    assert not (tmp_path / "rivals.csv").exists()


def test_a_table_that_is_there_is_emptied(tmp_path):
    write_scenario(tiny(), tmp_path)
    less = replace(tiny(), responses=())
    assert read_scenario(write_scenario(less, tmp_path)) == less


def test_layouts_and_variants_stay(tiny_folder):
    write_scenario(tiny(), tiny_folder)
    assert (tiny_folder / "layouts" / "today.csv").is_file()


def test_the_same_scenario_gives_the_same_bytes(tmp_path):
    for form, name in ((write_workbook, "a.xlsx"), (write_workbook, "b.xlsx")):
        form(tiny(), tmp_path / name)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_a_workbook_holds_texts_as_texts_and_numbers_in_full(tmp_path):
    zones = (replace(tiny().zones[0], name="=1+1"), *tiny().zones[1:])
    path = write_workbook(replace(tiny(), zones=zones), tmp_path / "tiny.xlsx")
    book = openpyxl.load_workbook(path)
    cell = book["zones"]["B2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")
    assert book["appeals"]["C4"].value == tiny().appeals[2].appeal


def test_what_is_wrong_in_a_workbook_is_told_by_sheet_and_row(tmp_path):
    path = write_workbook(tiny(), tmp_path / "tiny.xlsx")
    book = openpyxl.load_workbook(path)
    book["zones"]["C3"] = 300
    book["candidates"]["B3"] = "nroth"
    book["candidates"]["E4"] = "=1/0"
    book.remove(book["partners"])
    book["scenario"]["A4"] = "taxes"
    book.create_sheet("Rival")["A1"] = "id"
    book.save(path)
    told = [str(fault) for fault in check(path)]
    assert any(text.startswith("sheet zones row 3: latitude must lie in") for text in told)
    assert any("sheet candidates row 4, capacity: holds a formula not yet" in t for t in told)
    assert any(text.startswith("sheet partners: is missing") for text in told)
    assert any("sheet scenario row 4, taxes: 'taxes' is no setting; did you" in t for t in told)
    assert any(text.startswith("sheet Rival: is no table") for text in told)


def test_a_workbook_without_settings_is_told(tmp_path):
    path = write_workbook(tiny(), tmp_path / "tiny.xlsx")
    book = openpyxl.load_workbook(path)
    book.remove(book["scenario"])
    book.save(path)
    assert "sheet scenario: is missing; a workbook needs it" in str(check(path)[0])


def test_a_cover_sheet_is_noted_and_a_blank_one_is_not(tmp_path):
    path = write_workbook(tiny(), tmp_path / "tiny.xlsx")
    book = openpyxl.load_workbook(path)
    book.create_sheet("Cover", 0).append(["Plan", None, "of 2026"])
    book["Cover"].append([None, "by the planners", None, "for all"])
    book.create_sheet("Sheet1")
    book.create_sheet("rivals")
    book.save(path)
    assert read_scenario(path).candidates == tiny().candidates
    assert [(f.file, f.severity) for f in check(path)] == [("sheet Cover", "note")]
