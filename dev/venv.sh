#!/usr/bin/env bash
# Makes .venv and keeps it in step with the pinned requirements.
#
#   dev/venv.sh {demo|dev}        VENV=.venv PYTHON=python3.12
#
# Installs only when a requirements file has changed since the last time: the stamp holds their hash. What `dev`
# installs contains what `demo` needs. Silent when there is nothing to do.

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=dev/services/common.sh
. "$here/services/common.sh"
cd "$here/.."

set_name=${1:-}
case $set_name in
    demo | dev) ;;
    *) fail "Usage: $0 {demo|dev}" ;;
esac
VENV=${VENV:-.venv}
python=$VENV/bin/python

stamp_of() { "$python" -c 'import hashlib, sys
digest = hashlib.sha256(sys.version.encode())
for name in sys.argv[1:]:
    digest.update(open(name, "rb").read())
print(digest.hexdigest())' requirements.txt "requirements-$1.txt"; }

fresh() { [ -x "$python" ] && [ -e "$VENV/.stamp-$1" ] && [ "$(stamp_of "$1")" = "$(cat "$VENV/.stamp-$1")" ]; }

# The first Python that is new enough.
find_python() {
    local name
    for name in "${PYTHON:-}" python3 python3.14 python3.13 python3.12 python3.11; do
        command -v "${name:-none}" >/dev/null || continue
        if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            say "$name"
            return 0
        fi
    done
    return 1
}

if fresh "$set_name"; then exit 0; fi
if [ "$set_name" = demo ] && fresh dev; then exit 0; fi

if [ ! -x "$python" ]; then
    base=$(find_python) || fail "Python 3.11 or newer is needed, and $(python3 --version 2>/dev/null || echo 'no Python') was found.
Debian 12, Ubuntu 24.04 and newer have it: sudo apt-get install python3 python3-venv
Another one can be named: make PYTHON=/path/to/python3.12 …"
    if ! "$base" -c 'import ensurepip, venv' 2>/dev/null; then
        if [ "$(command -v "$base")" = /usr/bin/python3 ]; then
            "$here/services/system.sh" python
        else
            fail "$base comes without ensurepip. Install the package that has it (on Debian: its -venv package)."
        fi
    fi
    say "Making $VENV with $("$base" --version) …"
    "$base" -m venv "$VENV" || fail "The virtual environment $VENV could not be made (the reason is above)."
fi

say "Installing the pinned requirements ($set_name) …"
rm -f "$VENV/.stamp-$set_name"
PIP_DISABLE_PIP_VERSION_CHECK=1 "$python" -m pip install --quiet --no-input \
    -r requirements.txt -r "requirements-$set_name.txt" \
    || fail "pip could not install the requirements (the reason is above). Is this machine online?"
stamp_of "$set_name" >"$VENV/.stamp-$set_name"
