import pytest

from channelsim.domain.history import Sale
from channelsim.errors import BadInput
from channelsim.files.folder import write_scenario
from channelsim.files.history import read_history
from channelsim.files.scenario import read_scenario
from tests.instances import tiny

HEADER = "period,partner,zone,sell_in,sell_out,stock,returns,revenue\n"


def told(do) -> list[tuple]:
    with pytest.raises(BadInput) as caught:
        do()
    return [(f.file, f.row, f.column, f.cure) for f in caught.value.faults]


@pytest.fixture
def file(tmp_path):
    def write(*lines):
        path = tmp_path / "sales.csv"
        path.write_text(HEADER + "\n".join(lines), "utf-8")
        return path

    return write


def test_a_file_is_read(file):
    path = file("0,north,a,120,100,50,2,9000", "1,maker,,,30,,,")
    assert read_history(path, tiny()) == (
        Sale(0, "north", "a", 120, 100, 50, 2, 9000),
        Sale(1, "maker", sell_out=30),
    )


def test_every_fault_of_a_file_is_told_with_row_and_column(file):
    path = file("0,nord,a,,100,,,", "0,north,e,,-5,,,", "x,north,a,,1,,,")
    found = told(lambda: read_history(path, tiny()))
    assert [fault[1:3] for fault in found] == [
        (2, "partner"),
        (3, "sell_out"),
        (3, "zone"),
        (4, "period"),
    ]
    assert found[0][3] == "'nord' is no partner; did you mean 'north'?"


def test_a_row_that_stands_twice_is_told(file):
    (fault,) = told(lambda: read_history(file("0,north,a,,1,,,", "0,north,a,,2,,,"), tiny()))
    assert fault[1:] == (3, "period", "'0, north, a' stands already in row 2; keep one of them")


def test_a_file_that_is_not_there_is_told(tmp_path):
    (fault,) = told(lambda: read_history(tmp_path / "none.csv", tiny()))
    assert fault[3].startswith("cannot be read")


def test_a_scenario_folder_holds_its_history(tiny_folder):
    (tiny_folder / "history.csv").write_text(HEADER + "3,south,c,,80,,,8000", "utf-8")
    assert read_scenario(tiny_folder).history == (Sale(3, "south", "c", None, 80, revenue=8000),)


def test_a_history_is_written_and_read_back(tmp_path):
    case = tiny().replace(history=(Sale(3, "south", "c", sell_out=80.5, incentives=7),))
    assert read_scenario(write_scenario(case, tmp_path)) == case


def test_an_unknown_partner_in_a_folder_is_told_with_its_row(tiny_folder):
    (tiny_folder / "history.csv").write_text(HEADER + "3,sooth,c,,80,,,", "utf-8")
    (fault,) = told(lambda: read_scenario(tiny_folder))
    assert fault[:3] == ("history.csv", 2, "partner")
