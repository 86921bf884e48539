// SPDX-License-Identifier: MIT
/*
 * mremap(2): make a mapping longer or shorter, or move it.
 *
 * In place where it fits. Else a second VMA of the same object is made elsewhere, and the entries
 * go over one by one, so the pages stay what they are; then the first VMA goes. TLBs forget the old
 * addresses before the new ones can be used by another thread: mmap_lock is held for writing
 * throughout, and faults wait for it.
 */

#include <linux/capability.h>
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/mman.h>
#include <linux/mm.h>
#include <linux/mmap_lock.h>
#include <linux/pgtable.h>
#include <linux/sched/signal.h>
#include <linux/security.h>
#include <linux/syscalls.h>
#include <asm/pgalloc.h>
#include <asm/tlbflush.h>

#include "vma.h"

struct move {
	struct mm_struct *mm;
	struct vm_area_struct *vma;
	unsigned long addr, new_addr;
	unsigned long old_len, new_len;
	unsigned long flags;
	bool locked;			/* the result is to be populated from populate_from on */
	unsigned long populate_from;
};

/* ---- entries ---- */

static pmd_t *make_pmd(struct mm_struct *mm, unsigned long addr)
{
	pud_t *pud = pud_alloc(mm, p4d_offset(pgd_offset(mm, addr), addr), addr);
	pmd_t *pmd = pud ? pmd_alloc(mm, pud, addr) : NULL;

	return pmd && !pte_alloc(mm, pmd) ? pmd : NULL;
}

/**
 * move_page_tables - move entries to other addresses
 * @vma: of the old addresses
 * @old_addr: page aligned
 * @new_vma: of the new ones
 * @new_addr: page aligned
 * @len: bytes
 *
 * Context: mmap_lock held for writing; may sleep.
 * Return: bytes that were moved; less than @len if memory for a table was missing.
 */
unsigned long move_page_tables(struct vm_area_struct *vma, unsigned long old_addr,
			       struct vm_area_struct *new_vma, unsigned long new_addr,
			       unsigned long len)
{
	struct address_space *mapping = vma->vm_file ? vma->vm_file->f_mapping : NULL;
	struct mm_struct *mm = vma->vm_mm;
	unsigned long done = 0;

	/* Truncation must not look for an entry at its new place first and at its old one after. */
	if (mapping)
		i_mmap_lock_write(mapping);
	while (done < len) {
		unsigned long from = old_addr + done, to = new_addr + done, step, i;
		pmd_t *old_pmd = walk_user_pmd(mm, from), *new_pmd;
		spinlock_t *ptl;
		pte_t *old, *new;

		/* As far as both stay in their tables. */
		step = min3(len - done, PMD_SIZE - (from & ~PMD_MASK), PMD_SIZE - (to & ~PMD_MASK));
		if (!old_pmd) {
			done += step;
			continue;
		}
		new_pmd = make_pmd(mm, to);
		if (!new_pmd)
			break;
		/* One lock for all tables of an address space. */
		old = pte_offset_map_lock(mm, old_pmd, from, &ptl);
		new = pte_offset_kernel(new_pmd, to);
		for (i = 0; i < step; i += PAGE_SIZE, old++, new++) {
			if (pte_none(ptep_get(old)))
				continue;
			set_pte_at(mm, to + i, new, ptep_get_and_clear(mm, from + i, old));
		}
		pte_unmap_unlock(old - 1, ptl);
		done += step;
		cond_resched();
	}
	flush_tlb_range(vma, old_addr, old_addr + done);
	if (mapping)
		i_mmap_unlock_write(mapping);
	if (done && vma->vm_anon)
		new_vma->vm_anon = true;
	return done;
}

/**
 * relocate_vma_down - move a whole VMA to lower addresses, pages and all
 * @vma: the first of its address space; nothing below it is in the way
 * @shift: bytes, page aligned
 *
 * For exec's stack, which is the only VMA then.
 *
 * Context: mmap_lock held for writing; may sleep.
 * Return: 0; -EFAULT if the place is taken; -ENOMEM.
 */
int relocate_vma_down(struct vm_area_struct *vma, unsigned long shift)
{
	unsigned long start = vma->vm_start, end = vma->vm_end, len = end - start;
	pgoff_t pgoff = vma->vm_pgoff - (shift >> PAGE_SHIFT);

	if (shift > start || find_vma(vma->vm_mm, start - shift) != vma)
		return -EFAULT;
	/* It covers both places while the pages move. */
	vma_set_range(vma, start - shift, end, pgoff);
	if (move_page_tables(vma, start, vma, start - shift, len) != len)
		return -ENOMEM;
	vma_set_range(vma, start - shift, end - shift, pgoff);
	return 0;
}

/* ---- checks ---- */

/* May @vma's [addr, addr + old_len) become new_len long, somewhere? */
static int check_resize(struct move *m)
{
	struct vm_area_struct *vma = m->vma;
	unsigned long more;

	/* Old length 0 makes a second mapping of something shared. */
	if (!m->old_len && !(vma->vm_flags & (VM_SHARED | VM_MAYSHARE)))
		return -EINVAL;
	if ((m->flags & MREMAP_DONTUNMAP) && (vma->vm_flags & (VM_DONTEXPAND | VM_PFNMAP)))
		return -EINVAL;
	if (m->old_len > vma->vm_end - m->addr)
		return -EFAULT;
	if (m->new_len == m->old_len)
		return 0;
	if (linear_page_index(vma, m->addr) + (m->new_len >> PAGE_SHIFT) <
	    linear_page_index(vma, m->addr))
		return -EINVAL;
	if (vma->vm_flags & (VM_DONTEXPAND | VM_PFNMAP))
		return -EFAULT;
	if (m->new_len < m->old_len)
		return 0;
	more = (m->new_len - m->old_len) >> PAGE_SHIFT;
	if ((vma->vm_flags & VM_LOCKED) && !capable(CAP_IPC_LOCK) &&
	    m->mm->locked_vm + more > rlimit(RLIMIT_MEMLOCK) >> PAGE_SHIFT)
		return -EAGAIN;
	return may_expand_vm(m->mm, vma->vm_flags, more) ? 0 : -ENOMEM;
}

static int account_more(struct move *m, unsigned long pages)
{
	if (!(m->vma->vm_flags & VM_ACCOUNT))
		return 0;
	return security_vm_enough_memory_mm(m->mm, pages) ? -ENOMEM : 0;
}

static void note_growth(struct move *m, vm_flags_t flags, unsigned long pages)
{
	vm_stat_account(m->mm, flags, pages);
	if (flags & VM_LOCKED) {
		m->mm->locked_vm += pages;
		m->locked = true;
		m->populate_from = m->old_len;
	}
	update_hiwater_vm(m->mm);
}

/* ---- moving ---- */

static unsigned long move_vma(struct move *m)
{
	struct vm_area_struct *vma = m->vma, *new;
	vm_flags_t flags = vma->vm_flags;
	unsigned long pages = m->new_len >> PAGE_SHIFT, moved;
	int err;

	/* The new one, and what cutting the old one may make. */
	if (m->mm->map_count >= sysctl_max_map_count - 3)
		return -ENOMEM;
	if (vma->vm_ops && vma->vm_ops->may_split) {
		if (vma->vm_start != m->addr)
			err = vma->vm_ops->may_split(vma, m->addr);
		else
			err = 0;
		if (!err && vma->vm_end != m->addr + m->old_len)
			err = vma->vm_ops->may_split(vma, m->addr + m->old_len);
		if (err)
			return err;
	}
	err = account_more(m, pages);
	if (err)
		return err;
	new = copy_vma(vma, m->new_addr, m->new_len, linear_page_index(vma, m->addr));
	if (!new) {
		err = -ENOMEM;
		goto unaccount;
	}
	moved = move_page_tables(vma, m->addr, new, m->new_addr, m->old_len);
	err = moved < m->old_len ? -ENOMEM : 0;
	if (!err && vma->vm_ops && vma->vm_ops->mremap)
		err = vma->vm_ops->mremap(new);
	vm_stat_account(m->mm, flags, pages);
	if (flags & VM_LOCKED)
		m->mm->locked_vm += pages;
	if (err) {
		/* Back, into tables that are still there, so it can't fail. */
		move_page_tables(new, m->new_addr, vma, m->addr, moved);
		do_vmi_munmap(m->mm, m->new_addr, m->new_addr + m->new_len);
		return err;
	}
	m->locked = flags & VM_LOCKED;
	m->populate_from = m->old_len;
	update_hiwater_vm(m->mm);
	if (m->flags & MREMAP_DONTUNMAP) {
		/* The old addresses are empty now, and nobody's promise but anonymous memory's. */
		vma_join(new);
		return m->new_addr;
	}
	if (m->old_len)
		do_vmi_munmap(m->mm, m->addr, m->addr + m->old_len);
	vma = find_vma(m->mm, m->new_addr);
	vma_join(vma);
	return m->new_addr;

unaccount:
	if (flags & VM_ACCOUNT)
		vm_unacct_memory(pages);
	return err;
}

static unsigned long remap_to(struct move *m)
{
	unsigned long map_flags = 0, ret;

	if (offset_in_page(m->new_addr))
		return -EINVAL;
	if (m->new_len > m->mm->task_size || m->new_addr > m->mm->task_size - m->new_len)
		return -EINVAL;
	if (m->addr + m->old_len > m->new_addr && m->new_addr + m->new_len > m->addr &&
	    (m->flags & MREMAP_FIXED))
		return -EINVAL;
	if (m->flags & MREMAP_FIXED) {
		ret = do_munmap(m->mm, m->new_addr, m->new_len);
		if (ret)
			return ret;
		map_flags |= MAP_FIXED;
	}
	if (m->old_len > m->new_len) {
		ret = do_munmap(m->mm, m->addr + m->new_len, m->old_len - m->new_len);
		if (ret)
			return ret;
		m->old_len = m->new_len;
	}
	/* Both may have changed the VMA. */
	m->vma = vma_lookup(m->mm, m->addr);
	if (!m->vma)
		return -EFAULT;
	ret = check_resize(m);
	if (ret)
		return ret;
	if ((m->flags & MREMAP_DONTUNMAP) &&
	    !may_expand_vm(m->mm, m->vma->vm_flags, m->old_len >> PAGE_SHIFT))
		return -ENOMEM;
	if (m->vma->vm_flags & VM_MAYSHARE)
		map_flags |= MAP_SHARED;
	ret = get_unmapped_area(m->vma->vm_file, m->new_addr, m->new_len,
				linear_page_index(m->vma, m->addr), map_flags);
	if (IS_ERR_VALUE(ret))
		return ret;
	m->new_addr = ret;
	return move_vma(m);
}

/* ---- in place ---- */

static bool room_behind(struct vm_area_struct *vma, unsigned long delta)
{
	unsigned long end = vma->vm_end + delta;

	if (end < vma->vm_end || end > vma->vm_mm->task_size)
		return false;
	return !vma->vm_next || end <= vm_start_gap(vma->vm_next);
}

static unsigned long remap(struct move *m)
{
	unsigned long pages, ret;

	if (m->old_len >= m->new_len && !(m->flags & MREMAP_DONTUNMAP) && m->old_len) {
		if (m->old_len > m->new_len) {
			ret = do_munmap(m->mm, m->addr + m->new_len, m->old_len - m->new_len);
			if (ret)
				return ret;
		}
		return m->addr;
	}
	ret = check_resize(m);
	if (ret)
		return ret;
	pages = (m->new_len - m->old_len) >> PAGE_SHIFT;
	if (m->old_len && m->addr + m->old_len == m->vma->vm_end &&
	    room_behind(m->vma, m->new_len - m->old_len)) {
		vm_flags_t flags = m->vma->vm_flags;

		ret = account_more(m, pages);
		if (ret)
			return ret;
		vma_set_range(m->vma, m->vma->vm_start, m->addr + m->new_len, m->vma->vm_pgoff);
		vma_join(m->vma);
		note_growth(m, flags, pages);
		return m->addr;
	}
	if (!(m->flags & MREMAP_MAYMOVE))
		return -ENOMEM;
	ret = get_unmapped_area(m->vma->vm_file, 0, m->new_len,
				linear_page_index(m->vma, m->addr),
				m->vma->vm_flags & VM_MAYSHARE ? MAP_SHARED : 0);
	if (IS_ERR_VALUE(ret))
		return ret;
	m->new_addr = ret;
	return move_vma(m);
}

SYSCALL_DEFINE5(mremap, unsigned long, addr, unsigned long, old_len, unsigned long, new_len,
		unsigned long, flags, unsigned long, new_addr)
{
	struct move m = {
		.mm = current->mm,
		.addr = untagged_addr(addr),
		.new_addr = new_addr,
		.flags = flags,
	};
	unsigned long ret;

	if (flags & ~(MREMAP_FIXED | MREMAP_MAYMOVE | MREMAP_DONTUNMAP))
		return -EINVAL;
	if ((flags & MREMAP_FIXED) && !(flags & MREMAP_MAYMOVE))
		return -EINVAL;
	if ((flags & MREMAP_DONTUNMAP) && (!(flags & MREMAP_MAYMOVE) || old_len != new_len))
		return -EINVAL;
	if (offset_in_page(m.addr))
		return -EINVAL;
	m.old_len = PAGE_ALIGN(old_len);
	m.new_len = PAGE_ALIGN(new_len);
	if (!m.new_len)
		return -EINVAL;
	if (mmap_write_lock_killable(m.mm))
		return -EINTR;
	m.vma = vma_lookup(m.mm, m.addr);
	if (!m.vma)
		ret = -EFAULT;
	else if (flags & (MREMAP_FIXED | MREMAP_DONTUNMAP))
		ret = remap_to(&m);
	else
		ret = remap(&m);
	mmap_write_unlock(m.mm);
	if (!IS_ERR_VALUE(ret) && m.locked && m.new_len > m.populate_from)
		mm_populate(ret + m.populate_from, m.new_len - m.populate_from);
	return ret;
}
