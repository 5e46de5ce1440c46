#!/bin/sh
# Prints the path of a Python 3.13, which Lambda runs too: from PATH, pyenv's versions, else fetched by uv.
set -eu

is_right() {
    "$1" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info[:2] != (3, 13))' >/dev/null 2>&1
}

# pyenv may be on the PATH of an account whose home it is not in.
pyenv=$(command -v pyenv || true)
set -- "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.13*/bin/python "${pyenv%/bin/pyenv}"/versions/3.13*/bin/python

for candidate in "${PYTHON:-}" python3.13 python3 python "$@"; do
    [ -n "$candidate" ] || continue
    if path=$(command -v "$candidate" 2>/dev/null) && is_right "$path"; then
        "$path" -c 'import sys; print(sys.executable)'
        exit 0
    fi
done

if command -v uv >/dev/null 2>&1; then
    echo "fetching Python 3.13 with uv …" >&2
    uv python install --quiet 3.13 && uv python find 3.13 && exit 0
elif any=$(command -v python3) && "$any" -m venv .local/uv >/dev/null 2>&1; then
    echo "fetching Python 3.13 with uv …" >&2
    .local/uv/bin/pip install --quiet uv && .local/uv/bin/uv python install --quiet 3.13 &&
        .local/uv/bin/uv python find 3.13 && exit 0
fi

cat >&2 <<'END'
Fenjian needs Python 3.13, as AWS Lambda runs it, and none was found or could be fetched.
Install it (python.org, your package manager, `pyenv install 3.13`, or `uv python install 3.13`),
or name one: make run PYTHON=/path/to/python3.13
END
exit 1
