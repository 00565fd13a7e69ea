# Sourced by the other scripts: the pinned versions of the tools that check the code, and their place.
# They live in ./bin so that two checkouts never disagree, and are no part of go.mod, so that nobody
# who imports the libraries gets to know of them.
GOLANGCI_LINT_VERSION=v2.15.0
STATICCHECK_VERSION=v0.8.2
TOOLS="$PWD/bin"

# tool_version NAME prints the module version that ./bin/NAME was built from.
tool_version() {
  go version -m "$TOOLS/$1" 2>/dev/null | awk '$1 == "mod" { print $3 }'
}

# install_tool NAME VERSION PACKAGE builds the tool unless that version is there already.
install_tool() {
  [[ $(tool_version "$1") == "$2" ]] && return
  echo "setup: building $1 $2 (once; golangci-lint takes about two minutes)"
  mkdir -p "$TOOLS"
  GOFLAGS='' GOBIN=$TOOLS go install "$3@$2"
}
