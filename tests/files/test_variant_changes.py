"""Factors on what stands in a scenario, and what is no factor."""

import pytest

from channelsim.errors import BadInput
from channelsim.files.variants import read_variants
from tests.instances import tiny


@pytest.fixture
def read(tiny_folder):
    """Write one variant of the copy of tiny and read it."""

    def variant(text):
        (tiny_folder / "variants" / "try.toml").write_text(text, "utf-8")
        return read_variants(tiny_folder)["try"].scenario

    return variant


def test_a_factor_keeps_the_proportions(read):
    scaled = read('[scale]\n"candidates.*.supply_cost" = 0.9\n')
    before = [c.supply_cost for c in tiny().candidates]
    assert [c.supply_cost for c in scaled.candidates] == pytest.approx([0.9 * b for b in before])


def test_whole_numbers_stay_whole(read):
    scaled = read('[scale]\n"candidates.*.lead_time" = 2.6\n')
    assert {c.lead_time for c in scaled.candidates} == {3}


def test_what_is_empty_stays_empty(read):
    scaled = read('[scale]\n"candidates.*.capacity" = 2\n')
    assert [c.capacity for c in scaled.candidates] == [600, 1200, 1200, 400, None]


def test_changes_and_factors_go_together(read):
    both = read('[changes]\n"policy.fine" = 7\n[scale]\n"channel_types.dealer.price" = 0.5\n')
    assert (both.policy.fine, both.channel_types[0].price) == (7, 50)


@pytest.mark.parametrize(
    ("line", "column", "cure"),
    [
        ('"channel_types.dealer.price" = "x"', "channel_types.dealer.price", "no positive number"),
        ('"channel_types.dealer.price" = 0', "channel_types.dealer.price", "write a factor such"),
        ('"channel_types.dealer.price" = -1', "channel_types.dealer.price", "no positive number"),
        ('"channel_types.dealer.price" = 1', "channel_types.dealer.price", "already has this"),
        ('"channel_types.web.online" = 2', "channel_types.web.online", "set it under [changes]"),
        ('"channel_types.web.name" = 2', "channel_types.web.name", "no number"),
        ('"channel_types.wob.price" = 2', "channel_types.wob.price", "channel_types has no 'wob'"),
        ('"policy.price_floor" = 2', "policy.price_floor", "already has this value"),
        ('"candidates.*.service" = 1.1', "candidates.*.service", "already has this value"),
        ('"channel_types.web.fee_rate" = 9', "channel_types.web.fee_rate", "fee_rate must lie in"),
    ],
)
def test_an_unfit_factor_is_told_with_its_line(read, line, column, cure):
    with pytest.raises(BadInput) as refusal:
        read(f"[scale]\n{line}\n")
    (fault,) = refusal.value.faults
    assert (fault.file, fault.row, fault.column) == ("variants/try.toml", 2, column)
    assert cure in fault.cure


def test_one_path_is_not_both_set_and_scaled(read):
    path = '"policy.fine"'
    with pytest.raises(BadInput, match=r"under \[changes\] and under \[scale\]"):
        read(f"[changes]\n{path} = 7\n[scale]\n{path} = 2\n")
