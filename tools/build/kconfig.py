#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Turns the Kconfig files and a .config into what the build reads.

usage: kconfig.py generate OUT [OPTION=VALUE ...]   OUT/.config, OUT/include/config/auto.conf,
                                                    OUT/include/generated/autoconf.{h,inc}
       kconfig.py defconfig OUT                     OUT/.config with every default
       kconfig.py menuconfig OUT                    the text menu

Options given as OPTION=VALUE win over the .config but are not written to it, so
that `make KASAN=y` is a build of its own and not a lasting change.
"""
import difflib
import os
import pathlib
import sys

try:
    import kconfiglib
except ImportError:
    sys.exit("kconfig: Debian's python3-kconfiglib is missing: run `make packages` (or `make run`)")


def load(out):
    os.environ.setdefault("srctree", ".")
    os.environ["SRCARCH"] = os.environ["ARCH"]
    kconf = kconfiglib.Kconfig("Kconfig", suppress_traceback=True)
    kconf.warn_assign_undef = False
    saved = out / ".config"
    if saved.exists():
        kconf.load_config(str(saved))
    return kconf


def write_if_changed(path, text):
    if path.exists() and path.read_text() == text:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def generate(out, overrides):
    kconf = load(out)
    saved = out / ".config"
    if not saved.exists():
        out.mkdir(parents=True, exist_ok=True)
        kconf.write_config(str(saved), save_old=False)
    for word in overrides:
        name, _, value = word.partition("=")
        name = name.removeprefix("CONFIG_")
        symbol = kconf.syms.get(name)
        if symbol is None or not symbol.nodes:
            if value in ("y", "n"):
                meant = difflib.get_close_matches(name, [s.name for s in kconf.unique_defined_syms], 1)
                sys.exit(f"kconfig: there is no option {name}" + (f"; is it {meant[0]}?" if meant else ": see `make menuconfig`"))
            continue  # a make variable that isn't an option
        symbol.set_value(value)
        if symbol.str_value != value:
            sys.exit(f"kconfig: {name}={value} can't be had; its dependencies say {symbol.str_value}")
    header, nasm, conf = [], [], []
    for symbol in sorted(kconf.unique_defined_syms, key=lambda s: s.name):
        value = symbol.str_value
        if not symbol.nodes or (symbol.type in (kconfiglib.BOOL, kconfiglib.TRISTATE) and value == "n"):
            continue
        if symbol.type in (kconfiglib.BOOL, kconfiglib.TRISTATE):
            header.append(f"#define CONFIG_{symbol.name} 1")
            nasm.append(f"%define CONFIG_{symbol.name} 1")
            conf.append(f"CONFIG_{symbol.name}=y")
        elif symbol.type == kconfiglib.STRING:
            header.append(f'#define CONFIG_{symbol.name} "{kconfiglib.escape(value)}"')
            conf.append(f"CONFIG_{symbol.name}={value}")
        elif value:
            header.append(f"#define CONFIG_{symbol.name} {value}")
            nasm.append(f"%define CONFIG_{symbol.name} {value}")
            conf.append(f"CONFIG_{symbol.name}={value}")
    write_if_changed(out / "include/generated/autoconf.h", "\n".join(header) + "\n")
    write_if_changed(out / "include/generated/autoconf.inc", "\n".join(nasm) + "\n")
    auto = out / "include/config/auto.conf"
    auto.parent.mkdir(parents=True, exist_ok=True)
    auto.write_text("\n".join(conf) + "\n")


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    command, out = sys.argv[1], pathlib.Path(sys.argv[2])
    if command == "generate":
        generate(out, sys.argv[3:])
    elif command == "defconfig":
        (out / ".config").unlink(missing_ok=True)
        kconf = load(out)
        out.mkdir(parents=True, exist_ok=True)
        print(kconf.write_config(str(out / ".config"), save_old=False))
    elif command == "menuconfig":
        import menuconfig
        os.environ["KCONFIG_CONFIG"] = str(out / ".config")
        out.mkdir(parents=True, exist_ok=True)
        menuconfig.menuconfig(load(out))
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main()
