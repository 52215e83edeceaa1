"""Promotions of the Chinese scenarios: the two festivals, deep online and shallow in the shops.

Online 345 becomes 300 and a dealer's 369 becomes 351: a gap of 14% instead of 6.5%. Live-stream
sits on the price floor of 319 and goes down to that of festival weeks, 289. The festivals'
attention is in the season already, so no promotion adds a lift.
"""

from typing import NamedTuple

from channelsim.domain.promotion import Promotion


class _Cut(NamedTuple):
    """What one kind of channel cuts in a festival."""

    channel: str
    name: str
    share: float
    maker_share: float = 0.0


_FESTIVALS = {"618": (23, 24), "double-11": (44, 45)}
_CUTS = {
    "offline": _Cut("", "线下", 0.05, maker_share=0.5),
    "platform": _Cut("platform", "平台旗舰店", 0.13),
    "own_online": _Cut("own_online", "官方商城", 0.13),
    "live_stream": _Cut("live_stream", "直播带货", 0.094),
}
_NAMES = {"618": "618", "double-11": "双11"}

PROMOTIONS = tuple(
    Promotion(
        id=f"{festival}-{kind}",
        from_week=first,
        to_week=last,
        price_cut=cut.share,
        channel=cut.channel,
        maker_share=cut.maker_share,
        name=f"{_NAMES[festival]}·{cut.name}",
    )
    for festival, (first, last) in _FESTIVALS.items()
    for kind, cut in _CUTS.items()
)
