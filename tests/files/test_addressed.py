import pytest

from channelsim.errors import BadInput
from channelsim.files.scenario import read_scenario

HEADER = "id,channel,from_week,to_week,price_cut\n"


def told(folder) -> list[tuple]:
    with pytest.raises(BadInput) as caught:
        read_scenario(folder)
    return [(f.file, f.row, f.column, f.cure) for f in caught.value.faults]


@pytest.fixture
def with_promotions(tiny_folder):
    def write(*lines):
        (tiny_folder / "promotions.csv").write_text(HEADER + "\n".join(lines), "utf-8")
        return tiny_folder

    return write


def test_promotions_are_read(with_promotions):
    found = read_scenario(with_promotions("fair,,23,24,12%", "web,web,50,2,0.1")).promotions
    assert [(p.channel, p.price_cut, p.holds(52)) for p in found] == [
        ("", 0.12, False),
        ("web", 0.1, True),
    ]


def test_an_unknown_channel_is_told_with_its_row(with_promotions):
    folder = with_promotions("fair,,23,24,0.1", "sale,deeler,44,45,0.1")
    cure = "'deeler' is no candidate, partner or channel type; did you mean 'dealer'?"
    assert told(folder) == [("promotions.csv", 3, "channel", cure)]


def test_an_ambiguous_channel_is_told_with_its_row(with_promotions, edit):
    edit("candidates.csv", "south-c,", "dealer,")
    cure = (
        "'dealer' is a candidate and a channel type that stand for different outlets; rename one "
        "of them"
    )
    assert told(with_promotions("fair,dealer,23,24,0.1")) == [
        ("promotions.csv", 2, "channel", cure)
    ]


def test_a_bad_cut_is_told_once(with_promotions):
    (fault,) = told(with_promotions("fair,,23,24,0.99"))
    assert fault[:3] == ("promotions.csv", 2, "price_cut")


def test_a_derived_scenario_changes_a_promotion_by_its_id(with_promotions, tmp_path):
    with_promotions("fair,,23,24,0.1", "sale,web,44,45,0.2")
    child = tmp_path / "child"
    child.mkdir()
    (child / "scenario.toml").write_text('name = "child"\nbased_on = "../tiny"\n')
    (child / "promotions.csv").write_text("id,price_cut,drop\nfair,0.3,\nsale,,1\n")
    (row,) = read_scenario(child).promotions
    assert (row.id, row.from_week, row.price_cut) == ("fair", 23, 0.3)
