/* SPDX-License-Identifier: MIT */
#ifndef _ASM_STACK_POINTER_H
#define _ASM_STACK_POINTER_H

register unsigned long current_stack_pointer asm("sp");

#endif /* _ASM_STACK_POINTER_H */
