#!/usr/bin/env bash
# Runs the tests with what they need beside Python: one throw-away PostgreSQL for all test processes, a browser, and the built pages.
# Arguments go to the last pytest. Where one of these cannot be had, that is said, and the tests that need it are skipped and say so, too.
set -euo pipefail
cd "$(dirname "$0")/.."

# Every test that starts a process would else compile everything again.
export PYTHONDONTWRITEBYTECODE=

folder=$(mktemp -d /tmp/manyhands-tests.XXXXXX)
chmod 755 "$folder"
if [ -z "${MANYHANDS_TEST_POSTGRES:-}" ] && dsn=$(sh scripts/postgres.sh start "$folder/postgres" 2>"$folder/postgres.txt" | tail -n 1) && [ -n "$dsn" ]; then
    export MANYHANDS_TEST_POSTGRES="$dsn"
    trap 'sh scripts/postgres.sh stop "$folder/postgres"; rm -rf "$folder"' EXIT
else
    [ -n "${MANYHANDS_TEST_POSTGRES:-}" ] || cat "$folder/postgres.txt" >&2
    trap 'rm -rf "$folder"' EXIT
fi

bash scripts/browser.sh || echo "tests: no browser; the tests of the pages are going to be skipped" >&2
if bash scripts/web.sh; then
    (cd web && PATH="$PWD/../.venv/bin:$PATH" npm run --silent check && PATH="$PWD/../.venv/bin:$PATH" npm run --silent test)
else
    echo "tests: the pages could not be built; their tests are going to be skipped" >&2
fi
# The blocks of a page of the docs go on from each other, so they run in one process, together with the examples of the docstrings.
.venv/bin/python -m pytest -q --doctest-modules src/manyhands README.md docs
# Three processes on two processors: many tests wait for other processes, clocks and browsers.
.venv/bin/python -m pytest -q -n 3 --dist loadgroup "$@"
