"""The package as others get it: the wheel, its names and types, its pins and licences, and the documents about it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import prongsai
from prongsai import cli
from prongsai.console.doctor import NEEDED_PACKAGES, SYNTH_PACKAGES

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
READMES = ("README.md", "README.th.md")
TABLES = ("documents", "mentions", "scores", "codes", "grades", "findings", "claims", "pages")
LICENCE_FIELDS = ("License-Expression", "License", "Classifier")
PERMISSIVE = re.compile(r"\b(MIT(-CMU)?|BSD|[0-3]-Clause|0BSD|Apache|HPND|ISC|PSF|Zlib)\b|MPL-2\.0|Mozilla Public License 2\.0", re.I)


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (path,) = folder.glob("*.whl")
    return zipfile.Path(path)


@pytest.fixture(scope="session")
def unpacked(wheel: zipfile.Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    wheel.root.extractall(folder)
    return folder


def run_from(site: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs Python with the unpacked wheel first on its path and the checkout out of reach."""
    return subprocess.run(
        [sys.executable, "-P", *arguments],
        cwd=site,
        env={**os.environ, "PYTHONPATH": str(site), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def test_the_wheel_holds_the_code_and_the_patterns(wheel: zipfile.Path) -> None:
    inside = {name for name in wheel.root.namelist() if not name.endswith("/")}
    code = {f"prongsai/{name}" for name in files_under(ROOT / "pipeline" / "prongsai")}
    patterns = {f"prongsai/patterns/{name}" for name in files_under(ROOT / "patterns")}
    assert {name for name in inside if ".dist-info/" not in name} == code | patterns
    assert "prongsai/py.typed" in inside
    assert {"LICENSE", "NOTICE"} <= {name.split("/licenses/")[-1] for name in inside}


def test_the_unpacked_wheel_runs_without_the_checkout(unpacked: Path) -> None:
    done = run_from(unpacked, "-m", "prongsai", "--version")
    assert (done.stdout, done.returncode) == (f"prongsai {prongsai.__version__}\n", 0), done.stderr
    assert run_from(unpacked, "-m", "prongsai", "--help").returncode == 0


def test_the_unpacked_wheel_finds_its_own_patterns(unpacked: Path) -> None:
    program = (
        "import prongsai, prongsai.knowledge as knowledge\n"
        "print(prongsai.__file__)\nprint(knowledge.patterns_folder())\nprint(len(knowledge.load_knowledge().frameworks))"
    )
    done = run_from(unpacked, "-c", program)
    assert done.returncode == 0, done.stderr
    package, patterns, frameworks = done.stdout.splitlines()
    assert Path(package).is_relative_to(unpacked)
    assert Path(patterns) == unpacked / "prongsai" / "patterns"
    assert int(frameworks) == len(list((ROOT / "patterns" / "frameworks").glob("*.toml")))


def test_the_command_is_declared(wheel: zipfile.Path) -> None:
    (entry,) = (path for path in wheel.root.namelist() if path.endswith("entry_points.txt"))
    assert "prongsai = prongsai.cli:main" in wheel.root.read(entry).decode()


@pytest.mark.parametrize("name", prongsai.__all__)
def test_every_name_is_there(name: str) -> None:
    assert getattr(prongsai, name)
    assert name in dir(prongsai)


def test_run_is_the_function_whoever_imports_the_module_first() -> None:
    program = (
        "import sys, types, prongsai\n"
        "prongsai.run = types.ModuleType('prongsai.run')\n"  # what Python does when the submodule is imported
        "assert callable(prongsai.run), prongsai.run\n"
        "import prongsai.options\n"
        "assert prongsai.options.FORMATS\n"
    )
    done = run_from(ROOT / "pipeline", "-c", program)
    assert done.returncode == 0, done.stderr


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'extrct'"):
        _ = prongsai.extrct


def test_every_declared_package_is_pinned() -> None:
    pinned = dict(pins())
    for requirement in declared("dev", "synth"):
        if requirement.name != "prongsai":
            version = pinned[canonicalize_name(requirement.name)]
            assert version in requirement.specifier, requirement


def test_the_doctor_looks_at_every_package() -> None:
    assert [requirement.name for requirement in declared()] == list(NEEDED_PACKAGES)
    assert {requirement.name for requirement in declared("synth")} == {*NEEDED_PACKAGES, *SYNTH_PACKAGES}


def test_the_pins_hold_no_address() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert all(re.fullmatch(r"#.*|[a-z0-9-]+==[\w.!+]+", line) for line in lines)
    assert not any("://" in line for line in lines)


def test_what_a_run_needs_is_permissive() -> None:
    waiting, seen = list(declared()), set[str]()
    while waiting:
        requirement = waiting.pop()
        name = canonicalize_name(requirement.name)
        if name in seen or (requirement.marker and not requirement.marker.evaluate({"extra": ""})):
            continue
        seen.add(name)
        try:
            package = distribution(name)
        except PackageNotFoundError:
            pytest.fail(f"{name} is declared and not installed: run `make test`")
        licences = " ".join(line for field in LICENCE_FIELDS for line in package.metadata.get_all(field) or ())
        assert PERMISSIVE.search(licences), f"{name}: {licences[:200]!r}"
        assert not re.search(r"\b(A|L)?GPL", licences), f"{name}: {licences[:200]!r}"
        waiting += [Requirement(text) for text in package.requires or ()]
    assert {"pandas", "pypdfium2", "pdfminer-six"} <= seen


@pytest.mark.parametrize("name", READMES)
def test_the_readme_opens_with_the_two_commands(name: str) -> None:
    top = (ROOT / name).read_text(encoding="utf-8").splitlines()[:8]
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for command in ("run", "test"):
        assert any(line.startswith(f"make {command}") for line in top)
        assert re.search(rf"^{command}:", makefile, re.MULTILINE)


@pytest.mark.parametrize("name", READMES)
def test_the_readme_has_the_options_of_help(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    offered = {
        command: options_of(command, capsys)
        for command in ("run", "audit", "explain", "report", "review", "plan", "status", "synth", "doctor")
    }
    for command, rest in re.findall(r"^prongsai (\w+)(.*)$", text, re.MULTILINE):
        assert set(re.findall(r"--[a-z-]+", rest.split("#")[0])) <= offered[command], command
    table = {option for row in re.findall(r"^\| `--.*$", text, re.MULTILINE) for option in re.findall(r"`(--[a-z-]+)", row)}
    assert table == offered["run"] - {"--help"}


@pytest.mark.parametrize("name", READMES)
def test_the_readme_has_the_tables_and_exit_codes(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert re.findall(r"^\| `([a-z]+)` \|", text, re.MULTILINE) == list(TABLES)
    assert re.findall(r"^\| (\d) \|", text, re.MULTILINE) == ["0", "1", "2", "3", "4"]


@pytest.mark.parametrize("name", READMES)
def test_the_python_of_the_readme_names_what_is_there(name: str) -> None:
    (program,) = re.findall(r"^```python\n(.*?)^```", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    compile(program, name, "exec")
    assert set(re.findall(r"prongsai\.(\w+)", program)) <= set(prongsai.__all__)


@pytest.mark.parametrize("path", [*READMES, "docs/architecture.md", "docs/decisions.md", "CHANGELOG.md"])
def test_links_lead_somewhere(path: str) -> None:
    text = (ROOT / path).read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#]+)\)", text):
        assert "://" in target or (ROOT / path).parent.joinpath(target).exists(), target


def test_the_architecture_names_every_module() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    for path in (ROOT / "pipeline" / "prongsai").iterdir():
        if path.name.startswith("__") or (path.suffix != ".py" and not (path / "__init__.py").exists()):
            continue
        assert f"`{path.name}{'/' if path.is_dir() else ''}`" in text, path.name


def files_under(folder: Path) -> Iterator[str]:
    for path in folder.rglob("*"):
        if path.is_file() and path.suffix != ".pyc":
            yield path.relative_to(folder).as_posix()


def options_of(command: str, capsys: pytest.CaptureFixture[str]) -> set[str]:
    with pytest.raises(SystemExit):
        cli.main([command, "--help"])
    return set(re.findall(r"--[a-z-]+", capsys.readouterr().out.split("options:")[1].split("exit codes:")[0]))


def pins() -> Iterator[tuple[str, str]]:
    for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            name, version = line.split("==")
            yield name, version


def declared(*extras: str) -> list[Requirement]:
    texts = [*PROJECT["dependencies"], *(text for extra in extras for text in PROJECT["optional-dependencies"][extra])]
    return [Requirement(text) for text in texts]
