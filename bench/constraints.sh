#!/usr/bin/env bash
# Prints constraints.txt: what pip settles on in a clean environment for the bounds in pyproject.toml.
# Only names and versions: no host, no path, and not our own package (pip would write it as a file URL).
set -euo pipefail
cd "$(dirname "$0")/.."
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${1:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/python" - > "$folder/needs.txt" <<'PY'
import tomllib
content = tomllib.load(open("pyproject.toml", "rb"))
project = content["project"]
extras = [need for group in project["optional-dependencies"].values() for need in group]
print("\n".join([*content["build-system"]["requires"], "editables", *project["dependencies"], *extras]))
PY
"$folder/venv/bin/python" -m pip install --disable-pip-version-check -qq -r "$folder/needs.txt"
echo "# Exact versions for every environment of this project; written by 'make constraints', not by hand."
"$folder/venv/bin/python" -m pip freeze --disable-pip-version-check --all | grep -E '^[A-Za-z0-9._-]+==[^ ]+$' | grep -viE '^(pip|setuptools|wheel)=='
