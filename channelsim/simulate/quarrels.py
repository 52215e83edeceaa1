"""Who quarrels with whom, about what and where: the four kinds of conflict by partner and by pair.

Each partner's conflict of a kind is its frequency x its intensity (Brown and Day 1981):

    price      units that it sold where rivals undercut it, weighted by their share in the zone;
               how far they do, as in `domain.conflict`
    territory  units sold in those of its exclusive zones into which others sold; their share there
    customer   units sold in zones where repeat buyers changed partner; the share that did
    goal       whether it is short of quota or reservation; the mean of the two shortfalls
"""

from typing import TYPE_CHECKING

import numpy as np

from channelsim.domain.columns import Floats, Ints, across
from channelsim.domain.conflict import shortfall, undercuts
from channelsim.domain.outcome import Series

if TYPE_CHECKING:
    from channelsim.simulate.channel import Channel

KINDS = ("price", "territory", "customer", "goal")
PAIR_UNITS = {
    "undercut": "index 0-1",
    "diverted": "units/week",
    "foreign": "units/week",
    "worst_zone": "zone row, -1 none",
}
"""Measures of pairs. A pair OFFENDER>VICTIM undercuts (its part of the victim's price conflict),
diverts (units that the victim's outlets bought), and sells or diverts into its exclusive zones."""
UNITS = {
    f"{kind}_{part}": "share" if part == "frequency" else "index 0-1"
    for kind in KINDS
    for part in ("frequency", "intensity")
}


def by_partner(channel: "Channel") -> dict[str, Floats]:
    """Return conflict, frequency and intensity of each kind: (P,) each."""
    result: dict[str, Floats] = {}
    looks = (_price(channel), _territory(channel), _customer(channel), _goal(channel))
    for kind, (conflict, frequency) in zip(KINDS, looks, strict=True):
        result[f"{kind}_conflict"] = conflict
        result[f"{kind}_frequency"] = frequency
        result[f"{kind}_intensity"] = _share(conflict, frequency)
    return result


def _price(channel: "Channel") -> tuple[Floats, Floats]:
    setting, count = channel.setting, len(channel.case.partners)
    rivalry, sold, price = setting.rivalry, _live(channel), _live_price(channel)
    victim, rival, strength = undercuts(
        rivalry, sold, price, channel.case.policy.price_gap_tolerance
    )
    units, shares = rivalry.spread(sold), rivalry.shares(sold)
    weight = units[victim] * shares[rival]
    partner = rivalry.partner[victim]
    total = np.bincount(rivalry.partner, units, count)
    harm, hits = (
        np.bincount(partner, weight * how, count) for how in (strength, (strength > 0) * 1.0)
    )
    return _share(harm, total), _share(hits, total)


def _territory(channel: "Channel") -> tuple[Floats, Floats]:
    setting, count = channel.setting, len(channel.case.partners)
    sold = across(channel.sales.sold).astype(np.float64)
    taken = setting.by_zone(sold * setting.foreign) + channel.brought_in()
    there = np.maximum(setting.by_zone(sold), taken)
    held = setting.holder >= 0
    holder = setting.holder[held]
    total, lost, hit = (
        np.bincount(holder, zones[held], count) for zones in (there, taken, there * (taken > 0))
    )
    return _share(lost, total), _share(hit, total)


def _customer(channel: "Channel") -> tuple[Floats, Floats]:
    setting, count = channel.setting, len(channel.case.partners)
    rivalry = setting.rivalry
    repeat = across(channel.sales.repeat).astype(np.float64)
    rate = _share(across(channel.sales.switched), repeat)[rivalry.zone]
    units = rivalry.spread(_live(channel))
    total, lost, hit = (
        np.bincount(rivalry.partner, units * how, count)
        for how in (np.ones(len(units)), rate, (rate > 0) * 1.0)
    )
    return _share(lost, total), _share(hit, total)


def _goal(channel: "Channel") -> tuple[Floats, Floats]:
    standing = channel.standing
    counted = standing.active & ~channel.firms.own
    lack = shortfall(standing.attainment, standing.profit, standing.reservation)
    conflict = np.where(counted, lack, 0.0)
    return conflict, (conflict > 0).astype(np.float64)


class Pairs:
    """What pairs of partners did to each other, week by week; only what happened is kept."""

    def __init__(self, ids: tuple[str, ...]) -> None:
        self.ids = ids
        self.weeks: list[dict[str, tuple[Ints, Floats]]] = []

    def add(self, channel: "Channel") -> None:
        """Write the week just played down."""
        count = len(self.ids)
        code, zone, undercut = _undercuts(channel)
        into, where, foreign = _foreign(channel)
        moves, partner = channel.moves, channel.trade.partner
        dealt = partner[moves.seller] * count + partner[moves.buyer]
        sold = np.bincount(channel.setting.rivalry.partner, _sold(channel), count)
        self.weeks.append(
            {
                "undercut": _by_code(code, _share(undercut, sold[code % count])),
                "diverted": _by_code(dealt, moves.units.astype(np.float64)),
                "foreign": _by_code(into, foreign),
                "worst_zone": _worst(
                    np.concatenate([code, into]),
                    np.concatenate([zone, where]),
                    np.concatenate([undercut, foreign]),
                ),
            }
        )

    def series(self) -> tuple[Series, ...]:
        """Return the series of every measure, over all pairs between which anything happened."""
        found = [codes for week in self.weeks for codes, _ in week.values()]
        pairs = np.unique(np.concatenate(found)) if found else np.zeros(0, dtype=np.int64)
        count = max(len(self.ids), 1)
        names = tuple(f"{self.ids[c // count]}>{self.ids[c % count]}" for c in pairs)
        result = []
        for measure, unit in PAIR_UNITS.items():
            nothing = -1.0 if measure == "worst_zone" else 0.0
            values = np.full((len(self.weeks), len(pairs)), nothing)
            for week, seen in enumerate(self.weeks):
                codes, value = seen[measure]
                values[week, np.searchsorted(pairs, codes)] = value
            values.flags.writeable = False
            result.append(Series("pair", names, measure, unit, values))
        return tuple(result)


def _undercuts(channel: "Channel") -> tuple[Ints, Ints, Floats]:
    """Return pair code, zone, and the victim's units x the rival's share x how far it undercuts."""
    setting, count = channel.setting, len(channel.case.partners)
    rivalry, sold = setting.rivalry, _live(channel)
    tolerance = channel.case.policy.price_gap_tolerance
    victim, rival, strength = undercuts(rivalry, sold, _live_price(channel), tolerance)
    weight = rivalry.spread(sold)[victim] * rivalry.shares(sold)[rival] * strength
    hit = weight > 0
    code = rivalry.partner[rival] * count + rivalry.partner[victim]
    return code[hit], rivalry.zone[victim][hit], weight[hit]


def _foreign(channel: "Channel") -> tuple[Ints, Ints, Floats]:
    """Return pair code, zone and units of what was sold or diverted into exclusive zones."""
    setting, partner, count = channel.setting, channel.trade.partner, len(channel.case.partners)
    sold = across(channel.sales.sold)
    arcs = np.flatnonzero(setting.foreign & (sold > 0))
    zone, seller = setting.arcs.zone[arcs], partner[setting.arcs.candidate[arcs]]
    moves = channel.moves
    there, by = channel.case.columns.zone_of[moves.buyer], partner[moves.seller]
    against = (setting.holder[there] >= 0) & (setting.holder[there] != by)
    zone = np.concatenate([zone, there[against]])
    seller = np.concatenate([seller, by[against]])
    units = np.concatenate([sold[arcs], moves.units[against]]).astype(np.float64)
    return seller * count + setting.holder[zone], zone, units


def _by_code(code: Ints, value: Floats) -> tuple[Ints, Floats]:
    codes, at = np.unique(code, return_inverse=True)
    return codes, np.bincount(at, value, len(codes)).astype(np.float64)


def _worst(code: Ints, zone: Ints, harm: Floats) -> tuple[Ints, Floats]:
    """Return the zone in which each pair quarrels the most; the first by row of several."""
    span = int(zone.max(initial=0)) + 1
    keys, total = _by_code(code * span + zone, harm)
    order = np.lexsort((keys, -total, keys // span))
    codes, first = np.unique(keys[order] // span, return_index=True)
    return codes, (keys[order][first] % span).astype(np.float64)


def _live(channel: "Channel") -> Floats:
    """Return units sold on live arcs."""
    result: Floats = across(channel.sales.sold[channel.setting.live]).astype(np.float64)
    return result


def _live_price(channel: "Channel") -> Floats:
    setting = channel.setting
    result: Floats = channel.outlets.price[setting.arcs.candidate[setting.live]]
    return result


def _sold(channel: "Channel") -> Floats:
    return channel.setting.rivalry.spread(_live(channel))


def _share(part: Floats, whole: Floats) -> Floats:
    return np.divide(part, whole, out=np.zeros_like(part, dtype=np.float64), where=whole > 0)
