#!/bin/sh
# Resolves pyproject.toml into the three lock files: what runs in Lambda, what develops and tests, the local cloud.
set -eu
uv=$(command -v uv || true)
if [ -z "$uv" ]; then
    [ -x .local/uv/bin/uv ] || { .venv/bin/python -m venv .local/uv && .local/uv/bin/pip install --quiet uv; }
    uv=.local/uv/bin/uv
fi
compile() {
    "$uv" pip compile --quiet --python-version 3.13 --universal --generate-hashes \
        --no-emit-index-url --no-annotate --no-header "$@"
}
compile pyproject.toml -o requirements.txt
compile pyproject.toml --group dev -c requirements.txt -o requirements-dev.txt
compile --group cloud -o infra/local/requirements.txt
