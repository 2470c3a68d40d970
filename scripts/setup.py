"""Make what Banyan needs to run (`setup.py run`) or to be worked on (`setup.py test`).

An environment in .venv from the locked requirements, the compiled catalogues and the
front-end files. Each step leaves a stamp, so that a second run takes a moment.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path

import assets
from tooling import (
    BIN,
    PYTHON,
    REQUIREMENTS,
    ROOT,
    VENV,
    fingerprint,
    has_stamp,
    in_ci,
    installer,
    pip,
    run,
    say,
)

OLDEST = (3, 11)
GROUPS = {"run": ["base.txt"], "test": ["base.txt", "dev.txt"]}
OTHER_PYTHONS = ["python3.13", "python3.12", "python3.11", "python3.14"]


def main() -> int:
    """Set everything up; 0 when the project can be used."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("group", choices=sorted(GROUPS), nargs="?", default="run")
    group = parser.parse_args().group
    if sys.version_info < OLDEST:
        return start_again_with_newer_python()
    try:
        make_environment()
        install(group)
        compile_catalogues()
    except subprocess.CalledProcessError as error:
        say(f"Set-up stopped: {error}")
        return 1
    return bring_assets()


def start_again_with_newer_python() -> int:
    """Run this script again by a Python that is new enough, if the machine has one."""
    for name in OTHER_PYTHONS:
        if is_new_enough(name):
            return subprocess.call([name, __file__, *sys.argv[1:]])
    wanted, found = ".".join(map(str, OLDEST)), sys.version.split()[0]
    say(f"Banyan needs Python {wanted} or newer; this is {found} and no other was found.")
    say("Install one, or name it: make run PYTHON=/path/to/python3")
    return 1


def is_new_enough(name: str) -> bool:
    """Whether a Python of this name is there and really starts (a shim may not)."""
    program = shutil.which(name)
    if not program:
        return False
    check = f"import sys; sys.exit(sys.version_info < {OLDEST})"
    return subprocess.call([program, "-c", check], stderr=subprocess.DEVNULL) == 0


def make_environment() -> None:
    """Make .venv unless a working one is there."""
    if PYTHON.exists():
        return
    say(f"Making an environment in .venv (Python {sys.version.split()[0]})")
    try:
        run([sys.executable, "-m", "venv", "--clear", VENV], stdout=subprocess.DEVNULL)
    except subprocess.CalledProcessError:
        if not shutil.which("uv"):
            say("This Python cannot make environments; on Debian: apt install python3-venv")
            raise
        run([sys.executable, "-m", "venv", "--clear", "--without-pip", VENV])


def install(group: str) -> None:
    """Install the locked packages of a group, and the project itself as editable."""
    locks = [REQUIREMENTS / name for name in GROUPS[group]]
    stamp = VENV / f".installed-{group}"
    value = fingerprint([*locks, ROOT / "pyproject.toml"], str(ROOT))
    if has_stamp(stamp, value):
        return
    bring_uv()
    say(f"Installing the locked packages ({', '.join(GROUPS[group])})")
    install_locked(locks)
    run([*installer(), "--no-build-isolation", "--no-deps", "--editable", ROOT])
    stamp.write_text(value)


def bring_uv() -> None:
    """Put uv into the environment, unless the machine has it; without it pip does the work."""
    if shutil.which("uv") or shutil.which("uv", path=str(BIN)):
        return
    try:
        run([*pip(), "--require-hashes", "--requirement", REQUIREMENTS / "uv.txt"])
    except subprocess.CalledProcessError:
        say("uv could not be had; pip takes a minute instead")


def install_locked(locks: list[Path]) -> None:
    """Install by uv; where it fails (pip may know a mirror that uv does not), by pip."""
    words: list[str | Path] = ["--require-hashes"]
    for lock in locks:
        words += ["--requirement", lock]
    by_uv = installer()
    if by_uv != pip():
        trusted = {**os.environ, "UV_SYSTEM_CERTS": "1"}  # a company's own certificates count
        try:
            return run([*by_uv, "--compile-bytecode", *words], env=trusted)
        except subprocess.CalledProcessError:
            say("uv could not install the packages; trying pip")
    return run([*pip(), *words])


def compile_catalogues() -> None:
    """Compile each catalogue that is newer than what was compiled from it."""
    for source in sorted((ROOT / "translations").glob("*/LC_MESSAGES/*.po")):
        compiled = source.with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime >= source.stat().st_mtime:
            continue
        quiet = {"stderr": subprocess.DEVNULL}
        locale = source.parent.parent.name
        run([BIN / "pybabel", "compile", "-l", locale, "-i", source, "-o", compiled], **quiet)


def bring_assets() -> int:
    """Fetch the front-end files; pages work without them, so that only CI insists."""
    try:
        assets.build()
    except (subprocess.CalledProcessError, OSError, assets.MissingFileError) as error:
        say(f"The front-end files could not be had ({error}).")
        say("Pages work without them, less quickly; the next run tries again.")
        return int(in_ci())
    return 0


if __name__ == "__main__":
    os.chdir(ROOT)
    sys.exit(main())
