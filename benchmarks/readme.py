"""Run the README's demo and hold the block that the README shows against what it prints.

With `--write` the block and the map beside it are brought up to date. Seconds may differ.
"""

import re
import subprocess
import sys
import tempfile
import textwrap
from pathlib import Path

from claims import claim, finish
from PIL import Image

ROOT = Path(__file__).resolve().parents[1]
README, PICTURE = ROOT / "README.md", ROOT / "docs" / "pictures" / "yangtze_delta_map.png"
BEFORE, AFTER = "each with its range):\n\n```\n", "\n```\n\nand writes"
WIDTH, PIXELS, COLOURS = 112, 1100, 64


def demo(folder: Path) -> str:
    """Run the demo quietly and return what it prints, sentences wrapped, tables as they are."""
    command = [str(Path(sys.executable).with_name("channelsim")), "plan", "scenarios/yangtze_delta"]
    options = ["--out", "out/yangtze_delta", "--replications", "5", "--quiet"]
    done = subprocess.run(
        [*command, *options[:1], str(folder / "out"), *options[2:]],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    text = done.stdout.replace(str(folder / "out"), options[1]).strip()
    return "\n".join(line for row in text.splitlines() for line in wrapped(row))


def wrapped(row: str) -> list[str]:
    """Return a sentence in lines of at most WIDTH; a row of a table stays whole."""
    if "   " in row:
        return [row]
    return textwrap.wrap(row, WIDTH, subsequent_indent="  ") or [""]


def timeless(text: str) -> str:
    """Return a text without the seconds that a solver took."""
    return re.sub(r"[\d.,]+ s;", "- s;", text)


def main() -> None:
    """Compare, or write, the block and the picture."""
    old = README.read_text(encoding="utf-8")
    head, rest = old.split(BEFORE, 1)
    tail = rest.split(AFTER, 1)[1]
    with tempfile.TemporaryDirectory() as folder:
        new = head + BEFORE + demo(Path(folder)) + AFTER + tail
        picture = Image.open(Path(folder) / "out" / "charts" / "map.png").convert("RGB")
    same = timeless(new) == timeless(old)
    print(f"README.md {'is' if same else 'is not'} up to date")
    if "--write" in sys.argv:
        picture.thumbnail((PIXELS, PIXELS))
        picture.quantize(COLOURS).save(PICTURE, optimize=True)
        README.write_text(new, encoding="utf-8")
        print("README.md and its map written")
    finish([claim("readme_as_printed", float(same), ">= 1")])


if __name__ == "__main__":
    main()
