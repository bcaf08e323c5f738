#!/usr/bin/env bash
# Whether this container's Reckon serves requests: asks /health/live without any tool but bash.
set -euo pipefail
exec 3<>"/dev/tcp/127.0.0.1/${RECKON_HTTP_PORT:-8080}"
printf 'GET /health/live HTTP/1.0\r\nHost: localhost\r\n\r\n' >&3
read -r -t 4 _ status _ <&3
[ "$status" = 200 ]
