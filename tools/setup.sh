#!/usr/bin/env bash
# Installs what is missing and nothing else: system packages (by apt, where there is one), a virtual environment, and
# the pinned Python packages. A second call finds everything there and does nothing.
#
#   VENV=.venv bash tools/setup.sh
#
# With BROWSER=1 a browser too, for the tests of the pages.
#
# Ends with 0 when Python and its packages are there. Tesseract, fonts and a browser that can't be had cost a message, not the run:
# text layers and text files are read without them, and `prongsai doctor` says what is missing.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

VENV=${VENV:-.venv}
STAMP=$VENV/.prongsai-installed

say() { printf 'set-up: %s\n' "$*" >&2; }

has_tesseract_language() {
  command -v tesseract >/dev/null 2>&1 || return 1
  # Read whole before it is searched: with pipefail, a grep that leaves early would make tesseract look as if it failed.
  local languages
  languages=$(tesseract --list-langs 2>/dev/null) || return 1
  grep -qx "$1" <<<"$languages"
}

has_font() {
  local folder
  for folder in ${PRONGSAI_FONTS:-} /usr/share/fonts /usr/local/share/fonts "$HOME/.fonts" "$HOME/.local/share/fonts" /Library/Fonts "$HOME/Library/Fonts"; do
    [ -d "$folder" ] && [ -n "$(find -L "$folder" -iname "$1" -print -quit 2>/dev/null)" ] && return 0
  done
  return 1
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo -n "$@"; fi
}

has_browser() {
  command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1
}

# apt_install PACKAGE...: each package by itself where they can't be had together. Fails where one could not be had.
apt_install() {
  if ! command -v apt-get >/dev/null 2>&1; then
    say "no apt-get here; install these yourself: $*"
    return 1
  fi
  if [ "$(id -u)" -ne 0 ] && ! { command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; }; then
    say "neither root nor sudo without a password; run: sudo apt-get install $*"
    return 1
  fi
  local quiet=(-y -qq --no-install-recommends -o Dpkg::Use-Pty=0)
  say "installing system packages: $*"
  if as_root env DEBIAN_FRONTEND=noninteractive apt-get install "${quiet[@]}" "$@" >/dev/null 2>&1; then return 0; fi
  # Package lists that are empty or old are the usual reason.
  as_root apt-get update -qq >/dev/null 2>&1 || say "apt-get update failed; trying with the lists that are here"
  local package failed=0
  for package in "$@"; do
    if ! as_root env DEBIAN_FRONTEND=noninteractive apt-get install "${quiet[@]}" "$package" >/dev/null 2>&1; then
      say "apt-get could not install $package"
      failed=1
    fi
  done
  return $failed
}

install_system_packages() {
  local wanted=()
  command -v tesseract >/dev/null 2>&1 || wanted+=(tesseract-ocr)
  has_tesseract_language tha || wanted+=(tesseract-ocr-tha)
  has_tesseract_language eng || wanted+=(tesseract-ocr-eng)
  has_font 'Garuda.ttf' || wanted+=(fonts-thai-tlwg)
  [ -z "${BROWSER:-}" ] || has_browser || wanted+=(chromium)
  if [ ${#wanted[@]} -gt 0 ]; then
    apt_install "${wanted[@]}" || say "going on without; scans stay unread without Tesseract and its Thai data, and tests of the pages are left out without Chromium"
  fi
}

# The first Python of 3.11 or newer; a pyenv shim counts only where it really starts.
find_python() {
  local candidate
  for candidate in ${PYTHON:-} python3 python3.13 python3.12 python3.11 python3.14; do
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
      [ "$candidate" = python3 ] || say "using $candidate, because python3 is missing or older than 3.11"
      printf '%s\n' "$candidate"
      return 0
    fi
  done
  say "Python 3.11 or newer is needed; found: $(python3 --version 2>/dev/null || echo 'no python3')"
  say "install one (python3.11, python3.12 or python3.13), or name it: make run PYTHON=/path/to/python3.12"
  return 1
}

make_environment() {
  if "$VENV/bin/python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then return 0; fi
  local python
  python=$(find_python)
  say "making the virtual environment $VENV"
  if ! "$python" -m venv --clear "$VENV" >/dev/null 2>&1; then
    # Debian keeps what venv needs in a package of its own, named for the version.
    apt_install "$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')" || true
    "$python" -m venv --clear "$VENV"
  fi
}

install_python_packages() {
  # The stamp holds what was installed from, so that a change of either file, and nothing else, installs again.
  local asked
  asked=$(cat pyproject.toml constraints.txt | cksum)
  if [ -f "$STAMP" ] && [ "$(cat "$STAMP")" = "$asked" ] && [ -x "$VENV/bin/prongsai" ]; then return 0; fi
  say "installing the Python packages pinned in constraints.txt (a few minutes the first time)"
  # PIP_CONSTRAINT, unlike --constraint, holds for the build of Prongsai itself too.
  if ! PIP_CONSTRAINT=constraints.txt PIP_DISABLE_PIP_VERSION_CHECK=1 \
    "$VENV/bin/python" -m pip install --editable '.[dev,synth]' >"$VENV/pip.log" 2>&1; then
    tail -n 15 "$VENV/pip.log" >&2
    say "the Python packages could not be installed; more in $VENV/pip.log. Run the same command again when there is a network"
    return 1
  fi
  printf '%s\n' "$asked" >"$STAMP"
}

install_system_packages
make_environment
install_python_packages
