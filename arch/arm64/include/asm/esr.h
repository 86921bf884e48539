/* SPDX-License-Identifier: MIT */
/* ESR_EL1: why an exception was taken. EC (31..26) is the class, ISS (24..0) the details. */
#ifndef _ASM_ESR_H
#define _ASM_ESR_H

#include <linux/const.h>

#define ESR_ELx_EC_UNKNOWN	0x00
#define ESR_ELx_EC_WFx		0x01
#define ESR_ELx_EC_FP_ASIMD	0x07
#define ESR_ELx_EC_ILL		0x0e
#define ESR_ELx_EC_BTI		0x0d
#define ESR_ELx_EC_SVC64	0x15
#define ESR_ELx_EC_SYS64	0x18
#define ESR_ELx_EC_SVE		0x19
#define ESR_ELx_EC_FPAC		0x1c
#define ESR_ELx_EC_IABT_LOW	0x20
#define ESR_ELx_EC_IABT_CUR	0x21
#define ESR_ELx_EC_PC_ALIGN	0x22
#define ESR_ELx_EC_DABT_LOW	0x24
#define ESR_ELx_EC_DABT_CUR	0x25
#define ESR_ELx_EC_SP_ALIGN	0x26
#define ESR_ELx_EC_FP_EXC64	0x2c
#define ESR_ELx_EC_SERROR	0x2f
#define ESR_ELx_EC_BREAKPT_LOW	0x30
#define ESR_ELx_EC_BREAKPT_CUR	0x31
#define ESR_ELx_EC_SOFTSTP_LOW	0x32
#define ESR_ELx_EC_SOFTSTP_CUR	0x33
#define ESR_ELx_EC_WATCHPT_LOW	0x34
#define ESR_ELx_EC_WATCHPT_CUR	0x35
#define ESR_ELx_EC_BRK64	0x3c
#define ESR_ELx_EC_MAX		0x3f

#define ESR_ELx_EC_SHIFT	26
#define ESR_ELx_EC_MASK		(_AC(0x3f, UL) << ESR_ELx_EC_SHIFT)
#define ESR_ELx_EC(esr)		(((esr) & ESR_ELx_EC_MASK) >> ESR_ELx_EC_SHIFT)
#define ESR_ELx_IL		(_AC(1, UL) << 25)
#define ESR_ELx_ISS_MASK	_AC(0x1ffffff, UL)

/* Data and instruction aborts */
#define ESR_ELx_WNR		(_AC(1, UL) << 6)	/* a write */
#define ESR_ELx_S1PTW		(_AC(1, UL) << 7)
#define ESR_ELx_CM		(_AC(1, UL) << 8)	/* cache maintenance, shown as a write */
#define ESR_ELx_EA		(_AC(1, UL) << 9)
#define ESR_ELx_FnV		(_AC(1, UL) << 10)	/* FAR is not valid */
#define ESR_ELx_FSC		0x3f
#define ESR_ELx_FSC_TYPE	0x3c
#define ESR_ELx_FSC_ADDRSIZE	0x00
#define ESR_ELx_FSC_FAULT	0x04			/* translation, level in bits 1..0 */
#define ESR_ELx_FSC_ACCESS	0x08			/* access flag clear */
#define ESR_ELx_FSC_PERM	0x0c

#define ESR_ELx_BRK64_COMMENT	0xffff

/* ISS of a floating-point exception: are the others valid, and which happened. */
#define ESR_ELx_FP_EXC_TFV	(_UL(1) << 23)
#define FPEXC_IOF		(1 << 0)
#define FPEXC_DZF		(1 << 1)
#define FPEXC_OFF		(1 << 2)
#define FPEXC_UFF		(1 << 3)
#define FPEXC_IXF		(1 << 4)

#endif /* _ASM_ESR_H */
