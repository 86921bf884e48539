#!/bin/sh
# SPDX-License-Identifier: MIT
#
# Installs the Debian packages of packages.txt that are missing, with OPTIONAL=y
# in the environment the optional ones too. Asks for root only then, and says for what.
set -eu
cd "$(dirname "$0")"
host=$(uname -m | sed 's/aarch64/arm64/')
if ! command -v dpkg-query >/dev/null; then
	echo "This is no Debian system; see tools/build/packages.txt for what is needed." >&2
	exit 0
fi
wanted=$(sed 's/#.*//' packages.txt | awk -v host="$host" -v optional="${OPTIONAL:-}" '
	$NF == "optional" { if (optional != "y") next; NF-- }
	NF == 1 || (NF == 3 && $3 == host) { print $1 }')
# One question for all: `make run` asks each time.
# shellcheck disable=SC2016,SC2086
installed=$(dpkg-query -W -f '${Package}=${db:Status-Status} ' $wanted 2>/dev/null || :)
missing=
for package in $wanted; do
	case " $installed" in
	*" $package=installed "*) ;;
	*) missing="$missing $package" ;;
	esac
done
[ -n "$missing" ] || exit 0
echo "Missing Debian packages:$missing"
if [ "$(id -u)" = 0 ]; then
	root=
elif command -v sudo >/dev/null; then
	echo "Installing them needs root: sudo may ask for your password."
	root=sudo
else
	echo "Install them as root:  apt-get install --no-install-recommends$missing" >&2
	exit 1
fi
$root apt-get update -q
# shellcheck disable=SC2086
$root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $missing
