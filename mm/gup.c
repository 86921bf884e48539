// SPDX-License-Identifier: MIT
/*
 * The pages behind user addresses: touched so that they are there, or taken hold of.
 *
 * fault_in_*() touch a byte of each page. What the touch brings in may be gone again when they
 * return; the caller tries its access with page faults disabled and comes back here if it fails.
 *
 * get_user_pages_fast() takes a reference on each page, pin_user_pages_fast() a pin: the same plus
 * the promise that somebody (a device) will read or write the memory behind the page table's back.
 * Both go page by page: touch, then look the entry up under the locks that keep it still.
 *
 *	touching CPU			a CPU that unmaps
 *	get_user(): page is there
 *					clears the entry, drops its reference
 *	lock, entry is none: unlock
 *	-EFAULT for this page
 *
 * The entry is looked up under mmap_lock (no table goes away) and the page-table lock (no entry
 * changes), so the mapping's own reference is there while ours is taken.
 *
 * A page that is mapped but not for writing is refused to FOLL_WRITE: nothing here breaks
 * copy-on-write by itself.
 */

#include <linux/mm.h>

#include <linux/atomic.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/minmax.h>
#include <linux/pagemap.h>
#include <linux/pgtable.h>
#include <linux/rwsem.h>
#include <linux/sched.h>
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

/* The same where access may differ within a page; on our machines it doesn't. */
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

/* ---- taking hold ---- */

struct take {
	struct mm_struct *mm;
	bool write;
	bool pin;
	struct page *page;		/* the result */
};

static void pin_page(struct page *page)
{
	struct folio *folio = page_folio(page);

	if (folio_test_large(folio)) {
		folio_get(folio);
		atomic_inc(&folio->_pincount);
	} else {
		folio_ref_add(folio, GUP_PIN_COUNTING_BIAS);
	}
}

static int take_page(pte_t *ptep, unsigned long addr, void *data)
{
	struct take *take = data;
	int ret = -EFAULT;
	pte_t pte;

	(void)addr;
	spin_lock(&take->mm->page_table_lock);
	pte = ptep_get(ptep);
	if (pte_present(pte) && (!take->write || pte_write(pte)) && pfn_valid(pte_pfn(pte))) {
		take->page = pte_page(pte);
		if (take->pin)
			pin_page(take->page);
		else
			get_page(take->page);
		ret = 0;
	}
	spin_unlock(&take->mm->page_table_lock);
	return ret;
}

static bool touch_as_asked(unsigned long addr, unsigned int gup_flags)
{
	bool there;

	if (!(gup_flags & FOLL_NOFAULT))
		return touch_read(addr);
	pagefault_disable();
	there = touch_read(addr);
	pagefault_enable();
	return there;
}

/* One page, which the touch has shown to be the user's to read. */
static int take_user_page(unsigned long addr, struct take *take, unsigned int gup_flags)
{
	int ret;

	if (!touch_as_asked(addr, gup_flags))
		return -EFAULT;
	take->page = NULL;
	down_read(&take->mm->mmap_lock);
	ret = apply_to_existing_page_range(take->mm, addr, PAGE_SIZE, take_page, take);
	up_read(&take->mm->mmap_lock);
	return take->page ? 0 : ret ?: -EFAULT;
}

static int take_user_pages(unsigned long start, int nr_pages, unsigned int gup_flags, bool pin,
			   struct page **pages)
{
	struct take take = { .mm = current->mm, .write = gup_flags & FOLL_WRITE, .pin = pin };
	int got, ret = -EFAULT;

	if (WARN_ON_ONCE(gup_flags & ~(FOLL_WRITE | FOLL_NOFAULT | FOLL_LONGTERM)))
		return -EINVAL;
	start = PAGE_ALIGN_DOWN(start);
	if (nr_pages <= 0)
		return 0;
	if (!take.mm || !access_ok((void __user *)start, (unsigned long)nr_pages << PAGE_SHIFT))
		return -EFAULT;
	for (got = 0; got < nr_pages; got++) {
		ret = take_user_page(start + ((unsigned long)got << PAGE_SHIFT), &take, gup_flags);
		if (ret)
			break;
		pages[got] = take.page;
	}
	return got ?: ret;
}

/**
 * get_user_pages_fast() - take a reference on the pages behind user addresses
 * @start: user address; its page is the first
 * @nr_pages: how many
 * @gup_flags: FOLL_WRITE if they will be written, FOLL_NOFAULT to leave alone what isn't there
 * @pages: gets them; put_page() each in the end
 *
 * Context: may sleep; the caller doesn't hold mmap_lock.
 * Return: how many were taken, which may be fewer than asked; -EFAULT if not even the first.
 */
int get_user_pages_fast(unsigned long start, int nr_pages, unsigned int gup_flags,
			struct page **pages)
{
	return take_user_pages(start, nr_pages, gup_flags, false, pages);
}
EXPORT_SYMBOL(get_user_pages_fast);

/**
 * pin_user_pages_fast() - the same, for memory that is going to be read or written directly
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
	return take_user_pages(start, nr_pages, gup_flags, true, pages);
}
EXPORT_SYMBOL(pin_user_pages_fast);

/** unpin_user_page() - give back a page of pin_user_pages_fast() */
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

/** unpin_user_pages() - give back @npages pages */
void unpin_user_pages(struct page **pages, unsigned long npages)
{
	while (npages--)
		unpin_user_page(*pages++);
}
EXPORT_SYMBOL(unpin_user_pages);
