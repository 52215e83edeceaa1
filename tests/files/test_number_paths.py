import pytest

from channelsim.files.scenario import check

PATH = "segments.everyone.price_sensitivity"


@pytest.mark.parametrize(
    "path",
    [
        "policy.fine",
        "horizon_weeks",
        "candidates.*.setup_cost",
        "appeals.web.everyone",
        "appeals.*.everyone",
        "contracts.dealer.rebate.rate",
        "responses.north.training.lift",
    ],
)
def test_a_path_to_a_number_may_have_a_range(edit, path):
    errors = [f for f in check(edit("assumptions.csv", PATH, path)) if f.severity == "error"]
    assert errors == []


@pytest.mark.parametrize(
    ("path", "cure"),
    [
        ("partners.north.effort", "holds no number; only a number has a range"),
        ("candidates.web.must_open", "holds no number"),
        ("candidates.wbe.setup_cost", "candidates has no id 'wbe'; did you mean 'web'?"),
        ("zones.a.share_rich", "'share_rich' is no column; write one of share_everyone"),
        ("zones.*.share_everyone", "zone a has no share_everyone of its own; fill it in or"),
        (
            "appeals.wbe.everyone",
            "appeals has no row for wbe.everyone; did you mean 'web.everyone'",
        ),
        ("contracts.deler.rebate.rate", "did you mean 'dealer.rebate'?"),
        ("seasons.24.factor", "seasons has no row for 24"),
        ("policy.finn", "did you mean 'fine'?"),
        ("nowhere", "is no path"),
    ],
)
def test_a_path_to_no_number_is_a_fault_of_its_row(edit, path, cure):
    (fault, *_) = check(edit("assumptions.csv", PATH, path))
    assert (fault.file, fault.row, fault.column) == ("assumptions.csv", 2, "path")
    assert fault.value == path
    assert cure in fault.cure
