/* SPDX-License-Identifier: MIT */
#ifndef _KUNIT_VISIBILITY_H
#define _KUNIT_VISIBILITY_H

/*
 * What a file keeps to itself but its test may reach. With CONFIG_KUNIT a
 * VISIBLE_IF_KUNIT function is global, without it it is static.
 */
#if IS_ENABLED(CONFIG_KUNIT)
#define VISIBLE_IF_KUNIT
#define EXPORT_SYMBOL_IF_KUNIT(symbol) EXPORT_SYMBOL(symbol)
#else
#define VISIBLE_IF_KUNIT static
#define EXPORT_SYMBOL_IF_KUNIT(symbol)
#endif

#endif /* _KUNIT_VISIBILITY_H */
