"""Set-up of a machine: what it installs, that it installs nothing twice, and what it says where it can't.

Each test runs the real script in a folder of its own, with stand-ins for apt-get, tesseract and python that note what
they were asked for.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
BASH = shutil.which("bash")
TOOLS = ("bash", "cat", "chmod", "cksum", "cp", "dirname", "env", "find", "grep", "id", "mkdir", "tail", "touch")
AS_ROOT = "echo 0"

pytestmark = pytest.mark.skipif(BASH is None or not all(map(shutil.which, TOOLS)), reason="set-up is a bash script for Unix systems")


class Machine:
    """A folder with the project's set-up files, and a `bin` that is all its PATH."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.bin, self.fonts, self.log = folder, folder / "bin", folder / "fonts", folder / "asked.log"
        (folder / "tools").mkdir()
        self.bin.mkdir()
        self.fonts.mkdir()
        self.log.touch()
        shutil.copy(ROOT / "tools" / "setup.sh", folder / "tools")
        for name in ("pyproject.toml", "constraints.txt"):
            shutil.copy(ROOT / name, folder)
        for tool in TOOLS:
            (self.bin / tool).symlink_to(shutil.which(tool) or tool)
        (self.bin / "id").unlink()
        self.add("id", AS_ROOT)

    def add(self, name: str, does: str) -> None:
        """Puts a program on the PATH that notes its arguments and then does that."""
        path = self.bin / name
        path.write_text(f'#!{BASH}\necho "{name} $*" >>"{self.log}"\n{does}\n')
        path.chmod(0o755)

    def add_everything(self) -> None:
        """Tesseract with both languages, a Thai font, and a Python that makes environments."""
        self.add("tesseract", "printf 'List of available languages (2):\\neng\\ntha\\n'")
        (self.fonts / "Garuda.ttf").touch()
        self.add_python("python3")

    def add_python(self, name: str) -> None:
        venv = self.folder / ".venv"
        makes = f'mkdir -p "{venv}/bin"; cp "$0" "{venv}/bin/python"; touch "{venv}/bin/prongsai"; chmod +x "{venv}/bin/prongsai"'
        self.add(name, f'case "$*" in "-m venv"*) {makes} ;; *pip*) exit ${{PIP_FAILS:-0}} ;; esac')

    def set_up(self, **environment: str) -> subprocess.CompletedProcess[str]:
        """Runs the set-up and returns what it said; what it asked for is in the log."""
        self.log.write_text("")
        return subprocess.run(
            [BASH or "bash", "tools/setup.sh"],
            cwd=self.folder,
            env={"PATH": str(self.bin), "HOME": str(self.folder), "PRONGSAI_FONTS": str(self.fonts), **environment},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    def asked(self, word: str) -> list[str]:
        return [line for line in self.log.read_text().splitlines() if word in line]


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_a_second_set_up_does_nothing(machine: Machine) -> None:
    machine.add_everything()
    machine.add("apt-get", "")
    first = machine.set_up()
    assert first.returncode == 0, first.stderr
    assert machine.asked("pip install")
    assert not machine.asked("apt-get")
    second = machine.set_up()
    assert (second.returncode, second.stderr) == (0, "")
    assert not machine.asked("pip")
    assert not machine.asked("venv")


def test_a_changed_pin_installs_again(machine: Machine) -> None:
    machine.add_everything()
    machine.set_up()
    with (machine.folder / "constraints.txt").open("a") as pins:
        pins.write("another==1.0\n")
    machine.set_up()
    assert machine.asked("pip install")


def test_only_what_is_missing_is_asked_of_apt(machine: Machine) -> None:
    machine.add_everything()
    machine.add("tesseract", "echo eng")
    machine.add("apt-get", "")
    assert machine.set_up().returncode == 0
    (asked,) = machine.asked("apt-get install")
    assert asked.endswith("tesseract-ocr-tha")


def test_a_failing_apt_costs_a_message(machine: Machine) -> None:
    machine.add_everything()
    (machine.bin / "tesseract").unlink()
    machine.add("apt-get", "exit 100")
    done = machine.set_up()
    assert done.returncode == 0
    assert "apt-get could not install tesseract-ocr-tha" in done.stderr
    assert "scans stay unread" in done.stderr


def test_without_apt_the_packages_are_named(machine: Machine) -> None:
    machine.add_everything()
    (machine.bin / "tesseract").unlink()
    done = machine.set_up()
    assert done.returncode == 0
    assert "no apt-get here; install these yourself: tesseract-ocr tesseract-ocr-tha tesseract-ocr-eng" in done.stderr


def test_without_root_the_command_is_named(machine: Machine) -> None:
    machine.add_everything()
    machine.add("tesseract", "echo tha")
    machine.add("id", "echo 1000")
    machine.add("apt-get", "")
    done = machine.set_up()
    assert done.returncode == 0
    assert not machine.asked("apt-get")
    assert "run: sudo apt-get install tesseract-ocr-eng" in done.stderr


def test_sudo_is_used_where_it_asks_nothing(machine: Machine) -> None:
    machine.add_everything()
    machine.add("tesseract", "echo tha")
    machine.add("id", "echo 1000")
    machine.add("sudo", "")
    machine.add("apt-get", "")
    assert machine.set_up().returncode == 0
    assert machine.asked("sudo -n env DEBIAN_FRONTEND=noninteractive apt-get install")


def test_an_old_python_is_passed_over_and_said(machine: Machine) -> None:
    machine.add_everything()
    machine.add("python3", "exit 1")
    machine.add_python("python3.12")
    done = machine.set_up()
    assert done.returncode == 0, done.stderr
    assert "using python3.12, because python3 is missing or older than 3.11" in done.stderr


def test_no_python_ends_it_with_what_to_do(machine: Machine) -> None:
    machine.add_everything()
    machine.add("python3", 'case "$*" in --version) echo Python 3.9.2 ;; *) exit 1 ;; esac')
    done = machine.set_up()
    assert done.returncode != 0
    assert "Python 3.11 or newer is needed; found: Python 3.9.2" in done.stderr


def test_failing_pip_ends_it_and_is_tried_again(machine: Machine) -> None:
    machine.add_everything()
    done = machine.set_up(PIP_FAILS="1")
    assert done.returncode != 0
    assert "could not be installed" in done.stderr
    assert machine.set_up().returncode == 0
    assert machine.asked("pip install")


def test_a_browser_is_asked_for_only_by_the_tests(machine: Machine) -> None:
    machine.add_everything()
    machine.add("apt-get", "")
    assert machine.set_up().returncode == 0
    assert not machine.asked("apt-get")
    assert machine.set_up(BROWSER="1").returncode == 0
    (asked,) = machine.asked("apt-get install")
    assert asked.endswith(" chromium")
    machine.add("chromium", "")
    machine.set_up(BROWSER="1")
    assert not machine.asked("apt-get")
