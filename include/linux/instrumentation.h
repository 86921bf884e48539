/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_INSTRUMENTATION_H
#define _LINUX_INSTRUMENTATION_H

/*
 * In a noinstr function, code between these two may call out of .noinstr.text:
 * the context is known there. tools/build/check_noinstr.py accepts calls from such functions to any code, and from others to .noinstr.text only.
 */
#define instrumentation_begin()	barrier()
#define instrumentation_end()	barrier()

#include <linux/compiler.h>

#endif /* _LINUX_INSTRUMENTATION_H */
