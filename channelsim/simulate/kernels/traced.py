"""The phases of a week in which every row keeps to itself, so that moves are known exactly."""

import numpy as np
from numba import njit
from numpy.typing import NDArray

from channelsim.simulate.kernels.cell import Arcs, Room, Tally, Week, place_of, room_at, rows_of
from channelsim.simulate.kernels.draws import draw_rows, name_rows
from channelsim.simulate.kernels.first import begin
from channelsim.simulate.kernels.pairs import (
    Pairs,
    choose_apart,
    leave_apart,
    lose_apart,
    matrix_of,
)
from channelsim.simulate.kernels.philox import GLUE, INLINED, INNER
from channelsim.simulate.kernels.place import (
    BUY,
    FAILED,
    FIRST_ROUND,
    RETRY,
    SECOND_ROUND,
    UNSERVED,
)
from channelsim.simulate.kernels.second import grow_cell, total_of

type Ints = NDArray[np.int64]
type Bools = NDArray[np.bool_]


@njit(**INLINED)
def _claim(claims: Ints, units: Ints, start: int, segment: int) -> None:
    """Sum a cell's claims by outlet."""
    for slot in range(claims.shape[1]):
        total = 0
        for row in range(claims.shape[0]):
            total += claims[row, slot]
        units[start + slot, segment] = total


@njit(**GLUE)
def first_choices_apart(
    first: int,
    last: int,
    arcs: Arcs,
    week: Week,
    counts: Ints,
    tally: Tally,
    pairs: Pairs,
    room: Room,
) -> None:
    """Awareness, occasions and first choices of zones."""
    segments = len(week.loyal)
    for zone in range(first, last):
        here = room_at(room, pairs.grove, arcs, zone)
        for segment in range(segments):
            grown = begin(
                arcs, week, counts, tally, pairs.buyers, here, pairs.grove.shape, zone, segment
            )
            claims = matrix_of(pairs.claims, arcs, pairs, segments, zone, segment)
            if grown[0] == 0:
                claims[:] = 0
                continue
            at, to = rows_of(arcs, segments, zone, segment)
            choose_apart(
                here,
                grown[0],
                grown[1],
                claims,
                pairs.buyers[at:to],
                week.loyal[segment],
                week.averse[segment],
                place_of(week, zone, segment, FIRST_ROUND),
            )
            _claim(claims, tally.first, arcs.zone_start[zone], segment)


@njit(**GLUE)
def second_choices_apart(
    first: int,
    last: int,
    arcs: Arcs,
    week: Week,
    in_stock: Bools,
    tally: Tally,
    pairs: Pairs,
    room: Room,
) -> None:
    """Who of zones went unserved, and their second choices among outlets in stock (J,)."""
    segments = len(week.loyal)
    for zone in range(first, last):
        start, end = arcs.zone_start[zone], arcs.zone_start[zone + 1]
        grown = (0, 0, 0)
        for segment in range(segments):
            if total_of(tally.first_unserved, start, end, segment) == 0:
                continue
            grown = grow_cell(arcs, week, in_stock, room, zone, segment, grown)
            leaves, root, _ = grown
            at, to = rows_of(arcs, segments, zone, segment)
            gone, again = pairs.gone[at:to], pairs.again[at:to]
            claims = matrix_of(pairs.claims, arcs, pairs, segments, zone, segment)
            missed = matrix_of(pairs.missed, arcs, pairs, segments, zone, segment)
            second = matrix_of(pairs.second, arcs, pairs, segments, zone, segment)
            place = place_of(week, zone, segment, UNSERVED)
            unserved = tally.first_unserved[start:end, segment]
            leave_apart(claims, missed, True, unserved, gone, room.draws, place)
            chance = week.retry[segment] if leaves > 0 else 0.0
            draw_rows(gone, again, chance, room.draws, RETRY, place)
            if leaves == 0:
                second[:] = 0
                continue
            choose_apart(
                room,
                leaves,
                root,
                second,
                again,
                week.loyal[segment],
                week.averse[segment],
                place_of(week, zone, segment, SECOND_ROUND),
            )
            _claim(second, tally.second, start, segment)


@njit(**GLUE)
def lost_sales_apart(
    first: int,
    last: int,
    arcs: Arcs,
    week: Week,
    tally: Tally,
    pairs: Pairs,
    room: Room,
) -> None:
    """Who of zones' buyers got nothing in the end, and the outlets they wanted first."""
    segments = len(week.loyal)
    for zone in range(first, last):
        start, end = arcs.zone_start[zone], arcs.zone_start[zone + 1]
        for segment in range(segments):
            if total_of(tally.first_unserved, start, end, segment) == 0:
                continue
            name_rows(room.draws, arcs.candidate[start:end], 0, BUY)
            at, to = rows_of(arcs, segments, zone, segment)
            gone, lost = pairs.gone[at:to], room.rows[: to - at]
            missed = matrix_of(pairs.missed, arcs, pairs, segments, zone, segment)
            second = matrix_of(pairs.second, arcs, pairs, segments, zone, segment)
            place = place_of(week, zone, segment, FAILED)
            unserved = tally.second_unserved[start:end, segment]
            leave_apart(second, missed, False, unserved, lost, room.draws, place)
            for row in range(1, to - at):
                lost[row] += gone[row] - pairs.again[at + row]
                pairs.buyers[at + row] -= lost[row]
            lose_apart(
                missed,
                gone,
                lost,
                tally.lost[start:end, segment],
                arcs.candidate[start:end],
                room.draws,
                place,
            )


@njit(**INNER)
def _move(claims: Ints, kin: Ints, at: int, segment: int, moves: Ints) -> int:
    """Add a cell's units to its moves; return how many went to another partner."""
    slots = claims.shape[1]
    switched = 0
    for last in range(slots):
        for slot in range(slots):
            units = claims[1 + last, slot] + claims[1 + slots + last, slot]
            moves[at + last * slots + slot, segment] += units
            if kin[last] != kin[slot]:
                switched += units
    return switched


@njit(**GLUE)
def count_moves(first: int, last: int, arcs: Arcs, week: Week, tally: Tally, pairs: Pairs) -> None:
    """Count who of zones bought where after where; `moves` hold nothing yet."""
    segments = len(week.loyal)
    for zone in range(first, last):
        start, end = arcs.zone_start[zone], arcs.zone_start[zone + 1]
        kin, at = arcs.kin[start:end], pairs.start[zone]
        for segment in range(segments):
            claims = matrix_of(pairs.claims, arcs, pairs, segments, zone, segment)
            switched = _move(claims, kin, at, segment, pairs.moves)
            if total_of(tally.first_unserved, start, end, segment) > 0:
                second = matrix_of(pairs.second, arcs, pairs, segments, zone, segment)
                switched += _move(second, kin, at, segment, pairs.moves)
            tally.switches[zone, segment, 0] = switched
