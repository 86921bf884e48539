/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_MM_FAULT_H
#define _LINUX_MM_FAULT_H

/*
 * Pages of user memory: how a fault brings one in, and how the kernel gets at those behind a user's
 * address. Included by <linux/mm.h>, which has the rules of use.
 */

#include <linux/mm/vma.h>
#include <linux/mm_types.h>
#include <linux/page-flags.h>
#include <linux/page_ref.h>
#include <linux/pgtable.h>
#include <linux/types.h>

struct pt_regs;

/* ---- user memory: page faults ---- */

enum fault_flag {
	FAULT_FLAG_WRITE	= 1 << 0,	/* a store */
	FAULT_FLAG_MKWRITE	= 1 << 1,	/* a shared page is about to become writable */
	FAULT_FLAG_ALLOW_RETRY	= 1 << 2,	/* the lock may be dropped, VM_FAULT_RETRY */
	FAULT_FLAG_RETRY_NOWAIT	= 1 << 3,
	FAULT_FLAG_KILLABLE	= 1 << 4,	/* SIGKILL ends the wait */
	FAULT_FLAG_TRIED	= 1 << 5,	/* the second try */
	FAULT_FLAG_USER		= 1 << 6,	/* from user mode */
	FAULT_FLAG_REMOTE	= 1 << 7,	/* another task's memory */
	FAULT_FLAG_INSTRUCTION	= 1 << 8,	/* an instruction fetch */
	FAULT_FLAG_INTERRUPTIBLE = 1 << 9,
	FAULT_FLAG_UNSHARE	= 1 << 10,	/* break COW without writing */
};

#define VM_FAULT_OOM		((__force vm_fault_t)0x000001)
#define VM_FAULT_SIGBUS		((__force vm_fault_t)0x000002)	/* nothing is behind the address */
#define VM_FAULT_MAJOR		((__force vm_fault_t)0x000004)	/* waited for a device */
#define VM_FAULT_HWPOISON	((__force vm_fault_t)0x000010)
#define VM_FAULT_SIGSEGV	((__force vm_fault_t)0x000040)
#define VM_FAULT_NOPAGE		((__force vm_fault_t)0x000100)	/* the handler has set the entry */
#define VM_FAULT_LOCKED		((__force vm_fault_t)0x000200)	/* vmf->page is locked */
#define VM_FAULT_RETRY		((__force vm_fault_t)0x000400)	/* mmap_lock is dropped: again */
#define VM_FAULT_FALLBACK	((__force vm_fault_t)0x000800)
#define VM_FAULT_DONE_COW	((__force vm_fault_t)0x001000)
#define VM_FAULT_NEEDDSYNC	((__force vm_fault_t)0x002000)
#define VM_FAULT_COMPLETED	((__force vm_fault_t)0x004000)
#define VM_FAULT_ERROR		(VM_FAULT_OOM | VM_FAULT_SIGBUS | VM_FAULT_SIGSEGV | \
				 VM_FAULT_HWPOISON | VM_FAULT_FALLBACK)

/**
 * struct vm_fault - one page fault under way
 * @vma: where; its mmap_lock is held for reading
 * @gfp_mask: for allocations
 * @pgoff: page of the object
 * @address: page aligned
 * @real_address: as it was
 * @flags: FAULT_FLAG_*
 * @pmd: entry of the table of ptes
 * @orig_pte: what the entry was when the fault came
 * @cow_page: the private copy that a write to a private file mapping gets
 * @page: the answer of vm_ops->fault, referenced
 * @pte: the entry while @ptl is held
 * @ptl: lock of the table
 */
struct vm_fault {
	struct vm_area_struct *vma;
	gfp_t gfp_mask;
	pgoff_t pgoff;
	unsigned long address;
	unsigned long real_address;
	unsigned int flags;
	pmd_t *pmd;
	pte_t orig_pte;
	struct page *cow_page;
	struct page *page;
	pte_t *pte;
	spinlock_t *ptl;
};

/*
 * What the object behind a mapping does. All are called with mmap_lock held: fault, map_pages and
 * page_mkwrite for reading, the others for writing.
 */
struct vm_operations_struct {
	void (*open)(struct vm_area_struct *vma);	/* one more VMA: fork or split */
	void (*close)(struct vm_area_struct *vma);
	int (*may_split)(struct vm_area_struct *vma, unsigned long addr);
	int (*mremap)(struct vm_area_struct *vma);
	int (*mprotect)(struct vm_area_struct *vma, unsigned long start, unsigned long end,
			unsigned long newflags);
	/* The page for vmf->pgoff: VM_FAULT_LOCKED and vmf->page, NOPAGE, or an error. */
	vm_fault_t (*fault)(struct vm_fault *vmf);
	/* Set entries of [start_pgoff, end_pgoff] that need no waiting. Under RCU. */
	vm_fault_t (*map_pages)(struct vm_fault *vmf, pgoff_t start_pgoff, pgoff_t end_pgoff);
	/* A shared page is about to be written. */
	vm_fault_t (*page_mkwrite)(struct vm_fault *vmf);
	vm_fault_t (*pfn_mkwrite)(struct vm_fault *vmf);
	/* ptrace and the like, for memory without struct page. */
	int (*access)(struct vm_area_struct *vma, unsigned long addr, void *buf, int len,
		      int write);
	const char *(*name)(struct vm_area_struct *vma);
};

vm_fault_t handle_mm_fault(struct vm_area_struct *vma, unsigned long address, unsigned int flags,
			   struct pt_regs *regs);

/**
 * struct user_fault - what became of a fault on a user address
 * @sig: the signal that the program has earned, 0 if none
 * @code: its si_code
 */
struct user_fault {
	int sig;
	int code;
};

struct user_fault do_user_fault(struct mm_struct *mm, unsigned long address, unsigned int flags,
				struct pt_regs *regs);
int fixup_user_fault(struct mm_struct *mm, unsigned long address, unsigned int fault_flags,
		     bool *unlocked);

vm_fault_t vmf_insert_pfn_prot(struct vm_area_struct *vma, unsigned long addr, unsigned long pfn,
			       pgprot_t pgprot);
vm_fault_t vmf_insert_pfn(struct vm_area_struct *vma, unsigned long addr, unsigned long pfn);
vm_fault_t vmf_insert_page(struct vm_area_struct *vma, unsigned long addr, struct page *page);
int remap_pfn_range(struct vm_area_struct *vma, unsigned long addr, unsigned long pfn,
		    unsigned long size, pgprot_t prot);
int vm_insert_page(struct vm_area_struct *vma, unsigned long addr, struct page *page);
vm_fault_t finish_fault(struct vm_fault *vmf);
void set_pte_range(struct vm_fault *vmf, struct folio *folio, struct page *page, unsigned int nr,
		   unsigned long addr);

/**
 * vm_normal_page - the page of an entry
 * @vma: the area
 * @addr: the address
 * @pte: the entry
 *
 * Return: the page; NULL if the entry is empty or special: the zero page, device memory. Such have
 * no reference.
 */
static inline struct page *vm_normal_page(struct vm_area_struct *vma, unsigned long addr, pte_t pte)
{
	(void)vma;
	(void)addr;
	return likely(pte_present(pte) && !pte_special(pte)) ? pte_page(pte) : NULL;
}

/** maybe_mkwrite - the entry writable, if the area is */
static inline pte_t maybe_mkwrite(pte_t pte, struct vm_area_struct *vma)
{
	return likely(vma->vm_flags & VM_WRITE) ? pte_mkwrite(pte, vma) : pte;
}

void pagefault_out_of_memory(void);
void zap_file_pages(struct vm_area_struct *vma, unsigned long address, unsigned long size,
		    bool even_cows);
void zap_page_range_single(struct vm_area_struct *vma, unsigned long address, unsigned long size);
long change_protection(struct vm_area_struct *vma, unsigned long start, unsigned long end);
int copy_page_range(struct vm_area_struct *dst_vma, struct vm_area_struct *src_vma);
unsigned long move_page_tables(struct vm_area_struct *vma, unsigned long old_addr,
			       struct vm_area_struct *new_vma, unsigned long new_addr,
			       unsigned long len);
int relocate_vma_down(struct vm_area_struct *vma, unsigned long shift);

/* ---- user memory of others, by address ---- */

#define FOLL_WRITE	(1 << 0)	/* they will be written: break COW */
#define FOLL_GET	(1 << 1)	/* take a reference */
#define FOLL_DUMP	(1 << 2)	/* no page for holes */
#define FOLL_FORCE	(1 << 3)	/* as a debugger: past the VMA's protection */
#define FOLL_NOWAIT	(1 << 4)
#define FOLL_NOFAULT	(1 << 5)	/* only those that are there */
#define FOLL_ANON	(1 << 6)	/* anonymous memory only */
#define FOLL_PIN	(1 << 7)
#define FOLL_LONGTERM	(1 << 8)	/* for longer than a call */

long get_user_pages_remote(struct mm_struct *mm, unsigned long start, unsigned long nr_pages,
			   unsigned int gup_flags, struct page **pages, int *locked);
long get_user_pages(unsigned long start, unsigned long nr_pages, unsigned int gup_flags,
		    struct page **pages);
int faultin_range(struct mm_struct *mm, unsigned long start, unsigned long end, bool write);
pmd_t *walk_user_pmd(struct mm_struct *mm, unsigned long addr);
pte_t *walk_user_pte(struct mm_struct *mm, unsigned long addr);
int access_remote_vm(struct mm_struct *mm, unsigned long addr, void *buf, int len,
		     unsigned int gup_flags);
int access_process_vm(struct task_struct *tsk, unsigned long addr, void *buf, int len,
		      unsigned int gup_flags);
int get_cmdline(struct task_struct *task, char *buffer, int buflen);

/* ---- the pages behind user addresses (mm/gup.c) ---- */

/* A pin of a small folio counts as that many references, so that pins can be told from them. */
#define GUP_PIN_COUNTING_BIAS	(1U << 10)

int get_user_pages_fast(unsigned long start, int nr_pages, unsigned int gup_flags,
			struct page **pages);
int pin_user_pages_fast(unsigned long start, int nr_pages, unsigned int gup_flags,
			struct page **pages);
void unpin_user_page(struct page *page);
void unpin_user_pages(struct page **pages, unsigned long npages);

/** folio_maybe_dma_pinned - may somebody have pinned the folio? Surely not if false. */
static inline bool folio_maybe_dma_pinned(struct folio *folio)
{
	if (folio_test_large(folio))
		return atomic_read(&folio->_pincount) > 0;
	return ((unsigned int)folio_ref_count(folio)) >= GUP_PIN_COUNTING_BIAS;
}

#endif /* _LINUX_MM_FAULT_H */
