import shutil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channelsim.domain.layout import Layout, Opening, Spend, Territory
from channelsim.errors import BadInput, OutputRefused
from channelsim.files.layouts import find_layout, read_layout, read_layouts, write_layout
from channelsim.files.scenario import check
from tests.instances import tiny

HEADER = "kind,candidate,partner,zone,instrument,value,open_week,close_week\n"
LAYOUT = Layout(
    (Opening("north-a"), Opening("south-c", 4, 20), Opening("web")),
    (Territory("north", "a", exclusive=True), Territory("south", "c"), Territory("north", "c")),
    (Spend("north", "training", 123.45), Spend("south", "coop", 0.0)),
)


@pytest.fixture
def read(tmp_path):
    def layout(rows, header=HEADER):
        path = tmp_path / "plan.csv"
        path.write_text(header + rows, "utf-8")
        return read_layout(path, tiny())

    return layout


def test_a_layout_written_is_read_back(tmp_path):
    path = write_layout(LAYOUT, tiny(), tmp_path / "plan.csv")
    assert read_layout(path, tiny()) == LAYOUT


def test_a_layout_file_is_one_long_table_that_excel_opens(tmp_path):
    path = write_layout(LAYOUT, tiny(), tmp_path / "plan.csv")
    assert path.read_bytes().startswith(b"\xef\xbb\xbfkind,candidate,")
    assert path.read_text("utf-8-sig") == HEADER + (
        "open,north-a,north,a,,1,0,\n"
        "open,south-c,south,c,,1,4,20\n"
        "open,web,maker,,,1,0,\n"
        "territory,,north,a,,1,,\n"
        "territory,,south,c,,0,,\n"
        "territory,,north,c,,0,,\n"
        "incentive,,north,,training,123.45,,\n"
        "incentive,,south,,coop,0,,\n"
    )


IDS = [c.id for c in tiny().candidates]


@given(
    chosen=st.lists(st.sampled_from(IDS), unique=True),
    weeks=st.tuples(st.integers(0, 50), st.none() | st.integers(51, 99)),
    spend=st.floats(0, 1e9),
)
def test_every_layout_is_read_back(tmp_path_factory, chosen, weeks, spend):
    layout = Layout(
        tuple(Opening(name, *weeks) for name in chosen),
        (Territory("north", "b"),),
        (Spend("north", "coop", spend),),
    )
    path = tmp_path_factory.mktemp("layout") / "plan.csv"
    assert read_layout(write_layout(layout, tiny(), path), tiny()) == layout


def test_columns_that_are_not_used_may_be_left_out(read):
    assert read("open,web\n", header="kind,candidate\n") == Layout.of(["web"])


def test_kinds_are_understood_in_any_case(read):
    assert read("Open,web,,,,,,\n") == Layout.of(["web"])


@pytest.mark.parametrize(
    ("row", "column", "cure"),
    [
        ("open,nort-a,,,,,,", "candidate", "'nort-a' is no candidate; did you mean 'north-a'?"),
        ("open,,,,,,,", "candidate", "candidate is empty; a row of kind open needs it"),
        ("open,web,south,,,,,", "partner", "web has the partner 'maker'; write that or leave"),
        ("open,north-a,,b,,,,", "zone", "north-a has the zone 'a'"),
        ("open,web,,,,0,,", "value", "to keep it closed delete the row"),
        ("open,web,,,coop,,,", "instrument", "a row of kind open has no instrument"),
        ("open,web,,,,,5,5", "close_week", "close_week must be > open_week"),
        ("open,web,,,,,-1,", "open_week", "open_week must be >= 0"),
        ("open,web,,,,,1.5,", "open_week", "must be a whole number"),
        ("open,web,,,,,(default),", None, None),  # means week 0
        ("closed,web,,,,,,", "kind", "'closed' is no kind of row; write open, territory or"),
        (",web,,,,,,", "kind", "'' is no kind of row"),
        ("territory,,norht,a,,1,,", "partner", "did you mean 'north'?"),
        ("territory,,north,aa,,1,,", "zone", "'aa' is no zone"),
        ("territory,,north,,,1,,", "zone", "zone is empty"),
        ("territory,,north,a,,0.5,,", "value", "write 1 for exclusive or 0 for shared"),
        ("territory,,north,a,,1,3,", "open_week", "a row of kind territory has no open_week"),
        ("incentive,,north,,trainin,5,,", "instrument", "write one of rebate"),
        ("incentive,,north,,training,-5,,", "value", "value must be >= 0"),
        ("incentive,,north,,training,,,", "value", "value is empty"),
        ("incentive,,north,,training,lots,,", "value", "'lots' is no number"),
    ],
)
def test_a_fault_is_told_with_its_row_and_column(read, row, column, cure):
    if column is None:
        assert read(f"{row}\n") == Layout.of(["web"])
        return
    with pytest.raises(BadInput) as refusal:
        read(f"{row}\n")
    found = {(fault.row, fault.column): fault.cure for fault in refusal.value.faults}
    assert cure in found[2, column]


@pytest.mark.parametrize(
    ("rows", "cure"),
    [
        ("open,web,,,,,,\nopen,web,,,,,9,\n", "'web' stands already in row 2; keep one of them"),
        ("territory,,north,a,,1,,\nterritory,,south,a,,1,,\n", "'a' is held exclusively in row 2"),
        ("territory,,north,a,,1,,\nterritory,,north,a,,0,,\n", "'north, a' stands already"),
        ("incentive,,north,,coop,1,,\nincentive,,north,,coop,1,,\n", "'north, coop' stands alr"),
    ],
)
def test_a_thing_told_twice_is_a_fault_naming_both_rows(read, rows, cure):
    with pytest.raises(BadInput) as refusal:
        read(rows)
    (fault,) = refusal.value.faults
    assert (fault.row, cure in fault.cure) == (3, True)


def test_all_faults_are_told_at_once(read):
    with pytest.raises(BadInput) as refusal:
        read("open,x,,,,,,\nterritory,,north,y,,7,,\nincentive,,z,,coop,-1,,\n")
    assert len(refusal.value.faults) == 5


def test_a_file_without_kind_is_told_what_a_layout_has(read):
    with pytest.raises(BadInput, match="column kind is missing; a layout has the columns kind"):
        read("web\n", header="candidate\n")


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(BadInput, match="none.csv: cannot be read"):
        read_layout(tmp_path / "none.csv", tiny())


def test_layouts_of_a_folder_are_read_by_name(tiny_folder):
    write_layout(LAYOUT, tiny(), tiny_folder / "layouts" / "plan.csv")
    assert read_layouts(tiny_folder, tiny()) == {"today": tiny().today, "plan": LAYOUT}


def test_today_needs_no_file(tiny_folder):
    (tiny_folder / "layouts" / "today.csv").unlink()
    assert read_layouts(tiny_folder, tiny()) == {"today": tiny().today}
    assert find_layout("today", tiny(), tiny_folder) == tiny().today


@pytest.mark.parametrize("name", ["plan", "plan.csv"])
def test_a_layout_is_found_by_its_name(tiny_folder, name):
    write_layout(LAYOUT, tiny(), tiny_folder / "layouts" / "plan.csv")
    assert find_layout(name, tiny(), tiny_folder) == LAYOUT


def test_a_layout_is_found_by_its_path(tiny_folder, tmp_path):
    path = write_layout(LAYOUT, tiny(), tmp_path / "mine.csv")
    assert find_layout(path, tiny(), tiny_folder) == LAYOUT


def test_a_layout_that_is_nowhere_is_told(tiny_folder):
    with pytest.raises(BadInput, match="did you mean 'today'?"):
        find_layout("tody", tiny(), tiny_folder)


def test_a_layout_of_another_scenario_is_not_written(tmp_path):
    with pytest.raises(BadInput, match="'elsewhere' is no candidate"):
        write_layout(Layout.of(["elsewhere"]), tiny(), tmp_path / "plan.csv")
    assert list(tmp_path.iterdir()) == []


def test_a_layout_is_not_written_where_a_folder_stands(tmp_path):
    with pytest.raises(OutputRefused, match="cannot be written"):
        write_layout(LAYOUT, tiny(), tmp_path)


def test_another_file_is_not_replaced_by_a_layout(tmp_path):
    zones = tmp_path / "zones.csv"
    zones.write_text("id,name\na,A\n", "utf-8")
    with pytest.raises(OutputRefused, match="holds something else than a layout; choose another"):
        write_layout(LAYOUT, tiny(), zones)
    assert zones.read_text("utf-8") == "id,name\na,A\n"


def test_a_layout_is_replaced_by_a_layout(tmp_path):
    path = write_layout(Layout(), tiny(), tmp_path / "plan.csv")
    assert read_layout(write_layout(LAYOUT, tiny(), path), tiny()) == LAYOUT


def test_names_to_choose_from_are_listed_once(tmp_path):
    (tmp_path / "layouts").mkdir()
    write_layout(tiny().today, tiny(), tmp_path / "layouts" / "today.csv")
    with pytest.raises(BadInput, match="write one of today$"):
        find_layout("zz", tiny(), tmp_path)


def test_a_file_in_the_place_of_the_layouts_is_told(tiny_folder):
    shutil.rmtree(tiny_folder / "layouts")
    (tiny_folder / "layouts").write_text("")
    with pytest.raises(BadInput, match=r"^layouts: cannot be read"):
        find_layout("today", tiny(), tiny_folder)
    assert [fault.file for fault in check(tiny_folder)] == ["layouts"]


def test_layouts_that_may_not_be_read_are_told(run_unprivileged, tiny_folder):
    (tiny_folder / "layouts").chmod(0o000)
    program = "from channelsim.cli import main; main()"
    child = run_unprivileged("-c", program, "simulate", tiny_folder, "--layout", "today")
    (tiny_folder / "layouts").chmod(0o700)
    assert child.returncode == 2
    assert "layouts: cannot be read (Permission denied); check" in child.stderr
