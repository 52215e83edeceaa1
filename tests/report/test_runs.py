import pandas as pd
import pytest

from channelsim.report.runs import write_runs


@pytest.fixture
def runs(comparison):
    return [run for name in comparison.names for run in comparison.outcomes[name]]


def test_the_file_holds_the_tidy_tables_of_all_runs(runs, tmp_path):
    read = pd.read_parquet(write_runs(runs, tmp_path / "runs.parquet"))
    wanted = pd.concat([run.table for run in runs], ignore_index=True)
    text = ["scenario", "layout", "level", "name", "source", "measure", "unit"]
    read[text] = read[text].astype(str)
    pd.testing.assert_frame_equal(read, wanted, check_dtype=False)


def test_the_same_runs_give_the_same_bytes(runs, tmp_path):
    first, again = (write_runs(runs, tmp_path / name).read_bytes() for name in ("a", "b"))
    assert first == again


def test_text_is_stored_once_a_run(runs, tmp_path):
    read = pd.read_parquet(write_runs(runs, tmp_path / "runs.parquet"))
    assert read["measure"].dtype == "category"
    assert read["value"].dtype == "float64"


def test_no_runs_make_an_empty_table(tmp_path):
    read = pd.read_parquet(write_runs([], tmp_path / "runs.parquet"))
    assert len(read) == 0
    assert list(read.columns)[-2:] == ["value", "unit"]
