/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_EXPORT_H
#define _LINUX_EXPORT_H

/*
 * EXPORT_SYMBOL() marks a symbol as part of the kernel's public interface.
 * Everything is linked into one image, so there is nothing to emit; the mark
 * tells the reader, and files written for Linux build unedited.
 */
#define __export_check(sym)	extern typeof(sym) sym
#define EXPORT_SYMBOL(sym)		__export_check(sym)
#define EXPORT_SYMBOL_GPL(sym)		__export_check(sym)
#define EXPORT_SYMBOL_NS(sym, ns)	__export_check(sym)
#define EXPORT_SYMBOL_NS_GPL(sym, ns)	__export_check(sym)
#define THIS_MODULE ((struct module *)0)

#endif /* _LINUX_EXPORT_H */
