/* SPDX-License-Identifier: MIT */
/* The firmware's power interface (kernel/psci.c): start and stop CPUs, switch the machine off. */
#ifndef _ASM_PSCI_H
#define _ASM_PSCI_H

#include <linux/init.h>
#include <linux/types.h>

int __init psci_dt_init(void);
bool psci_has_cpu_on(void);
int psci_cpu_on(u64 hwid, phys_addr_t entry);
void psci_cpu_off(void);
int psci_affinity_info(u64 hwid);

#define PSCI_AFFINITY_ON		0
#define PSCI_AFFINITY_OFF		1
#define PSCI_AFFINITY_ON_PENDING	2

#endif /* _ASM_PSCI_H */
