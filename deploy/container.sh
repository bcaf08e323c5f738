#!/usr/bin/env bash
# Starts Reckon inside its image: no build, no search for a JDK. The process is replaced, so that the
# container's signals reach it.
set -euo pipefail
home=$(cd -P "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
flags=(-XX:+UseSerialGC -XX:+ExitOnOutOfMemoryError -XX:TieredStopAtLevel=1 -XX:-UsePerfData -XX:MaxRAMPercentage=40
  -Dfile.encoding=UTF-8 -Djava.awt.headless=true "-Dreckon.home=$home"
  "-Dreckon.program=$home/program")
words=("$@")
# The image's defaults, for commands that read the configuration; what is typed after them wins.
case ${1:-} in
  keys | help | -h | --help | -V | --version) ;;
  *)
    words+=(--set "store.url=${RECKON_STORE_URL:-jdbc:sqlite:/data/reckon.db}"
      --set "http.host=${RECKON_HTTP_HOST:-0.0.0.0}" --set "http.port=${RECKON_HTTP_PORT:-8080}")
    ;;
esac
# What is written (the store, backups, exports, caches) is for its owner alone.
umask 077
# shellcheck disable=SC2086 # several options in one variable
exec java "${flags[@]}" ${RECKON_JAVA_OPTS:-} -jar "$home/program/lib/reckon.jar" "${words[@]}"
