"""What goes wrong before anything runs is said in a sentence that tells what to do."""

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

TOOLS = ["bash", "cat", "dirname", "env", "git", "grep", "id", "mkdir", "rm", "sh", "uname"]


@pytest.fixture
def tools(tmp_path):
    """A PATH with the ordinary tools and no Python."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in TOOLS:
        (folder / name).symlink_to(shutil.which(name))
    return folder


def run(*command, **variables):
    environment = {key: value for key, value in os.environ.items() if key not in {"PORT", "PYTHON", "VENV"}}
    return subprocess.run(
        command,
        cwd=settings.ROOT,
        env=environment | variables,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def python_that_says_it_is(version, folder: Path) -> None:
    """`python3` of that age: refuses the question whether it is new enough."""
    script = folder / "python3"
    script.write_text(f'#!/bin/sh\n[ "$1" = --version ] && echo "Python {version}" && exit 0\nexit 1\n')
    script.chmod(0o755)


def test_a_taken_port_is_named_and_another_offered():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        done = run("dev/demo.sh", "run", PORT=str(port))
    assert done.returncode == 1
    assert f"Port {port} is taken" in done.stderr
    assert "make demo PORT=" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("port", ["80x", "0", "70000", "-1"])
def test_a_port_that_is_none_is_refused(port):
    done = run("dev/demo.sh", "run", PORT=port)
    assert done.returncode == 1
    assert "Example: make demo PORT=8080" in done.stderr


def test_an_old_python_is_named(tools, tmp_path):
    python_that_says_it_is("3.9.2", tools)
    done = run("dev/venv.sh", "demo", PATH=str(tools), VENV=str(tmp_path / "venv"))
    assert done.returncode == 1
    assert "Python 3.11 or newer is needed, and Python 3.9.2 was found" in done.stderr
    assert not (tmp_path / "venv").exists()


def test_no_python_at_all_is_said(tools, tmp_path):
    done = run("dev/venv.sh", "dev", PATH=str(tools), VENV=str(tmp_path / "venv"))
    assert done.returncode == 1
    assert "no Python was found" in done.stderr


def test_missing_git_is_said(tools):
    (tools / "git").unlink()
    done = run("dev/demo.sh", "run", PATH=str(tools))
    assert done.returncode == 1
    assert done.stderr.startswith("git is needed")


def test_an_environment_in_step_with_the_requirements_is_left_alone(tmp_path):
    """Nothing is said, nothing installed: the stamp holds the hash of what the files ask for."""
    venv = tmp_path / "venv"
    (venv / "bin").mkdir(parents=True)
    (venv / "bin" / "python").symlink_to(sys.executable)
    stamp = run(
        sys.executable,
        "-c",
        "import hashlib, sys; digest = hashlib.sha256(sys.version.encode());"
        "[digest.update(open(name, 'rb').read()) for name in ('requirements.txt', 'requirements-demo.txt')];"
        "print(digest.hexdigest())",
    ).stdout
    (venv / ".stamp-demo").write_text(stamp)
    done = run("dev/venv.sh", "demo", VENV=str(venv))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize("script", ["elasticsearch.sh", "postgresql.sh"])
def test_a_server_that_does_not_run_is_no_error_to_stop(script):
    free = {"ES_PORT": "64999", "PG_PORT": "64998"}
    done = run(f"dev/services/{script}", "status", **free)
    assert done.returncode == 1
    assert "does not answer" in done.stdout


def test_make_alone_lists_what_there_is():
    done = run("make")
    for name in ("demo", "demo-reset", "test", "test-fast", "lint", "format", "bench", "requirements"):
        assert f"make {name} " in done.stdout
