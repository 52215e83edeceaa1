"""What stays as it is about outlets and partners while a layout is played: terms of trade."""

from dataclasses import dataclass

import numpy as np

from channelsim.domain.channel import Candidate, ChannelType
from channelsim.domain.columns import Bools, Floats, Ints, across, frozen, row_of
from channelsim.domain.demand import Flows, expected_flows
from channelsim.domain.economics import credit_weeks
from channelsim.domain.layout import Layout
from channelsim.domain.measures import lifted, own_mask
from channelsim.domain.scenario import Scenario
from channelsim.simulate.stocking import wanted
from channelsim.simulate.streams import stable_id

NEVER = 1 << 30
"""A week after the end of every run."""
UNLIMITED = 1 << 53
"""Units a week beyond what any outlet sells, still whole as a float."""
LEAST_SCALE = 1e-9
SCALE_OF_SALES = 0.01
"""Scale of incentive money for a partner without a response curve: this share of its sales."""


@dataclass(frozen=True, eq=False)
class Trade:
    """Terms of trade of every outlet, each (J,)."""

    partner: Ints
    """Partner row."""
    own: Bools
    """Whether it is the maker's own."""
    title: Bools
    """Whether its partner buys the goods."""
    wholesale: Floats
    """What its partner pays its supplier for a unit, money; 0 without title."""
    received: Floats
    """What the maker is paid for a unit, money; 0 without title."""
    sets_price: Bools
    """Whether its partner sets the consumer price."""
    markup: Floats
    """Its partner's markup under cost-plus pricing."""
    fee_rate: Floats
    """Fees to third parties, share of the price."""
    selling_rate: Floats
    """The partner's own selling cost, share of the price."""
    stock_value: Floats
    """What a unit of its stock is worth to whoever owns it, money."""
    lead: Ints
    """Weeks from order to delivery."""
    review: Ints
    """Weeks between orders."""
    safety: Floats
    """Weeks of sales held as safety stock, no more than its partner and credit can finance."""
    capacity: Ints
    """Most units a week, UNLIMITED if there is no limit."""
    usual_income: Floats
    """Income per unit for which it exerts effort 1; NaN where the terms say so."""
    supply_cost: Floats
    """Line haul, money per unit."""
    fulfilment: Floats
    """Parcel and returns, money per unit."""
    maker_fixed: Floats
    """Fixed cost of the maker, money per week."""
    partner_fixed: Floats
    """Fixed cost of the partner, money per week."""
    setup_cost: Floats
    """One-off cost of opening, money."""
    closing_cost: Floats
    """Compensation for closing it, money; 0 for what is not open today."""
    opens: Ints
    """First week open under the layout, NEVER if it stays closed."""
    closes: Ints
    """First week closed again, NEVER if it stays open."""
    expected: Floats
    """Units a week that the plan expects of it at listed prices, incentives at work."""
    swing: Floats
    """Standard deviation of the swings of its demand, share of the mean: those of several zones
    even out (Eppen 1979)."""

    @classmethod
    def of(cls, case: Scenario, layout: Layout) -> "Trade":
        """Read them off the scenario and the layout."""
        columns, rows = case.columns, case.candidates
        kinds = [case.channel_types[t] for t in columns.type_of]
        firms = [case.partners[p] for p in columns.partner_of]
        title = ~np.isnan(columns.wholesale)
        wholesale = np.where(title, columns.wholesale, 0.0)
        funds = np.array([f.resources_weeks for f in firms]) + credit_weeks(case)
        safety = _of(kinds, "stock_weeks") * wanted(case)
        flows = lifted(case, layout, expected_flows(case, layout))
        opens, closes = _calendar(case, layout)
        return cls(
            partner=columns.partner_of,
            own=own_mask(case),
            title=title,
            wholesale=wholesale,
            received=np.where(title, case.distribution.received, 0.0),
            sets_price=title & np.array([k.price_setter == "partner" for k in kinds], dtype=bool),
            markup=np.array([f.markup for f in firms]),
            fee_rate=_of(kinds, "fee_rate"),
            selling_rate=_of(kinds, "selling_cost_rate"),
            stock_value=np.where(title, wholesale, case.economics.unit_cost),
            lead=_of(rows, "lead_time").astype(np.int64),
            review=np.where(_of(kinds, "vendor_managed"), 1, _of(kinds, "review_weeks")).astype(
                np.int64
            ),
            safety=np.where(title, np.minimum(safety, funds), safety),
            capacity=np.minimum(columns.capacity, UNLIMITED).astype(np.int64),
            usual_income=np.array(
                [np.nan if k.usual_income is None else k.usual_income for k in kinds]
            ),
            supply_cost=_of(rows, "supply_cost"),
            fulfilment=_of(kinds, "fulfilment_cost"),
            maker_fixed=_of(rows, "maker_fixed_cost"),
            partner_fixed=_of(rows, "partner_fixed_cost"),
            setup_cost=_of(rows, "setup_cost"),
            closing_cost=_of(rows, "closing_cost") * _of(rows, "open_today"),
            opens=opens,
            closes=closes,
            expected=flows.by_candidate(len(rows)),
            swing=_swing(case, flows),
        )


@dataclass(frozen=True, eq=False)
class Firms:
    """What partners are, each (P,)."""

    own: Bools
    """The maker's own arms."""
    reputation: Floats
    """Reputation, 0 to 1."""
    capability: Floats
    """Capability at the start, 0 to 1."""
    long_term: Floats
    """Weight of the future against the present, 0 to 0.99."""
    risk_aversion: Floats
    """Cost of risk: twice what a unit of the variance of weekly income costs, 1 / money."""
    sales_spread: Floats
    """Standard deviation of a week's sales, units; NaN for a tenth of a period's."""
    key: Ints
    """Name of their draws, the same in every scenario."""
    spend: dict[str, Floats]
    """The layout's incentive money by instrument, money per week."""
    scale: dict[str, Floats]
    """By instrument: the money per week at which its effect bends."""

    def money_for(self, instrument: str) -> tuple[Floats, Floats]:
        """Return spend and scale of an instrument, each (P,) money per week."""
        if instrument not in self.spend:
            return np.zeros(len(self.own)), np.ones(len(self.own))
        return self.spend[instrument], self.scale[instrument]

    @classmethod
    def of(cls, case: Scenario, layout: Layout, trade: Trade) -> "Firms":
        """Read them off the scenario and the layout."""
        partners, index = case.partners, case.columns.partner_index
        sales = np.bincount(
            trade.partner, trade.expected * case.columns.price, minlength=len(partners)
        )
        default = np.maximum(SCALE_OF_SALES * sales, LEAST_SCALE)
        spend: dict[str, Floats] = {}
        scale: dict[str, Floats] = {}
        for row in layout.incentives:
            at = row_of(index, row.partner, "partner")
            amounts = spend.setdefault(row.instrument, np.zeros(len(partners)))
            scale.setdefault(row.instrument, default.copy())
            amounts[at] += row.value
        for curve in case.responses:
            if curve.instrument in scale:
                scale[curve.instrument][index[curve.partner]] = curve.scale
        return cls(
            own=np.array([p.own for p in partners], dtype=bool),
            reputation=_of(partners, "reputation"),
            capability=_of(partners, "capability"),
            long_term=_of(partners, "long_term"),
            risk_aversion=_of(partners, "risk_aversion"),
            sales_spread=frozen(
                np.array([np.nan if p.sales_spread is None else p.sales_spread for p in partners])
            ),
            key=np.array([stable_id(p.id) for p in partners], dtype=np.int64),
            spend=spend,
            scale=scale,
        )


def _swing(case: Scenario, flows: Flows) -> Floats:
    """Return swing x sqrt(common + (1 - common) sum of squares of its zones' parts): (J,)."""
    market, count = case.market, len(case.candidates)
    if market.swing == 0:
        return np.zeros(count)
    total, units = flows.by_candidate(count), across(flows.units)
    squares = np.bincount(flows.arcs.candidate, units**2, count)
    parts = np.divide(squares, total**2, out=np.ones_like(total), where=total > 0)
    common = market.swing_common
    return frozen(market.swing * np.sqrt(common + (1 - common) * parts))


def _of(rows: "tuple[object, ...] | list[Candidate] | list[ChannelType]", name: str) -> Floats:
    return frozen(np.array([float(getattr(row, name)) for row in rows]))


def _calendar(case: Scenario, layout: Layout) -> tuple[Ints, Ints]:
    opens = np.full(len(case.candidates), NEVER, dtype=np.int64)
    closes = opens.copy()
    for opening in layout.openings:
        row = case.columns.candidate_index[opening.candidate]
        opens[row] = opening.open_week
        closes[row] = NEVER if opening.close_week is None else opening.close_week
    return frozen(opens), frozen(closes)
