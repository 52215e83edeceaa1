"""A first sweep: the distributors' wholesale price, and what the channel makes of it.

Plays today's layout of `yangtze_delta` at five wholesale prices under common random numbers and
prints the maker's contribution, the partners' profit and who is left, with replication intervals.

    python experiments/wholesale_price.py [--replications 5]
"""

import argparse

import channelsim as cs

PATH = "channel_types.distributor.wholesale_price"
FACTORS = (0.94, 0.97, 1.0, 1.03, 1.06)
SHOWN = ("profit", "partner_profit", "viable", "coverage", "conflict")


def cases(scenario: cs.Scenario) -> dict[str, tuple[cs.Scenario, cs.Layout]]:
    """Return today's layout at each wholesale price, named by the price."""
    base = next(t for t in scenario.channel_types if t.id == "distributor").wholesale_price or 0.0
    return {
        f"{base * factor:.0f}": (
            scenario if factor == 1 else scenario.replace({PATH: base * factor}),
            scenario.today,
        )
        for factor in FACTORS
    }


def main() -> None:
    """Run the sweep and print one row a price."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--replications", type=int, default=5)
    replications = parser.parse_args().replications
    delta = cs.read_scenario("yangtze_delta")
    result = cs.compare(cases(delta), replications=replications, record=())
    print(f"{'wholesale, ' + delta.currency:<16}" + "".join(f"{name:>34}" for name in SHOWN))
    for price, figures in result.realised.items():
        print(f"{price:<16}" + "".join(f"{figures[name]!s:>34}" for name in SHOWN))


if __name__ == "__main__":
    main()
