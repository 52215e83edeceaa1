"""Who buys from whom, told with file, row and column where it cannot be."""

import pytest

from channelsim.domain.site import Site
from channelsim.files.folder import write_scenario
from channelsim.files.scenario import check, read_scenario
from tests.domain.test_distribution import two_tiers


@pytest.fixture
def tiers(tmp_path):
    """Write a scenario with two tiers of distributors, one cell of a table changed."""

    def write(table="", column="", row="", value=""):
        depot = Site("hub", "Hub", partner="north")
        folder = write_scenario(two_tiers().replace(sites=(depot,)), tmp_path / "tiers")
        if table:
            file = folder / f"{table}.csv"
            head, *lines = file.read_text("utf-8").splitlines()
            names = head.split(",")
            if column not in names:
                head, names = f"{head},{column}", [*names, column]
                lines = [f"{line}," for line in lines]
            cells = {line.split(",")[0]: line.split(",") for line in lines}
            cells[row][names.index(column)] = value
            file.write_text("\n".join([head, *map(",".join, cells.values())]) + "\n", "utf-8")
        return folder

    return write


def test_tiers_are_read_as_they_were_written(tiers):
    assert read_scenario(tiers()) == two_tiers().replace(
        sites=(Site("hub", "Hub", partner="north"),)
    )


@pytest.mark.parametrize(
    ("table", "row", "column", "value", "at", "cure"),
    [
        ("partners", "south", "supplier", "maker", 4, "maker is the maker's own; leave it empty"),
        ("partners", "maker", "supplier", "north", 2, "the maker's own arm has none; leave it"),
        ("partners", "big", "supplier", "south", 5, "south has no wholesale_price; write in its"),
        ("partners", "big", "supplier", "north", 3, "big buys from it in turn; leave the supplier"),
        ("sites", "hub", "partner", "south", 2, "nobody buys from it; name it as the supplier"),
        ("candidates", "north-a", "site", "hub", 3, "north does not buy from north, whose depot"),
    ],
)
def test_a_law_is_told_where_it_is_broken(tiers, table, row, column, value, at, cure):
    faults = [(f.file, f.row, f.column, f.cure) for f in check(tiers(table, column, row, value))]
    assert any(f[:3] == (f"{table}.csv", at, column) and f[3].startswith(cure) for f in faults)


def test_who_takes_no_title_is_told_with_its_row(tiers):
    faults = check(tiers("channel_types", "wholesale_price", "dealer", ""))
    (first, *_) = [f for f in faults if f.file == "candidates.csv"]
    assert (first.row, first.column) == (3, "partner")
    assert first.cure.startswith("north has a supplier, but buys nothing here; give the row")


def test_an_unknown_supplier_is_told_with_its_row(tiers):
    (fault,) = check(tiers("partners", "supplier", "south", "nroth"))
    assert (fault.file, fault.row, fault.column, fault.code) == (
        "partners.csv", 4, "supplier", "unknown_reference",
    )  # fmt: skip
