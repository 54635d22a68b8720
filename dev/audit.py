"""Asks pip-audit for known vulnerabilities in what production and the demonstration install.

The answer comes from a service on the network. Where that does not answer, nothing is known: one line says so and
the check goes on; a vulnerability that was found fails it.
"""

import json
import subprocess
import sys
from pathlib import Path

LIMIT_SECONDS = 120


def main() -> int:
    """Exit code 1 exactly when something was found."""
    command = [
        str(Path(sys.executable).with_name("pip-audit")),
        "--format",
        "json",
        "--progress-spinner",
        "off",
    ]
    command += [
        "--timeout",
        "8",
        "--no-deps",
        "--disable-pip",
        "-r",
        "requirements.txt",
        "-r",
        "requirements-demo.txt",
    ]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=LIMIT_SECONDS, check=False)
        packages = json.loads(done.stdout)["dependencies"]
    except (subprocess.TimeoutExpired, json.JSONDecodeError):
        return report("skipped pip-audit: the vulnerability service gave no answer")
    asked = [package for package in packages if "vulns" in package]
    found = [package for package in asked if package["vulns"]]
    if found:
        report("FAILED  pip-audit")
        for package in found:
            for vulnerability in package["vulns"]:
                fixed = ", ".join(vulnerability["fix_versions"]) or "no version yet"
                report(
                    f"        {package['name']} {package['version']}: {vulnerability['id']}, fixed in {fixed}"
                )
        return 1
    if not asked:
        return report(
            f"skipped pip-audit: the service knew none of the {len(packages)} packages (is it reachable?)"
        )
    return report(f"ok      pip-audit ({len(asked)} of {len(packages)} packages)")


def report(line: str) -> int:
    """Prints, and is the exit code of a check that found nothing."""
    sys.stdout.write(line + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
