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

STARTED=()

# The server asks for keys, as production's does: whatever a purpose may not do fails the test that tries it. On a port
# of its own, beside the open one that a developer may have.
elasticsearch() { ES_SECURITY=1 ES_PORT=${ES_TEST_PORT:-9210} dev/services/elasticsearch.sh "$1"; }
postgresql() { dev/services/postgresql.sh "$1"; }
stripe_mock() { dev/services/stripe_mock.sh "$1"; }

# shellcheck disable=SC2329  # the trap below calls it
stop_what_we_started() {
    local service
    for service in ${STARTED[@]+"${STARTED[@]}"}; do
        "$service" stop || true
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
    if ! "$service" status >/dev/null; then
        STARTED+=("$service")
        "$service" start
    fi
done

ELASTICSEARCH_SECURE_URL=$(elasticsearch url)
export ELASTICSEARCH_SECURE_URL
# One index name space for each run, so that two checkouts may test against one server.
export ELASTICSEARCH_PREFIX=${ELASTICSEARCH_PREFIX:-test-$$}
STRIPE_API_BASE=$(stripe_mock url)
export STRIPE_API_BASE
postgres_url=$(postgresql url)

# Tests take prefixes of their own, all of which begin so.
keys=$(ELASTICSEARCH_ADMIN_URL=$ELASTICSEARCH_SECURE_URL DATABASE_URL=sqlite://:memory: DJANGO_SETTINGS_MODULE=ashjob.settings.test \
    "${VENV:-.venv}/bin/python" manage.py search_keys --days 1 --prefix 'test-*')
while IFS='=' read -r name value; do
    export "$name=$value"
done <<<"$keys"
export ELASTICSEARCH_URL=http://127.0.0.1:${ES_TEST_PORT:-9210}
PYTEST=("${VENV:-.venv}/bin/python" -m pytest -n "${WORKERS:-2}" --dist worksteal)

# Half a minute on one processor, while the first pass does the same for SQLite on the other.
prototype=$(mktemp)
DATABASE_URL=$postgres_url "${VENV:-.venv}/bin/python" -m tests.prototype >"$prototype" &
making=$!

say
say "1/2  On SQLite: all that needs no server."
fast=0
DATABASE_URL=sqlite://:memory: ELASTICSEARCH_URL='' "${PYTEST[@]}" -m "not postgres and not elasticsearch and not browser and not stripe" "$@" || fast=$?
say
say "2/2  On PostgreSQL, with Elasticsearch, stripe-mock and Chromium."
full=0
wait "$making"
TEST_PROTOTYPE=$(cat "$prototype")
rm -f "$prototype"
export TEST_PROTOTYPE
DATABASE_URL=$postgres_url "${PYTEST[@]}" -m "postgres or elasticsearch or browser or stripe" "$@" || full=$?

[ "$fast" -eq 0 ] || exit "$fast"
exit "$full"
