/* SPDX-License-Identifier: MIT */
/*
 * Bit operations: clz and rbit come out of the compiler's builtins, the atomic ones out of our
 * atomics.
 */
#ifndef _ASM_BITOPS_H
#define _ASM_BITOPS_H

#include <linux/compiler.h>

#include <asm-generic/bitops/builtin.h>
#include <asm-generic/bitops/hweight.h>
#include <asm-generic/bitops/non-atomic.h>
#include <asm-generic/bitops/atomic.h>
#include <asm-generic/bitops/instrumented-atomic.h>
#include <asm-generic/bitops/lock.h>
#include <asm-generic/bitops/le.h>

#endif /* _ASM_BITOPS_H */
