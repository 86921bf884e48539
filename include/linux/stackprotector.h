/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_STACKPROTECTOR_H
#define _LINUX_STACKPROTECTOR_H

/*
 * Stack canaries. The compiler stores a word between a function's arrays and its
 * return address and compares it before returning. Where it reads that word
 * from is the machine's business (<asm/stackprotector.h>); its value belongs to
 * the task: random, and different for each.
 */
#include <asm/stackprotector.h>

#endif /* _LINUX_STACKPROTECTOR_H */
