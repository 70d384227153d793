#!/usr/bin/env bash
# Sets up what is missing: uv, the Python 3.10 environment from requirements.lock, the project itself.
# A second run with nothing to do takes well under a second. Each failure ends in one clear line.
set -euo pipefail
cd "$(dirname "$0")/.."
unset PYTHONDONTWRITEBYTECODE VIRTUAL_ENV

readonly first_setup_needs_mb=6144 # the environment takes 3.3 GB, the model and uv's cache the rest
readonly log=var/log/setup.log
mkdir -p var/log .tools

say() { printf '小二  %s\n' "$1" >&2; }
fail() {
    printf '小二  ✗ %s\n' "$1" >&2
    exit 1
}

free_mb() { df -Pm . | awk 'NR == 2 { print $4 }'; }

require_space() {
    local free
    free=$(free_mb)
    if ((free < $1)); then
        fail "磁盘空间不足: 剩余 ${free} MB, 需要 $1 MB (disk full: ${free} MB free, $1 MB needed)"
    fi
}

# A name on PATH is not enough: a version manager's shim may exist and still refuse to run.
find_uv() {
    local candidate
    for candidate in uv "$PWD/.tools/uv-venv/bin/uv" "$HOME/.local/bin/uv"; do
        if "$candidate" --version >/dev/null 2>&1; then
            printf '%s' "$candidate"
            return
        fi
    done
    return 1
}

install_uv() {
    local python
    for python in python3 python3.10 python3.11 python3.12 python3.13 /usr/bin/python3; do
        if "$python" -c 'import sys; sys.exit(sys.version_info < (3, 8))' >>"$log" 2>&1 &&
            "$python" -m venv --clear .tools/uv-venv >>"$log" 2>&1 &&
            .tools/uv-venv/bin/python -m pip install --quiet uv >>"$log" 2>&1; then
            return
        fi
    done
    fail "装不上 uv: 需要任一 Python ≥ 3.8 (带 venv) 和网络, 详见 $log (cannot install uv, see $log)"
}

python_is_right() {
    .venv/bin/python -c 'import sys; sys.exit(sys.version_info[:2] != (3, 10))' >/dev/null 2>&1
}

make_environment() {
    python_is_right && return
    require_space "$first_setup_needs_mb"
    say "建立 Python 3.10 环境 (creating the environment)"
    if ! "$uv" venv --quiet --clear --python 3.10 .venv >>"$log" 2>&1; then
        fail "找不到 Python 3.10, 请先安装 3.10 (Python 3.10 not found; Rasa 3.6 runs on no other)"
    fi
}

# $1 names the stamp, the rest are the files it stands for
is_stamped() {
    local stamp=.venv/$1.stamp
    [[ -f $stamp ]] && [[ $(cat "$stamp") == $(cat "${@:2}" | sha256sum) ]]
}
stamp() { cat "${@:2}" | sha256sum >".venv/$1.stamp"; }

sync_packages() {
    is_stamped lock requirements.lock && return
    require_space 2048
    say "安装依赖, 首次约需几分钟 (installing packages)"
    if ! "$uv" pip sync --python .venv/bin/python --compile-bytecode requirements.lock; then
        require_space 512
        fail "安装依赖失败, 原因见上 (installing packages failed, see above)"
    fi
    rm -f .venv/project.stamp # a sync takes out what the lock does not name
    stamp lock requirements.lock
}

install_project() {
    if [[ -x .venv/bin/xiaoer ]] && is_stamped project pyproject.toml; then
        return
    fi
    if ! "$uv" pip install --quiet --python .venv/bin/python --offline --no-deps \
        --no-build-isolation --editable . >>"$log" 2>&1; then
        fail "装不上命令 xiaoer, 详见 $log (cannot install the command xiaoer, see $log)"
    fi
    stamp project pyproject.toml
}

[[ -f requirements.lock ]] || fail "缺少 requirements.lock, 请重新检出 (requirements.lock is missing)"
if command -v flock >/dev/null; then
    exec 9>.tools/setup.lock
    flock 9 # a second `make` waits for the first
fi
if python_is_right && is_stamped lock requirements.lock &&
    [[ -x .venv/bin/xiaoer ]] && is_stamped project pyproject.toml; then
    exit 0
fi
uv=$(find_uv) || {
    say "安装 uv (installing uv)"
    install_uv
    uv=$PWD/.tools/uv-venv/bin/uv
}
make_environment
sync_packages
install_project
