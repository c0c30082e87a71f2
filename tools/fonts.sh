#!/usr/bin/env bash
# Fetches fonts to train the numeral reader with, next to those that the system has. Nothing else needs them, and none of
# them is shipped; each comes with its licence (SIL Open Font License; TH Sarabun New: free for any use, with credit).
#
#   bash tools/fonts.sh .training/fonts
#   PRONGSAI_TRAINING_FONTS=.training/fonts python -m prongsai.training
#
# Ends with 0 whether or not fonts could be had: training then draws with fewer families.
set -euo pipefail

FOLDER=${1:-.training/fonts}

say() { printf 'fonts: %s\n' "$*" >&2; }

FAMILIES=(
  anuphan@0.4.1 athiti@0.1.0 bai-jamjuree@0.4.1 chakra-petch@0.4.1 charm@0.4.1 charmonman@0.2.0 chonburi@0.1.0
  fahkwang@0.1.0 ibm-plex-sans-thai@0.4.1 ibm-plex-sans-thai-looped@0.4.1 itim@0.4.1 k2d@0.4.1 kanit@0.4.1
  kodchasan@0.4.1 koho@0.2.3 maitree@0.3.0 mali@0.4.1 mitr@0.4.1 niramit@0.2.3 noto-sans-thai@0.4.2
  noto-sans-thai-looped@0.4.2 pattaya@0.2.3 pridi@0.2.0 prompt@0.4.1 sarabun@0.4.1 sriracha@0.4.1 srisakdi@0.2.3
  taviraj@0.2.3 trirong@0.2.3
)
PACKAGES=("${FAMILIES[@]/#/@expo-google-fonts/}" font-th-sarabun-new@1.0.0)

if ! command -v npm >/dev/null 2>&1; then
  say "npm is not installed, so that no fonts are fetched; going on with those of the system (Debian: apt install npm)"
  exit 0
fi
mkdir -p "$FOLDER"
[ -f "$FOLDER/package.json" ] || printf '{ "name": "fonts", "private": true }\n' >"$FOLDER/package.json"

# Each package by itself where they can't be had together: one that is gone must not cost the others.
fetch() { npm install --prefix "$FOLDER" --ignore-scripts --no-audit --no-fund --loglevel=error "$@" >"$FOLDER/npm.log" 2>&1; }
if ! fetch "${PACKAGES[@]}"; then
  for package in "${PACKAGES[@]}"; do
    fetch "$package" || say "could not fetch $package; more in $FOLDER/npm.log"
  done
fi
say "$(find "$FOLDER" \( -name '*.ttf' -o -name '*.otf' \) | wc -l) font files in $FOLDER"
