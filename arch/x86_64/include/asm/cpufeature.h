/* SPDX-License-Identifier: MIT */
/* Asking what the processor can do. */
#ifndef _ASM_X86_CPUFEATURE_H
#define _ASM_X86_CPUFEATURE_H

#include <asm/cpufeatures.h>

#ifndef __ASSEMBLY__
#include <linux/types.h>
#include <asm/processor.h>

#define test_cpu_cap(c, bit)						\
	(((c)->x86_capability[(bit) / 32] >> ((bit) % 32)) & 1)

#define cpu_has(c, bit)			test_cpu_cap(c, bit)
#define this_cpu_has(bit)		boot_cpu_has(bit)
#define boot_cpu_has(bit)		test_cpu_cap(&boot_cpu_data, bit)
#define static_cpu_has(bit)		boot_cpu_has(bit)
#define cpu_feature_enabled(bit)	boot_cpu_has(bit)

void setup_force_cpu_cap(unsigned int bit);
void setup_clear_cpu_cap(unsigned int bit);

#endif /* !__ASSEMBLY__ */
#endif /* _ASM_X86_CPUFEATURE_H */
