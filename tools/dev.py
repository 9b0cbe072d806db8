"""Sets up and runs everything from a fresh clone with nothing but Python: `python3 tools/dev.py demo`."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import sysconfig
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
LOCK = ROOT / "requirements-dev.lock"
STAMP = VENV / "consortia-setup.txt"

# What the tests use beyond Python: LibreOffice recalculates the workbook, PostgreSQL is the production database.
SYSTEM_PARTS = {
    "soffice": ("libreoffice-calc-nogui", "LibreOffice (recalculates the workbook)"),
    "postgres": ("postgresql", "PostgreSQL (the production database)"),
}


def main() -> int:
    """Runs the targets named on the command line, in order; the exit code is that of the first that fails."""
    targets = sys.argv[1:] or ["help"]
    for name in targets:
        if name not in TARGETS:
            print(f"There is no target '{name}'. Targets: {', '.join(TARGETS)}.")
            return 2
        code = TARGETS[name]()
        if code:
            return code
    return 0


def help_() -> int:
    """Lists the targets."""
    for name, action in TARGETS.items():
        print(f"{name:8} {(action.__doc__ or '').splitlines()[0]}")
    return 0


def setup() -> int:
    """Makes .venv from the hashed lock and installs this checkout in it; quick when nothing changed."""
    wanted = _fingerprint()
    if STAMP.exists() and STAMP.read_text() == wanted:
        return 0
    if sys.version_info < (3, 11):
        print("Consortia needs Python 3.11 or newer; call this with one, e.g. `make setup PYTHON=python3.11`.")
        return 1
    started = time.monotonic()
    print("Setting up (once): virtual environment, then the locked packages, each checked by its hash ...", flush=True)
    _make_venv()
    uv = [str(BIN / "python"), "-m", "uv", "--quiet", "pip"]
    run([str(BIN / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "uv"])
    run([*uv, "install", "--python", str(VENV), "--require-hashes", "-r", str(LOCK)])
    run([*uv, "install", "--python", str(VENV), "--no-deps", "--editable", str(ROOT)])
    STAMP.write_text(wanted)
    print(f"Set up in {time.monotonic() - started:.0f} s.", flush=True)
    return 0


def demo() -> int:
    """Runs the Lancashire study, prints the decision table and writes the papers."""
    return setup() or run([str(BIN / "consortia"), "demo"])


def test() -> int:
    """Runs every test, after installing what the tests use where this user may."""
    return setup() or system_parts() or run([*_python("pytest"), "-n", "auto"], env=_with_system_parts())


def check() -> int:
    """Lint, format, types and the rules about which room may look into which."""
    return setup() or (
        run([*_python("ruff"), "check", "."])
        or run([*_python("ruff"), "format", "--check", "."])
        or run([*_python("mypy")])
        or run([str(BIN / "lint-imports")])
    )


def docs() -> int:
    """Writes the generated reference pages under docs/reference."""
    return setup() or run([str(BIN / "python"), str(ROOT / "tools" / "build_docs.py")])


def serve() -> int:
    """Opens the website on this machine, with a worker for the background runs."""
    return setup() or run([str(BIN / "consortia"), "serve"])


def bench() -> int:
    """Runs the benchmarks: ours, the peer and the limit in one run."""
    programs = [
        str(ROOT / "benchmarks" / name)
        for name in ("grouping.py", "large.py", "joint.py", "shares.py", "intake.py", "appraisal.py")
    ]
    return setup() or max(run([str(BIN / "python"), program]) for program in programs)


def lock() -> int:
    """Writes requirements-dev.lock anew from pyproject.toml (maintainers)."""
    return run(
        [
            *_python("uv"), "pip", "compile", "--universal", "--generate-hashes", "--no-header", "--quiet", "--upgrade",
            "--python-version", "3.11", "--no-annotate",
            "pyproject.toml", "--all-extras", "--group", "dev", "-o", str(LOCK.relative_to(ROOT)),
        ]
    )  # fmt: skip


def clean() -> int:
    """Removes the virtual environment."""
    shutil.rmtree(VENV, ignore_errors=True)
    return 0


def system_parts() -> int:
    """Installs LibreOffice and PostgreSQL on Debian or Ubuntu when run as root; says what is missing otherwise."""
    missing = {name: part for name, part in SYSTEM_PARTS.items() if not find_program(name)}
    if not missing:
        return 0
    packages = [package for package, _ in missing.values()]
    if shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        print(f"Installing what the tests use: {', '.join(what for _, what in missing.values())} ...", flush=True)
        quiet = {"DEBIAN_FRONTEND": "noninteractive"}
        code = run(["apt-get", "-qq", "update"], env=quiet)
        return code or run(
            ["apt-get", "-qq", "install", "-y", "--no-install-recommends", *packages], env=quiet, quiet=True
        )
    print(f"Not installed here: {', '.join(what for _, what in missing.values())}; tests that use them are skipped.")
    print(f"To run them too: sudo apt-get install {' '.join(packages)}", flush=True)
    return 0


def find_program(name: str) -> str | None:
    """The path of a program, also where Debian keeps the PostgreSQL server."""
    found = shutil.which(name)
    servers = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return found or (str(servers[-1]) if servers else None)


def run(command: list[str], *, env: dict[str, str] | None = None, quiet: bool = False) -> int:
    """Runs a command in the project folder and gives its exit code."""
    stdout = subprocess.DEVNULL if quiet else None
    return subprocess.run(command, cwd=ROOT, env={**os.environ, **(env or {})}, stdout=stdout, check=False).returncode


def _python(module: str) -> list[str]:
    return [str(BIN / "python"), "-m", module]


def _with_system_parts() -> dict[str, str]:
    """Tests that need a program must not be skipped where it was found: they read these variables."""
    found = {name: find_program(name) for name in SYSTEM_PARTS}
    return {f"CONSORTIA_{name.upper()}": path for name, path in found.items() if path}


def _make_venv() -> None:
    shutil.rmtree(VENV, ignore_errors=True)
    if _can_make_venv():
        subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=True)
        return
    if shutil.which("apt-get") and os.geteuid() == 0:
        print("This Python has no ensurepip; installing python3-venv ...", flush=True)
        run(["apt-get", "-qq", "update"])
        run(["apt-get", "-qq", "install", "-y", "python3-venv"], quiet=True)
        subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=True)
        return
    raise SystemExit("This Python cannot make virtual environments; install python3-venv and call again.")


def _can_make_venv() -> bool:
    try:
        import ensurepip
    except ImportError:
        return False
    return bool(ensurepip.version())


def _fingerprint() -> str:
    parts = [
        LOCK.read_bytes(),
        (ROOT / "pyproject.toml").read_bytes(),
        sysconfig.get_platform().encode(),
        sys.version.encode(),
    ]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


TARGETS = {
    "help": help_, "setup": setup, "demo": demo, "test": test, "check": check, "docs": docs,
    "serve": serve, "bench": bench, "lock": lock, "clean": clean,
}  # fmt: skip

if __name__ == "__main__":
    raise SystemExit(main())
