import pytest

from channelsim.files.references import reference_faults, repeated, unknown_references
from channelsim.files.scenario import check
from channelsim.files.schema import TABLES
from channelsim.files.sources import Source
from channelsim.files.tables import Row, Table
from tests.files.conftest import TINY


def table(name, *rows, broken=frozenset()):
    lines = [Row(f"{name}.csv", at, values, broken) for at, values in enumerate(rows, start=2)]
    return Table(TABLES[name], f"{name}.csv", frozenset(rows[0]), lines)


def test_every_repetition_names_the_first_row():
    found = list(repeated(table("zones", {"id": "a"}, {"id": "b"}, {"id": "a"}, {"id": "a"})))
    assert [(fault.row, fault.cure) for fault in found] == [
        (4, "'a' stands already in row 2; keep one of them"),
        (5, "'a' stands already in row 2; keep one of them"),
    ]


def test_a_distance_told_the_same_in_both_directions_is_no_repetition():
    forth = {"from_zone": "a", "to_zone": "b", "km": 5.0}
    back = {"from_zone": "b", "to_zone": "a", "km": 5.0}
    assert list(repeated(table("distances", forth, back))) == []
    (fault,) = repeated(table("distances", forth, {**back, "km": 6.0}))
    assert "a distance holds both ways" in fault.cure
    assert len(list(repeated(table("distances", forth, forth)))) == 1


def test_a_key_that_could_not_be_read_is_no_repetition():
    term = {"instrument": "rebate", "channel_type": "dealer"}
    assert (
        list(repeated(table("contracts", term, term, broken=frozenset({"attainment_from"})))) == []
    )


def test_many_rows_with_one_unknown_name_are_one_fault():
    rows = [{"id": str(i), "zone": "shangai"} for i in range(9)]
    (fault,) = unknown_references(table("candidates", *rows), "zone", "zone", ["shanghai"])
    assert fault.row == 2
    assert fault.cure == (
        "'shangai' is no zone; did you mean 'shanghai'? (also in row 3, 4, 5, 6, 7 ...)"
    )


def test_many_unknown_names_are_told_without_searching_for_each():
    rows = [{"id": str(i), "zone": f"x{i}"} for i in range(500)]
    found = list(unknown_references(table("candidates", *rows), "zone", "zone", ["shanghai"]))
    assert len(found) == 500
    assert found[-1].cure == "'x499' is no zone; write one of the ids"


def test_references_into_a_table_that_is_missing_are_not_told_one_by_one():
    tables = {"candidates": table("candidates", {"id": "x", "partner": "p", "zone": "z"})}
    found = list(reference_faults(Source(TINY, "scenario.toml", {}, tables)))
    assert {fault.code for fault in found} == {"missing_file"}


def errors(folder):
    return [(f.file, f.column, f.code) for f in check(folder) if f.severity == "error"]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("id,name,", "code,name,", [("zones.csv", "id"), ("zones.csv", None)]),
        ("\nb,", "\n#REF!,", [("zones.csv", "id")]),
        ("\nb,", "\n,", [("zones.csv", "id")]),
        ("id,name,", '"id,name,', [("zones.csv", None)]),  # quotes that do not close
    ],
)
def test_names_of_a_table_whose_ids_could_not_be_read_are_not_unknown(edit, old, new, told):
    folder = edit("zones.csv", old, new)
    with (folder / "assumptions.csv").open("a") as file:
        file.write("zones.b.population,5000,4000,6000,,,\n")
    (folder / "layouts" / "plan.csv").write_text("kind,partner,zone\nterritory,north,b\n")
    assert [fault[:2] for fault in errors(folder)] == told


def test_names_of_an_empty_table_are_not_unknown(tiny_folder):
    header = (tiny_folder / "partners.csv").read_text("utf-8").splitlines()[0]
    (tiny_folder / "partners.csv").write_text(header)
    (tiny_folder / "promotions.csv").write_text(
        "id,channel,from_week,to_week,price_cut\nx,north,1,2,0.1\n"
    )
    assert errors(tiny_folder) == [("partners.csv", None, "empty")]


def test_names_of_other_tables_are_still_looked_up(edit):
    edit("zones.csv", "id,name,", "code,name,")
    told = errors(edit("candidates.csv", "north,dealer", "nroth,dealer"))
    assert ("candidates.csv", "partner", "unknown_reference") in told


@pytest.mark.parametrize(
    ("sites", "cure"),
    [
        ("", "there is none to name yet"),
        ("id,name\nhub,Hub\n", "did you mean 'hub'?"),
    ],
)
def test_a_candidate_names_a_warehouse_that_there_is(tiny_folder, sites, cure):
    if sites:
        (tiny_folder / "sites.csv").write_text(sites)
    rows = (tiny_folder / "candidates.csv").read_text("utf-8").splitlines()
    named = (f"{row},{'hub_' if at else 'site'}" for at, row in enumerate(rows))
    (tiny_folder / "candidates.csv").write_text("\n".join(named))
    (fault,) = check(tiny_folder)
    assert (fault.column, fault.code) == ("site", "unknown_reference")
    assert fault.cure.startswith(f"'hub_' is no warehouse; {cure}")
