/* SPDX-License-Identifier: MIT */
#ifndef _ASM_GENERIC_BITOPS_H
#define _ASM_GENERIC_BITOPS_H

/*
 * Everything that <asm/bitops.h> has to offer, in portable form. An arch that has better
 * instructions brings its own <asm/bitops.h> and picks from these files what it doesn't override.
 */

#include <asm/barrier.h>

#include <asm-generic/bitops/builtin.h>
#include <asm-generic/bitops/hweight.h>
#include <asm-generic/bitops/non-atomic.h>
#include <asm-generic/bitops/atomic.h>
#include <asm-generic/bitops/instrumented-atomic.h>
#include <asm-generic/bitops/lock.h>
#include <asm-generic/bitops/le.h>

#endif
