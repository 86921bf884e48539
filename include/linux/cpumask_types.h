/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_CPUMASK_TYPES_H
#define _LINUX_CPUMASK_TYPES_H

#include <linux/threads.h>
#include <linux/types.h>

/* A set of CPUs. Don't look inside: use the functions of <linux/cpumask.h>. */
typedef struct cpumask { DECLARE_BITMAP(bits, NR_CPUS); } cpumask_t;

#define cpumask_bits(maskp)	((maskp)->bits)

/* A mask in a variable; see alloc_cpumask_var(). */
typedef struct cpumask cpumask_var_t[1];

#endif
