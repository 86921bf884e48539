/* SPDX-License-Identifier: MIT */
#ifndef _ASM_GENERIC_SPINLOCK_TYPES_H
#define _ASM_GENERIC_SPINLOCK_TYPES_H

#include <asm-generic/qspinlock_types.h>
#include <asm-generic/qrwlock_types.h>

#endif /* _ASM_GENERIC_SPINLOCK_TYPES_H */
