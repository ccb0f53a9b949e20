"""The published packages the checkers stand on, installed once into a cache folder.

Each environment is named after a digest of its pinned list and the interpreter's version, so a changed
list makes a new one and never half of an old one. A folder without its `ready` mark is rebuilt.
"""
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

LISTS = Path(__file__).resolve().parent.parent / "environments"


class Unavailable(Exception):
    """An environment that could not be installed."""


def cache_folder():
    chosen = os.environ.get("GRADUS_CONFORMANCE_CACHE")
    if not chosen:
        home = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
        chosen = os.path.join(home, "gradus-conformance")
    folder = Path(chosen).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _build(name, salt, inputs, install):
    digest = hashlib.sha256(salt.encode())
    for path in inputs:
        digest.update(path.read_bytes())
    home = cache_folder() / f"{name}-{digest.hexdigest()[:12]}"
    with open(home.with_name(home.name + ".lock"), "w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (home / "ready").exists():
            print(f"installing the {name} environment ...", file=sys.stderr, flush=True)
            shutil.rmtree(home, ignore_errors=True)
            try:
                install(home)
            except FileNotFoundError as error:
                raise Unavailable(f"{name}: `{error.filename}` is not installed") from error
            except subprocess.CalledProcessError as error:
                said = (error.stderr or error.stdout or "").strip()
                raise Unavailable(f"{name}: {said[-1500:] or error}") from error
            (home / "ready").touch()
    return home


def _quietly(*command, **options):
    subprocess.run(command, check=True, capture_output=True, text=True, **options)


def python(name):
    """The interpreter of a virtual environment holding exactly the packages of `environments/NAME.txt`."""
    wanted = LISTS / f"{name}.txt"

    def install(home):
        venv.EnvBuilder(with_pip=True).create(home)
        _quietly(str(home / "bin" / "python"), "-m", "pip", "install", "--disable-pip-version-check",
                 "--no-deps", "--requirement", str(wanted))

    salt = f"python {sys.version_info.major}.{sys.version_info.minor}"
    return _build(name, salt, [wanted], install) / "bin" / "python"


def node_modules():
    """The folder that holds the npm packages of `environments/package-lock.json`."""
    inputs = [LISTS / "package.json", LISTS / "package-lock.json"]

    def install(home):
        home.mkdir(parents=True)
        for path in inputs:
            shutil.copy(path, home)
        _quietly("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", cwd=home)

    return _build("jsonld", "node", inputs, install)
