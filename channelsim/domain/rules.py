"""The rules that firms decide by, chosen by name: a partner's own, else its channel type's.

Each family is a field of `Partner` and of `ChannelType`; `channelsim.simulate.rules` holds what the
names mean, one family a module.
"""

from typing import TYPE_CHECKING

from channelsim.domain import checks

if TYPE_CHECKING:
    from channelsim.domain.channel import ChannelType
    from channelsim.domain.partner import Partner
    from channelsim.domain.scenario import Scenario

FAMILIES: dict[str, tuple[str, ...]] = {
    "pricing": (
        "list",
        "cost_plus",
        "map_bound",
        "logit_best_response",
        "linear_best_response",
        "cournot",
        "match",
        "undercut",
    ),
    "effort": ("best_response", "none", "aligned_best_response", "quota_driven"),
    "diversion": ("arbitrage", "none", "quota_dumping"),
    "relationship": ("exit", "boycott"),
    "loading": ("none", "forward_buying"),
    "forecasting": ("exponential_smoothing", "moving_average", "ar1", "known"),
    "ordering": ("order_up_to", "base_stock", "s_S", "R_S", "newsvendor"),
}
"""Family -> names of its rules, the default first."""

BY_THE_VENDOR = ("ordering", "loading")
"""Families in which the maker's default holds where it manages the stock."""

RATIONING = ("priority", "proportional", "turn_and_earn", "linear", "uniform")
"""Names of the maker's rationing rules, the default first."""
INFORMATION = ("orders", "none", "sell_out", "inventory")
"""What partners may let the maker see, the default first."""


def check_rules(row: "Partner | ChannelType") -> None:
    """Require that the rules a row names exist; empty names none.

    Raises
    ------
    BadValue
        If a name is unknown.
    """
    for family, names in FAMILIES.items():
        if getattr(row, family):
            checks.one_of(family, getattr(row, family), names)


def rules_of(scenario: "Scenario", family: str) -> list[str]:
    """Return the name of the rule that each candidate's partner follows there: J names."""
    default = FAMILIES[family][0]
    partners = {row.id: getattr(row, family) for row in scenario.partners}
    types = {row.id: getattr(row, family) for row in scenario.channel_types}
    managed = {row.id for row in scenario.channel_types if row.vendor_managed}
    bound = managed if family in BY_THE_VENDOR else set()
    return [
        (c.channel_type not in bound and (partners[c.partner] or types[c.channel_type])) or default
        for c in scenario.candidates
    ]
