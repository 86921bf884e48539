// SPDX-License-Identifier: MIT
/*
 * Address space identifiers (ASIDs): with one in TTBR0 and in each TLB entry, a switch of address
 * spaces drops nothing.
 *
 * There are 256 or 65536, fewer than there may be processes, so they are handed out for a
 * generation. mm->context.id is generation | ASID. When all are given away the generation is
 * raised: every mm's id is old at once and gets a new ASID at its next switch, except those running
 * on some CPU right now, which keep theirs (reserved_asids). A TLB may still hold entries of the
 * previous generation's owner, so each CPU drops everything before it uses an ASID of the new one
 * (tlb_flush_pending).
 *
 *   fast path: the id is of this generation, and active_asids says that no roll-over looked at this
 *   CPU meanwhile:
 *
 *     CPU 0 (switching)                     CPU 1 (roll-over, cpu_asid_lock)
 *     old = active_asids                    generation += 1
 *     id of the generation? cmpxchg         xchg(active_asids of CPU 0, 0)
 *       old -> id: succeeds unless  <------ has set it to 0
 *
 * ASID 0 belongs to reserved_pg_dir.
 */
#include <linux/atomic.h>
#include <linux/bitmap.h>
#include <linux/bitops.h>
#include <linux/cpumask.h>
#include <linux/init.h>
#include <linux/mm_types.h>
#include <linux/percpu.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/smp.h>
#include <linux/spinlock.h>

#include <asm/cpufeature.h>
#include <asm/mmu_context.h>
#include <asm/tlbflush.h>

static u32 asid_bits __ro_after_init;
#define NUM_ASIDS		(1UL << asid_bits)
#define ASID_MASK		(~0UL << 16)
#define ASID_FIRST_VERSION	(1UL << 16)
#define asid_gen_match(id)	(!(((id) ^ atomic64_read(&asid_generation)) >> 16))

static DEFINE_RAW_SPINLOCK(cpu_asid_lock);
static atomic64_t asid_generation = ATOMIC64_INIT(ASID_FIRST_VERSION);
static unsigned long *asid_map;			/* guarded by cpu_asid_lock */
static cpumask_t tlb_flush_pending;		/* guarded by cpu_asid_lock */
static DEFINE_PER_CPU(atomic64_t, active_asids);
static DEFINE_PER_CPU(u64, reserved_asids);	/* guarded by cpu_asid_lock */

/* Start a generation: only the running ASIDs are taken. */
static void flush_context(void)
{
	int cpu;

	bitmap_zero(asid_map, NUM_ASIDS);
	__set_bit(0, asid_map);
	for_each_possible_cpu(cpu) {
		u64 id = atomic64_xchg_relaxed(&per_cpu(active_asids, cpu), 0);

		/* A second roll-over before that CPU switched: it still runs what was reserved. */
		if (id == 0)
			id = per_cpu(reserved_asids, cpu);
		__set_bit(id & ~ASID_MASK, asid_map);
		per_cpu(reserved_asids, cpu) = id;
	}
	cpumask_setall(&tlb_flush_pending);
}

/* If @id runs somewhere, let it stay under the new generation everywhere it does. */
static bool check_update_reserved_asid(u64 id, u64 newid)
{
	bool hit = false;
	int cpu;

	for_each_possible_cpu(cpu) {
		if (per_cpu(reserved_asids, cpu) == id) {
			hit = true;
			per_cpu(reserved_asids, cpu) = newid;
		}
	}
	return hit;
}

static u64 new_context(struct mm_struct *mm)
{
	static u32 cur_idx = 1;
	u64 id = atomic64_read(&mm->context.id);
	u64 generation = atomic64_read(&asid_generation);
	unsigned long asid;

	if (id != 0) {
		u64 newid = generation | (id & ~ASID_MASK);

		if (check_update_reserved_asid(id, newid))
			return newid;
		/* The one it had, if nobody took it. */
		if (!__test_and_set_bit(id & ~ASID_MASK, asid_map))
			return newid;
	}
	asid = find_next_zero_bit(asid_map, NUM_ASIDS, cur_idx);
	if (asid == NUM_ASIDS) {
		generation = atomic64_add_return_relaxed(ASID_FIRST_VERSION, &asid_generation);
		flush_context();
		asid = find_next_zero_bit(asid_map, NUM_ASIDS, 1);
	}
	__set_bit(asid, asid_map);
	cur_idx = asid;
	return asid | generation;
}

/**
 * check_and_switch_context - make TTBR0 an address space's
 * @mm: it
 *
 * Context: interrupts off, or preemption off in a thread that has no other address space.
 */
void check_and_switch_context(struct mm_struct *mm)
{
	u64 id = atomic64_read(&mm->context.id), old;
	unsigned long flags;
	unsigned int cpu;

	old = atomic64_read(this_cpu_ptr(&active_asids));
	if (old && asid_gen_match(id) &&
	    atomic64_cmpxchg_relaxed(this_cpu_ptr(&active_asids), old, id))
		goto switch_mm;

	raw_spin_lock_irqsave(&cpu_asid_lock, flags);
	id = atomic64_read(&mm->context.id);
	if (!asid_gen_match(id)) {
		id = new_context(mm);
		atomic64_set(&mm->context.id, id);
	}
	cpu = smp_processor_id();
	if (cpumask_test_and_clear_cpu(cpu, &tlb_flush_pending))
		local_flush_tlb_all();
	atomic64_set(this_cpu_ptr(&active_asids), id);
	raw_spin_unlock_irqrestore(&cpu_asid_lock, flags);

switch_mm:
	write_sysreg(__pa(mm->pgd) | (id & ~ASID_MASK) << TTBR_ASID_SHIFT, ttbr0_el1);
	isb();
}

static int __init asids_init(void)
{
	u64 mmfr0 = read_sysreg(SYS_ID_AA64MMFR0_EL1);

	asid_bits = cpuid_feature_extract_unsigned_field(mmfr0, ID_AA64MMFR0_ASID_SHIFT) == 2 ? 16
		: 8;
	asid_map = bitmap_zalloc(NUM_ASIDS, GFP_KERNEL);
	if (!asid_map)
		panic("Failed to allocate bitmap for %lu ASIDs\n", NUM_ASIDS);
	__set_bit(0, asid_map);
	pr_info("ASID allocator initialised with %lu entries\n", NUM_ASIDS);
	return 0;
}
early_initcall(asids_init);
