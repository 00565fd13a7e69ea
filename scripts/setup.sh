#!/usr/bin/env bash
# Installs what a bare Debian machine lacks for the tests and the linters. Running it again does nothing.
set -euo pipefail
cd "$(dirname "$0")/.."
source scripts/tools.sh

# Each row: what proves it is there, and the package that brings it.
missing=()
need() { # need PACKAGE TEST...
  local package=$1
  shift
  "$@" >/dev/null 2>&1 || missing+=("$package")
}
has_postgres() { command -v initdb || compgen -G '/usr/lib/postgresql/*/bin/initdb'; }
has_cjk_fonts() { compgen -G '/usr/share/fonts/opentype/noto/NotoS*CJK*'; }
# A PDF can only take in fonts with TrueType outlines, which Noto CJK has not.
has_truetype_cjk_font() { compgen -G '/usr/share/fonts/truetype/lxgw-wenkai/*.ttf'; }
# The parts of LibreOffice are libraries beside its program: sw for texts, sc for tables.
has_office() { test -e "$(dirname "$(readlink -f "$(command -v soffice)")")/lib$1lo.so"; }

need chromium command -v chromium
need fonts-noto-cjk has_cjk_fonts
need fonts-lxgw-wenkai has_truetype_cjk_font
need poppler-utils command -v pdftotext
need libreoffice-writer-nogui has_office sw
need libreoffice-calc-nogui has_office sc
need gcc command -v gcc
need libc6-dev test -e /usr/include/stdlib.h
need postgresql has_postgres
need npm command -v npm

if ((${#missing[@]})); then
  if ! command -v apt-get >/dev/null; then
    echo "setup: please install these by hand, there is no apt-get here: ${missing[*]}" >&2
    exit 1
  fi
  as_root=()
  if ((EUID != 0)); then as_root=(sudo); fi
  echo "setup: installing ${missing[*]}"
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update -qq </dev/null
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
    "${missing[@]}" </dev/null
fi

install_tool golangci-lint "$GOLANGCI_LINT_VERSION" github.com/golangci/golangci-lint/v2/cmd/golangci-lint
install_tool staticcheck "$STATICCHECK_VERSION" honnef.co/go/tools/cmd/staticcheck
echo "setup: everything is there"
