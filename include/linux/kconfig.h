/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_KCONFIG_H
#define _LINUX_KCONFIG_H

/*
 * Configuration symbols as C expressions.
 *
 * The build turns build/$(ARCH)/.config into <generated/autoconf.h>: an option
 * that is "y" becomes a macro with the value 1, one that is "n" is not defined.
 * IS_ENABLED(CONFIG_X) makes of that a 1 or a 0 which C can test in an `if`, so
 * that the compiler checks both branches and drops one.
 *
 * How it works: pasting the value behind a prefix gives __KCONFIG_PICK_1 for an
 * option that is set, which expands to "0," and so moves a 1 into the second
 * argument; anything else is one junk argument and leaves the 0 there.
 */
#include <generated/autoconf.h>

#define __KCONFIG_PICK_1 0,
#define __KCONFIG_SECOND(ignored, value, ...) value
#define __KCONFIG_TEST(junk_or_comma) __KCONFIG_SECOND(junk_or_comma 1, 0, 0)
#define __KCONFIG_PASTE(value) __KCONFIG_TEST(__KCONFIG_PICK_##value)
#define __KCONFIG_VALUE(option) __KCONFIG_PASTE(option)

/* IS_BUILTIN(CONFIG_X): 1 if the option is "y", else 0. */
#define IS_BUILTIN(option) __KCONFIG_VALUE(option)
/* IS_MODULE(CONFIG_X): always 0, since everything is linked into one image. */
#define IS_MODULE(option) 0
#define IS_REACHABLE(option) IS_BUILTIN(option)
#define IS_ENABLED(option) IS_BUILTIN(option)

#endif /* _LINUX_KCONFIG_H */
