#!/usr/bin/env bash
# Runs the tests with what they need beside Python: one throw-away PostgreSQL for all test processes.
# Arguments go to the second pytest (the first runs what stands in docs and docstrings). Where PostgreSQL cannot be had, the tests that need it say so and are skipped.
set -euo pipefail
cd "$(dirname "$0")/.."

folder=$(mktemp -d /tmp/manyhands-tests.XXXXXX)
chmod 755 "$folder"
if [ -z "${MANYHANDS_TEST_POSTGRES:-}" ] && dsn=$(sh scripts/postgres.sh start "$folder/postgres" 2>"$folder/postgres.txt" | tail -n 1) && [ -n "$dsn" ]; then
    export MANYHANDS_TEST_POSTGRES="$dsn"
    trap 'sh scripts/postgres.sh stop "$folder/postgres"; rm -rf "$folder"' EXIT
else
    [ -n "${MANYHANDS_TEST_POSTGRES:-}" ] || cat "$folder/postgres.txt" >&2
    trap 'rm -rf "$folder"' EXIT
fi
# The blocks of a page of the docs go on from each other, so they run in one process, together with the examples of the docstrings.
.venv/bin/python -m pytest -q --doctest-modules src/manyhands README.md docs
.venv/bin/python -m pytest -q -n 2 "$@"
