"""Distributors: partners that buy goods and sell them on to other partners, tier upon tier.

Of a unit that operation j sells, j's partner pays w_j to its supplier, that distributor pays its
own wholesale price v_1 to the next, and the last, of K, pays v_K to the maker:

    margin of the k-th distributor = v_(k-1) - v_k,  v_0 = w_j
    the maker receives v_K, or w_j where K = 0.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from channelsim.domain.columns import Floats, Ints, frozen

if TYPE_CHECKING:
    from channelsim.domain.partner import Partner
    from channelsim.domain.scenario import Scenario

MAKER = -1
"""Row that stands for the maker among suppliers."""


@dataclass(frozen=True, eq=False)
class Distribution:
    """Who stands between the maker and operations: H rows, one for each distributor that the goods
    of an operation pass, the nearest first.
    """

    operation: Ints
    """(H,) candidate row."""
    partner: Ints
    """(H,) distributor, partner row."""
    margin: Floats
    """(H,) what it earns on a unit, before the cost of stock and of credit, money."""
    nearest: Ints
    """(H,) 0 for the operation's own supplier, 1 for that one's, and so on."""
    received: Floats
    """(J,) what the maker is paid for a unit, money; NaN where its partner does not take title."""
    supplier: Ints
    """(P,) partner row of each partner's supplier, MAKER for the maker."""
    price: Floats
    """(P,) what a distributor pays for a unit that it sells on, money; NaN for others."""

    @classmethod
    def of(cls, scenario: "Scenario") -> "Distribution":
        """Read them off a scenario."""
        columns = scenario.columns
        index, partners = columns.partner_index, scenario.partners
        supplier = [index[p.supplier] if p.supplier else MAKER for p in partners]
        named = set(supplier)
        price = [_paid(p) if at in named else np.nan for at, p in enumerate(partners)]
        rows, received = [], columns.wholesale.copy()
        supplied = (_ints(supplier) != MAKER)[columns.partner_of]
        for at in np.flatnonzero(supplied).tolist():
            above = chain(supplier, int(columns.partner_of[at]))
            for depth, row in enumerate(above):
                rows.append((at, row, received[at] - price[row], depth))
                received[at] = price[row]
        operation, partner, margin, nearest = zip(*rows, strict=True) if rows else ((),) * 4
        return cls(
            operation=_ints(operation),
            partner=_ints(partner),
            margin=frozen(np.array(margin, dtype=np.float64)),
            nearest=_ints(nearest),
            received=frozen(received),
            supplier=_ints(supplier),
            price=frozen(np.array(price, dtype=np.float64)),
        )

    @property
    def on(self) -> bool:
        """Whether any operation buys from a distributor."""
        return len(self.operation) > 0

    @property
    def seller(self) -> Ints:
        """(J,) partner row of who sells to each operation, MAKER for the maker."""
        found = np.full(len(self.received), MAKER, dtype=np.int64)
        first = self.nearest == 0
        found[self.operation[first]] = self.partner[first]
        return found

    @property
    def depth(self) -> Ints:
        """(J,) distributors that each operation's goods pass."""
        count: Ints = np.bincount(self.operation, minlength=len(self.received))
        return count

    def earned(self, units: Floats) -> Floats:
        """Return what distributors' margins bring on units by operation (J,): (P,) money."""
        by_row = self.margin * units[self.operation]
        return np.bincount(self.partner, by_row, len(self.supplier))


def chain(supplier: list[int] | Ints, partner: int) -> list[int]:
    """Return the distributors between a partner and the maker, the nearest first: partner rows."""
    found: list[int] = []
    while (partner := int(supplier[partner])) != MAKER:
        found.append(partner)
    return found


def supplier_problems(scenario: "Scenario") -> Iterable[str]:
    """Yield what is wrong with who buys from whom."""
    by_id = {p.id: p for p in scenario.partners}
    for row in scenario.partners:
        if row.supplier:
            yield from _supply_problems(row, by_id)
    twice = Counter(p.id for p in scenario.partners)
    supplied = {p.id for p in scenario.partners if p.supplier and twice[p.id] == 1}
    title = {t.id for t in scenario.channel_types if t.takes_title}
    for operation in scenario.candidates:
        takes = operation.wholesale_price is not None or operation.channel_type in title
        if operation.partner in supplied and not takes:
            yield (
                f"candidates: {operation.id} buys nothing, but its partner {operation.partner} "
                "has a supplier; give it or its type a wholesale_price, or leave supplier empty"
            )
    yield from _depot_problems(scenario, by_id)


def _supply_problems(row: "Partner", by_id: "dict[str, Partner]") -> Iterable[str]:
    at, seller = f"partners: {row.id} has the supplier {row.supplier!r}, which", row.supplier
    if seller not in by_id:
        near = ", ".join(name for name in list(by_id)[:5] if name != row.id)
        yield f"{at} is unknown; write the id of another partner, such as {near}, or leave it empty"
        return
    if by_id[seller].own:
        yield f"{at} is the maker's own; leave supplier empty: it buys from the maker"
    elif by_id[seller].wholesale_price is None:
        yield f"{at} has no wholesale_price; write in {seller}'s row what it pays for a unit"
    if row.own:
        yield f"partners: {row.id} is the maker's own, but has a supplier; leave supplier empty"
    if row.id in _above(row, by_id):
        yield f"{at} buys from it in turn; leave the supplier of one of them empty"


def _depot_problems(scenario: "Scenario", by_id: "dict[str, Partner]") -> Iterable[str]:
    owner = {site.id: site.partner for site in scenario.sites}
    sellers = {p.supplier for p in scenario.partners}
    for site in scenario.sites:
        if site.partner and site.partner not in sellers:
            yield (
                f"sites: {site.id} belongs to {site.partner!r}, from whom nobody buys; name it as "
                "the supplier of a partner, or leave partner empty"
            )
    for row in scenario.candidates:
        holder = owner.get(row.site, "")
        if holder and row.partner in by_id and holder not in _above(by_id[row.partner], by_id):
            yield (
                f"candidates: {row.id} orders from {row.site}, a depot of {holder}, from whom "
                f"{row.partner} does not buy; name another site or leave it empty"
            )


def _above(row: "Partner", by_id: "dict[str, Partner]") -> list[str]:
    """Return the ids of suppliers above a partner, as far as they are known, each once."""
    found: list[str] = []
    while row.supplier in by_id and row.supplier not in found:
        row = by_id[row.supplier]
        found.append(row.id)
    return found


def _paid(row: "Partner") -> float:
    return np.nan if row.wholesale_price is None else row.wholesale_price


def _ints(values: Iterable[int]) -> Ints:
    return frozen(np.array(list(values), dtype=np.int64))
