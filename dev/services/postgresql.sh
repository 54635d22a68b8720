#!/usr/bin/env bash
# PostgreSQL for the tests that lock, and for trials on one machine, without Docker.
#
#   dev/services/postgresql.sh {install|start|stop|status|url}        PG_PORT=5432
#
# A throw-away cluster of its own: role ashjob, password ashjob, may create databases. Its speed comes from never
# waiting for the disk: keep nothing in it. Where port 5432 belongs to another server, 54329 is used instead;
# `url` tells which.

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=dev/services/common.sh
. "$here/common.sh"

USER_NAME=ashjob-postgresql
PORTS=${PG_PORT:-5432 54329}

# The folder of initdb and pg_ctl, the newest first; Debian keeps it off PATH.
find_bin() {
    local folder
    for folder in $(printf '%s\n' /usr/lib/postgresql/*/bin | sort -rV) \
        "$(dirname "$(command -v initdb 2>/dev/null || echo /)")"; do
        if [ -x "$folder/initdb" ]; then
            say "$folder"
            return 0
        fi
    done
    return 1
}

url_of() { say "postgres://ashjob:ashjob@127.0.0.1:$1/ashjob"; }

# Whether our role can log in there and create databases.
answers() {
    local bin
    bin=$(find_bin) || return 1
    [ "$(PGCONNECT_TIMEOUT=3 "$bin/psql" --no-psqlrc -Atc \
        'select rolcreatedb from pg_roles where rolname = current_user' "$(url_of "$1")" 2>/dev/null)" = t ]
}

install() {
    find_bin >/dev/null || apt_install postgresql
    find_bin >/dev/null || fail "PostgreSQL is installed but its initdb was not found. Put its folder on PATH."
    system_user "$USER_NAME"
}

# make_cluster PORT
make_cluster() {
    local port=$1 folder=$RUN/postgresql-$1 bin
    bin=$(find_bin)
    rm -rf "$folder"
    mkdir -p "$folder"
    printf 'ashjob\n' >"$folder/password"
    if is_root; then chown -R "$USER_NAME:$USER_NAME" "$folder"; fi
    # French sorting and case rules, the same as compose.yaml gives to production.
    if ! as_user "$USER_NAME" "$bin/initdb" --pgdata="$folder/data" --username=postgres --encoding=UTF8 \
        --locale=C.UTF-8 --locale-provider=icu --icu-locale=fr-FR --no-sync \
        --auth-local=trust --auth-host=scram-sha-256 --pwfile="$folder/password" >"$folder/start.log" 2>&1; then
        tail -n 15 "$folder/start.log" >&2
        fail "PostgreSQL could not make its cluster in $folder (its last lines are above)."
    fi
    cat >>"$folder/data/postgresql.conf" <<CONF
listen_addresses = '127.0.0.1'
port = $port
unix_socket_directories = '$folder'
max_connections = 200
shared_buffers = 128MB
fsync = off
synchronous_commit = off
full_page_writes = off
CONF
}

# start_on PORT
start_on() {
    local port=$1 folder=$RUN/postgresql-$1 bin
    bin=$(find_bin)
    make_cluster "$port"
    if ! as_user "$USER_NAME" "$bin/pg_ctl" --pgdata="$folder/data" --log="$folder/server.log" --timeout=60 --wait \
        start >>"$folder/start.log" 2>&1 </dev/null; then
        tail -n 15 "$folder/start.log" "$folder/server.log" >&2 || true
        fail "PostgreSQL did not start on port $port (its last lines are above)."
    fi
    as_user "$USER_NAME" "$bin/psql" --no-psqlrc --quiet --host="$folder" --port="$port" --username=postgres \
        -v ON_ERROR_STOP=1 \
        -c "create role ashjob login createdb password 'ashjob'" \
        -c "create database ashjob owner ashjob" >>"$folder/start.log" 2>&1
    answers "$port" || fail "PostgreSQL runs on port $port but does not let ashjob in (see $folder/server.log)."
}

# The port on which our role is let in, if any.
running_port() {
    local port
    for port in $PORTS; do
        if answers "$port"; then
            say "$port"
            return 0
        fi
    done
    return 1
}

start() {
    local port
    install
    if port=$(running_port); then
        say "PostgreSQL already answers at $(url_of "$port")."
        return 0
    fi
    for port in $PORTS; do
        port_taken "$port" && continue
        start_on "$port"
        say "PostgreSQL answers at $(url_of "$port")."
        return 0
    done
    fail "Port(s) $PORTS are taken by servers that do not know the role ashjob. Set PG_PORT to a free one, or type
    create role ashjob login createdb password 'ashjob'; create database ashjob owner ashjob;
in the one that runs."
}

stop() {
    local port folder bin stopped=no
    bin=$(find_bin) || fail "PostgreSQL is not installed."
    for port in $PORTS; do
        folder=$RUN/postgresql-$port
        [ -e "$folder/data/postmaster.pid" ] || continue
        as_user "$USER_NAME" "$bin/pg_ctl" --pgdata="$folder/data" --mode=fast --wait stop >/dev/null
        rm -rf "$folder"
        say "PostgreSQL on port $port is stopped and its data thrown away."
        stopped=yes
    done
    [ "$stopped" = yes ] || say "No PostgreSQL of ours runs on port(s) $PORTS."
}

status() {
    local port
    if port=$(running_port); then
        say "PostgreSQL answers at $(url_of "$port")."
    else
        say "PostgreSQL does not answer on port(s) $PORTS."
        return 1
    fi
}

url() {
    local port
    port=$(running_port) || fail "PostgreSQL does not run. Start it with $0 start"
    url_of "$port"
}

case ${1:-} in
    install | start | stop | status | url) "$1" ;;
    *) fail "Usage: $0 {install|start|stop|status|url}" ;;
esac
