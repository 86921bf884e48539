/* SPDX-License-Identifier: MIT */
/* Where the pending softirqs of this CPU are kept. */
#ifndef _ASM_X86_HARDIRQ_H
#define _ASM_X86_HARDIRQ_H

#include <asm/current.h>
#include <asm/percpu.h>

#define local_softirq_pending_ref	pcpu_hot.softirq_pending

void ack_bad_irq(unsigned int irq);

#endif /* _ASM_X86_HARDIRQ_H */
