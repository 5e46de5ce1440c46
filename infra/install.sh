#!/bin/sh
# install.sh <folder> <lock file>: a virtual environment that holds what the lock file says.
set -eu
python=$(infra/find_python.sh)
echo "setting up $1 from $2 (once; takes a minute) …"
"$python" -m venv "$1"
"$1/bin/python" -m pip install -qq --disable-pip-version-check --require-hashes --requirement "$2"
touch "$1/.installed"
