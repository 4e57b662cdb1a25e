#!/usr/bin/env bash
# Make sure that the browser of the tests in tests/web is there: Debian's Chromium.
set -euo pipefail
if command -v chromium >/dev/null; then
  echo "browser: $(command -v chromium) is there"
elif [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "browser: installing chromium with apt-get (once)"
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core
else
  echo "browser: no chromium here, and only root can install it; the browser tests will be skipped" >&2
fi
