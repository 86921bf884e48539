// SPDX-License-Identifier: MIT
/*
 * The pages behind user addresses: touched so that they are there, or taken hold of.
 *
 * fault_in_*() touch a byte of each page. What the touch brings in may be gone again when they
 * return; the caller tries its access with page faults disabled and comes back here if it fails.
 *
 * get_user_pages*() take a reference on each page, pin_user_pages*() a pin: the same plus the
 * promise that somebody (a device) will read or write the memory behind the page table's back. Both
 * go page by page, under mmap_lock: look the entry up; if it doesn't allow what is asked, fault as
 * the program would have, and look again.
 *
 *	this CPU			a CPU that truncates the file
 *	handle_mm_fault(): it is there
 *					clears the entry, drops its reference
 *	lock, entry is none: unlock
 *	again
 *
 * The entry is looked up under mmap_lock (no table goes away) and the page-table lock (no entry
 * changes), so the mapping's own reference is there while ours is taken.
 *
 * A write needs a writable entry. A debugger's (FOLL_FORCE) may go to private memory that the
 * program itself can't write: then the fault makes the page the program's own and leaves the entry
 * read-only, and "own" is what is looked for: anonymous, and nobody else's.
 */

#include <linux/mm.h>

#include <linux/atomic.h>
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/minmax.h>
#include <linux/mmap_lock.h>
#include <linux/pagemap.h>
#include <linux/pgtable.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/uaccess.h>

/* ---- touching ---- */

static bool touch_read(unsigned long addr)
{
	char byte;
	int ret = get_user(byte, (const char __user *)addr);

	(void)byte;
	return ret == 0;
}

static bool touch_write(unsigned long addr)
{
	return put_user(0, (char __user *)addr) == 0;
}

/* Can be written, found out without writing. */
static bool touch_safe_write(unsigned long addr)
{
	struct page *page;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1)
		return false;
	put_page(page);
	return true;
}

/* Touches one byte of each page of the range; returns the bytes from the first refusal on. */
static __always_inline size_t touch_range(unsigned long start, size_t size,
					  bool (*touch)(unsigned long))
{
	unsigned long addr = start, end = start + size;

	if (unlikely(!size))
		return 0;
	if (unlikely(end < start))
		end = 0;		/* up to the top, which is never the user's */
	do {
		if (!touch(addr))
			return start + size - addr;
		addr = PAGE_ALIGN_DOWN(addr) + PAGE_SIZE;
	} while (addr != end && addr - 1 < end - 1);
	return 0;
}

/**
 * fault_in_readable() - bring the pages of a range in for reading
 * @uaddr: user address
 * @size: bytes
 *
 * Context: may sleep.
 * Return: bytes at the end of the range that can't be read (0: all can).
 */
size_t fault_in_readable(const char __user *uaddr, size_t size)
{
	return touch_range((unsigned long)uaddr, size, touch_read);
}
EXPORT_SYMBOL(fault_in_readable);

/**
 * fault_in_writeable() - bring the pages of a range in for writing
 * @uaddr: user address
 * @size: bytes
 *
 * A byte of each page is set to 0: only for memory that the caller is about to overwrite.
 *
 * Context: may sleep.
 * Return: bytes at the end of the range that can't be written (0: all can).
 */
size_t fault_in_writeable(char __user *uaddr, size_t size)
{
	return touch_range((unsigned long)uaddr, size, touch_write);
}
EXPORT_SYMBOL(fault_in_writeable);

/**
 * fault_in_subpage_writeable() - fault_in_writeable() where access may differ within a page; on our
 * machines it doesn't
 * @uaddr: user address
 * @size: bytes
 *
 * Context: may sleep.
 * Return: bytes at the end of the range that can't be written.
 */
size_t fault_in_subpage_writeable(char __user *uaddr, size_t size)
{
	return fault_in_writeable(uaddr, size);
}
EXPORT_SYMBOL(fault_in_subpage_writeable);

/**
 * fault_in_safe_writeable() - like fault_in_writeable(), but nothing is changed
 * @uaddr: user address
 * @size: bytes
 *
 * Context: may sleep.
 * Return: bytes at the end of the range that can't be written (0: all can).
 */
size_t fault_in_safe_writeable(const char __user *uaddr, size_t size)
{
	return touch_range((unsigned long)uaddr, size, touch_safe_write);
}
EXPORT_SYMBOL(fault_in_safe_writeable);

/* ---- finding entries ---- */

/**
 * walk_user_pmd - the entry above that of a user address
 * @mm: the address space
 * @addr: the address
 *
 * Context: mmap_lock held.
 * Return: the entry, which leads to a table; NULL if there is none for the address.
 */
pmd_t *walk_user_pmd(struct mm_struct *mm, unsigned long addr)
{
	p4d_t *p4d = p4d_offset(pgd_offset(mm, addr), addr);
	pud_t *pud;
	pmd_t *pmd;

	if (p4d_none(p4dp_get(p4d)))
		return NULL;
	pud = pud_offset(p4d, addr);
	if (pud_none(pudp_get(pud)))
		return NULL;
	pmd = pmd_offset(pud, addr);
	return pmd_none(pmdp_get(pmd)) ? NULL : pmd;
}

/**
 * walk_user_pte - the entry of a user address
 * @mm: the address space
 * @addr: the address
 *
 * Context: mmap_lock held.
 * Return: the entry; NULL if there is no table for it.
 */
pte_t *walk_user_pte(struct mm_struct *mm, unsigned long addr)
{
	pmd_t *pmd = walk_user_pmd(mm, addr);

	return pmd ? pte_offset_kernel(pmd, addr) : NULL;
}

/* May a reader or writer of this kind go by the entry? The page-table lock is held. */
static bool entry_allows(struct mm_struct *mm, pte_t pte, unsigned int gup_flags)
{
	struct page *page;

	if (!pte_present(pte) || !pfn_valid(pte_pfn(pte)))
		return false;
	/* Special: the zero page, which may be read. Device memory has no page to give. */
	if (pte_special(pte) && pte_pfn(pte) != page_to_pfn(ZERO_PAGE(0)))
		return false;
	/* PROT_NONE keeps pages that only a debugger sees. */
	if (!pte_accessible(mm, pte) && !(gup_flags & FOLL_FORCE))
		return false;
	if (!(gup_flags & FOLL_WRITE) || (pte_write(pte) && pte_accessible(mm, pte)))
		return true;
	if (!(gup_flags & FOLL_FORCE) || pte_special(pte))
		return false;
	page = pte_page(pte);
	return PageAnon(page) && page_ref_count(page) == 1 && pte_dirty(pte);
}

static void take_page(struct page *page, unsigned int gup_flags)
{
	struct folio *folio = page_folio(page);

	if (!(gup_flags & FOLL_PIN)) {
		folio_get(folio);
	} else if (folio_test_large(folio)) {
		folio_get(folio);
		atomic_inc(&folio->_pincount);
	} else {
		folio_ref_add(folio, GUP_PIN_COUNTING_BIAS);
	}
}

/* The page of an entry that allows it, taken; NULL. */
static struct page *follow_page(struct mm_struct *mm, unsigned long addr, unsigned int gup_flags)
{
	pte_t *ptep = walk_user_pte(mm, addr), pte;
	struct page *page = NULL;

	if (!ptep)
		return NULL;
	spin_lock(&mm->page_table_lock);
	pte = ptep_get(ptep);
	if (entry_allows(mm, pte, gup_flags)) {
		page = pte_page(pte);
		if (gup_flags & (FOLL_GET | FOLL_PIN))
			take_page(page, gup_flags);
	}
	spin_unlock(&mm->page_table_lock);
	return page;
}

/* ---- faulting ---- */

/* May pages of this VMA be had for the purpose at all? */
static int check_vma(const struct vm_area_struct *vma, unsigned int gup_flags)
{
	vm_flags_t flags = vma->vm_flags;

	if (flags & (VM_IO | VM_PFNMAP))
		return -EFAULT;
	if ((gup_flags & FOLL_ANON) && !vma_is_anonymous(vma))
		return -EFAULT;
	if (gup_flags & FOLL_WRITE) {
		if (flags & VM_WRITE)
			return 0;
		/* A debugger's write makes a private copy; it never reaches what is shared. */
		return (gup_flags & FOLL_FORCE) && is_cow_mapping(flags) ? 0 : -EFAULT;
	}
	if (flags & VM_READ)
		return 0;
	return (gup_flags & FOLL_FORCE) && (flags & VM_MAYREAD) ? 0 : -EFAULT;
}

static int fault_error(vm_fault_t fault)
{
	if (fault & VM_FAULT_OOM)
		return -ENOMEM;
	return fault & VM_FAULT_ERROR ? -EFAULT : 0;
}

/* Fault as the program would; the rights were checked. mmap_lock is held throughout. */
static int fault_page_in(struct vm_area_struct *vma, unsigned long addr, bool write)
{
	unsigned int flags = FAULT_FLAG_REMOTE | (write ? FAULT_FLAG_WRITE : 0);

	return fault_error(handle_mm_fault(vma, addr, flags, NULL));
}

/* Core dumps leave out what is certainly zero. */
static bool is_hole(struct vm_area_struct *vma, unsigned long addr)
{
	pte_t *pte = walk_user_pte(vma->vm_mm, addr);

	return vma_is_anonymous(vma) && (!pte || pte_none(ptep_get(pte)));
}

static struct page *get_user_page(struct mm_struct *mm, unsigned long addr,
				  unsigned int gup_flags)
{
	struct vm_area_struct *vma;
	struct page *page;
	int err;

	/* The kernel's part of the tables hangs below the same root. */
	if (unlikely(addr >= TASK_SIZE_MAX))
		return ERR_PTR(-EFAULT);
	/* An entry that allows it says all that the VMA would. */
	if (!(gup_flags & (FOLL_FORCE | FOLL_ANON))) {
		page = follow_page(mm, addr, gup_flags);
		if (likely(page))
			return page;
	}
	vma = vma_lookup(mm, addr);
	if (!vma)
		return ERR_PTR(-EFAULT);
	err = check_vma(vma, gup_flags);
	if (err)
		return ERR_PTR(err);
	for (;;) {
		page = follow_page(mm, addr, gup_flags);
		if (page)
			return page;
		if (gup_flags & FOLL_NOFAULT)
			return ERR_PTR(-EFAULT);
		if ((gup_flags & FOLL_DUMP) && is_hole(vma, addr))
			return ERR_PTR(-EFAULT);
		if (fatal_signal_pending(current))
			return ERR_PTR(-EINTR);
		err = fault_page_in(vma, addr, gup_flags & FOLL_WRITE);
		if (err)
			return ERR_PTR(err);
		cond_resched();
	}
}

/**
 * get_user_pages_remote() - take a reference on pages of any address space
 * @mm: the address space; the caller holds mm_users
 * @start: user address; its page is the first
 * @nr_pages: how many
 * @gup_flags: FOLL_*
 * @pages: gets them; put_page() each in the end. NULL: they are only brought in
 * @locked: NULL, or 1: mmap_lock is held still when it is 1 afterwards, which it always is here
 *
 * Context: mmap_lock held for reading; may sleep.
 * Return: how many, which may be fewer than asked; -EFAULT, -ENOMEM, -EINTR if not even the first.
 */
long get_user_pages_remote(struct mm_struct *mm, unsigned long start, unsigned long nr_pages,
			   unsigned int gup_flags, struct page **pages, int *locked)
{
	unsigned long got;
	struct page *page;

	(void)locked;
	start = PAGE_ALIGN_DOWN(untagged_addr(start));
	if (pages && !(gup_flags & FOLL_PIN))
		gup_flags |= FOLL_GET;
	for (got = 0; got < nr_pages; got++, start += PAGE_SIZE) {
		page = get_user_page(mm, start, gup_flags);
		if (IS_ERR(page))
			return got ? (long)got : PTR_ERR(page);
		if (pages)
			pages[got] = page;
	}
	return got;
}
EXPORT_SYMBOL(get_user_pages_remote);

/**
 * get_user_pages() - get_user_pages_remote() of current's address space
 * @start: user address; its page is the first
 * @nr_pages: how many
 * @gup_flags: FOLL_*
 * @pages: gets them, or NULL
 *
 * Context: mmap_lock held for reading; may sleep.
 * Return: as get_user_pages_remote().
 */
long get_user_pages(unsigned long start, unsigned long nr_pages, unsigned int gup_flags,
		    struct page **pages)
{
	return get_user_pages_remote(current->mm, start, nr_pages, gup_flags, pages, NULL);
}
EXPORT_SYMBOL(get_user_pages);

static int take_user_pages(unsigned long start, int nr_pages, unsigned int gup_flags,
			   struct page **pages)
{
	struct mm_struct *mm = current->mm;
	long got;

	if (WARN_ON_ONCE(gup_flags & ~(FOLL_WRITE | FOLL_FORCE | FOLL_NOFAULT | FOLL_LONGTERM |
				       FOLL_GET | FOLL_PIN)))
		return -EINVAL;
	if (nr_pages <= 0)
		return 0;
	start = PAGE_ALIGN_DOWN(untagged_addr(start));
	if (!mm || !access_ok((void __user *)start, (unsigned long)nr_pages << PAGE_SHIFT))
		return -EFAULT;
	if (mmap_read_lock_killable(mm))
		return -EINTR;
	got = get_user_pages_remote(mm, start, nr_pages, gup_flags, pages, NULL);
	mmap_read_unlock(mm);
	return got;
}

/**
 * get_user_pages_fast() - take a reference on the pages behind user addresses
 * @start: user address; its page is the first
 * @nr_pages: how many
 * @gup_flags: FOLL_WRITE if they will be written, FOLL_NOFAULT to leave alone what isn't there
 * @pages: gets them; put_page() each in the end
 *
 * Context: may sleep; the caller doesn't hold mmap_lock.
 * Return: how many were taken, which may be fewer than asked; -EFAULT, -ENOMEM, -EINTR if not even
 * the first.
 */
int get_user_pages_fast(unsigned long start, int nr_pages, unsigned int gup_flags,
			struct page **pages)
{
	return take_user_pages(start, nr_pages, gup_flags | FOLL_GET, pages);
}
EXPORT_SYMBOL(get_user_pages_fast);

/**
 * pin_user_pages_fast() - get_user_pages_fast() for memory that is read or written directly
 * @start: user address; its page is the first
 * @nr_pages: how many
 * @gup_flags: as for get_user_pages_fast()
 * @pages: gets them; unpin_user_page() each in the end
 *
 * Context, Return: as get_user_pages_fast().
 */
int pin_user_pages_fast(unsigned long start, int nr_pages, unsigned int gup_flags,
			struct page **pages)
{
	return take_user_pages(start, nr_pages, gup_flags | FOLL_PIN, pages);
}
EXPORT_SYMBOL(pin_user_pages_fast);

/**
 * unpin_user_page() - give back a page of pin_user_pages_fast()
 * @page: the page
 *
 * Context: any but NMI.
 */
void unpin_user_page(struct page *page)
{
	struct folio *folio = page_folio(page);

	if (folio_test_large(folio)) {
		atomic_dec(&folio->_pincount);
		folio_put(folio);
	} else {
		folio_put_refs(folio, GUP_PIN_COUNTING_BIAS);
	}
}
EXPORT_SYMBOL(unpin_user_page);

/**
 * unpin_user_pages() - unpin_user_page() of several
 * @pages: them
 * @npages: how many
 *
 * Context: any but NMI.
 */
void unpin_user_pages(struct page **pages, unsigned long npages)
{
	while (npages--)
		unpin_user_page(*pages++);
}
EXPORT_SYMBOL(unpin_user_pages);

/* ---- bringing in many at once ---- */

/* All pages of a part of a VMA, so that an access of the kind that it allows won't fault. */
static int populate_vma(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	/* Writing to shared pages would make them dirty; private ones are copied now, not later. */
	bool write = (vma->vm_flags & (VM_WRITE | VM_SHARED)) == VM_WRITE;
	int err;

	for (; start < end; start += PAGE_SIZE) {
		if (fatal_signal_pending(current))
			return -EINTR;
		err = fault_page_in(vma, start, write);
		if (err)
			return err;
		cond_resched();
	}
	return 0;
}

/**
 * mm_populate_range - bring in what mlock() or MAP_POPULATE promised
 * @mm: current's
 * @start: page aligned
 * @len: bytes
 *
 * Holes, device memory and what nobody may access are skipped.
 *
 * Context: may sleep; mmap_lock is not held.
 * Return: 0; -EFAULT where nothing is behind an address, -ENOMEM, -EINTR.
 */
int mm_populate_range(struct mm_struct *mm, unsigned long start, unsigned long len)
{
	unsigned long end = start + len, upto;
	struct vm_area_struct *vma;
	int err = 0;

	mmap_read_lock(mm);
	while (start < end && !err) {
		vma = find_vma_intersection(mm, start, end);
		if (!vma)
			break;
		start = max(start, vma->vm_start);
		upto = min(end, vma->vm_end);
		if (vma_is_accessible(vma) &&
		    !(vma->vm_flags & (VM_IO | VM_PFNMAP | VM_LOCKONFAULT)))
			err = populate_vma(vma, start, upto);
		start = upto;
		/* Whoever wants to change the address space goes between two VMAs. */
		mmap_read_unlock(mm);
		mmap_read_lock(mm);
	}
	mmap_read_unlock(mm);
	return err;
}

/**
 * faultin_range - MADV_POPULATE_READ and MADV_POPULATE_WRITE
 * @mm: the address space
 * @start: page aligned
 * @end: page aligned
 * @write: as writes would
 *
 * Context: may sleep; mmap_lock is not held.
 * Return: 0; -ENOMEM at a hole or without memory, -EINVAL if the VMA doesn't allow it, -EFAULT
 * where an access would give SIGBUS, -EINTR.
 */
int faultin_range(struct mm_struct *mm, unsigned long start, unsigned long end, bool write)
{
	vm_flags_t need = write ? VM_WRITE : VM_READ;
	struct vm_area_struct *vma;
	int err = 0;

	mmap_read_lock(mm);
	for (; start < end && !err; start += PAGE_SIZE) {
		vma = vma_lookup(mm, start);
		if (!vma)
			err = -ENOMEM;
		else if ((vma->vm_flags & (VM_IO | VM_PFNMAP)) || !(vma->vm_flags & need))
			err = -EINVAL;
		else if (fatal_signal_pending(current))
			err = -EINTR;
		else
			err = fault_page_in(vma, start, write);
		cond_resched();
	}
	mmap_read_unlock(mm);
	return err;
}
