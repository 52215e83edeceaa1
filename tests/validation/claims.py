"""Tests as claims, read from their source: what each asserts, and the source that it names."""

import ast
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
YEAR = re.compile(r"\b(1[89]|20)\d\d[ab]?\b|\bASSUMPTIONS\b")
"""What a text that names its source holds: a year, or the page of assumptions."""
ABOVE = "as above"
"""Source of a test that leaves it to its module."""


@dataclass(frozen=True)
class Claim:
    """What one test asserts."""

    test: str
    """Name of the test's function."""
    words: str
    """What it asserts, in words."""
    source: str
    """Where that is from, in the test's own words."""


@dataclass(frozen=True)
class Module:
    """A module of tests."""

    path: str
    """Path from the root."""
    told: str
    """Its docstring, in one line."""
    claims: tuple[Claim, ...]
    """Its tests, in order."""


@cache
def module(path: str) -> Module:
    """Return a module's tests as claims, its path from the root."""
    text = (ROOT / path).read_text("utf-8")
    tree, lines = ast.parse(text), text.splitlines()
    told = _joined(ast.get_docstring(tree) or "")
    claims = tuple(_claim(node, lines) for node in tree.body if _is_test(node))
    return Module(path, told, claims)


def modules(pattern: str) -> list[str]:
    """Return paths of test modules that a pattern from the root matches, in order."""
    return sorted(path.relative_to(ROOT).as_posix() for path in ROOT.glob(pattern))


def _is_test(node: ast.stmt) -> bool:
    return isinstance(node, ast.FunctionDef) and node.name.startswith("test_")


def _claim(node: ast.FunctionDef, lines: list[str]) -> Claim:
    words = node.name.removeprefix("test_").replace("_", " ")
    words = re.sub(r"\b(\d) (\d)\b", r"\1.\2", words)  # names cannot hold 1.5
    told = _joined(ast.get_docstring(node) or _comment(node, lines))
    return Claim(node.name, words, told if YEAR.search(told) else ABOVE)


def _comment(node: ast.FunctionDef, lines: list[str]) -> str:
    """Return what comments say from the line of a test's name to its first statement."""
    head = lines[node.lineno - 1 : node.body[0].lineno - 1]
    found = (re.search(r"(?:^|\s)# (.*)", line) for line in head)
    return " ".join(match[1] for match in found if match)


def _joined(text: str) -> str:
    return " ".join(text.split())
