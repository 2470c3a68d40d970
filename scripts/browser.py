"""Bring a Chromium for the browser tests."""

from __future__ import annotations

import os
import shutil
import subprocess

from tests.chromium import find_chromium, starts
from tooling import PYTHON, run, say

PACKAGES = ["chromium", "fonts-wqy-microhei"]
ASK_PATH = (
    "from playwright.sync_api import sync_playwright as start\n"
    "with start() as playwright: print(playwright.chromium.executable_path)"
)


def bring_chromium() -> str | None:
    """The path of a browser: one that is there, else Debian's, else Playwright's own; or None."""
    return find_chromium() or from_debian() or from_playwright()


def from_debian() -> str | None:
    """Install the distribution's package, where we are root and it has one."""
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    if not (is_root and shutil.which("apt-get")):
        return None
    say("Installing Chromium and a Chinese font by apt-get")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-qq", "--no-install-recommends", *PACKAGES]
    for command in (["apt-get", "update", "-qq"], install):
        if not succeeds(command, environment):
            return None
    return find_chromium()


def from_playwright() -> str | None:
    """Install Playwright's own build below the person's cache folder."""
    say("Fetching Playwright's Chromium")
    if not succeeds([str(PYTHON), "-m", "playwright", "install", "chromium"], dict(os.environ)):
        return None
    answer = subprocess.check_output([str(PYTHON), "-c", ASK_PATH], text=True)
    path = answer.strip()
    return path if starts(path) else None


def succeeds(command: list[str], environment: dict[str, str]) -> bool:
    """Run a command that asks nothing; say so when it fails."""
    quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL}
    try:
        run(command, env=environment, **quiet)
    except (OSError, subprocess.CalledProcessError) as error:
        say(f"That did not work: {error}")
        return False
    return True
