// SPDX-License-Identifier: MIT
/*
 * Page faults on user addresses.
 *
 * The machine's handler decodes what was attempted and calls do_user_fault(). That finds the VMA
 * (extending a stack), checks the attempt against its rights, and leaves the page table to
 * handle_mm_fault():
 *
 *	entry empty	anonymous	read: the zero page; write: a zeroed page of its own
 *			object		read: the object's page, with neighbours that are at hand
 *					write, private: a copy of it
 *					write, shared: the object's page, after page_mkwrite
 *	entry read-only, and it was a write
 *			shared		page_mkwrite, then writable
 *			private		our page and nobody else's: writable; else a copy
 *	entry present	young, dirty; somebody else was faster
 *
 * Two threads may fault on one page at once: mmap_lock is only held for reading. Whoever takes the
 * page-table lock first wins, the other finds that the entry has changed and lets go what it
 * brought.
 *
 * "Nobody else's" is the page's reference count: a mapping holds one, and so does everybody who
 * looks at the page for a moment. Taking a passing reference for a sharer costs a copy and is never
 * wrong; the other way round can't happen, as fork() makes its copies of the entry under the
 * page-table lock.
 */

#include <linux/errno.h>
#include <linux/fs.h>
#include <linux/highmem.h>
#include <linux/mm.h>
#include <linux/mmap_lock.h>
#include <linux/pagemap.h>
#include <linux/pgtable.h>
#include <linux/sched/coredump.h>
#include <linux/sched/signal.h>
#include <linux/uaccess.h>
#include <asm/cacheflush.h>
#include <asm/pgalloc.h>
#include <asm/tlbflush.h>
#include <uapi/asm-generic/siginfo.h>

#include "internal.h"
#include "vma.h"

/* ---- pages of our own ---- */

static struct folio *alloc_anon_folio(struct vm_fault *vmf, gfp_t extra)
{
	struct folio *folio = folio_alloc(GFP_HIGHUSER_MOVABLE | extra, 0);

	if (folio)
		folio->mapping = (struct address_space *)PAGE_MAPPING_ANON;
	return folio;
}

/* The entry for a page that was just brought, as the VMA allows. */
static pte_t fresh_pte(struct vm_fault *vmf, struct page *page)
{
	pte_t pte = pte_mkyoung(mk_pte(page, vmf->vma->vm_page_prot));

	if (vmf->flags & FAULT_FLAG_WRITE)
		pte = maybe_mkwrite(pte_mkdirty(pte), vmf->vma);
	return pte;
}

/* Take the lock; false if the entry is no longer what it was when the fault came. */
static bool lock_pte_unchanged(struct vm_fault *vmf)
{
	vmf->pte = pte_offset_map_lock(vmf->vma->vm_mm, vmf->pmd, vmf->address, &vmf->ptl);
	if (!vmf->pte)
		return false;
	if (pte_same(ptep_get(vmf->pte), vmf->orig_pte))
		return true;
	pte_unmap_unlock(vmf->pte, vmf->ptl);
	return false;
}

static void unlock_pte(struct vm_fault *vmf)
{
	pte_unmap_unlock(vmf->pte, vmf->ptl);
}

static void map_zero_page(struct vm_fault *vmf)
{
	struct vm_area_struct *vma = vmf->vma;
	unsigned long pfn = page_to_pfn(ZERO_PAGE(vmf->address));

	if (!lock_pte_unchanged(vmf))
		return;
	set_pte_at(vma->vm_mm, vmf->address, vmf->pte,
		   pte_mkspecial(pfn_pte(pfn, vma->vm_page_prot)));
	unlock_pte(vmf);
}

static vm_fault_t do_anonymous_page(struct vm_fault *vmf)
{
	struct vm_area_struct *vma = vmf->vma;
	struct folio *folio;

	/* A shared anonymous mapping has an object behind it (shmem); this one is an error. */
	if (vma->vm_flags & VM_SHARED)
		return VM_FAULT_SIGBUS;
	if (!(vmf->flags & FAULT_FLAG_WRITE)) {
		map_zero_page(vmf);
		return 0;
	}
	folio = alloc_anon_folio(vmf, __GFP_ZERO);
	if (!folio)
		return VM_FAULT_OOM;
	if (!lock_pte_unchanged(vmf)) {
		folio_put(folio);
		return 0;
	}
	WRITE_ONCE(vma->vm_anon, true);
	inc_mm_counter(vma->vm_mm, MM_ANONPAGES);
	/* The zeroes must be there before another CPU can reach the page. */
	smp_wmb();
	set_pte_at(vma->vm_mm, vmf->address, vmf->pte, fresh_pte(vmf, &folio->page));
	unlock_pte(vmf);
	return 0;
}

/* ---- pages of an object ---- */

static int object_counter(struct page *page)
{
	if (PageAnon(page))
		return MM_ANONPAGES;
	return folio_test_swapbacked(page_folio(page)) ? MM_SHMEMPAGES : MM_FILEPAGES;
}

/**
 * set_pte_range - map pages of one folio that lie one after the other
 * @vmf: the fault; its lock is held, the entries are empty
 * @folio: theirs; the caller's references become the mappings'
 * @page: the first
 * @nr: how many
 * @addr: where the first goes
 */
void set_pte_range(struct vm_fault *vmf, struct folio *folio, struct page *page, unsigned int nr,
		   unsigned long addr)
{
	struct vm_area_struct *vma = vmf->vma;
	bool write = vmf->flags & FAULT_FLAG_WRITE;
	unsigned int i;
	pte_t pte;

	for (i = 0; i < nr; i++, page++, addr += PAGE_SIZE) {
		pte = mk_pte(page, vma->vm_page_prot);
		if (addr == vmf->address)
			pte = fresh_pte(vmf, page);
		if (write && addr == vmf->address && !(vma->vm_flags & VM_SHARED))
			WRITE_ONCE(vma->vm_anon, true);
		if (!PageAnon(page))
			atomic_inc(&folio->_mapcount);
		set_pte_at(vma->vm_mm, addr, vmf->pte + i, pte);
	}
	add_mm_counter(vma->vm_mm, object_counter(&folio->page), nr);
}

/**
 * finish_fault - map the page that a fault has brought
 * @vmf: the fault: vmf->page or, for a private write, vmf->cow_page; a reference is held
 *
 * Return: 0, the reference belongs to the mapping now; VM_FAULT_NOPAGE if somebody was faster and
 * the reference is still the caller's; VM_FAULT_OOM.
 */
vm_fault_t finish_fault(struct vm_fault *vmf)
{
	struct vm_area_struct *vma = vmf->vma;
	bool private_write = (vmf->flags & FAULT_FLAG_WRITE) && !(vma->vm_flags & VM_SHARED);
	struct page *page = private_write ? vmf->cow_page : vmf->page;

	if (pte_alloc(vma->vm_mm, vmf->pmd))
		return VM_FAULT_OOM;
	if (!lock_pte_unchanged(vmf))
		return VM_FAULT_NOPAGE;
	set_pte_range(vmf, page_folio(page), page, 1, vmf->address);
	unlock_pte(vmf);
	return 0;
}

/* Ask the object. On success vmf->page is locked and referenced. */
static vm_fault_t ask_object(struct vm_fault *vmf)
{
	vm_fault_t ret = vmf->vma->vm_ops->fault(vmf);

	if (ret & (VM_FAULT_ERROR | VM_FAULT_NOPAGE | VM_FAULT_RETRY | VM_FAULT_DONE_COW))
		return ret;
	if (!(ret & VM_FAULT_LOCKED))
		lock_page(vmf->page);
	return ret | VM_FAULT_LOCKED;
}

static void release_object_page(struct vm_fault *vmf)
{
	unlock_page(vmf->page);
	put_page(vmf->page);
}

/*
 * Most programs touch the neighbours next. Those that the page cache has are mapped at once, in an
 * aligned window that stays inside the VMA and the table.
 */
#define FAULT_AROUND_PAGES	16

static vm_fault_t do_fault_around(struct vm_fault *vmf)
{
	struct vm_area_struct *vma = vmf->vma;
	pgoff_t in_table = pte_index(vmf->address);
	pgoff_t in_vma = vmf->pgoff - vma->vm_pgoff;
	pgoff_t back = min3(in_table & (FAULT_AROUND_PAGES - 1), in_table, in_vma);
	pgoff_t ahead = min3((pgoff_t)FAULT_AROUND_PAGES - 1 - back,
			     (pgoff_t)PTRS_PER_PTE - 1 - in_table, vma_pages(vma) - 1 - in_vma);
	vm_fault_t ret;

	if (pte_alloc(vma->vm_mm, vmf->pmd))
		return VM_FAULT_OOM;
	rcu_read_lock();
	ret = vma->vm_ops->map_pages(vmf, vmf->pgoff - back, vmf->pgoff + ahead);
	rcu_read_unlock();
	return ret;
}

static vm_fault_t do_read_fault(struct vm_fault *vmf)
{
	vm_fault_t ret, done;

	if (vmf->vma->vm_ops->map_pages) {
		ret = do_fault_around(vmf);
		if (ret)
			return ret;
	}
	ret = ask_object(vmf);
	if (!(ret & VM_FAULT_LOCKED))
		return ret;
	done = finish_fault(vmf);
	unlock_page(vmf->page);
	if (done)
		put_page(vmf->page);
	return ret | done;
}

static vm_fault_t do_cow_fault(struct vm_fault *vmf)
{
	struct folio *copy = alloc_anon_folio(vmf, 0);
	vm_fault_t ret, done;

	if (!copy)
		return VM_FAULT_OOM;
	vmf->cow_page = &copy->page;
	ret = ask_object(vmf);
	if (!(ret & VM_FAULT_LOCKED)) {
		folio_put(copy);
		return ret;
	}
	copy_user_highpage(vmf->cow_page, vmf->page, vmf->address, vmf->vma);
	/* The copy must be whole before another CPU can reach it. */
	smp_wmb();
	done = finish_fault(vmf);
	release_object_page(vmf);
	if (done)
		folio_put(copy);
	return ret | done;
}

/*
 * The object learns that a page of its is about to be written. The page is locked before and after;
 * if the object has lost it meanwhile (truncation), the fault is taken again.
 */
static vm_fault_t tell_mkwrite(struct vm_fault *vmf)
{
	struct folio *folio = page_folio(vmf->page);
	unsigned int flags = vmf->flags;
	vm_fault_t ret;

	unlock_page(vmf->page);
	vmf->flags = FAULT_FLAG_WRITE | FAULT_FLAG_MKWRITE;
	ret = vmf->vma->vm_ops->page_mkwrite(vmf);
	vmf->flags = flags;
	if (ret & (VM_FAULT_ERROR | VM_FAULT_NOPAGE))
		return ret;
	if (!(ret & VM_FAULT_LOCKED)) {
		folio_lock(folio);
		if (!folio->mapping) {
			folio_unlock(folio);
			return VM_FAULT_NOPAGE;
		}
	}
	return ret | VM_FAULT_LOCKED;
}

/* A page of a shared mapping has become writable. */
static void note_shared_write(struct vm_fault *vmf, struct page *page)
{
	struct folio *folio = page_folio(page);

	folio_mark_dirty(folio);
	if (vmf->vma->vm_file && !vmf->vma->vm_ops->page_mkwrite)
		file_update_time(vmf->vma->vm_file);
}

static vm_fault_t do_shared_fault(struct vm_fault *vmf)
{
	vm_fault_t ret = ask_object(vmf), done;

	if (!(ret & VM_FAULT_LOCKED))
		return ret;
	if (vmf->vma->vm_ops->page_mkwrite) {
		done = tell_mkwrite(vmf);
		if (!(done & VM_FAULT_LOCKED)) {
			put_page(vmf->page);
			return done;
		}
	}
	done = finish_fault(vmf);
	if (!done)
		note_shared_write(vmf, vmf->page);
	unlock_page(vmf->page);
	if (done)
		put_page(vmf->page);
	return ret | done;
}

static vm_fault_t do_object_fault(struct vm_fault *vmf)
{
	struct vm_area_struct *vma = vmf->vma;

	if (!vma->vm_ops->fault)
		return VM_FAULT_SIGBUS;
	if (!(vmf->flags & FAULT_FLAG_WRITE))
		return do_read_fault(vmf);
	if (!(vma->vm_flags & VM_SHARED))
		return do_cow_fault(vmf);
	return do_shared_fault(vmf);
}

/* ---- writes to what is mapped read-only ---- */

/* Called and returns with the lock; the entry becomes writable as it is. */
static void reuse_page(struct vm_fault *vmf)
{
	struct vm_area_struct *vma = vmf->vma;
	pte_t pte = maybe_mkwrite(pte_mkdirty(pte_mkyoung(vmf->orig_pte)), vma);

	ptep_set_access_flags(vma, vmf->address, vmf->pte, pte, 1);
}

/* What a special entry shows: zeroes, or a driver's frame, which must be RAM to be copied. */
static bool copy_special(struct folio *copy, pte_t pte)
{
	unsigned long pfn = pte_pfn(pte);

	if (pfn == page_to_pfn(ZERO_PAGE(0)))
		return true;		/* the copy is zeroed */
	if (!pfn_valid(pfn))
		return false;
	copy_page(folio_address(copy), page_address(pfn_to_page(pfn)));
	return true;
}

/* Called without the lock, with a reference to @old (NULL: a special entry). */
static vm_fault_t copy_for_write(struct vm_fault *vmf, struct page *old)
{
	struct vm_area_struct *vma = vmf->vma;
	struct mm_struct *mm = vma->vm_mm;
	struct folio *copy = alloc_anon_folio(vmf, old ? 0 : __GFP_ZERO);

	if (!copy)
		goto out_of_memory;
	if (old) {
		copy_user_highpage(&copy->page, old, vmf->address, vma);
	} else if (!copy_special(copy, vmf->orig_pte)) {
		folio_put(copy);
		return VM_FAULT_SIGBUS;
	}
	if (!lock_pte_unchanged(vmf)) {
		folio_put(copy);
		goto out;
	}
	if (old && !PageAnon(old)) {
		add_mm_counter(mm, object_counter(old), -1);
		atomic_dec(&page_folio(old)->_mapcount);
	}
	if (!old || !PageAnon(old))
		inc_mm_counter(mm, MM_ANONPAGES);
	WRITE_ONCE(vma->vm_anon, true);
	/*
	 * First no CPU has the old page any more, then the new one appears: else one thread could
	 * write to the copy while another still reads the original.
	 */
	ptep_clear_flush(vma, vmf->address, vmf->pte);
	set_pte_at(mm, vmf->address, vmf->pte, fresh_pte(vmf, &copy->page));
	unlock_pte(vmf);
	if (old)
		put_page(old);		/* the mapping's */
out:
	if (old)
		put_page(old);		/* ours */
	return 0;

out_of_memory:
	if (old)
		put_page(old);
	return VM_FAULT_OOM;
}

static vm_fault_t shared_write(struct vm_fault *vmf, struct page *page)
{
	const struct vm_operations_struct *ops = vmf->vma->vm_ops;
	vm_fault_t ret = 0;

	if (!page) {
		unlock_pte(vmf);
		if (ops && ops->pfn_mkwrite) {
			ret = ops->pfn_mkwrite(vmf);
			if (ret & (VM_FAULT_ERROR | VM_FAULT_NOPAGE))
				return ret;
		}
		if (lock_pte_unchanged(vmf)) {
			reuse_page(vmf);
			unlock_pte(vmf);
		}
		return ret;
	}
	get_page(page);
	unlock_pte(vmf);
	vmf->page = page;
	lock_page(page);
	if (ops && ops->page_mkwrite) {
		ret = tell_mkwrite(vmf);
		if (!(ret & VM_FAULT_LOCKED)) {
			put_page(page);
			return ret;
		}
	}
	if (lock_pte_unchanged(vmf)) {
		reuse_page(vmf);
		unlock_pte(vmf);
		note_shared_write(vmf, page);
	}
	unlock_page(page);
	put_page(page);
	return ret & ~VM_FAULT_LOCKED;
}

/* Called with the lock, returns without. */
static vm_fault_t do_wp_page(struct vm_fault *vmf)
{
	struct page *page = vm_normal_page(vmf->vma, vmf->address, vmf->orig_pte);

	if (vmf->vma->vm_flags & VM_SHARED)
		return shared_write(vmf, page);
	if (page && PageAnon(page) && page_ref_count(page) == 1) {
		reuse_page(vmf);
		unlock_pte(vmf);
		return 0;
	}
	if (page)
		get_page(page);
	unlock_pte(vmf);
	return copy_for_write(vmf, page);
}

/* ---- one entry ---- */

static vm_fault_t handle_pte_fault(struct vm_fault *vmf)
{
	struct vm_area_struct *vma = vmf->vma;
	pte_t *pte, entry;

	if (pmd_none(pmdp_get(vmf->pmd))) {
		/* The object may not need a table: it can fail, or have neighbours to map. */
		vmf->orig_pte = __pte(0);
		if (!vma_is_anonymous(vma))
			return do_object_fault(vmf);
		if (pte_alloc(vma->vm_mm, vmf->pmd))
			return VM_FAULT_OOM;
	}
	pte = pte_offset_map(vmf->pmd, vmf->address);
	vmf->orig_pte = ptep_get(pte);
	pte_unmap(pte);

	if (pte_none(vmf->orig_pte))
		return vma_is_anonymous(vma) ? do_anonymous_page(vmf) : do_object_fault(vmf);

	if (!lock_pte_unchanged(vmf))
		return 0;
	if ((vmf->flags & FAULT_FLAG_WRITE) && !pte_write(vmf->orig_pte))
		return do_wp_page(vmf);
	entry = pte_mkyoung(vmf->orig_pte);
	if (vmf->flags & FAULT_FLAG_WRITE)
		entry = pte_mkdirty(entry);
	if (!ptep_set_access_flags(vma, vmf->address, vmf->pte, entry,
				   vmf->flags & FAULT_FLAG_WRITE))
		flush_tlb_fix_spurious_fault(vma, vmf->address, vmf->pte);
	unlock_pte(vmf);
	return 0;
}

/**
 * handle_mm_fault - put a page where one is missing, or let one be written
 * @vma: contains the address and allows the attempt
 * @address: any byte of the page
 * @flags: FAULT_FLAG_*
 * @regs: of the program that faulted, NULL for remote access: faults are counted for it
 *
 * Context: mmap_lock held for reading; may sleep. With VM_FAULT_RETRY the lock was dropped.
 * Return: VM_FAULT_*; 0 or MAJOR: try the access again.
 */
vm_fault_t handle_mm_fault(struct vm_area_struct *vma, unsigned long address, unsigned int flags,
			   struct pt_regs *regs)
{
	struct mm_struct *mm = vma->vm_mm;
	struct vm_fault vmf = {
		.vma = vma,
		.gfp_mask = GFP_HIGHUSER_MOVABLE,
		.address = address & PAGE_MASK,
		.real_address = address,
		.flags = flags,
		.pgoff = linear_page_index(vma, address & PAGE_MASK),
	};
	vm_fault_t ret;
	pud_t *pud;

	__set_current_state(TASK_RUNNING);
	/* The page may have been there and be lost: no zeroes for it. Partner: oom_reap_mm(). */
	if (unlikely(test_bit(MMF_UNSTABLE, &mm->flags)))
		return VM_FAULT_SIGBUS;
	pud = pud_alloc(mm, p4d_offset(pgd_offset(mm, address), address), address);
	if (!pud)
		return VM_FAULT_OOM;
	vmf.pmd = pmd_alloc(mm, pud, address);
	if (!vmf.pmd)
		return VM_FAULT_OOM;
	ret = handle_pte_fault(&vmf) & ~(VM_FAULT_LOCKED | VM_FAULT_NOPAGE);
	if (regs && !(ret & (VM_FAULT_ERROR | VM_FAULT_RETRY))) {
		if (ret & VM_FAULT_MAJOR)
			current->maj_flt++;
		else
			current->min_flt++;
	}
	return ret;
}

/* ---- the whole fault ---- */

static bool access_allowed(const struct vm_area_struct *vma, unsigned int flags)
{
	if (flags & FAULT_FLAG_WRITE)
		return vma->vm_flags & VM_WRITE;
	if (flags & FAULT_FLAG_INSTRUCTION)
		return vma->vm_flags & VM_EXEC;
	return vma_is_accessible(vma);
}

/*
 * The VMA of an address. Below a stack it is extended, which needs the lock for writing.
 * NULL without the lock if there is none.
 */
static struct vm_area_struct *lock_and_find_vma(struct mm_struct *mm, unsigned long address)
{
	struct vm_area_struct *vma;

	mmap_read_lock(mm);
	vma = find_vma(mm, address);
	if (likely(vma && vma->vm_start <= address))
		return vma;
	if (vma && (vma->vm_flags & VM_GROWSDOWN))
		return expand_stack(mm, address);
	mmap_read_unlock(mm);
	return NULL;
}

static struct user_fault fault_signal(vm_fault_t fault)
{
	if (fault & VM_FAULT_SIGSEGV)
		return (struct user_fault){ SIGSEGV, SEGV_MAPERR };
	return (struct user_fault){ SIGBUS, BUS_ADRERR };
}

/**
 * do_user_fault - deal with a fault on a user address
 * @mm: current's address space
 * @address: that was accessed
 * @flags: FAULT_FLAG_WRITE, _INSTRUCTION, _USER as it was
 * @regs: of the interrupted code
 *
 * Context: process context, interrupts on; may sleep.
 * Return: sig 0: try the access again, or a signal is pending that ends the program. Else the
 * signal that a program gets; the kernel's own access uses its exception table.
 */
struct user_fault do_user_fault(struct mm_struct *mm, unsigned long address, unsigned int flags,
				struct pt_regs *regs)
{
	struct vm_area_struct *vma;
	vm_fault_t fault;

	flags |= FAULT_FLAG_ALLOW_RETRY | FAULT_FLAG_KILLABLE | FAULT_FLAG_INTERRUPTIBLE;
retry:
	vma = lock_and_find_vma(mm, address);
	if (!vma)
		return (struct user_fault){ SIGSEGV, SEGV_MAPERR };
	if (!access_allowed(vma, flags)) {
		mmap_read_unlock(mm);
		return (struct user_fault){ SIGSEGV, SEGV_ACCERR };
	}
	fault = handle_mm_fault(vma, address, flags, regs);
	if (fault & VM_FAULT_RETRY) {
		/* To a killed task it makes no difference whether the access works. */
		if (fatal_signal_pending(current))
			return (struct user_fault){ flags & FAULT_FLAG_USER ? 0 : SIGBUS, 0 };
		flags |= FAULT_FLAG_TRIED;
		goto retry;
	}
	mmap_read_unlock(mm);
	if (likely(!(fault & VM_FAULT_ERROR)))
		return (struct user_fault){ };
	if (fault & VM_FAULT_OOM) {
		if (!(flags & FAULT_FLAG_USER))
			return (struct user_fault){ SIGSEGV, SEGV_MAPERR };
		/* The killer has chosen somebody; it may be us, and if not there is room soon. */
		pagefault_out_of_memory();
		return (struct user_fault){ };
	}
	return fault_signal(fault);
}

/**
 * fixup_user_fault - fault a page in for somebody who may not fault
 * @mm: the address space
 * @address: the address
 * @fault_flags: FAULT_FLAG_*
 * @unlocked: set if mmap_lock was dropped and taken again; NULL if it may not be
 *
 * Context: mmap_lock held for reading; may sleep.
 * Return: 0; -EFAULT, -ENOMEM, -EINTR.
 */
int fixup_user_fault(struct mm_struct *mm, unsigned long address, unsigned int fault_flags,
		     bool *unlocked)
{
	struct vm_area_struct *vma;
	vm_fault_t ret;

	if (unlocked)
		fault_flags |= FAULT_FLAG_ALLOW_RETRY | FAULT_FLAG_KILLABLE;
	address = untagged_addr(address);
retry:
	vma = vma_lookup(mm, address);
	if (!vma || !access_allowed(vma, fault_flags))
		return -EFAULT;
	ret = handle_mm_fault(vma, address, fault_flags, NULL);
	if (ret & VM_FAULT_RETRY) {
		mmap_read_lock(mm);
		*unlocked = true;
		if (fatal_signal_pending(current))
			return -EINTR;
		fault_flags |= FAULT_FLAG_TRIED;
		goto retry;
	}
	if (ret & VM_FAULT_OOM)
		return -ENOMEM;
	return ret & VM_FAULT_ERROR ? -EFAULT : 0;
}
