"""Which Chromium the browser tests drive, and how it is started.

Standard library only: scripts/run_tests.py asks before the tests begin.
"""

from __future__ import annotations

import os
import shutil
import subprocess

CHOSEN = "BANYAN_CHROMIUM"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find_chromium() -> str | None:
    """The path of a browser that starts: the one named by BANYAN_CHROMIUM, else one on the path."""
    named = os.environ.get(CHOSEN)
    candidates = [named] if named else [shutil.which(name) for name in NAMES]
    return next((path for path in candidates if path and starts(path)), None)


def starts(path: str) -> bool:
    """Whether the program runs here (a stub, or one whose libraries are missing, does not)."""
    command = [path, "--version"]
    try:
        answer = subprocess.run(command, capture_output=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return answer.returncode == 0


def launch_options(path: str) -> dict[str, object]:
    """What Playwright's ``chromium.launch`` takes to start the browser at this path."""
    arguments = ["--disable-dev-shm-usage"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        arguments.append("--no-sandbox")
    return {"executable_path": path, "args": arguments}
