#!/usr/bin/env bash
# `make demo`: the site with demonstration data, its worker and its schedule in this terminal; Ctrl-C ends all three.
#
#   dev/demo.sh {run|reset}        PORT=8000 HOST=127.0.0.1
#
# Everything it keeps lies in var/demo: database, images, CVs, mails sent. No Docker, no Java, no network service;
# search uses the database unless ELASTICSEARCH_URL is set.

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=dev/services/common.sh
. "$here/services/common.sh"
cd "$here/.."

export PORT=${PORT:-8000} HOST=${HOST:-127.0.0.1}
export PYTHON=${VENV:-.venv}/bin/python
export PYTHONPATH=$PWD:$PWD/site
export DJANGO_SETTINGS_MODULE=ashjob.settings.demo
# Named here, so that a DATABASE_URL of the shell or of .env, meant for development, is left alone.
export DATABASE_URL=sqlite:///$PWD/var/demo/ashjob.sqlite3
# Only when the shell names it, and with names of its own: .env may speak of development's.
export ELASTICSEARCH_URL=${ELASTICSEARCH_URL:-} ELASTICSEARCH_PREFIX=${ELASTICSEARCH_PREFIX:-ashdemo}
export SITE_URL=${SITE_URL:-http://localhost:$PORT}
export LOG_LEVEL=${LOG_LEVEL:-WARNING}
STATE=var/demo
LOADED=$STATE/.loaded

reset() {
    local pid
    pid=$(cat "$STATE/.running" 2>/dev/null || true)
    # The number may have passed to another program since.
    if [ -n "$pid" ] && ps -p "$pid" -o args= 2>/dev/null | grep -q Procfile.demo; then
        fail "The demo is running (process $pid). Stop it with Ctrl-C in its terminal first."
    fi
    rm -rf "$STATE"
    say "The demonstration data is gone; make demo makes it anew."
}

check() {
    command -v git >/dev/null || fail "git is needed. Type: sudo apt-get install git"
    case $PORT in
        '' | *[!0-9]*) fail "PORT must be a number, not '$PORT'. Example: make demo PORT=8080" ;;
    esac
    if [ "$PORT" -lt 1 ] || [ "$PORT" -gt 65535 ]; then
        fail "PORT must lie between 1 and 65535, not $PORT. Example: make demo PORT=8080"
    fi
    if port_taken "$PORT"; then
        fail "Port $PORT is taken by another program. Stop that one, or choose another port: make demo PORT=$((PORT < 65535 ? PORT + 1 : 8080))"
    fi
}

# Says where to go as soon as the site answers, below whatever the three processes have printed.
announce() {
    local tries=0
    until port_taken "$PORT"; do
        tries=$((tries + 1))
        # $$ is the process that honcho took over: without it there is nothing to announce.
        { [ "$tries" -le 240 ] && kill -0 $$ 2>/dev/null; } || return 0
        sleep 0.25
    done
    printf '\n%s\n\n' "$(cat "$STATE/logins.txt")"
    printf 'ASH Job runs at %s — Ctrl-C stops it. make demo-reset starts afresh.\n\n' "$SITE_URL"
}

run() {
    check
    dev/venv.sh demo
    dev/services/system.sh pdf
    if [ -d "$STATE" ] && [ ! -e "$LOADED" ]; then
        say "The demonstration data was not loaded to its end last time: starting afresh."
        rm -rf "$STATE"
    fi
    mkdir -p "$STATE"
    "$PYTHON" dev/prepare_demo.py || fail "The demonstration could not be prepared (the reason is above).
If its data was made by an older version of the code, start afresh: make demo-reset"
    printf '%s\n' $$ >"$STATE/.running"
    announce &
    exec "$PYTHON" -m honcho start -e /dev/null -f Procfile.demo -p "$PORT"
}

case ${1:-} in
    run | reset) "$1" ;;
    *) fail "Usage: $0 {run|reset}" ;;
esac
