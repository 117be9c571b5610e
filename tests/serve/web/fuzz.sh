#!/bin/sh
# Serve the demonstration and ask its API some three thousand things (Schemathesis): no answer may be a fault of
# the server, or other than the API's description says.
bin=$1
port=${PORT:-8199}
"$bin/dateline" serve --demo --port "$port" &
server=$!
trap 'kill $server' EXIT
"$bin/schemathesis" run "http://127.0.0.1:$port/api/v1/openapi.json" --wait-for-schema 120 --max-examples 40 \
    --continue-on-failure --generation-deterministic
