"""Prints a constraints file: every package that Prongsai and its extras need, at the version installed here.

Run with the Python of the virtual environment; a package that is declared and not installed ends it with an error.
"""

from __future__ import annotations

import sys
import tomllib
from importlib.metadata import distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
UNPINNED_EXTRAS = {"az", "bench", "gs"}


def main() -> None:
    """Walks the requirements from pyproject.toml down and prints one `name==version` a line."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    declared = [*project["project"]["dependencies"], *project["build-system"]["requires"]]
    for extra, requirements in project["project"]["optional-dependencies"].items():
        if extra not in UNPINNED_EXTRAS:
            declared += requirements
    waiting = [Requirement(text) for text in declared]
    seen: set[tuple[str, str]] = set()
    pins: dict[str, str] = {}
    while waiting:
        requirement = waiting.pop()
        name: str = canonicalize_name(requirement.name)
        for extra in {"", *requirement.extras}:
            if name == "prongsai" or (name, extra) in seen:
                continue
            seen.add((name, extra))
            package = distribution(name)
            # A build's own mark, as in 2.13.0+cpu, is left out: the version without it matches every build.
            pins[name] = package.version.partition("+")[0]
            for text in package.requires or ():
                needed = Requirement(text)
                if needed.marker is None or needed.marker.evaluate({"extra": extra}):
                    waiting.append(needed)
    print("# Made by `make pin`: the versions that the tests were last passed with. No addresses, on purpose.")
    for name, version in sorted(pins.items()):
        print(f"{name}=={version}")
    print(f"{len(pins)} packages pinned", file=sys.stderr)


if __name__ == "__main__":
    main()
