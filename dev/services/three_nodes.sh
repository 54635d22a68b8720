#!/usr/bin/env bash
# Three Elasticsearch nodes on one machine, and what happens to readers and writers when one of them is killed.
#
#   dev/services/three_nodes.sh {try|start|stop|status|url}        ES_NODES_PORT=9321
#
# `try` starts them, reads and writes through all three, kills the node that holds the primary, counts what failed and
# what was lost, starts the node again and stops all of them. 384 MB of heap each, no security, data that is thrown away.

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=dev/services/common.sh
. "$here/common.sh"

FIRST=${ES_NODES_PORT:-9321}
VERSION=8.16.3
HOME_DIR=$CACHE/elasticsearch-$VERSION
RUN_DIR=$RUN/elasticsearch-nodes
USER_NAME=ashjob-elasticsearch
NODES=(1 2 3)

port() { say $((FIRST + $1 - 1)); }
transport() { say $((FIRST + 100 + $1 - 1)); }
answers() { curl --silent --fail --max-time 3 "http://127.0.0.1:$(port "$1")/" >/dev/null 2>&1; }

java_home() {
    local home
    for home in "${ES_JAVA_HOME:-}" /usr/lib/jvm/java-17-openjdk-* /usr/lib/jvm/java-21-openjdk-*; do
        if [ -n "$home" ] && [ -x "$home/bin/java" ]; then
            say "$home"
            return 0
        fi
    done
    fail "No Java 17 to 23 was found: dev/services/elasticsearch.sh install"
}

prepare() {
    local dir=$RUN_DIR/$1 seeds='' node
    rm -rf "$dir"
    mkdir -p "$dir"/{config,data,logs,tmp}
    cp "$HOME_DIR"/config/* "$dir/config/" 2>/dev/null || true
    sed -i.orig "s#logs/#$dir/logs/#g; s#HeapDumpPath=data#HeapDumpPath=$dir/data#" "$dir/config/jvm.options"
    for node in "${NODES[@]}"; do seeds+="127.0.0.1:$(transport "$node"),"; done
    cat >"$dir/config/elasticsearch.yml" <<YML
cluster.name: ashjob-nodes-$FIRST
node.name: node-$1
network.host: 127.0.0.1
http.port: $(port "$1")
transport.port: $(transport "$1")
discovery.seed_hosts: [${seeds%,}]
cluster.initial_master_nodes: [node-1, node-2, node-3]
path.data: $dir/data
path.logs: $dir/logs
xpack.security.enabled: false
cluster.routing.allocation.disk.threshold_enabled: false
YML
    if is_root; then chown -R "$USER_NAME:$USER_NAME" "$RUN_DIR"; fi
}

launch() {
    local dir=$RUN_DIR/$1
    as_user "$USER_NAME" env CLI_NAME=server CLI_LIBS=lib/tools/server-cli ES_JAVA_HOME="$(java_home)" \
        ES_JAVA_OPTS="-Xms384m -Xmx384m" ES_PATH_CONF="$dir/config" ES_TMPDIR="$dir/tmp" \
        "$HOME_DIR/bin/elasticsearch-cli" -d -p "$dir/pid" >"$dir/logs/start.log" 2>&1 </dev/null 9>&- ||
        { tail -n 20 "$dir/logs/start.log" >&2; fail "Node $1 did not start (logs in $dir/logs)."; }
}

start() {
    local node waited=0
    "$here/elasticsearch.sh" install
    for node in "${NODES[@]}"; do
        answers "$node" && continue
        if port_taken "$(port "$node")"; then fail "Port $(port "$node") is taken. Set ES_NODES_PORT."; fi
        prepare "$node"
    done
    # Side by side: no node is ready before it has found a second.
    for node in "${NODES[@]}"; do answers "$node" || launch "$node" & done
    wait
    until curl --silent --fail --max-time 3 \
        "http://127.0.0.1:$FIRST/_cluster/health?wait_for_nodes=3&timeout=2s" >/dev/null; do
        waited=$((waited + 1))
        [ "$waited" -le 120 ] || fail "The nodes did not find each other (logs in $RUN_DIR)."
        sleep 1
    done
    say "Three nodes answer at $(url)."
}

stop() {
    local node pid waited
    for node in "${NODES[@]}"; do
        pid=$(cat "$RUN_DIR/$node/pid" 2>/dev/null || true)
        if [ -z "$pid" ] || ! kill "$pid" 2>/dev/null; then continue; fi
        waited=0
        while kill -0 "$pid" 2>/dev/null && [ "$waited" -le 120 ]; do
            waited=$((waited + 1))
            sleep 0.5
        done
    done
    rm -rf "$RUN_DIR"
    say "The three nodes are stopped and their data thrown away."
}

status() {
    local node
    for node in "${NODES[@]}"; do answers "$node" || fail "Node $node does not answer at port $(port "$node")."; done
    say "Three nodes answer at $(url)."
}

url() { say "http://127.0.0.1:$(port 1),http://127.0.0.1:$(port 2),http://127.0.0.1:$(port 3)"; }

try() {
    trap stop EXIT
    start
    local root=$here/../..
    ELASTICSEARCH_URL=$(url) PYTHONPATH=$root:$root/site "${VENV:-$root/.venv}/bin/python" \
        "$here/three_nodes.py" "$RUN_DIR"
}

# For three_nodes.py: the node whose process it killed.
again() { launch "$2"; }

case ${1:-} in
    try | start | stop | status | url) "$1" ;;
    again) again "$@" ;;
    *) fail "Usage: $0 {try|start|stop|status|url}" ;;
esac
