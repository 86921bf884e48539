/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_NMI_TEST_H
#define _LINUX_NMI_TEST_H

/*
 * For tests: code that runs in an NMI, at a place of the test's choice.
 *
 * A machine without NMIs has in their place what its entry code treats like them: an exception that
 * may be taken anywhere. Each machine's is in arch/X/tests/nmi_test.c.
 */

/**
 * arch_call_in_nmi - call a function in an NMI of this CPU, and come back
 * @fn: it runs with in_nmi(), interrupts off
 * @arg: for @fn
 *
 * Context: any but an NMI, even with interrupts off and where RCU doesn't watch; the caller can't
 * migrate. One caller at a time in the whole machine.
 */
void arch_call_in_nmi(void (*fn)(void *arg), void *arg);

#endif /* _LINUX_NMI_TEST_H */
