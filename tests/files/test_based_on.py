import openpyxl
import pytest

from channelsim.domain.layout import Layout
from channelsim.errors import BadInput
from channelsim.files.layouts import find_layout, read_layouts, write_layout
from channelsim.files.scenario import check, read_scenario
from channelsim.files.variants import read_variants
from channelsim.files.workbook import write_workbook
from tests.instances import tiny


@pytest.fixture
def derive(tiny_folder):
    """Write a scenario based on the copy of tiny: settings and tables as text."""

    def write(settings="", name="derived", base="../tiny", **tables):
        folder = tiny_folder.parent / name
        folder.mkdir()
        (folder / "scenario.toml").write_text(f'based_on = "{base}"\n{settings}')
        for table, text in tables.items():
            (folder / f"{table}.csv").write_text(text)
        return folder

    return write


def test_nothing_changed_is_the_base_under_its_own_name(derive):
    found = read_scenario(derive())
    assert (found.name, found.title, found.digest) == ("derived", "", tiny().digest)


def test_settings_are_merged_key_by_key(derive):
    found = read_scenario(derive('title = "More"\n[goals]\nmin_coverage = 0.5'))
    assert (found.goals.min_coverage, found.goals.incentive_budget) == (0.5, 500)
    assert found.horizon_weeks == tiny().horizon_weeks


def test_an_empty_setting_goes_back_to_the_default(derive):
    assert read_scenario(derive('[goals]\nmin_coverage = ""')).goals.min_coverage is None


def test_cells_that_are_filled_replace_those_of_the_base(derive):
    table = "id,capacity,setup_cost\nnorth-a,700,\n"
    found = {c.id: c for c in read_scenario(derive(candidates=table)).candidates}
    assert (found["north-a"].capacity, found["north-a"].setup_cost) == (700, 3_120)
    assert found["south-c"] == tiny().candidates[2]


def test_a_cell_can_go_back_to_the_default(derive):
    found = read_scenario(derive(candidates="id,capacity\nnorth-a,(default)\n"))
    assert found.candidates[1].capacity is None


def test_rows_are_added_at_the_end(derive):
    found = read_scenario(derive(zones="id,name,latitude,longitude,population\ne,戊城,32,122,9\n"))
    assert [zone.id for zone in found.zones] == ["a", "b", "c", "d", "e"]


def test_drop_deletes_a_row(derive):
    found = read_scenario(derive(candidates="id,drop\nsouth-c,1\nnorth-d,0\n"))
    assert [c.id for c in found.candidates] == ["flagship-a", "north-a", "north-d", "web"]


@pytest.mark.parametrize(
    ("name", "table", "field", "value"),
    [
        ("appeals", "channel_type,segment,appeal\ndealer,everyone,2\n", "appeal", 2.0),
        (
            "contracts",
            "instrument,channel_type,attainment_from,rate\nrebate,dealer,,0.03\n",
            "rate",
            0.03,
        ),  # an empty attainment_from is its default, 0
        ("responses", "partner,instrument,lift\nnorth,training,0.2\n", "lift", 0.2),
        ("distances", "from,to,km\nb,a,12\n", "km", 12.0),  # in the other direction
        ("assumptions", "path,low\nsegments.everyone.price_sensitivity,0.005\n", "low", 0.005),
    ],
)
def test_tables_without_ids_are_merged_by_their_key(derive, name, table, field, value):
    found = getattr(read_scenario(derive(**{name: table})), name)
    base = getattr(tiny(), name)
    assert (getattr(found[0], field), len(found)) == (value, len(base))
    assert found[1:] == base[1:]


def test_a_chain_of_bases_is_followed(derive):
    derive("[goals]\nbudget = 7", name="middle")
    found = read_scenario(derive("[goals]\nmin_coverage = 0.5", name="end", base="../middle"))
    assert (found.goals.budget, found.goals.min_coverage) == (7, 0.5)


def test_a_shipped_scenario_can_be_the_base(derive):
    assert read_scenario(derive(base="tiny")).digest == tiny().digest


def test_a_workbook_can_be_the_base(derive, tmp_path):
    write_workbook(tiny(), tmp_path / "tiny.xlsx")
    assert read_scenario(derive(base="../tiny.xlsx")).digest == tiny().digest


@pytest.mark.parametrize(
    ("tables", "place", "cure"),
    [
        ({"candidates": "id,drop\nnowhere,1\n"}, "candidates.csv row 2", "delete this row too"),
        (
            {"candidates": "id,capacity\nnorth-a,1\nnorth-a,2\n"},
            "candidates.csv row 3",
            "stands already in row 2",
        ),
        ({"zones": "id,drop\nd,1\n"}, "candidates.csv row 5, zone", "'d' is no zone"),
        ({"zones": "id,name\ne,戊城\n"}, "zones.csv row 2", "latitude is empty"),  # a new row
        ({"candidates": "id,capacity\nnorth-a,-1\n"}, "candidates.csv row 2", "must be > 0"),
    ],
)
def test_faults_name_the_file_they_came_from(derive, tables, place, cure):
    faults = [str(fault) for fault in check(derive(**tables))]
    assert any(place in fault and cure in fault for fault in faults)


def test_a_circle_is_told_with_its_way(derive):
    first = derive(name="first", base="../second")
    derive(name="second", base="../first")
    with pytest.raises(BadInput, match="first -> second -> first is a circle; drop one based_on"):
        read_scenario(first)


def test_a_base_that_is_nowhere_is_told_with_its_line(derive):
    (fault,) = (f for f in check(derive(base="../nowhere")) if f.column == "based_on")
    assert (fault.file, fault.row, fault.value) == ("scenario.toml", 1, "../nowhere")


def test_layouts_of_the_base_are_inherited_and_own_ones_win(derive, tiny_folder):
    write_layout(Layout.of(["web"]), tiny(), tiny_folder / "layouts" / "wide.csv")
    write_layout(Layout.of(["web"]), tiny(), tiny_folder / "layouts" / "both.csv")
    folder = derive()
    write_layout(Layout.of(["north-a"]), tiny(), folder / "layouts" / "both.csv")
    found = read_layouts(folder, tiny())
    assert {name: layout.open_ids for name, layout in found.items()} == {
        "today": tiny().today.open_ids,
        "both": ("north-a",),
        "wide": ("web",),
    }
    assert find_layout("wide", tiny(), folder).open_ids == ("web",)


def test_todays_layout_is_the_bases_where_there_is_none(derive, tiny_folder):
    write_layout(Layout.of(["web"]), tiny(), tiny_folder / "layouts" / "today.csv")
    assert find_layout("today", tiny(), derive()).open_ids == ("web",)


def test_layouts_are_inherited_along_a_chain(derive, tiny_folder):
    write_layout(Layout.of(["web"]), tiny(), tiny_folder / "layouts" / "wide.csv")
    derive(name="middle")
    assert "wide" in read_layouts(derive(name="end", base="../middle"), tiny())


def test_a_workbook_inherits_the_layouts_of_its_base(tiny_folder, tmp_path):
    write_layout(Layout.of(["web"]), tiny(), tiny_folder / "layouts" / "wide.csv")
    book = openpyxl.Workbook()
    book.active.title = "scenario"
    for line in (["key", "value"], ["based_on", "tiny"]):
        book.active.append(line)
    book.save(tmp_path / "derived.xlsx")
    assert "wide" in read_layouts(tmp_path / "derived.xlsx", tiny())


def test_variants_of_the_base_are_inherited_and_own_ones_win(derive, tiny_folder):
    (tiny_folder / "variants" / "fine.toml").write_text("[changes.policy]\nfine = 1\n")
    folder = derive("[policy]\nexit_weeks = 20")
    (folder / "variants").mkdir()
    (folder / "variants" / "fine.toml").write_text("[changes.policy]\nfine = 2\n")
    found = read_variants(folder)
    assert list(found) == ["cheaper_wholesale", "fine"]
    assert found["fine"].scenario.policy.fine == 2
    assert found["cheaper_wholesale"].scenario.policy.exit_weeks == 20


def test_an_inherited_file_that_does_not_fit_names_its_place_and_the_way_out(derive, tiny_folder):
    write_layout(Layout.of(["south-c"]), tiny(), tiny_folder / "layouts" / "wide.csv")
    (fault,) = (f for f in check(derive(candidates="id,drop\nsouth-c,1\n")) if "layouts" in f.file)
    assert fault.file.endswith("tiny/layouts/wide.csv")
    assert fault.cure.endswith("a file layouts/wide.csv of this scenario's own takes its place")


def test_layouts_of_a_circle_come_to_an_end(derive, tiny_folder):
    first = derive(name="first", base="../second")
    derive(name="second", base="../first")
    write_layout(Layout.of(["web"]), tiny(), first / "layouts" / "wide.csv")
    assert "wide" in read_layouts(first, tiny())
