"""Consumers meet the outlets: what they face in a week, and what comes of it."""

from typing import TYPE_CHECKING

import numpy as np

from channelsim.domain.columns import Floats, across
from channelsim.simulate.consumers.sales import Sales

if TYPE_CHECKING:
    from channelsim.simulate.channel import Channel


def meet(channel: "Channel") -> Sales:
    """Let consumers learn of the brand, choose, find stock or not, and be happy or not."""
    outlets, setting, tiers = channel.outlets, channel.setting, channel.tiers
    tastes, kinds = setting.tastes, tiers.kinds
    weight = tiers.weights(setting, outlets.price, outlets.lift, outlets.is_open)
    weight = channel.rivals.weighed(weight, setting.arcs.zone)
    weight = channel.support.served(channel.goodwill.raised(weight))
    stock = np.where(outlets.is_open, np.minimum(outlets.stock, channel.trade.capacity), 0)
    return channel.consumers.step(
        channel.week,
        inform=kinds(setting.inform(channel.consumers.adopted)),
        occasion=kinds(_occasion(channel)),
        weight=channel.happening.moved(weight, setting.arcs.zone),
        inertia=kinds(tastes.inertia),
        aversion=kinds(tastes.aversion),
        happy=channel.support.pleased(channel.happiness()),
        retry=kinds(tastes.retry),
        stock=stock,
        rise=np.tile(tiers.rise, len(tastes.retry)),
        lapse=np.tile(tiers.lapse, len(tastes.retry)),
    )


def _occasion(channel: "Channel") -> Floats:
    """Return the chance of a purchase occasion this week: (Z, S)."""
    setting, week = channel.setting, channel.week
    usual = setting.tastes.purchase_rate * setting.season(week) * setting.growth(week)
    shock = channel.happening.demand * channel.swings.next(week)
    here = np.outer(shock, np.minimum(usual, 1.0))
    result: Floats = np.minimum(here, 1.0)
    return result


def delivered(channel: "Channel") -> float:
    """Return what delivery to consumers costs this week, money."""
    arcs = channel.setting.arcs
    per_unit = arcs.km * channel.money.delivery_per_km[arcs.candidate]
    return float((across(channel.sales.sold) * per_unit).sum())
