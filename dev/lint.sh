#!/usr/bin/env bash
# Every check that runs no test: `make lint`. All of them run; the exit code tells whether one failed.
#
#   dev/lint.sh

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=dev/services/common.sh
. "$here/services/common.sh"
cd "$here/.."

dev/venv.sh dev
BIN=$(cd "${VENV:-.venv}/bin" && pwd)
export PYTHONPATH=$PWD:$PWD/site
FAILED=()

# check NAME COMMAND…: its output only when it fails.
check() {
    local name=$1 output
    shift
    if output=$("$@" 2>&1); then
        say "ok      $name"
    else
        say "FAILED  $name"
        printf '%s\n\n' "$output"
        FAILED+=("$name")
    fi
}

# Whatever a developer's .env says, these two see production's settings with made-up values, or the tests'.
production_check() {
    env DJANGO_SETTINGS_MODULE=ashjob.settings.production DATABASE_URL=postgres://nobody@127.0.0.1:1/none \
        SECRET_KEY="$("$BIN/python" -c 'import secrets; print(secrets.token_urlsafe(60))')" \
        ALLOWED_HOSTS=ashjob.example SITE_URL=https://ashjob.example EMAIL_URL=smtp://127.0.0.1:25 \
        STRIPE_SECRET_KEY=sk_test_none STRIPE_WEBHOOK_SECRET=whsec_none \
        "$BIN/python" manage.py check --deploy --fail-level WARNING
}

missing_migrations() {
    env DJANGO_SETTINGS_MODULE=ashjob.settings.test DATABASE_URL=sqlite://:memory: "$BIN/python" manage.py makemigrations --check --dry-run
}

shell_scripts() {
    git ls-files -z --cached --others --exclude-standard '*.sh' .ci/run | xargs -0 "$BIN/shellcheck" --external-sources
}

# Django reads {# … #} on one line only: over several lines it prints it on the page, and djlint looks away.
comments_on_one_line() { ! grep -rnE '\{#([^#]|#[^}])*$' templates; }

# The slowest has one processor to itself.
types=$(mktemp)
"$BIN/mypy" >"$types" 2>&1 &
typing=$!
types_are_right() { cat "$types"; return "$typed"; }

check "ruff check" "$BIN/ruff" check --quiet --output-format concise .
check "ruff format (make format mends it)" "$BIN/ruff" format --check --output-format concise .
check "djlint" "$BIN/djlint" --quiet --lint templates
check "template comments" comments_on_one_line
check "import-linter" "$BIN/lint-imports" --no-cache
check "migrations" missing_migrations
check "check --deploy" production_check
check "shellcheck" shell_scripts
check "yamllint" "$BIN/yamllint" --strict compose.yaml
check "compose schema" "$BIN/check-jsonschema" --builtin-schema vendor.compose-spec compose.yaml
typed=0
wait "$typing" || typed=$?
check "mypy" types_are_right
rm -f "$types"
# hadolint's binary is not to be had for every machine.
if [ -x "$BIN/hadolint" ]; then
    check "hadolint" "$BIN/hadolint" Dockerfile
else
    say "skipped hadolint: there is no build of it for this machine"
fi
"$BIN/python" dev/audit.py || FAILED+=(pip-audit)

say
if [ "${#FAILED[@]}" -gt 0 ]; then
    fail "Failed: $(IFS=,; printf '%s' "${FAILED[*]}" | sed 's/,/, /g')."
fi
say "All checks passed."
