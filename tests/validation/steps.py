"""Verification and validation in the terms of Rand and Rust (2011), and the tests of each step."""

from dataclasses import dataclass

from tests.validation.claims import modules


@dataclass(frozen=True)
class Step:
    """A step of Rand and Rust's, and the tests that take it."""

    title: str
    """Their name for it."""
    told: str
    """What stands for it here."""
    listed: tuple[str, ...] = ()
    """Patterns of modules whose claims are listed one by one."""
    but: tuple[str, ...] = ()
    """Patterns of modules among them that stand elsewhere."""
    counted: tuple[tuple[str, str], ...] = ()
    """Patterns of modules that are counted, and what they hold."""

    @property
    def modules(self) -> list[str]:
        """Modules whose claims are listed, in order."""
        elsewhere = {path for pattern in self.but for path in modules(pattern)}
        found = [path for pattern in self.listed for path in modules(pattern)]
        return [path for path in found if path not in elsewhere]


PATTERNS, FACTS = "tests/patterns/test_*.py", "tests/patterns/test_facts_*.py"
KINDS = "tests/patterns/test_conflict_kinds.py"

VERIFICATION = (
    Step(
        "Documentation",
        "The simulator is described by the ODD protocol in [odd.md](odd.md), the rules of its "
        "agents with their sources in [rules.md](rules.md), and the place of each concept of the "
        "field in [concepts.md](concepts.md). Tests hold these pages to the code.",
        counted=(
            ("tests/test_odd.py", "modules, fields and defaults of odd.md are those of the code"),
            (
                "tests/test_concepts.py",
                "every concept's places and tests are there, and move what is measured",
            ),
            ("tests/test_readme.py", "what the README shows runs as written"),
            (
                "tests/test_theory_page.py",
                "the figures that the README and theory.md show are what is played",
            ),
        ),
    ),
    Step(
        "Programmatic testing: unit tests",
        "Each module of the package has its module of tests, on small instances worked out by "
        "hand.",
        counted=(
            ("tests/domain/**/test_*.py", "scenarios, money, demand, measures"),
            ("tests/files/test_*.py", "reading and writing scenarios"),
            ("tests/optimise/test_*.py", "the layout problem and the division of incentive money"),
            ("tests/simulate/**/test_*.py", "the week of the simulator, its kernels and rules"),
            ("tests/study/test_*.py", "comparison, choice of terms, intervals"),
            ("tests/report/test_*.py", "what is written and drawn"),
        ),
    ),
    Step(
        "Programmatic testing: code walkthroughs",
        "What the code does is worked out a second time, by other means, and the two are held "
        "equal.",
        counted=(
            (
                "tests/optimise/test_layout_problem.py",
                "every constraint as an .lp file that a person can read",
            ),
            (
                "tests/optimise/test_brute_force.py",
                "the best layout by looking at every one, in plain Python",
            ),
            (
                "tests/simulate/test_reconciliation.py",
                "what each contract owes, from units, prices and terms",
            ),
        ),
    ),
    Step(
        "Programmatic testing: debugging walkthroughs",
        "Goods, units and money are followed through every week of random scenarios with every "
        "rule at work.",
        listed=("tests/**/test_identities.py",),
        counted=(
            ("tests/simulate/test_ledger.py", "who pays whom"),
            ("tests/simulate/test_books.py", "what the week's books add up to"),
            ("tests/simulate/test_flow.py", "where goods go"),
        ),
    ),
    Step(
        "Test cases: degenerate, extreme and corner cases",
        "Each kind of conflict is nought where it must be and can be driven alone to its bound; "
        "input that makes no sense is refused with the cure, and limits that clash are named.",
        listed=(KINDS,),
        counted=(
            ("tests/domain/test_checks.py", "values that are refused"),
            ("tests/files/test_laws.py", "laws of reading, by drawn examples"),
            ("tests/optimise/test_diagnose.py", "limits that cannot be met, and by how much"),
        ),
    ),
    Step(
        "Test cases: sampled cases and specific scenarios",
        "Random small scenarios (above: the identities and every layout), published instances, "
        "and the scenarios that are shipped.",
        counted=(
            ("tests/optimise/test_orlib.py", "published optima of warehouse location"),
            ("tests/scenarios/test_*.py", "the shipped scenarios and the questions that they ask"),
            ("tests/simulate/test_common_random_numbers.py", "two layouts face the same consumers"),
        ),
    ),
    Step(
        "Test cases: relative value testing",
        "A lever is moved and an outcome must move in the direction that the literature gives: "
        "pairs of runs on the same random numbers, the sign of the mean difference by a one- "
        "sided paired t-test at 1%.",
        listed=(PATTERNS,),
        but=(FACTS, KINDS),
    ),
)

VALIDATION = (
    Step(
        "Micro-face validation",
        "Agents decide by rules that the literature gives, each with its source in "
        "[rules.md](rules.md) and tested by itself on cases worked out by hand.",
        counted=(("tests/simulate/rules/test_*.py", "rules of partners and of the maker"),),
    ),
    Step(
        "Macro-face validation",
        "Played in the models of the theory, the engines give its results: prices, profits and "
        "thresholds of channel games, diffusion, the bullwhip, spatial and logit competition. "
        "[theory.md](theory.md) lists the figures.",
        listed=("tests/theory/test_*.py",),
    ),
    Step(
        "Empirical input validation",
        "Cities, people and roads are data whose source and credit the scenario names. Every "
        "other number stands in its `assumptions.csv` with range, source and confidence, "
        "elasticities among them from meta-analyses; results are shown over those ranges.",
        counted=(
            ("tests/scenarios/test_builder.py", "tables are what the script builds from the data"),
            (
                "tests/scenarios/test_static_figures.py",
                "figures of the assumptions, worked out apart from the code",
            ),
        ),
    ),
    Step(
        "Empirical output validation: stylised facts",
        "Patterns found in the field, asserted as a sign, an order or a band: the literature's "
        "facts by family, and the phenomena of the trade, each of which must also go when its "
        "cause is taken away.",
        listed=(FACTS, "tests/phenomena/test_*.py"),
    ),
    Step(
        "Empirical output validation: real-world data",
        "None yet for what a run brings about: no firm's weekly sales, stocks and violations are "
        "at hand. A firm's own figures would come first.",
    ),
    Step(
        "Empirical output validation: cross-validation",
        "Two models of the same market agree: expected demand of the optimiser and consumers who "
        "draw, compiled consumers and those in NumPy, rest points and closed forms (above).",
        counted=(
            (
                "tests/simulate/test_stationary.py",
                "expected purchases against the plan and against consumers who buy",
            ),
            ("tests/simulate/consumers/test_*.py", "consumers compiled, in NumPy, and by the law"),
            ("tests/simulate/kernels/test_*.py", "kernels against the same sums done plainly"),
        ),
    ),
)


def listed() -> list[str]:
    """Return the modules whose claims the page lists."""
    return [path for step in (*VERIFICATION, *VALIDATION) for path in step.modules]
