#!/usr/bin/env bash
# Fetches what browsers load at the versions of package-lock.json, and copies the few built files that pages use into
# internal/web/assets/vendor, from where they are compiled into the program. Does nothing where they are there already.
set -euo pipefail
cd "$(dirname "$0")/.."
to=internal/web/assets/vendor
# What the files were made from; it changes with the versions, the list of icons and this script.
state=$(cat package-lock.json internal/web/assets/icons.txt scripts/assets.sh | sha256sum | cut -d' ' -f1)
if [[ $(cat "$to/state" 2>/dev/null) == "$state" ]]; then
  exit 0
fi
if ! command -v npm >/dev/null; then
  echo "assets: npm is missing; install Node.js 20 or newer (Debian: apt-get install npm), then run make assets" >&2
  exit 1
fi
echo "assets: npm ci"
# Elsewhere, as the thousands of files would slow down every command that walks through the packages.
from=$(mktemp -d)
trap 'rm -rf "$from"' EXIT
cp package.json package-lock.json "$from"
npm ci --prefix "$from" --ignore-scripts --no-audit --no-fund --loglevel=error

copy() { # copy FROM TO: without the line that names a map which browsers would then ask for
  sed -E '/^\/[\/*]# sourceMappingURL=/d' "$from/node_modules/$1" >"$2"
}
copy @tabler/core/dist/css/tabler.min.css "$to/tabler.css"
copy htmx.org/dist/htmx.min.js "$to/htmx.js"
# Only tests need it, so it is no part of the program.
copy axe-core/axe.min.js internal/web/webtest/axe.js

# One sprite: every icon a symbol under our name, drawn with the colour of the text around it.
{
  echo '<svg xmlns="http://www.w3.org/2000/svg">'
  sed -E 's/#.*//; /^\s*$/d' internal/web/assets/icons.txt | while read -r name icon; do
    echo "<symbol id=\"$name\" viewBox=\"0 0 24 24\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"2\" stroke-linecap=\"round\" stroke-linejoin=\"round\">"
    tr '\n' ' ' <"$from/node_modules/@tabler/icons/icons/outline/$icon.svg" | sed -E 's/<!--.*-->//; s/^[^<]*<svg[^>]*>//; s/<\/svg>.*$//'
    echo '</symbol>'
  done
  echo '</svg>'
} >"$to/icons.svg"
echo "$state" >"$to/state"
