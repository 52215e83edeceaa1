import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from channelsim.errors import BadInput
from channelsim.files.variants import read_variants
from tests.instances import tiny


@pytest.fixture
def read(tiny_folder):
    """Write one variant of the copy of tiny and read it."""

    def variant(text):
        for path in (tiny_folder / "variants").iterdir():
            path.unlink()
        (tiny_folder / "variants" / "try.toml").write_text(text, "utf-8")
        return read_variants(tiny_folder)["try"]

    return variant


def test_the_shipped_variant_changes_one_price():
    variant = read_variants("tiny")["cheaper_wholesale"]
    changed = tiny().replace({"channel_types.dealer.wholesale_price": 65.0})
    assert variant.scenario.digest == changed.digest
    assert (variant.scenario.name, variant.layout) == ("tiny/cheaper_wholesale", "")
    assert variant.title == variant.scenario.title == "Cheaper wholesale 降批发价"
    assert variant.question.startswith("Does a wholesale price of 65")


def test_paths_may_be_quoted_or_spelt_as_tables(read):
    quoted = read('[changes]\n"policy.fine" = 100\n"candidates.*.lead_time" = 2')
    spelt = read("[changes.policy]\nfine = 100\n[changes.candidates.'*']\nlead_time = 2")
    assert quoted.scenario.digest == spelt.scenario.digest
    assert {c.lead_time for c in spelt.scenario.candidates} == {2}


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ('"goals.min_coverage" = "95%"', lambda s: s.goals.min_coverage == 0.95),
        ('"goals.min_coverage" = ""', lambda s: s.goals.min_coverage is None),
        ('"candidates.north-a.must_open" = true', lambda s: s.candidates[1].must_open is True),
        ('"appeals.dealer.*" = 2', lambda s: s.appeals[0].appeal == 2.0),
        ('"horizon_weeks" = 52', lambda s: s.horizon_weeks == 52),
        ('"policy.conflict_weights" = [1, 0, 0, 0]', lambda s: s.policy.conflict_weights[0] == 1),
        ('"market.service_standard_km" = 11', lambda s: s.market.service_standard_km == 11.0),
    ],
)
def test_values_are_typed_by_their_column(read, change, path):
    assert path(read(f"[changes]\n{change}").scenario)


def test_changes_that_are_sound_only_together_are_made(read):
    text = '[changes]\n"channel_types.dealer.min_open" = 3\n"channel_types.dealer.max_open" = 2\n'
    with pytest.raises(BadInput, match="min_open must be <= max_open"):
        read(text)
    assert read(text.replace("= 2", "= 3")).scenario.channel_types[0].min_open == 3


@pytest.mark.parametrize("layout", ["today", "today.csv"])
def test_a_variant_may_be_another_layout_alone(read, layout):
    variant = read(f'layout = "{layout}"')
    assert (variant.layout, variant.scenario.digest) == (layout, tiny().digest)
    assert variant.title == "try"


@pytest.mark.parametrize(
    ("text", "line", "column", "cure"),
    [
        (
            '[changes]\n"channel_types.dealer.wholesale_price" = 70',
            2,
            "channel_types.dealer.wholesale_price",
            "already has this value; drop the change or alter it",
        ),
        ('[changes]\n"policy.fines" = 1', 2, "policy.fines", "did you mean 'fine'?"),
        ('[changes]\n"polcy.fine" = 1', 2, "polcy.fine", "'polcy.fine' is no path"),
        ('[changes]\n"zones.e.population" = 1', 2, "zones.e.population", "no 'e'"),
        ('[changes]\n"zones.a.share_x" = 1', 2, "zones.a.share_x", "no own share of x"),
        ('[changes]\n"policy.fine" = "much"', 2, "policy.fine", "'much' is no number"),
        ('[changes]\n"policy.fine" = -1', 2, "policy.fine", "fine must be >= 0, got -1"),
        ('[changes]\n"zones.a.latitude" = ""', 2, "zones.a.latitude", "is empty; write its value"),
        ('[changes]\n"zones.a.id" = "b"', 2, "zones.a.id", "stands twice"),
        ('tittle = "x"\nlayout = "today"', 1, "tittle", "did you mean 'title'?"),
        ('layout = "tody"', 1, "layout", "did you mean 'today'?"),
        ('title = "x"', None, None, "changes nothing; write paths and values under [changes]"),
        ("title = x", 1, None, "is no TOML"),
    ],
)
def test_a_fault_is_told_with_its_line(read, text, line, column, cure):
    with pytest.raises(BadInput) as refusal:
        read(text)
    (fault,) = refusal.value.faults
    assert (fault.file, fault.row, fault.column) == ("variants/try.toml", line, column)
    assert cure in fault.cure


def test_all_faults_of_all_variants_are_told_at_once(tiny_folder):
    for name in ("one", "two"):
        text = '[changes]\n"policy.fine" = -1\n"policy.fines" = 2\n'
        (tiny_folder / "variants" / f"{name}.toml").write_text(text)
    with pytest.raises(BadInput) as refusal:
        read_variants(tiny_folder)
    assert [(f.file, f.row) for f in refusal.value.faults] == [
        ("variants/one.toml", 2),
        ("variants/one.toml", 3),
        ("variants/two.toml", 2),
        ("variants/two.toml", 3),
    ]


def test_a_scenario_without_variants_has_none(tiny_folder):
    (tiny_folder / "variants" / "cheaper_wholesale.toml").unlink()
    assert read_variants(tiny_folder) == {}


PATHS = st.lists(
    st.sampled_from(
        ["zones", "a", "*", "population", "goals", "budget", "appeals", "web", "id", ""]
    ),
    min_size=1,
    max_size=4,
).map(".".join)
VALUES = st.sampled_from(["1", "-1", "nan", "true", '""', '"a"', "[1, 2]", "2025-01-01", "1e400"])


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=st.dictionaries(PATHS, VALUES, min_size=1, max_size=3))
def test_no_change_gives_anything_but_a_variant_or_faults(read, changes):
    lines = [f'"{path}" = {value}' for path, value in changes.items()]
    try:
        found = read("\n".join(["[changes]", *lines])).scenario
    except BadInput as refusal:
        found = refusal.faults
    assert found != tiny()
