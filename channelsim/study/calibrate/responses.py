"""A response curve written into a scenario."""

from dataclasses import replace

from channelsim.domain.response import Response
from channelsim.domain.scenario import Scenario


def response_of(scenario: Scenario, partner: str, instrument: str) -> Response | None:
    """Return a partner's response to an instrument, or None."""
    rows = (r for r in scenario.responses if (r.partner, r.instrument) == (partner, instrument))
    return next(rows, None)


def with_response(scenario: Scenario, response: Response) -> Scenario:
    """Return the scenario with a partner's curve in place of its own, or added; limits of spend
    stay.

    Raises
    ------
    BadValue
        If the scenario does not have the partner.
    """
    old = response_of(scenario, response.partner, response.instrument)
    if old is None:
        return scenario.replace(responses=(*scenario.responses, response))
    new = replace(response, min_spend=old.min_spend, max_spend=old.max_spend)
    return scenario.replace(responses=tuple(new if r is old else r for r in scenario.responses))
