/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_PLANTED_H
#define _LINUX_PLANTED_H

/*
 * The machine's part of kernel/planted.c: an exception whose handler can't be reached. What comes
 * of it is the CPU's choice, a reset on x86_64 and exceptions without end on arm64. Doesn't return.
 */
void arch_plant_bad_vectors(void);

/* The exception by which a CPU says that it is broken. Does nothing where there is none. */
void arch_plant_machine_check(void);

#endif /* _LINUX_PLANTED_H */
