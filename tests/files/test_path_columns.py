import pytest

from channelsim.errors import UnknownPath
from channelsim.files.path_columns import column_at, value_for


@pytest.mark.parametrize(
    ("path", "name", "kind"),
    [
        ("policy.fine", "fine", "number"),
        ("horizon_weeks", "horizon_weeks", "integer"),
        ("candidates.*.must_open", "must_open", "flag"),
        ("zones.a.share_rich", "share_rich", "number"),
        ("appeals.web.rich", "appeal", "number"),
        ("contracts.dealer.rebate.rate", "rate", "number"),
        ("seasons.24.factor", "factor", "number"),
    ],
)
def test_a_path_leads_to_its_column(path, name, kind):
    column = column_at(path)
    assert (column.name, column.kind) == (name, kind)


@pytest.mark.parametrize(
    ("path", "cure"),
    [
        ("policy.fines", "did you mean 'fine'?"),
        ("candidates.a.capasity", "did you mean 'capacity'?"),
        ("candidates.a", "is no path; write TABLE.ID.COLUMN or SECTION.KEY"),
        ("distances.a.b", "is no path"),
        ("", "is no path"),
    ],
)
def test_a_path_that_leads_nowhere_is_told(path, cure):
    with pytest.raises(UnknownPath) as refusal:
        column_at(path)
    assert cure in str(refusal.value)


@pytest.mark.parametrize(
    ("path", "text", "value"),
    [
        ("policy.audit_probability", "5%", 0.05),
        ("candidates.a.capacity", "", None),  # empty is the default
        ("candidates.a.doors", "(default)", 1),
        ("partners.a.effort", "none", "none"),
    ],
)
def test_a_text_is_read_by_the_column_of_its_path(path, text, value):
    assert value_for(path, text) == value


def test_what_has_no_default_may_not_be_empty():
    with pytest.raises(ValueError, match="latitude is empty; write its value"):
        value_for("zones.a.latitude", "")
