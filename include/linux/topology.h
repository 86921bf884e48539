/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_TOPOLOGY_H
#define _LINUX_TOPOLOGY_H

/*
 * Where CPUs and memory sit. One node; the arch refines packages, cores and threads by defining
 * the topology_*() names in <asm/topology.h>, otherwise each CPU is a core of package 0.
 */

#include <linux/cpumask.h>
#include <linux/nodemask.h>
#include <linux/percpu.h>
#include <linux/smp.h>
#include <asm/topology.h>

#define LOCAL_DISTANCE	10
#define REMOTE_DISTANCE	20

#ifndef cpu_to_node

/** cpu_to_node - the node that a CPU is on: there is one */
static inline int cpu_to_node(int cpu)
{
	(void)cpu;
	return 0;
}
#endif
#ifndef cpu_to_mem
#define cpu_to_mem(cpu)		cpu_to_node(cpu)
#endif
#ifndef numa_node_id
#define numa_node_id()		0
#endif
#ifndef numa_mem_id
#define numa_mem_id()		0
#endif
#ifndef cpumask_of_node
#define cpumask_of_node(node)	((void)(node), cpu_online_mask)
#endif
#ifndef node_distance
#define node_distance(a, b)	((a) == (b) ? LOCAL_DISTANCE : REMOTE_DISTANCE)
#endif
#ifndef topology_physical_package_id
#define topology_physical_package_id(cpu)	((void)(cpu), 0)
#endif
#ifndef topology_core_id
#define topology_core_id(cpu)			(cpu)
#endif
#ifndef topology_sibling_cpumask
#define topology_sibling_cpumask(cpu)		cpumask_of(cpu)
#endif
#ifndef topology_core_cpumask
#define topology_core_cpumask(cpu)		((void)(cpu), cpu_possible_mask)
#endif

#endif /* _LINUX_TOPOLOGY_H */
