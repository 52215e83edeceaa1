"""The cases of a variant: what they hold, and what is refused, with its place and cure."""

import pytest

from channelsim.errors import BadInput
from channelsim.files.variants import read_variants
from tests.instances import tiny

QUESTION = 'question = "Which?"\n'
CASE = '[[cases]]\ntitle = "审计 · Audit"\n[cases.changes]\n"policy.audit_probability" = 0.4\n'


@pytest.fixture
def read(tiny_folder):
    """Write one variant of the copy of tiny and read it."""

    def variant(text):
        (tiny_folder / "variants" / "try.toml").write_text(text, "utf-8")
        return read_variants(tiny_folder)["try"]

    return variant


@pytest.fixture
def fault(read):
    """Return the one fault of a variant."""

    def told(text):
        with pytest.raises(BadInput) as refusal:
            read(text)
        (fault,) = refusal.value.faults
        assert fault.file == "variants/try.toml"
        return fault

    return told


def test_a_case_has_the_variants_changes_and_its_own(read):
    variant = read(f'{QUESTION}[changes]\n"policy.fine" = 7\n{CASE}')
    (case,) = variant.cases
    assert (variant.scenario.policy.fine, variant.scenario.policy.audit_probability) == (7, 0)
    assert (case.scenario.policy.fine, case.scenario.policy.audit_probability) == (7, 0.4)
    assert (case.title, case.layout, case.scenario.name) == (
        "审计 · Audit",
        "",
        "tiny/try/审计 · Audit",
    )


def test_a_variant_may_be_its_cases_alone(read):
    variant = read(QUESTION + CASE)
    assert variant.scenario.digest == tiny().digest
    assert (variant.measures, variant.baseline) == (("profit",), "现状 · As is")


def test_a_case_may_be_another_layout_alone(read, tiny_folder):
    text = (tiny_folder / "layouts" / "today.csv").read_text("utf-8-sig")
    (tiny_folder / "layouts" / "less.csv").write_text(text.splitlines()[0] + "\n", "utf-8")
    variant = read(f'{QUESTION}[[cases]]\ntitle = "Less"\nlayout = "less"\n')
    assert [case.layout for case in variant.cases] == ["less"]


def test_a_case_plays_the_variants_layout_where_it_has_none(read):
    assert read(f'layout = "today"\n{QUESTION}{CASE}').cases[0].layout == "today"


def test_measures_are_listed_or_one(read):
    assert read(f'measures = ["diverted", "profit"]\n{QUESTION}{CASE}').measures == (
        "diverted",
        "profit",
    )
    assert read(f'measures = "units.web"\n{QUESTION}{CASE}').measures == ("units.web",)


def test_cases_may_stand_in_one_line(read):
    inline = 'cases = [{title = "Audit", changes = {policy = {audit_probability = 0.4}}}]\n'
    (case,) = read(QUESTION + inline).cases
    assert case.scenario.policy.audit_probability == 0.4


@pytest.mark.parametrize(
    ("text", "line", "column", "cure"),
    [
        (CASE, None, "question", "has cases but no question"),
        (f'{QUESTION}measures = ["joy"]\n{CASE}', 2, "measures", "'joy' is no measure"),
        (f'{QUESTION}measures = ["profits"]\n{CASE}', 2, "measures", "did you mean 'profit'?"),
        (f'{QUESTION}newcomer = "wob"\n{CASE}', 2, "newcomer", "did you mean 'web'?"),
        (
            f'{QUESTION}cases = [{{title = "A", changes = {{policy = {{audit = 0.4}}}}}}]\n',
            2,
            "policy.audit",
            "no",
        ),
        (f'baseline = "x"\n{QUESTION}layout = "today"', 1, "baseline", "add [[cases]] or drop it"),
        (f'{QUESTION}[[cases]]\ntitle = "a"\nlayout = "tody"', 4, "layout", "'today'?"),
        (f"{QUESTION}[[cases]]\n{CASE}", 2, "title", "a case has no title"),
        (f'{QUESTION}[[cases]]\ntitel = "a"\ntitle = "b"\nlayout = "today"', 3, "titel", "'title'"),
        (f"{QUESTION}{CASE}{CASE.replace('0.4', '0.5')}", 6, "title", "two cases are called"),
        (
            f"{QUESTION}{CASE}{CASE.replace('审计 · ', '查 · ').replace('4', '5')}",
            6,
            "title",
            "two",
        ),
        (
            f'baseline = "Audit"\n{QUESTION}{CASE}',
            3,
            "title",
            "two cases are called 'Audit'",
        ),
        (f'{QUESTION}[[cases]]\ntitle = "a"', 2, None, "the case 'a' is the same as 'As is'"),
        (
            f'{QUESTION}[[cases]]\ntitle = "a"\nlayout = "today.csv"',
            2,
            None,
            "the same as 'As is'; change something in it or drop it",
        ),
        (f"{QUESTION}{CASE}{CASE.replace('Audit', 'Twin')}", 6, None, "'Twin' is the same as"),
        (
            f"{QUESTION}{CASE.replace('0.4', '4')}",
            5,
            "policy.audit_probability",
            "must lie in [0, 1]",
        ),
        (f'{QUESTION}cases = ["a"]', 2, "cases", "is no key of a variant"),
    ],
)
def test_a_fault_is_told_with_its_line(fault, text, line, column, cure):
    found = fault(text)
    assert (found.row, found.column) == (line, column)
    assert cure in found.cure


def test_faults_of_several_cases_are_told_at_once(read):
    spoilt = CASE.replace("0.4", "4")
    with pytest.raises(BadInput) as refusal:
        read(QUESTION + spoilt + spoilt.replace("Audit", "Again"))
    assert [fault.row for fault in refusal.value.faults] == [5, 9]


def test_a_table_in_single_brackets_is_no_case(read):
    with pytest.raises(BadInput) as refusal:
        read(f'{QUESTION}[cases]\ntitle = "Cheap"\n[cases.changes]\n"policy.fine" = 3\n')
    assert [f.column for f in refusal.value.faults] == ["cases.title", "cases.changes.policy.fine"]
