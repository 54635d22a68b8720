#!/usr/bin/env bash
# Fetches the front-end files that are kept in the repository: the CSS framework, htmx, the keyboard of lists and the two type families.
# They are copied unmodified, with their licence; nothing is loaded from another host at run time.
# Run it again after changing a version here, look at the screens, and commit what changed.
set -euo pipefail

pico=2.1.1
htmx=2.0.11
combobox_nav=3.0.2
source_serif=4.5.1
source_sans=3.52.0

root="$(cd "$(dirname "$0")/.." && pwd)"
static="$root/site/static"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

unpack() { # unpack <npm package> <version> <folder>
    (cd "$work" && tarball="$(npm pack --silent "$1@$2")" && mkdir -p "$3" && tar -xzf "$tarball" -C "$3" --strip-components=1)
}

unpack @picocss/pico "$pico" pico
unpack htmx.org "$htmx" htmx
unpack @github/combobox-nav "$combobox_nav" combobox-nav
unpack source-serif "$source_serif" serif
unpack source-sans "$source_sans" sans

install -D -m 644 "$work/pico/css/pico.min.css" "$static/vendor/pico/pico.min.css"
install -D -m 644 "$work/pico/LICENSE.md" "$static/vendor/pico/LICENSE.md"
echo "@picocss/pico $pico (npm), MIT" > "$static/vendor/pico/VERSION"

install -D -m 644 "$work/htmx/dist/htmx.min.js" "$static/vendor/htmx/htmx.min.js"
install -D -m 644 "$work/htmx/LICENSE" "$static/vendor/htmx/LICENSE"
echo "htmx.org $htmx (npm), 0BSD" > "$static/vendor/htmx/VERSION"

combobox="$static/vendor/combobox-nav"
install -D -m 644 "$work/combobox-nav/dist/index.js" "$combobox/combobox-nav.js"
install -D -m 644 "$work/combobox-nav/LICENSE" "$combobox/LICENSE"
echo "@github/combobox-nav $combobox_nav (npm), MIT" > "$combobox/VERSION"

for face in Roman Italic; do
    install -D -m 644 "$work/serif/WOFF2/VAR/SourceSerif4Variable-$face.ttf.woff2" \
        "$static/fonts/source-serif/SourceSerif4Variable-$face.ttf.woff2"
done
install -D -m 644 "$work/serif/LICENSE.md" "$static/fonts/source-serif/LICENSE.md"
echo "source-serif $source_serif (npm), SIL OFL 1.1" > "$static/fonts/source-serif/VERSION"

for face in Upright Italic; do
    install -D -m 644 "$work/sans/WOFF2/VF/SourceSans3VF-$face.ttf.woff2" \
        "$static/fonts/source-sans/SourceSans3VF-$face.ttf.woff2"
done
install -D -m 644 "$work/sans/LICENSE.md" "$static/fonts/source-sans/LICENSE.md"
echo "source-sans $source_sans (npm), SIL OFL 1.1" > "$static/fonts/source-sans/VERSION"
