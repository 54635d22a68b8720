# shellcheck shell=bash
# Shared by the scripts of this folder: where things are kept, how they speak, how they install.

set -euo pipefail

# Root's home is closed to the system users that the servers run as, so root's cache lies elsewhere.
if [ -n "${ASHJOB_CACHE:-}" ]; then
    CACHE=$ASHJOB_CACHE
elif [ -n "${XDG_CACHE_HOME:-}" ]; then
    CACHE=$XDG_CACHE_HOME/ashjob
elif [ "$(id -u)" = 0 ]; then
    CACHE=/var/cache/ashjob
else
    CACHE=$HOME/.cache/ashjob
fi
# Data, logs and pid files of the throw-away servers.
# shellcheck disable=SC2034  # read by the scripts that source this
RUN=$CACHE/run

say() { printf '%s\n' "$*"; }

fail() {
    printf '%s\n' "$*" >&2
    exit 1
}

is_root() { [ "$(id -u)" = 0 ]; }

# as_user NAME COMMAND…: runs as that system user when we are root, as ourselves otherwise.
as_user() {
    local name=$1
    shift
    if is_root; then
        (cd / && runuser -u "$name" -- "$@")
    else
        "$@"
    fi
}

# Debian packages of the arguments that are not installed, one a line.
missing_packages() {
    local name
    for name in "$@"; do
        dpkg-query -W -f '${Status}\n' "$name" 2>/dev/null | grep -q '^install ok installed$' || say "$name"
    done
}

# apt_install PACKAGE…: installs what is missing; without the right to do so it stops with the command to type.
apt_install() {
    local missing command
    command -v apt-get >/dev/null || fail "These packages are needed, and this is no Debian: $*. Install what your system calls them (see docs/operations.md)."
    mapfile -t missing < <(missing_packages "$@")
    [ "${#missing[@]}" -gt 0 ] || return 0
    command="apt-get install --yes --no-install-recommends ${missing[*]}"
    local -a runner=(env)
    if ! is_root; then
        if command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
            runner=(sudo -n)
        else
            fail "These Debian packages are missing: ${missing[*]}. Type this, then try again:
    sudo $command"
        fi
    fi
    say "Installing ${missing[*]} …"
    local log tries=0
    log=$(mktemp)
    # Another apt-get may be at work on this machine. `update` does not wait for it by itself, `install` does.
    until "${runner[@]}" apt-get update -q >"$log" 2>&1 </dev/null; do
        tries=$((tries + 1))
        if [ "$tries" -ge 60 ] || ! grep -q 'Could not get lock' "$log"; then break; fi
        sleep 5
    done
    if ! "${runner[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 \
        install --yes --no-install-recommends "${missing[@]}" >>"$log" 2>&1 </dev/null; then
        tail -n 15 "$log" >&2
        rm -f "$log"
        fail "apt-get could not install ${missing[*]} (its last lines are above). Is this machine online?"
    fi
    rm -f "$log"
}

# system_user NAME: makes it when we are root; the servers refuse to run as root.
system_user() {
    is_root || return 0
    id "$1" >/dev/null 2>&1 || useradd --system --user-group --no-create-home --shell /usr/sbin/nologin "$1"
}

# locked NAME COMMAND…: two checkouts may install at the same moment; the second one waits.
locked() {
    local name=$1
    shift
    mkdir -p "$CACHE"
    if command -v flock >/dev/null; then
        (
            flock 9
            "$@"
        ) 9>"$CACHE/$name.lock"
    else
        "$@"
    fi
}

port_taken() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }
