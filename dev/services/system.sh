#!/usr/bin/env bash
# Debian packages by purpose; installs what is missing when it may, else stops with the command to type.
#
#   dev/services/system.sh {python|pdf|browser}…
#
#   python   the venv module that Debian keeps apart from python3
#   pdf      Pango and HarfBuzz, on which WeasyPrint lays out invoices and inserts
#   browser  Chromium without a window, and the tools that look into PDFs, for the tests
#
# On macOS nothing is installed: it checks what can be checked and says what to type (docs/operations.md).

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=dev/services/common.sh
. "$here/common.sh"

[ "$#" -gt 0 ] || fail "Usage: $0 {python|pdf|browser}…"

PACKAGES=()
for purpose in "$@"; do
    case $purpose in
        python) PACKAGES+=(python3-venv) ;;
        # libharfbuzz-subset0: without it WeasyPrint subsets fonts 25 times slower. fontconfig finds the fallbacks.
        pdf) PACKAGES+=(libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fontconfig fonts-dejavu-core) ;;
        # libatomic1: the Node that drives Chromium in the tests does not start without it.
        browser)
            PACKAGES+=(poppler-utils fonts-liberation libatomic1)
            [ -n "${CHROMIUM:-}" ] || PACKAGES+=(chromium-headless-shell)
            ;;
        *) fail "Unknown purpose '$purpose': python, pdf or browser." ;;
    esac
done

if [ "$(uname -s)" = Darwin ]; then
    command -v brew >/dev/null || fail "Homebrew was not found. See https://brew.sh, then: brew install pango poppler"
    for purpose in "$@"; do
        case $purpose in
            pdf) brew list pango >/dev/null 2>&1 || fail "Pango is missing. Type: brew install pango" ;;
            browser) command -v pdftotext >/dev/null || fail "Poppler is missing. Type: brew install poppler" ;;
        esac
    done
    exit 0
fi
apt_install "${PACKAGES[@]}"
