"""What common random numbers save: the variance of a difference, paired against unpaired.

On `yangtze_delta`, over `RUNS` replications: today's layout against the recommended one, and
today's layout against itself with distributors 5% dearer. Paired: both meet the same consumers.
Independent: each has a root seed of its own.
"""

import numpy as np
from claims import Claim, claim, finish

import channelsim as cs

RUNS = 160
MEASURES = ("units", "profit", "revenue")
PRICE = "channel_types.distributor.price"


def realised(scenario: cs.Scenario, layout: cs.Layout, seed: int) -> np.ndarray:
    """Return the realised measures, (RUNS, measures), of runs under one root seed."""
    runs = [
        cs.simulate(scenario, layout, seed=seed, replication=r, record=()).realised.as_dict()
        for r in range(RUNS)
    ]
    return np.array([[run[m] for m in MEASURES] for run in runs])


def cut(name: str, before: np.ndarray, scenario: cs.Scenario, layout: cs.Layout) -> list[Claim]:
    """Measure the ratio of variances of a change for each measure."""
    paired, apart = (realised(scenario, layout, seed) for seed in (1, 2))
    common = (paired - before).var(axis=0, ddof=1)
    independent = (apart - before).var(axis=0, ddof=1)
    claims = []
    for measure, a, b in zip(MEASURES, independent, common, strict=True):
        print(f"{name:<8} {measure:<8} variance {a:12.4g} apart, {b:12.4g} paired: {a / b:6.1f}x")
        claims.append(claim(f"{name}_{measure}_variance_cut", round(float(a / b), 1), ">= 12"))
    return claims


def main() -> None:
    """Measure a change of layout and a change of price."""
    delta = cs.read_scenario("scenarios/yangtze_delta")
    plan = cs.recommend(delta, gap=1e-3).layout
    (dealer,) = (t for t in delta.channel_types if t.id == "distributor")
    dearer = delta.replace({PRICE: 1.05 * dealer.price})
    before = realised(delta, delta.today, 1)
    finish([*cut("layout", before, delta, plan), *cut("price", before, dearer, delta.today)])


if __name__ == "__main__":
    main()
