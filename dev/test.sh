#!/usr/bin/env bash
# The whole suite, with every server it needs: started when absent, and then stopped again.
#
#   dev/test.sh [pytest arguments]
#
# Two passes, so that both databases are covered: first everything that needs SQLite alone, then what needs servers
# or a browser, on PostgreSQL. Exit code: that of the first pass that fails.

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=dev/services/common.sh
. "$here/services/common.sh"
cd "$here/.."

export ES_PORT=${ES_PORT:-9200}
STARTED=()
SECURED=

# A second Elasticsearch, which asks for keys.
secured() { ES_SECURITY=1 ES_PORT=${ES_SECURE_PORT:-9210} ES_HEAP=384m dev/services/elasticsearch.sh "$1"; }

# shellcheck disable=SC2329  # the trap below calls it
stop_what_we_started() {
    local service
    [ -z "$SECURED" ] || secured stop || true
    for service in ${STARTED[@]+"${STARTED[@]}"}; do
        "dev/services/$service.sh" stop || true
    done
}
trap stop_what_we_started EXIT

# What does not wait for one another is made at the same time.
dev/venv.sh dev &
python=$!
dev/services/stripe_mock.sh install &
stripe=$!
dev/services/system.sh pdf browser
dev/services/postgresql.sh install
dev/services/elasticsearch.sh install
dev/services/verapdf.sh install
wait "$stripe"
wait "$python"

for service in elasticsearch postgresql stripe_mock; do
    if ! "dev/services/$service.sh" status >/dev/null; then
        STARTED+=("$service")
        "dev/services/$service.sh" start
    fi
done

if ! secured status >/dev/null; then
    SECURED=yes
    secured start
fi
ELASTICSEARCH_SECURE_URL=$(secured url)
export ELASTICSEARCH_SECURE_URL
export ELASTICSEARCH_URL=http://127.0.0.1:$ES_PORT
# One index name space for each run, so that two checkouts may test against one server.
export ELASTICSEARCH_PREFIX=${ELASTICSEARCH_PREFIX:-test-$$}
STRIPE_API_BASE=$(dev/services/stripe_mock.sh url)
export STRIPE_API_BASE
postgres_url=$(dev/services/postgresql.sh url)
PYTEST=("${VENV:-.venv}/bin/python" -m pytest -n "${WORKERS:-2}")

say
say "1/2  On SQLite: all that needs no server."
fast=0
DATABASE_URL=sqlite://:memory: ELASTICSEARCH_URL='' "${PYTEST[@]}" -m "not postgres and not elasticsearch and not browser and not stripe" "$@" || fast=$?
say
say "2/2  On PostgreSQL, with Elasticsearch, stripe-mock and Chromium."
full=0
DATABASE_URL=$postgres_url "${PYTEST[@]}" -m "postgres or elasticsearch or browser or stripe" "$@" || full=$?

[ "$fast" -eq 0 ] || exit "$fast"
exit "$full"
