/* SPDX-License-Identifier: MIT */
#ifndef _ASM_VDSO_H
#define _ASM_VDSO_H

/* Where in the current program's vDSO a handler returns to if it has no restorer; 0 without a vDSO. */
unsigned long vdso_sigtramp(void);

#endif /* _ASM_VDSO_H */
