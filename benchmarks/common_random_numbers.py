"""What common random numbers save: the variance of a layout difference, paired against unpaired.

On `yangtze_delta`, today's layout against the recommended one, over `RUNS` replications. Paired:
both layouts meet the same consumers. Independent: each layout has a root seed of its own.
"""

import numpy as np
from claims import claim, finish

import channelsim as cs

RUNS = 30
MEASURES = ("units", "profit", "revenue")


def realised(scenario: cs.Scenario, layout: cs.Layout, seed: int) -> np.ndarray:
    """Return the realised measures, (RUNS, measures), of runs under one root seed."""
    runs = [
        cs.simulate(scenario, layout, seed=seed, replication=r, record=()).realised.as_dict()
        for r in range(RUNS)
    ]
    return np.array([[run[m] for m in MEASURES] for run in runs])


def main() -> None:
    """Measure the ratio of variances for each measure."""
    delta = cs.read_scenario("scenarios/yangtze_delta")
    plan = cs.recommend(delta, gap=1e-3).layout
    today, paired, apart = (
        realised(delta, delta.today, 1),
        realised(delta, plan, 1),
        realised(delta, plan, 2),
    )
    common = (paired - today).var(axis=0, ddof=1)
    independent = (apart - today).var(axis=0, ddof=1)
    ratio = independent / common
    for name, a, b, r in zip(MEASURES, independent, common, ratio, strict=True):
        print(f"{name:<8} variance of the difference: {a:12.4g} apart, {b:12.4g} paired: {r:6.1f}x")
    finish(
        [
            claim(f"{m}_variance_cut", round(float(r), 1), ">= 5")
            for m, r in zip(MEASURES, ratio, strict=True)
        ]
    )


if __name__ == "__main__":
    main()
