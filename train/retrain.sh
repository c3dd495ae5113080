#!/bin/sh
# Rebuilds the weights of detente-language from the pinned treebanks: ./train/retrain.sh [--both] [options of train.py]
# --both: trains three layers as well, into english3.weights, and scores them beside the six that are bundled.
set -eu
cd "$(dirname "$0")/.."
venv=${VENV:-.venv}
weights=crates/detente-language/weights/english.weights
both=
if [ "${1:-}" = --both ]; then
    both=yes
    shift
fi
if [ ! -x "$venv/bin/python" ]; then
    python3 -m venv "$venv"
    "$venv/bin/pip" install --quiet -r train/requirements.txt
fi
"$venv/bin/python" train/train.py --layers 6 --epochs 10 --seed 1 --out weights.pt "$@"
"$venv/bin/python" train/export.py weights.pt "$weights"
"$venv/bin/python" train/golden.py weights.pt
lessons=$(mktemp -d)
cargo xtask gold chains --export "$lessons"
"$venv/bin/python" train/chains.py "$lessons" crates/detente-language/weights/chains.weights
rm -r "$lessons"
cargo xtask gold language --card
if [ -n "$both" ]; then
    "$venv/bin/python" train/train.py --epochs 10 --seed 1 "$@" --layers 3 --out weights3.pt
    "$venv/bin/python" train/export.py weights3.pt english3.weights
    cargo xtask gold language
    cargo xtask gold language --weights english3.weights
fi
