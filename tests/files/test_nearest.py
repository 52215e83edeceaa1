import pytest

from channelsim.files.nearest import nearest, suggestion

ZONES = ["shanghai", "suzhou", "01001", "上海"]


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("shangai", "shanghai"),  # a letter missing
        ("SUZHOU", "suzhou"),  # another case
        ("1001", "01001"),  # Excel dropped the zero in front
        ("上海市", "上海"),
        ("paris", None),
    ],
)
def test_nearest_is_what_was_most_likely_meant(name, meant):
    assert nearest(name, ZONES) == meant


@pytest.mark.parametrize(
    ("name", "known", "end"),
    [
        ("shangai", ZONES, "did you mean 'shanghai'?"),
        ("paris", ["a", "b"], "write one of a, b"),
        ("paris", [f"z{i}" for i in range(9)], "write one of z0, z1, z2, z3, z4, z5, z6, z7 ..."),
        ("paris", [], "there is none to name yet"),
    ],
)
def test_suggestion_says_what_to_write(name, known, end):
    assert suggestion(name, known) == end
