#!/bin/sh
# Have PostgreSQL's server at hand for the archive's tests: install Debian's where that is allowed, else say
# that those tests will be skipped. The tests start a server of their own and stop it.
if command -v initdb >/dev/null 2>&1 || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1; then
    exit 0
fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "installing Debian's postgresql for the tests of the archive"
    if { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends postgresql; } >/dev/null 2>&1; then
        exit 0
    fi
fi
echo "PostgreSQL's server is not here and may not be installed: its tests will be skipped"
