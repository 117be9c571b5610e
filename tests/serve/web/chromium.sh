#!/bin/sh
# Have a Chromium at hand for the tests of the pages: install Debian's where that is allowed, else say that
# those tests will be skipped. The tests start it and end it.
for name in chromium chromium-browser google-chrome; do
    if command -v "$name" >/dev/null 2>&1; then
        exit 0
    fi
done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "installing Debian's chromium for the tests of the pages"
    if { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends chromium; } >/dev/null 2>&1; then
        exit 0
    fi
fi
echo "Chromium is not here and may not be installed: the tests in a browser will be skipped"
