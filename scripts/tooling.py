"""What the set-up scripts share: paths, saying what happens, and stamps.

Standard library only, and readable by an old Python, so that it can say that it is too old.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / "python"
REQUIREMENTS = ROOT / "requirements"


def in_ci() -> bool:
    """Whether what cannot be had is a failure rather than a loud skip."""
    return os.environ.get("CI", "").lower() in {"1", "true", "yes"}


def say(sentence: str) -> None:
    """Tell the person at the terminal what is happening."""
    print(f"» {sentence}", file=sys.stderr, flush=True)


def run(command: Sequence[str | Path], **options: object) -> None:
    """Run a command from the project's folder; raise CalledProcessError when it fails."""
    words = [str(word) for word in command]
    subprocess.run(words, check=True, cwd=options.pop("cwd", ROOT), **options)  # type: ignore[call-overload]


def installer() -> list[str | Path]:
    """The words that start an installation into our environment: by uv if there, else by pip."""
    uv = shutil.which("uv") or shutil.which("uv", path=str(BIN))
    if uv:
        return [uv, "pip", "install", "--quiet", "--python", PYTHON]
    return pip()


def pip() -> list[str | Path]:
    """The same by the environment's own pip."""
    return [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]


def fingerprint(files: Iterable[Path], *words: str) -> str:
    """A hash of the files' names and content and of the words; a missing file counts as empty."""
    digest = hashlib.sha256("\n".join(words).encode())
    for file in files:
        digest.update(file.name.encode())
        digest.update(file.read_bytes() if file.exists() else b"")
    return digest.hexdigest()


def has_stamp(stamp: Path, value: str) -> bool:
    """Whether the work that left this stamp was done for the same input."""
    return stamp.exists() and stamp.read_text() == value
