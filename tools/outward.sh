#!/usr/bin/env bash
# The parts that do not import Rasa, on a current Python: environment of requirements-outward.lock
# under .tools/outward, then their tests. `--lock` writes the lock anew, `--find` only tells whether
# there is such a Python (exit code 1 when there is none).
set -euo pipefail
cd "$(dirname "$0")/.."
unset PYTHONDONTWRITEBYTECODE VIRTUAL_ENV

fail() {
    printf '小二  ✗ %s\n' "$1" >&2
    exit 1
}

find_uv() {
    local candidate
    for candidate in uv .tools/uv-venv/bin/uv "$HOME/.local/bin/uv"; do
        "$candidate" --version >/dev/null 2>&1 && printf '%s' "$candidate" && return
    done
    fail "找不到 uv, 请先 make setup (uv not found)"
}

# OUTWARD_PYTHON names one; otherwise what uv finds, or a version manager's, whose shim may refuse
find_python() {
    local candidate
    for candidate in "${OUTWARD_PYTHON:-}" python3.14 python3.13 python3.12 \
        "$(pyenv root 2>/dev/null)"/versions/3.1[2-4]*/bin/python3; do
        [[ -n $candidate ]] || continue
        "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 12))' 2>/dev/null || continue
        command -v "$candidate"
        return
    done
    "$uv" python find --no-project --no-python-downloads '>=3.12' 2>/dev/null
}

uv=$(find_uv)
if [[ ${1:-} == --lock ]]; then
    needs=$(mktemp --suffix=.in)
    trap 'rm -f "$needs"' EXIT
    .venv/bin/python tools/outward_needs.py >"$needs"
    "$uv" pip compile "$needs" --generate-hashes --no-emit-index-url --no-header --no-annotate \
        --python-version 3.12 --quiet -o requirements-outward.lock
    exit
fi
python=$(find_python) || fail "没有 Python 3.12 或更新的版本 (no Python 3.12 or newer)"
[[ ${1:-} == --find ]] && exit

export VIRTUAL_ENV=$PWD/.tools/outward
if [[ ! -x $VIRTUAL_ENV/bin/python ]]; then
    "$uv" venv --quiet --clear --python "$python" "$VIRTUAL_ENV"
fi
"$uv" pip sync --quiet --require-hashes requirements-outward.lock
exec "$VIRTUAL_ENV/bin/python" -m pytest -q -p no:cacheprovider tests/domain tests/planner tests/hub "$@"
