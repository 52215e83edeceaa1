"""`docs/validation.md` is what its generator prints of the tests that are there."""

import pytest

from tests.validation.__main__ import main
from tests.validation.claims import Claim, module, modules
from tests.validation.facts import facts
from tests.validation.page import PAGE, page
from tests.validation.record import Shown, brought_up, is_there, read, report
from tests.validation.steps import listed

RECORD = read()
HELD = ("tests/theory", "tests/patterns", "tests/phenomena")
MUST = [p for folder in HELD for p in modules(f"{folder}/test_*.py")]
MUST += modules("tests/**/test_identities.py")
REPORTED = """
import pytest

@pytest.mark.parametrize("share", [0.25, 0.5])
def test_it_rises(share, record_property):
    record_property("share", share)

def test_it_falls():
    assert False

def test_it_waits():
    pytest.skip("not today")
"""


def test_the_page_is_what_the_generator_prints_from_the_record():
    assert PAGE.read_text("utf-8") == page(RECORD)


@pytest.mark.parametrize("path", MUST)
def test_every_module_of_claims_is_listed_once(path):
    assert listed().count(path) == 1
    assert page(RECORD).count(f"#### `{path}`") == 1


def test_every_row_names_a_test_that_is_there():
    assert [test for test in RECORD if not is_there(test)] == []


@pytest.mark.parametrize("fact", facts(), ids=lambda fact: fact.fact[:40])
def test_every_fact_has_tests_that_are_there_or_says_what_is_missing(fact):
    assert fact.tests or fact.short.startswith("not ")
    assert [test for test in fact.tests if not is_there(test)] == []


@pytest.mark.parametrize("path", modules("tests/patterns/test_facts_*.py"))
def test_every_fact_names_its_source(path):
    assert [claim.test for claim in module(path).claims if claim.source == "as above"] == []


def test_a_name_is_read_as_words():
    path = "tests/phenomena/test_bullwhip.py"
    assert (
        module(path).claims[0].words == "distributors orders vary 1.5 to 4 times as much as sales"
    )


@pytest.mark.parametrize(
    ("path", "test", "source"),
    [
        # on the line of its name, as a docstring, and before its first statement
        ("test_governance", "test_mediation_raises_trust", "Mohr and Spekman 1994"),
        (
            "test_contracts",
            "test_buy_back_raises_stock_and_fill_rate",
            "Pasternack 1985: a part of the price back makes a retailer stock more.",
        ),
        (
            "test_supply_levers",
            "test_ordering_in_lots_raises_the_bullwhip",
            "order batching (Lee, Padmanabhan and Whang 1997)",
        ),
        ("test_governance", "test_delay_lowers_trust", "as above"),  # names none
    ],
)
def test_a_source_is_found_where_the_test_names_it(path, test, source):
    (claim,) = [c for c in module(f"tests/patterns/{path}.py").claims if c.test == test]
    assert claim == Claim(test, claim.words, source)


@pytest.fixture
def reported(pytester):
    """A report of pytest, as of a module that is there."""
    pytester.makepyfile(test_reported=REPORTED)
    pytester.runpytest("--junitxml=found.xml", "-o", "junit_family=xunit1")
    path = pytester.path / "found.xml"
    path.write_text(path.read_text("utf-8").replace("test_reported.py", "tests/test_validation.py"))
    return path


def test_a_report_is_read_test_by_test(reported):
    here = "tests/test_validation.py"
    rows = report(reported, [here])
    assert rows[f"{here}::test_it_rises"] == Shown(
        f"{here}::test_it_rises", passed=2, figures="share 0.25; share 0.5"
    )
    assert rows[f"{here}::test_it_falls"].word == "**1 of 1 failed**"
    assert rows[f"{here}::test_it_waits"].word == "skipped"


def test_a_module_whose_claims_are_not_listed_is_counted(reported):
    (row,) = report(reported, []).values()
    assert (row.test, row.passed, row.failed, row.skipped) == ("tests/test_validation.py", 2, 1, 1)


def test_tests_that_are_gone_leave_the_record(reported):
    assert brought_up({}, report(reported, ["tests/test_validation.py"])) == {}


def test_a_report_of_some_leaves_the_others(reported, tmp_path):
    record, out = tmp_path / "record.csv", tmp_path / "page.md"
    record.write_text("test,passed,failed,skipped,figures\ntests/test_odd.py,7,0,0,\n", "utf-8")
    main([reported], record, out)
    assert read(record)["tests/test_odd.py"].passed == 7
    assert read(record)["tests/test_validation.py"].failed == 1
    assert "| 7 passed |" in out.read_text("utf-8")
