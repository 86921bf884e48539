// SPDX-License-Identifier: MIT
/*
 * Writing to kernel text, which is mapped read-only: each store goes through a second, short-lived,
 * writable mapping of the page, FIX_TEXT_POKE0, that is never executable.
 *
 * Which instructions may change under running CPUs without stopping them? The architecture names
 * them: b, bl, nop, brk, svc, hvc, smc, isb into each other. A CPU executes the old one or the new
 * one. All else needs stop_machine().
 */
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/smp.h>
#include <linux/spinlock.h>
#include <linux/stop_machine.h>
#include <linux/uaccess.h>

#include <asm/cacheflush.h>
#include <asm/fixmap.h>
#include <asm/insn.h>
#include <asm/patching.h>
#include <asm/sections.h>

static DEFINE_RAW_SPINLOCK(patch_lock);

/* patch_lock held. Image only: its pages are at a known distance from their physical addresses. */
static void *patch_map(void *addr)
{
	unsigned long uintaddr = (unsigned long)addr;

	__set_fixmap(FIX_TEXT_POKE0, __pa_symbol(uintaddr & PAGE_MASK), FIXMAP_PAGE_NORMAL);
	return (void *)(__fix_to_virt(FIX_TEXT_POKE0) + (uintaddr & ~PAGE_MASK));
}

static void patch_unmap(void)
{
	__set_fixmap(FIX_TEXT_POKE0, 0, FIXMAP_PAGE_CLEAR);
}

static bool is_image_addr(unsigned long addr)
{
	return addr >= (unsigned long)_text && addr < (unsigned long)_end;
}

/**
 * aarch64_insn_read - read an instruction that may not be there
 * @addr: where
 * @insnp: set to it
 *
 * Return: 0 or -EFAULT
 */
int aarch64_insn_read(void *addr, u32 *insnp)
{
	return copy_from_kernel_nofault(insnp, addr, AARCH64_INSN_SIZE) ? -EFAULT : 0;
}

/**
 * aarch64_insn_write - write an instruction, nothing else
 * @addr: where
 * @insn: it
 *
 * Return: 0, or -EINVAL if @addr is not an aligned address of the image
 */
int aarch64_insn_write(void *addr, u32 insn)
{
	unsigned long flags;

	if ((unsigned long)addr & 3 || !is_image_addr((unsigned long)addr))
		return -EINVAL;
	raw_spin_lock_irqsave(&patch_lock, flags);
	WRITE_ONCE(*(u32 *)patch_map(addr), insn);
	patch_unmap();
	raw_spin_unlock_irqrestore(&patch_lock, flags);
	return 0;
}

/**
 * aarch64_insn_write_block - write several instructions
 * @addr: where
 * @insns: they
 * @cnt: how many
 *
 * Context: no CPU executes the range meanwhile.
 * Return: 0 or -EINVAL
 */
int aarch64_insn_write_block(void *addr, const u32 *insns, int cnt)
{
	int i, ret;

	for (i = 0; i < cnt; i++) {
		ret = aarch64_insn_write(addr + i * AARCH64_INSN_SIZE, insns[i]);
		if (ret)
			return ret;
	}
	caches_clean_inval_pou((unsigned long)addr, (unsigned long)addr + cnt * AARCH64_INSN_SIZE);
	return 0;
}

/**
 * aarch64_insn_patch_text_nosync - replace one instruction under running CPUs
 * @addr: where
 * @insn: the new one; old and new are of the kinds that may change so
 *
 * Other CPUs may execute the old one until they take an exception or an isb.
 * Return: 0 or -EINVAL
 */
int aarch64_insn_patch_text_nosync(void *addr, u32 insn)
{
	int ret = aarch64_insn_write(addr, insn);

	if (!ret)
		caches_clean_inval_pou((unsigned long)addr,
				       (unsigned long)addr + AARCH64_INSN_SIZE);
	return ret;
}

struct aarch64_insn_patch {
	void **text_addrs;
	u32 *new_insns;
	int insn_cnt;
	atomic_t cpu_count;
};

/* The last CPU to arrive writes; the others wait and then forget what they fetched ahead. */
static int aarch64_insn_patch_text_cb(void *arg)
{
	struct aarch64_insn_patch *pp = arg;
	int i, ret = 0;

	if (atomic_inc_return(&pp->cpu_count) == num_online_cpus()) {
		for (i = 0; ret == 0 && i < pp->insn_cnt; i++)
			ret = aarch64_insn_patch_text_nosync(pp->text_addrs[i], pp->new_insns[i]);
		/* The release of the waiters. */
		atomic_inc(&pp->cpu_count);
	} else {
		while (atomic_read(&pp->cpu_count) <= num_online_cpus())
			cpu_relax();
		isb();
	}
	return ret;
}

/**
 * aarch64_insn_patch_text - replace any instructions, all CPUs stopped
 * @addrs: where
 * @insns: the new ones
 * @cnt: how many
 *
 * Context: may sleep.
 * Return: 0 or -EINVAL
 */
int aarch64_insn_patch_text(void *addrs[], u32 insns[], int cnt)
{
	struct aarch64_insn_patch patch = {
		.text_addrs = addrs,
		.new_insns = insns,
		.insn_cnt = cnt,
		.cpu_count = ATOMIC_INIT(0),
	};

	if (cnt <= 0)
		return -EINVAL;
	return stop_machine(aarch64_insn_patch_text_cb, &patch, cpu_online_mask);
}
