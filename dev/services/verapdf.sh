#!/usr/bin/env bash
# veraPDF 1.28.2, which tells the tests whether an invoice is PDF/A-3b.
#
#   dev/services/verapdf.sh install            fetches it, and a Java runtime when there is none
#   dev/services/verapdf.sh check FILE.pdf…    "PASS file 3b" or "FAIL file 3b" with the rules broken; exit code 1 then
#
# It comes from Maven Central, as one file whose checksum is written here, into a cache outside the checkout.

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=dev/services/common.sh
. "$here/common.sh"

VERSION=1.28.2
SHA256=687d4d8bcfec48c9f7e931cf78ed061f1eeccfba55d4cdc000ba9b4d8aa46ce6
ARTIFACT=org.verapdf.apps:greenfield-apps:$VERSION:jar
COPY=org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy
MAIN=org.verapdf.apps.GreenfieldCliWrapper
HOME_DIR=$CACHE/verapdf-$VERSION
JAR=$HOME_DIR/greenfield-apps-$VERSION.jar

# Any Java from 8 on will do.
find_java() {
    local java
    for java in "${JAVA_HOME:-/nowhere}/bin/java" "$(command -v java || true)" /usr/lib/jvm/*/bin/java; do
        if [ -n "$java" ] && "$java" -version >/dev/null 2>&1; then
            say "$java"
            return 0
        fi
    done
    return 1
}

sha256_of() { if command -v sha256sum >/dev/null; then sha256sum "$1"; else shasum -a 256 "$1"; fi | cut -d ' ' -f 1; }

is_whole() { [ -f "$JAR" ] && [ "$(sha256_of "$JAR")" = "$SHA256" ]; }

packages() {
    local -a wanted=()
    find_java >/dev/null || wanted+=(default-jre-headless)
    # Maven is only needed to fetch.
    is_whole || command -v mvn >/dev/null || wanted+=(maven)
    [ "${#wanted[@]}" -eq 0 ] || apt_install "${wanted[@]}"
}

fetch() {
    is_whole && return 0
    local work
    work=$(mktemp -d "$CACHE/fetch.XXXXXX")
    # shellcheck disable=SC2064  # $work is to be read now
    trap "rm -rf '$work'" EXIT
    say "Fetching veraPDF $VERSION (9 MB, once per machine) …"
    # A Maven repository of its own, so that nothing stays behind in the user's.
    if ! (cd "$work" && exec mvn --batch-mode --quiet -Dmaven.repo.local="$work/repository" "$COPY" \
        -Dartifact="$ARTIFACT" -DoutputDirectory="$work/found" >"$work/mvn.log" 2>&1 </dev/null); then
        tail -n 15 "$work/mvn.log" >&2
        fail "Maven could not fetch $ARTIFACT (its last lines are above). Is Maven Central reachable from here?"
    fi
    mkdir -p "$HOME_DIR"
    mv "$work/found/$(basename "$JAR")" "$JAR"
    if ! is_whole; then
        rm -f "$JAR"
        fail "$ARTIFACT has another checksum than the one written in $0. It was not kept."
    fi
    chmod -R a+rX "$HOME_DIR"
}

install() {
    packages
    mkdir -p "$CACHE"
    locked verapdf fetch
}

check() {
    local java
    [ -f "$JAR" ] || fail "veraPDF is not there. Type: dev/services/verapdf.sh install"
    java=$(find_java) || fail "No Java was found. Type: dev/services/verapdf.sh install"
    exec "$java" -cp "$JAR" "$MAIN" --flavour 3b --format text --verbose "$@"
}

case ${1:-} in
    install) install ;;
    check)
        shift
        [ "$#" -gt 0 ] || fail "Usage: $0 check FILE.pdf…"
        check "$@"
        ;;
    *) fail "Usage: $0 {install|check FILE.pdf…}" ;;
esac
