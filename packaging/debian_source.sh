# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# What the builders of bundled libraries share: Debian packages, Debian's source packages, and a prefix that is either
# whole or not there. Sourced, not run.

shopt -s inherit_errexit  # a failure inside $(...) is one

say() { echo "packaging/$(basename -- "$0"): $*" >&2; }
fail() {
  say "$*"
  exit 1
}

# need_packages PACKAGE...: installs what is missing. Without root, only says what that is. Where VIDGEN_SOURCES names a
# folder that packaging/sources filled, packaging/before_all has seen to it.
need_packages() {
  local installed package missing=() as_root=()
  [ -z "${VIDGEN_SOURCES:-}" ] || return 0
  installed=" $(dpkg-query -W -f='${Package}=${db:Status-Status} ' "$@" 2>/dev/null || true)"
  for package in "$@"; do
    case "$installed" in
      *" $package=installed "*) ;;
      *) missing+=("$package") ;;
    esac
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null && sudo -n true 2>/dev/null ||
      fail "only root may install: apt-get install --no-install-recommends ${missing[*]}"
    as_root=(sudo)
  fi
  say "installing ${missing[*]}"
  local options=(-qq -y -o Acquire::Retries=3 -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0)
  "${as_root[@]}" apt-get "${options[@]}" update >&2
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get "${options[@]}" install --no-install-recommends \
    "${missing[@]}" >/dev/null
}

# private_apt FOLDER: an apt that knows only Debian's source packages and touches nothing of the machine's own apt. The
# mirrors are the machine's, so that it works behind a proxy and where /etc/apt has no deb-src line.
private_apt() {
  local apt=$1 format='deb-src [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $(REPO_URI) $(RELEASE) main'
  mkdir -p "$apt/state/lists/partial" "$apt/cache/archives/partial"
  apt-get indextargets --format "$format" 'Created-By: Packages' 'Component: main' 'Origin: Debian' |
    sort -u >"$apt/sources.list"
  if ! [ -s "$apt/sources.list" ]; then  # the machine has no lists yet; whose the mirrors are, their signatures say
    # shellcheck disable=SC1091
    apt-get indextargets --format "$format" 'Created-By: Packages' 'Component: main' |
      grep -E " $(. /etc/os-release && echo "$VERSION_CODENAME")(-updates|-security)? main\$" |
      sort -u >"$apt/sources.list" || fail "the machine's apt knows no Debian mirror"
  fi
  {
    apt-config dump | grep '^Acquire::'  # proxies; not the machine's hooks, which only root may run
    echo 'Dir::Etc::main "/dev/null"; Dir::Etc::parts "/dev/null"; Dir::Etc::sourceparts "/dev/null";'
    echo "Dir::Etc::sourcelist \"$apt/sources.list\"; Dir::State \"$apt/state\"; Dir::Cache \"$apt/cache\";"
    echo 'APT::Sandbox::User "root"; Acquire::Retries "3";'
  } >"$apt/apt.conf"
}

download() { (apt-get -qq update && cd -- "$2" && apt-get -qq source --download-only "$1") >&2; }

# fetch_source NAME: prints the .dsc of Debian's newest source package NAME; fetched once, then taken from the cache. Of
# VIDGEN_SOURCES it is the .dsc of that folder.
fetch_source() {
  local folder=${XDG_CACHE_HOME:-$HOME/.cache}/vidgen/$1 fetching found
  if [ -n "${VIDGEN_SOURCES:-}" ]; then
    found=$(find "$VIDGEN_SOURCES/$1" -maxdepth 1 -name '*.dsc' 2>/dev/null)
    [ -n "$found" ] || fail "$VIDGEN_SOURCES has no $1: packaging/sources fetches it"
    printf '%s\n' "$found"
    return 0
  fi
  mkdir -p "$folder"
  found=$(find "$folder" -maxdepth 1 -name "$1_*.dsc" | sort -V | tail -n 1)
  if [ -z "$found" ]; then
    fetching=$(mktemp -d "$folder/fetching.XXXXXX")
    private_apt "$fetching"
    export APT_CONFIG=$fetching/apt.conf
    say "fetching Debian's source of $1"
    # A mirror that is behind lacks files of a security update; the same or the version before is in the release.
    if ! download "$1" "$fetching" && ! { sed -i '/-security /d' "$fetching/sources.list" && download "$1" "$fetching"; }; then
      rm -rf -- "$fetching"
      fail "Debian's source of $1 cannot be fetched: try again, or put its files into $folder"
    fi
    unset APT_CONFIG
    find "$fetching" -maxdepth 1 -name '*.tar.*' -exec mv -t "$folder" {} +
    find "$fetching" -maxdepth 1 -name "$1_*.dsc" -exec mv -t "$folder" {} +  # last: with it, all is there
    rm -rf -- "$fetching"
    found=$(find "$folder" -maxdepth 1 -name "$1_*.dsc" | sort -V | tail -n 1)
    [ -n "$found" ] || fail "apt brought no source of $1"
  fi
  printf '%s\n' "$found"
}

# unpack DSC FOLDER: the source with Debian's patches. The signature was apt's to check, the digests are checked again.
unpack() {
  if [ -d "${1%/*}/src" ]; then  # packaging/sources did it
    cp -a -- "${1%/*}/src" "$2"
    return 0
  fi
  dpkg-source -x "$1" "$2" >/dev/null 2>&1 || fail "cannot unpack $1: remove its folder and try again"
}

# stamp_of WORDS...: a digest of the running script, of this file and of the words.
stamp_of() {
  { cat -- "$0" "${BASH_SOURCE[0]}" && printf '%s\n' "$@"; } | sha256sum | cut -d ' ' -f 1
}

is_current() { [ "$(cat -- "$1/.stamp" 2>/dev/null)" = "$2" ]; }

# refuse_foreign PREFIX: only what was made here is replaced.
refuse_foreign() {
  if [ -e "$1" ] && ! [ -e "$1/.stamp" ] && [ -n "$(ls -A -- "$1")" ]; then
    fail "$1 is not empty and was not made here"
  fi
}

# deliver STAGED PREFIX STAMP: puts the staged tree in the prefix's place.
deliver() {
  printf '%s\n' "$3" >"$1/.stamp"
  chmod 755 "$1"
  mkdir -p "$(dirname -- "$2")"
  rm -rf -- "$2.new"
  cp -a -- "$1" "$2.new"
  rm -rf -- "$2"
  mv -T -- "$2.new" "$2"
}

# relocate_pc FOLDER PREFIX: pkg-config files that name PREFIX find it by where they are instead.
relocate_pc() {
  sed -i "s|=$2|=\${pcfiledir}/../..|" "$1"/lib/pkgconfig/*.pc
}
