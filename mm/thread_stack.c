// SPDX-License-Identifier: MIT
/*
 * Kernel stacks: THREAD_SIZE bytes of vmalloc space with an unmapped page at both ends.
 *
 * The page above is the area's own guard page. The page below is unmapped too: it is free, or the
 * guard page of a neighbour. A stack that overflows hits it, and the machine reports that on
 * another stack. THREAD_ALIGN is the machine's wish, by which it knows an overflow early.
 *
 * Each CPU keeps two stacks back, since mapping one costs far more than a fork otherwise does.
 */

#include <linux/init.h>
#include <linux/cpumask.h>
#include <linux/kasan.h>
#include <linux/mm.h>
#include <linux/percpu.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <linux/vmalloc.h>
#include <asm/thread_info.h>

#include "internal.h"

#define CACHED_STACKS	2
static DEFINE_PER_CPU(struct vm_struct *, cached_stacks[CACHED_STACKS]);

/*
 * Whole atomic operations, not this_cpu_*(): another CPU may drain the slots at the same time, and
 * a task that has been moved meanwhile just uses a slot of the CPU it came from.
 */
static struct vm_struct *take_cached(void)
{
	unsigned int i;

	for (i = 0; i < CACHED_STACKS; i++) {
		struct vm_struct *vm = xchg(raw_cpu_ptr(&cached_stacks[i]), NULL);

		if (vm)
			return vm;
	}
	return NULL;
}

static bool put_cached(struct vm_struct *vm)
{
	unsigned int i;

	for (i = 0; i < CACHED_STACKS; i++)
		if (!cmpxchg(raw_cpu_ptr(&cached_stacks[i]), NULL, vm))
			return true;
	return false;
}

/**
 * alloc_thread_stack_vm() - a zeroed kernel stack
 *
 * Context: May sleep.
 * Return: its area (->addr is the lowest address, THREAD_SIZE bytes are usable), or NULL.
 */
struct vm_struct *alloc_thread_stack_vm(void)
{
	struct vm_struct *vm = take_cached();
	void *stack;

	if (vm) {
		kasan_unpoison_range(vm->addr, THREAD_SIZE);
		memset(vm->addr, 0, THREAD_SIZE);
		return vm;
	}
	stack = __vmalloc_node_range(THREAD_SIZE, THREAD_ALIGN, VMALLOC_START, VMALLOC_END,
				     GFP_KERNEL | __GFP_ZERO, PAGE_KERNEL, 0, NUMA_NO_NODE,
				     __builtin_return_address(0));
	return stack ? find_vm_area(stack) : NULL;
}

/**
 * free_thread_stack_vm() - give a kernel stack back
 * @vm: its area
 *
 * Context: Any but NMI. Nobody runs on it any more.
 */
void free_thread_stack_vm(struct vm_struct *vm)
{
	if (!put_cached(vm)) {
		kasan_unpoison_range(vm->addr, THREAD_SIZE);
		vfree_atomic(vm->addr);
	}
}

/* Free what the CPUs keep back. Returns how many stacks. */
unsigned long thread_stack_cache_drain(void)
{
	unsigned long freed = 0;
	unsigned int cpu, i;

	for_each_possible_cpu(cpu) {
		for (i = 0; i < CACHED_STACKS; i++) {
			struct vm_struct **slot = per_cpu_ptr(&cached_stacks[i], cpu);
			struct vm_struct *vm = xchg(slot, NULL);

			if (vm) {
				vfree(vm->addr);
				freed++;
			}
		}
	}
	return freed;
}
