#!/usr/bin/env bash
# Runs the measurements of dev/bench/: all of them, or the one named.
#
#   dev/bench.sh [NAME]

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=dev/services/common.sh
. "$here/services/common.sh"
cd "$here/.."

names=$(find dev/bench -maxdepth 1 -name '[!_]*.py' -exec basename {} .py \; 2>/dev/null | sort)
[ -n "$names" ] || fail "There is no measurement in dev/bench yet."
if [ -n "${1:-}" ]; then
    grep -qx -- "$1" <<<"$names" || fail "There is no measurement '$1'. There is: $(tr '\n' ' ' <<<"$names")"
    names=$1
fi
export PYTHONPATH=$PWD:$PWD/site
for name in $names; do
    say "— $name"
    "${VENV:-.venv}/bin/python" "dev/bench/$name.py"
done
