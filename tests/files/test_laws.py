import pytest

from channelsim.files.scenario import check

TIERS = "id,name,rise,lapse\n"


def told(folder):
    return [(f.file, f.row, f.column, f.cure) for f in check(folder) if f.severity == "error"]


@pytest.fixture
def with_tiers(tiny_folder):
    def write(*lines):
        (tiny_folder / "customer_tiers.csv").write_text(TIERS + "\n".join(lines), "utf-8")
        return tiny_folder

    return write


def test_an_online_candidate_has_no_zone(edit):
    (fault,) = told(edit("candidates.csv", "maker,web,", "maker,web,a"))
    cure = "web is an online channel type, which has no zone; leave it empty"
    assert fault == ("candidates.csv", 6, "zone", cure)


def test_a_physical_candidate_has_one(edit):
    (fault,) = told(edit("candidates.csv", "south,dealer,c", "south,dealer,"))
    cure = "is empty, but dealer is a physical channel type; name its zone"
    assert fault == ("candidates.csv", 4, "zone", cure)


def test_every_law_of_tiers_is_told_with_its_cell(with_tiers):
    found = told(with_tiers("low,L,0.3,0.1", "mid,M,0.2,", "top,T,0.1,0"))
    assert [fault[:3] for fault in found] == [
        ("customer_tiers.csv", 2, "lapse"),
        ("customer_tiers.csv", 3, "lapse"),
        ("customer_tiers.csv", 4, "rise"),
        ("customer_tiers.csv", 4, "lapse"),
    ]
    assert "this is the lowest tier, from which nobody lapses; leave it empty" in found[0][3]
    assert "write the chance of lapsing in a week without a purchase" in found[1][3]
    assert "this is the highest tier, from which nobody rises; leave it empty" in found[2][3]


def test_tiers_in_order_have_no_fault(with_tiers):
    assert told(with_tiers("low,L,0.3,", "mid,M,0.2,0.1", "top,T,,0.02")) == []


def test_a_chance_that_could_not_be_read_is_told_once(with_tiers):
    (fault,) = told(with_tiers("low,L,0.3,", "top,T,,often"))
    assert fault[:3] == ("customer_tiers.csv", 3, "lapse")


@pytest.mark.parametrize("form", ["linear", "exogenous"])
def test_a_rival_outlet_needs_demand_that_chooses(edit, tiny_folder, form):
    edit("scenario.toml", '"logit"', f'"{form}"')
    (tiny_folder / "rivals.csv").write_text("id,zone,price\nr,a,90\n")
    (fault,) = told(tiny_folder)
    cure = f"{form} demand knows no rival outlets; leave it empty, write a strength"
    assert fault == ("rivals.csv", 2, "price", cure)


def test_a_place_lies_on_the_line(edit, tiny_folder):
    edit("scenario.toml", '"logit"', '"spatial"\nspace_km = 5')
    path = tiny_folder / "candidates.csv"
    header, *rows = path.read_text("utf-8").splitlines()
    places = [5, 6, 0, 0, 0]
    lines = [f"{header},position_km", *(f"{r},{p}" for r, p in zip(rows, places, strict=True))]
    path.write_text("\n".join(lines), "utf-8")
    (fault,) = told(tiny_folder)
    assert fault[:3] == ("candidates.csv", 3, "position_km")


def test_a_pair_names_partners_or_candidates_that_are_there(tiny_folder):
    rows = "id,kind,first,second\nfeud,incompatible,north,sout\nlift,requires,south-c,maker\n"
    (tiny_folder / "pairs.csv").write_text(rows, "utf-8")
    (fault,) = told(tiny_folder)
    assert fault[:3] == ("pairs.csv", 2, "second")
    assert fault[3].startswith("'sout' is no partner or candidate; ")
    assert "south" in fault[3]


def test_a_count_rule_is_about_a_region_with_zones(tiny_folder):
    rows = "id,channel_type,region,least\nsome,dealer,east,1\nany,dealer,,1\n"
    (tiny_folder / "count_rules.csv").write_text(rows, "utf-8")
    (fault,) = told(tiny_folder)
    cure = "no zone is in 'east'; write the region of a zone, or leave it empty"
    assert fault == ("count_rules.csv", 2, "region", cure)
