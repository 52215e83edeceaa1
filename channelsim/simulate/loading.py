"""Loading at work: who buys ahead of need this week, because a quota period is about to end.

A partner counts on the step that it reaches by its own forecast, and on the quota itself once it
has begun to fill it (`simulate.shortfall`). It buys no more than it can finance beside its safety
stock.
"""

from typing import TYPE_CHECKING

import numpy as np

from channelsim.domain.columns import Floats
from channelsim.domain.rules import rules_of
from channelsim.domain.scenario import Scenario
from channelsim.simulate.pacing import outlook
from channelsim.simulate.rules import loading
from channelsim.simulate.rules.chosen import Chosen
from channelsim.simulate.supply import season_ahead
from channelsim.simulate.terms import SPANS, Terms
from channelsim.simulate.trade import Trade

if TYPE_CHECKING:
    from channelsim.simulate.channel import Channel


class Loading:
    """Sales that every outlet buys ahead.

    Parameters
    ----------
    case, trade, terms
        The run's scenario, terms of trade and contracts.
    """

    def __init__(self, case: Scenario, trade: Trade, terms: tuple[Terms, ...]) -> None:
        names = rules_of(case, "loading")
        self._rule = Chosen.of(names, loading.RULES)
        self._rebates = tuple(t for t in terms if t.instrument == "rebate")
        self._holding = case.economics.holding_rate
        self._partner, self._season = trade.partner, case.columns.season
        self._cover = trade.lead + trade.review
        self._dumps = np.array(rules_of(case, "diversion"), dtype=object) == "quota_dumping"
        funds = np.array([p.resources_weeks for p in case.partners])[trade.partner]
        self._funds = np.where(trade.title, np.maximum(funds - trade.safety, 0.0), 0.0)
        self.on = any(name != "none" for name in names) and bool(self._rebates)

    def ahead(self, channel: "Channel") -> Floats | None:
        """Return what outlets buy ahead this week, average weeks of sales (J,); None: nothing.

        Quarters and years are looked at in their last weeks.
        """
        if not self.on:
            return None
        gain = np.zeros(len(self._partner))
        for span, weeks in enumerate(SPANS):
            left = weeks - channel.week % weeks
            if weeks > 1 and left <= np.ceil(weeks * loading.LAST_WEEKS):
                gain = np.maximum(gain, self._gain(channel, span, left))
        if not gain.any():
            return None
        whole = np.floor(self._rule(loading.Prospect(gain, self._holding)) + 1e-9)
        longer = season_ahead(self._season, channel.week, self._cover + whole.astype(np.int64))
        sold = longer - season_ahead(self._season, channel.week, self._cover)
        return np.minimum(sold, self._funds)

    def _gain(self, channel: "Channel", span: int, left: int) -> Floats:
        """Return the rate in reach at the end of a period less the one sure of the next: (J,)."""
        units, quota = outlook(channel, span, left)
        share = np.divide(units, quota, out=np.zeros_like(units), where=quota > 0)
        fills = channel.shortfall.begun[span][self._partner] & self._dumps
        share = share[self._partner]
        share = np.where(fills, np.maximum(share, 1.0), share)
        gain = np.zeros_like(share)
        for term in self._rebates:
            mine = term.on_purchases & (term.span == span)
            more = term.rate(share) - term.rate(np.zeros_like(share))
            gain += np.where(mine, np.maximum(more, 0.0), 0.0)
        return gain
