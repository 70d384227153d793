#!/usr/bin/env bash
# Writes requirements.lock: exact versions and hashes, and no name of any index, so that it works
# behind every mirror. Run it after changing a dependency in pyproject.toml.
set -euo pipefail
cd "$(dirname "$0")/.."
for candidate in uv .tools/uv-venv/bin/uv "$HOME/.local/bin/uv"; do
    if "$candidate" --version >/dev/null 2>&1; then
        exec "$candidate" pip compile pyproject.toml --group dev --generate-hashes \
            --no-emit-index-url --python-version 3.10 --quiet -o requirements.lock
    fi
done
echo "小二  ✗ 找不到 uv, 请先 make setup (uv not found)" >&2
exit 1
