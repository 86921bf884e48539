/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_INSTRUMENTATION_H
#define _LINUX_INSTRUMENTATION_H

/*
 * A noinstr function runs before the kernel knows its context, so it may not
 * call instrumented code, except between instrumentation_begin() and
 * instrumentation_end(), where the context has been settled. They keep the
 * compiler from moving such calls out.
 *
 * tools/build/check_noinstr.py holds an instrumented image to the other half of
 * the rule: nothing in .noinstr.text calls a sanitizer.
 */
#include <linux/compiler.h>

#define instrumentation_begin()	barrier()
#define instrumentation_end()	barrier()

#endif /* _LINUX_INSTRUMENTATION_H */
