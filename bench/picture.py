"""A picture of the graph page, taken by the Chromium that is installed, without any network.

usage: picture.py PAGE.html PICTURE.png
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
OPTIONS = ("--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--force-device-scale-factor=1",
           "--window-size=1280,800", "--virtual-time-budget=8000", "--proxy-server=127.0.0.1:9", "--lang=zh-CN")


def picture(page: Path, file: Path) -> None:
    """Write the page as it looks at 1280x800 to `file`; a SystemExit where no browser is found."""
    browser = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if browser is None:
        sys.exit(f"picture: none of {', '.join(BROWSERS)} is installed")
    with tempfile.TemporaryDirectory() as profile:
        files = (f"--user-data-dir={profile}", f"--screenshot={file.resolve()}", page.resolve().as_uri())
        command = [browser, *OPTIONS, *files]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    if not file.is_file():
        sys.exit(f"picture: {browser} wrote none: {done.stderr.strip().splitlines()[-1:]}")
    print(f"{file}: {file.stat().st_size // 1024} KB")


if __name__ == "__main__":
    picture(Path(sys.argv[1]), Path(sys.argv[2]))
