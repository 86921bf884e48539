/* SPDX-License-Identifier: MIT */
#ifndef _ASM_GENERIC_SPINLOCK_H
#define _ASM_GENERIC_SPINLOCK_H

#include <asm-generic/qspinlock.h>
#include <asm-generic/qrwlock.h>

#endif /* _ASM_GENERIC_SPINLOCK_H */
