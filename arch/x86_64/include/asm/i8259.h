/* SPDX-License-Identifier: MIT */
/* The two 8259 controllers of the PC, which we move out of the way and silence. */
#ifndef _ASM_X86_I8259_H
#define _ASM_X86_I8259_H

void i8259_mask_all(void);

#endif /* _ASM_X86_I8259_H */
