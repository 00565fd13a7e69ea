#!/usr/bin/env bash
# Writes the example documents anew from examples/source: .txt and .xlsx by our own program, .docx and
# .pdf through LibreOffice.
set -euo pipefail
cd "$(dirname "$0")/.."
command -v soffice >/dev/null || { echo "examples: LibreOffice is needed; run make setup" >&2; exit 1; }
pages=$(mktemp -d)
trap 'rm -rf "$pages"' EXIT

go run ./examples/generate -out examples -pages "$pages" examples/source/*.html
for page in "$pages"/2026-*.html; do
  name=$(basename "$page" .html)
  # An own profile, so that an open LibreOffice does not get in the way.
  office=(soffice "-env:UserInstallation=file://$pages/profile" --headless)
  "${office[@]}" "--infilter=HTML (StarWriter)" --convert-to docx:"MS Word 2007 XML" --outdir examples "$page" >/dev/null
  "${office[@]}" --convert-to pdf --outdir examples "examples/$name.docx" >/dev/null
done
ls -l examples/2026-* examples/provincial-*
