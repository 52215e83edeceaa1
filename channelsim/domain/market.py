"""Zones, segments and what surrounds them: the people a channel is built for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from types import MappingProxyType

from channelsim.domain import checks, swings

CHOICE_FORMS = ("logit", "nested_logit", "huff", "mci")
DEMAND_FORMS = (*CHOICE_FORMS, "linear", "isoelastic", "vertical", "spatial", "exogenous")
SPACES = ("line", "circle")
TRAVELS = ("linear", "quadratic")
MOST_PEOPLE = 1e10
"""People in a zone up to whom draws of their numbers are exact (`simulate.kernels`)."""


@dataclass(frozen=True)
class Zone:
    """A place with consumers."""

    id: str
    """Short unique name, any script."""
    name: str
    """Name shown to people."""
    latitude: float
    """Degrees north, -90 to 90."""
    longitude: float
    """Degrees east, -180 to 180."""
    population: float
    """People."""
    name_en: str = ""
    """English name where the data has both."""
    region: str = ""
    """Province, state or sales region."""
    tier: str = ""
    """Class of city, free text."""
    rival_strength: float = 0.0
    """Utils added to the outside option (rivals and not buying) in this zone."""
    awareness: float = 1.0
    """Share of people who know the brand at the start, 0 to 1."""
    shares: Mapping[str, float] = field(default_factory=dict)
    """Share of people by segment id, summing to 1; empty: the segments' own `share`."""

    def __post_init__(self) -> None:
        checks.filled(self)
        checks.identifier("id", self.id)
        checks.within("latitude", self.latitude, -90, 90, "write degrees north")
        checks.within("longitude", self.longitude, -180, 180, "write degrees east")
        checks.at_least("population", self.population, 0)
        checks.at_most(
            "population", self.population, MOST_PEOPLE, "write people, or split the zone"
        )
        checks.utils("rival_strength", self.rival_strength)
        checks.share("awareness", self.awareness)
        for segment, value in self.shares.items():
            checks.share(f"share_{segment}", value)
        if self.shares:
            total = sum(self.shares.values())
            checks.require(
                abs(total - 1) <= 1e-6,
                f"the segment shares must sum to 1, got {total:g}; mend them",
            )
        object.__setattr__(self, "shares", MappingProxyType(dict(self.shares)))

    def __reduce__(self) -> tuple[partial["Zone"], tuple[()]]:
        # a read-only mapping cannot be pickled, and worker processes are sent scenarios
        return partial(Zone, **{**vars(self), "shares": dict(self.shares)}), ()


@dataclass(frozen=True)
class Segment:
    """A kind of consumer."""

    id: str
    """Short unique name."""
    name: str
    """Name shown to people."""
    share: float
    """Share of a zone's people, where the zone does not say otherwise; the segments sum to 1."""
    purchase_rate: float
    """Occasions per person and week at which the brand is considered."""
    price_sensitivity: float
    """Utils lost per unit of money of price (under mci and isoelastic demand, of its logarithm)."""
    distance_sensitivity: float
    """Utils lost per km to the outlet (under huff and mci demand, of its logarithm)."""
    name_en: str = ""
    """English name."""
    service_weight: float = 0.0
    """Utils gained from service 0 to service 1."""
    inertia: float = 0.0
    """Utils added to the last outlet after a happy purchase."""
    aversion: float = 0.0
    """Utils (zero or negative) added to the last outlet after an unhappy purchase."""
    retry: float = 0.5
    """Probability of trying a second outlet after a stock-out."""
    online_preference: float = 0.0
    """Share of occasions that a plan in assignment mode counts as online; consumers in a
    simulation, and plans in choice mode, decide by utility instead."""
    innovation: float = 0.0
    """Bass p: chance per week of becoming aware by oneself."""
    imitation: float = 0.0
    """Bass q: chance per week of becoming aware through owners, times their share."""
    happy_base: float = 0.93
    """Probability of being happy after a purchase with perfect service at a fair price."""
    happy_service_loss: float = 0.15
    """Fall of that probability from service 1 to service 0."""
    happy_price_loss: float = 0.05
    """Fall of that probability where another channel was cheaper by more than the tolerance."""
    happy_wait_loss: float = 0.0
    """Fall of that probability per week of waiting for after-sales service."""
    complain: float = 0.0
    """Share of unhappy buyers who complain."""

    def __post_init__(self) -> None:
        checks.filled(self)
        checks.identifier("id", self.id)
        for name in ("share", "purchase_rate", "retry", "online_preference", "innovation"):
            checks.share(name, getattr(self, name))
        for name in (
            "happy_base",
            "happy_service_loss",
            "happy_price_loss",
            "happy_wait_loss",
            "complain",
        ):
            checks.share(name, getattr(self, name))
        for name in ("price_sensitivity", "distance_sensitivity", "imitation"):
            checks.at_least(name, getattr(self, name), 0)
        for name in ("service_weight", "inertia"):
            checks.within(name, getattr(self, name), 0, 100)
        checks.within("aversion", self.aversion, -100, 0, "write it negative")


@dataclass(frozen=True)
class Rival:
    """A competitor's presence: it makes the outside option stronger where it reaches.

    A fixed strength in its zone, or, where a price is given, an outlet in the choice set.
    """

    id: str
    """Short unique name."""
    zone: str = ""
    """Zone id; empty for an online outlet that reaches every zone."""
    strength: float | None = None
    """Utils added to the outside option of the zone; empty: 0, where it has a price."""
    price: float | None = None
    """Price of the rival outlet, money per unit; empty: it is a strength, no outlet."""
    appeal: float = 0.0
    """Utils of the rival outlet before price, distance and service."""
    service: float = 0.5
    """Service of the rival outlet, 0 to 1."""
    doors: int = 1
    """Stores or doors of the rival outlet."""
    reach_km: float | None = None
    """Farthest road distance consumers of the rival outlet come from; empty: everywhere."""
    reaction: float = 0.0
    """Share of a change of the brand's cheapest price that the rival's price follows, 0 to 1; a
    strength without a price has nothing that follows."""
    reaction_lag: int = 1
    """Weeks after which it follows; 0: the same week."""

    def __post_init__(self) -> None:
        checks.filled(self)
        checks.identifier("id", self.id)
        checks.share("reaction", self.reaction)
        checks.whole("reaction_lag", self.reaction_lag, 0)
        checks.require(
            self.strength is not None or self.price is not None,
            "strength and price are both empty; write a strength, or the price of an outlet",
        )
        if self.strength is not None:
            checks.utils("strength", self.strength)
            checks.require(bool(self.zone), "zone is empty; name the zone of the rival's strength")
        checks.positive("price", self.price, "leave it empty for a strength alone")
        checks.money(self, "price")
        checks.utils("appeal", self.appeal)
        checks.share("service", self.service)
        checks.whole("doors", self.doors, 1)
        checks.positive("reach_km", self.reach_km, "leave it empty for everywhere")


@dataclass(frozen=True)
class Distance:
    """A road distance that replaces the great-circle estimate, both ways."""

    from_zone: str
    """Zone id."""
    to_zone: str
    """Zone id."""
    km: float
    """Kilometres."""

    def __post_init__(self) -> None:
        checks.filled(self)
        checks.at_least("km", self.km, 0)


@dataclass(frozen=True)
class Season:
    """The factor by which occasions differ from the average in one week of the year."""

    week: int
    """Week of the year, 1 to 52."""
    factor: float
    """1 is an average week; the factors are rescaled to a mean of 1."""

    def __post_init__(self) -> None:
        checks.filled(self)
        checks.whole("week", self.week, 1)
        checks.within("week", self.week, 1, 52)
        checks.at_least("factor", self.factor, 0)


@dataclass(frozen=True)
class Market:
    """What holds for the market as a whole."""

    detour_factor: float = 1.3
    """Road km per great-circle km."""
    service_standard_km: float = 30.0
    """A zone is covered when an open physical outlet lies within this road distance."""
    trading_weeks: float = 260.0
    """Weeks that today's layout has been trading before week 0: it sets how many people own
    the product at the start."""
    advertising: float = 0.0
    """Chance per week of becoming aware through the maker's advertising."""
    contagion: float = 0.0
    """Share of the word of mouth that comes from other zones, by gravity weights, 0 to 1."""
    contagion_km: float = 150.0
    """Farthest road distance that word of mouth comes from, km."""
    growth: float = 0.0
    """Growth of purchase occasions from week 0 on, share per year; plans count on week 0's."""
    claim_rate: float = 0.0
    """After-sales requests per unit sold, 0 to 1."""
    freight_per_km: float = 0.0
    """Freight of goods that partners move between them, money per unit and km."""
    goodwill: float = 0.13
    """Utils per unit of the logarithm of a partner's co-op spend over its base (Ataman, van Heerde
    and Mela 2010): what that partner's own outlets gain, and only while it spends. What the whole
    brand gains, slowly, is `goodwill.coop`; the two add up, so divide the elasticity."""
    demand: str = "logit"
    """How consumers turn prices into sales: logit, nested_logit, huff, mci, linear, isoelastic,
    vertical, spatial or exogenous (`domain.demand`)."""
    nesting: float | None = None
    """nested_logit's lambda, above 0 to 1: how little outlets of one nest (physical, online, a type
    with a model of its own) have in common; empty: 1, the logit."""
    doors_exponent: float | None = None
    """Power of doors under huff and mci; empty: 1."""
    nearest_km: float | None = None
    """Least road distance that huff and mci tell apart, km; empty: 1."""
    cross_price: float | None = None
    """linear: units per occasion gained per unit of money of each other outlet's price;
    isoelastic: elasticity to each other outlet's price; empty: 0."""
    space: str | None = None
    """line or circle along which spatial demand lies in each zone; empty: line."""
    space_km: float | None = None
    """Length of that line or circle, km; empty: 1."""
    travel: str | None = None
    """Whether spatial demand minds distance in a linear or quadratic way; empty: linear."""
    swing: float = 0.0
    """Standard deviation of the factor on a week's occasions that all consumers of a zone share
    (weather, fashion, news), share of the mean: a simulation draws it; 0: none."""
    swing_law: str | None = None
    """Law of that factor: normal (cut off at 0) or uniform (swing up to 0.577); empty: normal."""
    swing_memory: float = 0.0
    """Correlation of that factor with the week before, -0.99 to 0.99."""
    swing_common: float = 0.0
    """Share of its variance that all zones have in common, 0 to 1."""

    def __post_init__(self) -> None:
        checks.filled(self)
        self._check_demand()
        checks.at_least("detour_factor", self.detour_factor, 1)
        checks.at_least("service_standard_km", self.service_standard_km, 0)
        checks.at_least("trading_weeks", self.trading_weeks, 0)
        for name in ("advertising", "contagion", "claim_rate"):
            checks.share(name, getattr(self, name))
        checks.positive("contagion_km", self.contagion_km, "write 0 as contagion for no contagion")
        checks.within("growth", self.growth, -0.9, 9, "write a share a year such as 0.03 or 3%")
        checks.at_least("freight_per_km", self.freight_per_km, 0)
        checks.money(self, "freight_per_km")
        checks.at_least("goodwill", self.goodwill, 0)

    def _check_demand(self) -> None:
        checks.one_of("demand", self.demand, DEMAND_FORMS)
        checks.positive("nesting", self.nesting, "write a number above 0, up to 1")
        checks.within("nesting", self.nesting, 0, 1, "write a number above 0, up to 1")
        checks.at_least("doors_exponent", self.doors_exponent, 0)
        checks.positive("nearest_km", self.nearest_km)
        checks.at_least("cross_price", self.cross_price, 0)
        checks.positive("space_km", self.space_km)
        checks.at_least("swing", self.swing, 0)
        checks.within("swing_memory", self.swing_memory, -0.99, 0.99)
        checks.share("swing_common", self.swing_common)
        if self.swing_law is not None:
            checks.one_of("swing_law", self.swing_law, swings.LAWS)
        if self.swing_law == "uniform":
            cure = "write less, or normal as swing_law: demand would fall below 0"
            checks.at_most("swing", self.swing, swings.WIDEST, cure)
        if self.space is not None:
            checks.one_of("space", self.space, SPACES)
        if self.travel is not None:
            checks.one_of("travel", self.travel, TRAVELS)
