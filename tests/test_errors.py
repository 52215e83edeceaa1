import pickle

import pytest

from channelsim.errors import BadInput, BadValue, ChannelsimError, Fault, OutputRefused, UnknownPath

CAPACITY = Fault("candidates.csv", 14, "capacity", "-5", "must be > 0, got -5; leave it empty")


def test_a_fault_says_file_row_column_and_cure():
    assert str(CAPACITY) == "candidates.csv row 14, capacity: must be > 0, got -5; leave it empty"


def test_a_cure_that_begins_with_the_column_does_not_name_it_twice():
    fault = Fault("zones.csv", 3, "latitude", "300", "latitude must lie in [-90, 90], got 300")
    assert str(fault) == "zones.csv row 3: latitude must lie in [-90, 90], got 300"


def test_a_toml_file_has_lines():
    fault = Fault("scenario.toml", 7, "goals.budget", "x", "'x' is no number; write one")
    assert str(fault) == "scenario.toml line 7, goals.budget: 'x' is no number; write one"


def test_a_fault_of_a_whole_file_names_no_row():
    fault = Fault("zones.csv", None, None, "", "the file is missing; add it")
    assert str(fault) == "zones.csv: the file is missing; add it"


def test_bad_input_tells_all_faults_at_once():
    other = Fault("zones.csv", 2, None, "", "the row is empty; delete it")
    assert str(BadInput([CAPACITY, other])) == f"{CAPACITY}\n{other}"


def test_bad_input_reaches_another_process_whole():
    error = pickle.loads(pickle.dumps(BadInput([CAPACITY])))
    assert error.faults == (CAPACITY,)
    assert str(error) == str(CAPACITY)


@pytest.mark.parametrize("kind", [BadValue, UnknownPath, OutputRefused])
def test_an_error_reaches_another_process_whole(kind):
    error = pickle.loads(pickle.dumps(kind("no; write yes", "some_code")))
    assert (type(error), str(error), error.code) == (kind, "no; write yes", "some_code")


def test_an_unknown_path_reads_without_the_quotes_of_a_key_error():
    assert str(UnknownPath("a.b is no path; write one")) == "a.b is no path; write one"


def test_bad_values_are_value_errors_too():
    assert issubclass(BadValue, ValueError)


def test_bad_input_leaves_with_exit_code_2():
    assert ChannelsimError("no; write yes").exit_code == 2
