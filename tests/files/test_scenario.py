"""The door as a whole: what is wrong with a folder is told, all of it, and where."""

import shutil
import time
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from channelsim.domain.channel import Candidate
from channelsim.domain.market import Zone
from channelsim.domain.scenario import Scenario
from channelsim.errors import BadInput
from channelsim.files.folder import write_scenario
from channelsim.files.scenario import check, read_scenario
from tests.files.conftest import TINY
from tests.instances import tiny

TEXTS = {path.name: path.read_bytes() for path in sorted(TINY.iterdir()) if path.is_file()}


def test_the_shipped_tiny_is_the_one_that_every_test_knows():
    found = read_scenario("scenarios/tiny")
    assert found == tiny()
    assert found.digest == tiny().digest


def test_the_shipped_tiny_has_no_fault_and_no_note():
    assert check("tiny") == ()


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        # a value out of its range
        ("zones.csv", "a,甲城,30", "a,甲城,300", "zones.csv row 2: latitude must lie in"),
        ("candidates.csv", "a,300", "a,-5", "row 2: capacity must be > 0, got -5"),
        ("zones.csv", "10000", "-1", "zones.csv row 2: population must be >= 0"),
        ("zones.csv", "10000", "2e10", "row 2: population must be <= 10000000000, got 2e+10"),
        ("zones.csv", "10000", "NaN", "row 2, population: 'NaN' is no number; write one"),
        ("zones.csv", "10000", "inf", "row 2, population: 'inf' is not finite"),
        ("zones.csv", "10000", "#REF!", "row 2, population: #REF! is a failed formula"),
        ("zones.csv", "甲城", "#N/A", "row 2, name: #N/A is a failed formula"),
        ("zones.csv", "10000", "", "row 2: population is empty; write a number"),
        ("candidates.csv", ",0\nnorth-a", ",maybe\nnorth-a", "open_today: 'maybe' is neither"),
        ("segments.csv", "大众,1,", "大众,0.9,", "share: the shares must sum to 1, got 0.9"),
        ("segments.csv", "大众,1,", "大众,120%,", "segments.csv row 2: share must lie in [0, 1]"),
        ("contracts.csv", "quarter", "month", "contracts.csv row 2: period"),
        ("responses.csv", "log", "logistic", "responses.csv row 2: form"),
        ("assumptions.csv", "0.008", "0.011", "row 2: low <= value <= high must hold"),
        # ids and references
        ("zones.csv", "b,乙城", "a,乙城", "row 3, id: 'a' stands already in row 2; keep one"),
        ("zones.csv", "b,乙城", "b.1,乙城", "zones.csv row 3: id must be a short name"),
        ("candidates.csv", "north,dealer,a", "nroth,dealer,a", "partner: 'nroth' is no partner"),
        ("candidates.csv", "dealer,c", "dealer,", "row 4, zone: is empty, but dealer is"),
        ("appeals.csv", "web,", "wbe,", "'wbe' is no channel type; did you mean 'web'"),
        ("distances.csv", "a,c", "a,e", "distances.csv row 4, to_zone: 'e' is no zone"),
        ("distances.csv", "a,c,100", "b,a,12", "row 4, from_zone: 'b, a' stands already in row 2"),
        ("contracts.csv", "0.05,dealer", "0.05,deler", "row 3, channel_type: 'deler' is no"),
        ("contracts.csv", "quarter,1,", "quarter,0,", "contracts.csv row 3, partner: ', deal"),
        ("assumptions.csv", "price_s", "prise_s", "assumptions.csv row 2, path: 'prise_"),
        ("assumptions.csv", "everyone", "nobody", "row 2, path: segments has no id 'nobody'"),
        # columns and tables
        ("zones.csv", "population", "people", "zones.csv row 1: 'people' is no col"),
        ("zones.csv", "population", "people", "zones.csv, population: column popu"),
        ("zones.csv", "name_en", "name", "zones.csv row 1: 'name' heads 2 columns; keep one"),
        ("zones.csv", "name_en", "share_rich", "share_rich: 'rich' is no segment"),
        # settings
        ("scenario.toml", "[goals]", "[goals", "scenario.toml line"),
        ("scenario.toml", "min_coverage = 0.9", "min_coverage = 90", "min_coverage must lie in [0"),
        ("scenario.toml", "min_coverage", "mincoverage", "did you mean 'goals.min_coverage'?"),
        ("scenario.toml", "unit_cost", "unit_cots", "economics.unit_cost: unit_cost is missing"),
        ("scenario.toml", "horizon_weeks = 26", "horizon_weeks = 0", "line 5: horizon_weeks must"),
        ("scenario.toml", "weeks = 26", "weeks = 40000", "line 5: horizon_weeks must be <= 32767,"),
        ("scenario.toml", "unit_cost = 40", "unit_cost = 1e300", "unit_cost must be <= 1e+15, got"),
        ("candidates.csv", "3120", "1e16", "candidates.csv row 3: setup_cost must be <= 1e+15"),
        ("layouts/today.csv", "\n", "\nincentive,,north,,coop,1e16,,\n", "row 2: value must be <="),
        ("scenario.toml", '"included"', '"without"', "scenario.toml line 4: tax"),
        ("scenario.toml", "[0.25, 0.25,", "[0.5, 0.25,", "conflict_weights must sum to 1"),
        ("scenario.toml", "[0.25, 0.25,", "[0.25,", "conflict_weights"),
        # layouts and variants
        ("layouts/today.csv", "north-a", "nort-a", "layouts/today.csv row 2, candidate"),
        ("variants/cheaper_wholesale.toml", "= 65", "= -65", "line 5, channel_types.dealer"),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_its_place_and_cure(edit, file, old, new, said):
    faults = [fault for fault in check(edit(file, old, new)) if fault.severity == "error"]
    assert any(said in str(fault) for fault in faults), [str(fault) for fault in faults]


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("candidates", "candidates.csv: the table is empty; add at least one row"),
        ("zones", "zones.csv: the table is empty; add at least one row"),
    ],
)
def test_an_empty_table_is_a_fault(tiny_folder, table, said):
    path = tiny_folder / f"{table}.csv"
    path.write_text(path.read_text("utf-8").splitlines()[0], "utf-8")
    assert said in [str(fault) for fault in check(tiny_folder)]


@pytest.mark.parametrize("table", ["zones", "segments", "channel_types", "partners", "candidates"])
def test_a_table_that_is_needed_is_named_with_its_columns(tiny_folder, table):
    (tiny_folder / f"{table}.csv").unlink()
    (fault,) = [f for f in check(tiny_folder) if f.code == "missing_file"]
    assert (fault.file, "a scenario needs it, with the columns id" in fault.cure) == (
        f"{table}.csv",
        True,
    )


@pytest.mark.parametrize(
    ("table", "field"),
    [
        ("contracts", "contracts"),
        ("responses", "responses"),
        ("distances", "distances"),
        ("assumptions", "assumptions"),
        ("appeals", "appeals"),
    ],
)
def test_a_table_that_is_not_needed_may_be_absent(tiny_folder, table, field):
    (tiny_folder / f"{table}.csv").unlink()
    assert read_scenario(tiny_folder) == replace(tiny(), **{field: ()})


def test_a_folder_without_settings_says_what_they_need(tiny_folder):
    (tiny_folder / "scenario.toml").unlink()
    told = [str(fault) for fault in check(tiny_folder)]
    assert told == [
        "scenario.toml: is missing; a scenario needs it, with at least name and [economics] "
        "unit_cost",
        "scenario.toml, economics.unit_cost: unit_cost is missing; write a number",
    ]


def test_all_faults_of_all_files_are_told_at_once(edit):
    edit("zones.csv", "30,120,10000", "300,120,-1")
    edit("candidates.csv", "north,dealer,a,600", "nroth,dealer,a,-600")
    edit("scenario.toml", "min_coverage = 0.9", "min_coverage = 9")
    edit("layouts/today.csv", "north-a", "north-z")
    folder = edit("variants/cheaper_wholesale.toml", "[changes]", "[changes")
    found = [(f.file, f.row, f.column) for f in check(folder)]
    assert found == [
        ("scenario.toml", 35, "goals.min_coverage"),
        ("zones.csv", 2, "latitude"),
        ("zones.csv", 2, "population"),
        ("candidates.csv", 3, "capacity"),
        ("candidates.csv", 3, "partner"),
        ("layouts/today.csv", 2, "candidate"),
        ("variants/cheaper_wholesale.toml", 4, None),
    ]


def test_reading_raises_what_checking_tells(edit):
    folder = edit("zones.csv", "30,120,10000", "300,120,-1")
    with pytest.raises(BadInput) as refusal:
        read_scenario(folder)
    assert refusal.value.faults == check(folder)


def test_checking_what_is_nowhere_tells_so():
    (fault,) = check("tinny")
    assert fault.cure == "there is no such folder or workbook; did you mean 'tiny'?"


def test_an_unsound_row_is_still_there_to_be_referred_to(edit):
    found = check(edit("zones.csv", "a,甲城,30", "a,甲城,300"))
    assert [f.column for f in found] == ["latitude"]


def test_a_name_that_is_unknown_in_many_rows_is_told_once(edit):
    faults = check(edit("partners.csv", "\nnorth,", "\nnorthern,"))
    (fault,) = [f for f in faults if f.file == "candidates.csv"]
    assert (fault.row, fault.value) == (3, "north")
    assert fault.cure.endswith("did you mean 'northern'? (also in row 5)")


def test_a_scenario_without_a_name_has_its_folders(edit):
    folder = edit("scenario.toml", 'name = "tiny"\n', "")
    assert read_scenario(folder.rename(folder.with_name("v1.2"))).name == "v1.2"


def test_a_law_that_only_the_domain_knows_is_still_a_fault(tiny_folder, monkeypatch):
    monkeypatch.setattr("channelsim.files.assemble.reference_faults", lambda source: ())
    path = tiny_folder / "distances.csv"
    path.write_text(path.read_text("utf-8").replace("a,c", "a,e"), "utf-8")
    with pytest.raises(BadInput, match="distances.*'e'"):
        read_scenario(tiny_folder)


@pytest.mark.parametrize("currency", ["CNY", "EUR", "人民币", "₹", "Br"])
def test_any_currency_will_do(edit, currency):
    folder = edit("scenario.toml", '"CNY"', f'"{currency}"')
    assert read_scenario(folder).currency == currency


@pytest.mark.parametrize("name", ["الرياض", "Москва", "서울", "São Paulo", "東京都", "กรุงเทพ"])
def test_names_and_ids_in_any_script(edit, name):
    edit("zones.csv", "b,乙城", f"{name},{name}")
    folder = edit("distances.csv", "a,b,", f"a,{name},")
    for _ in range(2):
        edit("distances.csv", "\nb,", f"\n{name},")
    assert read_scenario(folder).zones[1].id == name


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_whole_scenario_in_other_encodings_and_delimiters(tiny_folder, encoding, delimiter):
    for path in tiny_folder.glob("*.csv"):
        text = path.read_text("utf-8").replace(",", delimiter)
        path.write_bytes(text.encode(encoding))
    assert read_scenario(tiny_folder) == tiny()


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("zones.csv", ",10000,", ',"10,000",'),
        ("zones.csv", ",10000,", ",１００００,"),
        ("partners.csv", "0.7,0.8", "70%,80 ％"),
        ("partners.csv", "Maker,1", "Maker,TRUE"),
        ("partners.csv", "Maker,1", "Maker,是"),
        ("zones.csv", "\nb,", "\n b ,"),
        ("zones.csv", "2000,Delta\n", "2000,Delta\n,,,,,\n,,,,,\n"),
        ("zones.csv", "name_en\n", "name_en,,\n"),
        ("zones.csv", "population", "Population "),
        ("season.csv", "", "week,factor\n"),  # headers alone
    ],
)
def test_a_spreadsheets_quirks_are_read_right(tiny_folder, file, old, new):
    path = tiny_folder / file
    path.write_text((path.read_text("utf-8") if old else "").replace(old, new, 1), "utf-8")
    assert read_scenario(tiny_folder) == tiny()


def test_a_large_scenario_is_read_within_three_seconds(tmp_path):
    rng = np.random.default_rng(0)
    places = rng.uniform(-60, 60, (3215, 2)).tolist()
    zones = tuple(Zone(f"z{i}", f"郡{i}", a, b, 1e5) for i, (a, b) in enumerate(places))
    costs = rng.uniform(0, 1e5, (10_000, 2)).tolist()
    candidates = tuple(
        Candidate(f"c{i}", "north", "dealer", f"z{i % 3215}", maker_fixed_cost=a, setup_cost=b)
        for i, (a, b) in enumerate(costs)
    )
    large = replace(tiny(), zones=zones, candidates=candidates, distances=())
    write_scenario(large, tmp_path)
    start = time.process_time()
    found = read_scenario(tmp_path)
    assert time.process_time() - start < 3
    assert found == large


PIECES = st.one_of(
    st.sampled_from(
        [b"", b",", b"\n", b'"', b"'", b";", b"\t", b"=1+1", b"-", b"1e999", b"nan", b"%", b"#N/A"]
        + [b"\xff", b"\0", b"\xef\xbb\xbf", b"(default)", b"[", b"]", b"{}", b'"""', b"a", b"99"]
    ),
    st.text(max_size=4).map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.binary(max_size=4),
)


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    file=st.sampled_from(sorted(TEXTS)),
    cuts=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 20), PIECES), min_size=1, max_size=3),
)
def test_no_text_gives_anything_but_a_scenario_or_its_faults(tiny_folder, file, cuts):
    data = TEXTS[file]
    for where, length, piece in cuts:
        at = int(where * len(data))
        data = data[:at] + piece + data[at + length :]
    (tiny_folder / file).write_bytes(data)
    try:
        found = read_scenario(tiny_folder)
    except BadInput as refusal:
        found = refusal.faults
    faults = tuple(f for f in check(tiny_folder) if f.severity == "error")
    try:
        assert isinstance(found, Scenario) or found == faults[: len(found)]
        assert found
    finally:
        (tiny_folder / file).write_bytes(TEXTS[file])


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    table=st.sampled_from([name for name in sorted(TEXTS) if name.endswith(".csv")]),
    data=st.data(),
)
def test_rows_in_any_order_and_number_give_a_scenario_or_faults(tiny_folder, table, data):
    header, *rows = TEXTS[table].splitlines()
    chosen = data.draw(st.lists(st.sampled_from(rows), max_size=6))
    (tiny_folder / table).write_bytes(b"\n".join([header, *chosen]))
    try:
        found = read_scenario(tiny_folder)
    except BadInput as refusal:
        found = refusal.faults
    try:
        assert isinstance(found, Scenario) or all(fault.cure for fault in found)
        assert found
    finally:
        (tiny_folder / table).write_bytes(TEXTS[table])


def test_a_scenario_can_be_read_where_nothing_may_be_written(run_unprivileged, tmp_path):
    folder = shutil.copytree(TINY, tmp_path / "tiny")
    folder.chmod(0o500)
    program = "import sys; from channelsim.files.scenario import *; read_scenario(sys.argv[1])"
    assert run_unprivileged("-c", program, folder).returncode == 0


def test_a_table_that_cannot_be_read_is_not_missing_as_well(tiny_folder):
    (tiny_folder / "zones.csv").write_text("", "utf-8")
    said = [str(fault) for fault in check(tiny_folder) if fault.file == "zones.csv"]
    assert said == ["zones.csv: is empty; write the column headers in row 1"]
