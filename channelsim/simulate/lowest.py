"""The lowest price that rivals ask where an outlet sells."""

import numpy as np

from channelsim.domain.columns import Bools, Floats, Ints
from channelsim.domain.demand import Reach


class Lowest:
    """Looks up, for every outlet, the lowest price of other partners in the zones it reaches.

    Parameters
    ----------
    arcs
        Live arcs.
    partner, model
        (J,) partner row, and the model sold: prices of other models are not looked at.
    """

    def __init__(self, arcs: Reach, partner: Ints, model: Ints) -> None:
        self.model, self.models = model, np.unique(model)
        self.candidate, self.partner, self.count = arcs.candidate, partner, len(partner)
        _, self.zone_start, self.zone = np.unique(arcs.zone, return_index=True, return_inverse=True)
        self.order = np.argsort(arcs.candidate, kind="stable")
        self.outlet, self.outlet_start = np.unique(arcs.candidate[self.order], return_index=True)

    def __call__(self, price: Floats, visible: Bools) -> Floats:
        """Return the lowest visible price of others: (J,) money per unit, inf where there is none.

        Parameters
        ----------
        price, visible
            (J,) what outlets ask, and whose prices count.
        """
        result = np.full(self.count, np.inf)
        if not len(self.candidate):
            return result
        for model in self.models:
            sold = self.model == model
            result = np.where(sold, self._of_one_model(price, visible & sold), result)
        return result

    def _of_one_model(self, price: Floats, visible: Bools) -> Floats:
        result = np.full(self.count, np.inf)
        offer = np.where(visible, price, np.inf)[self.candidate]
        seller = self.partner[self.candidate]
        least = np.minimum.reduceat(offer, self.zone_start)
        leader = np.zeros(len(least), dtype=np.int64)
        leads = offer == least[self.zone]
        leader[self.zone[leads]] = seller[leads]
        mine = seller == leader[self.zone]
        second = np.minimum.reduceat(np.where(mine, np.inf, offer), self.zone_start)
        rival = np.where(mine, second[self.zone], least[self.zone])
        result[self.outlet] = np.minimum.reduceat(rival[self.order], self.outlet_start)
        return result
