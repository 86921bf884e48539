/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_MM_TYPES_H
#define _LINUX_MM_TYPES_H

/*
 * struct page, struct folio and struct mm_struct.
 *
 * There is one struct page, 64 bytes, for every frame of RAM; it lies at vmemmap[pfn]. What its
 * words mean depends on who owns the frame. The flags word, page_type and _refcount always mean
 * the same; the five words between belong to the owner:
 *
 *	owner			words used
 *	buddy allocator		buddy_list, private (the order), page_type = buddy
 *	per-CPU page list	pcp_list
 *	slab			struct slab in mm/slab.h overlays it, page_type = slab
 *	page table		pt_* , page_type = table
 *	page cache, anonymous	lru, mapping, index, private
 *	tail of a folio		compound_head (bit 0 set), page 1 also the folio's second half
 *
 * A folio is one or 2^n pages that are managed as one; struct folio overlays its first pages, so
 * a folio pointer never is a tail page. Functions that take a folio need no compound_head().
 */

#include <linux/atomic.h>
#include <linux/cache.h>
#include <linux/cpumask.h>
#include <linux/list.h>
#include <linux/rbtree.h>
#include <linux/rwsem.h>
#include <linux/spinlock.h>
#include <linux/build_bug.h>
#include <linux/types.h>
#include <asm/mmu.h>
#include <asm/page.h>
#include <asm/pgtable-types.h>

struct address_space;
struct file;
struct linux_binfmt;
struct mm_struct;
struct task_struct;
struct vm_area_struct;
struct vm_operations_struct;

struct page {
	unsigned long flags;		/* PG_* low, zone number at the top; see page-flags.h */
	union {
		struct {
			union {
				struct list_head lru;
				struct list_head buddy_list;	/* zone->lock */
				struct list_head pcp_list;	/* per_cpu_pages.lock */
			};
			struct address_space *mapping;
			pgoff_t index;
			unsigned long private;	/* the owner's; buddy: order, zone->lock */
		};
		struct {		/* page table */
			unsigned long _pt_pad_1;
			unsigned long _pt_pad_2;
			struct mm_struct *pt_mm;
			unsigned long _pt_pad_3;
			spinlock_t *ptl;
		};
		struct {		/* tail page */
			unsigned long compound_head;	/* head page | 1 */
		};
		struct callback_head rcu_head;
	};
	union {
		unsigned int page_type;		/* PGTY_* in the top byte, or ~0 */
		atomic_t _mapcount;		/* mappings in user tables, less one */
	};
	atomic_t _refcount;		/* 0: free. Change through page_ref.h only */
	unsigned long memcg_data;
};

static_assert(sizeof(struct page) == 64);

struct folio {
	union {
		struct {
			unsigned long flags;
			struct list_head lru;
			struct address_space *mapping;
			pgoff_t index;
			void *private;
			atomic_t _mapcount;
			atomic_t _refcount;
			unsigned long memcg_data;
		};
		struct page page;
	};
	union {
		struct {
			unsigned long _flags_1;		/* low byte: order */
			unsigned long _head_1;
			atomic_t _large_mapcount;
			atomic_t _entire_mapcount;
			atomic_t _nr_pages_mapped;
			atomic_t _pincount;
			unsigned int _folio_nr_pages;
		};
		struct page __page_1;
	};
};

#define FOLIO_MATCH(pg, fl)						\
	static_assert(offsetof(struct page, pg) == offsetof(struct folio, fl))
FOLIO_MATCH(flags, flags);
FOLIO_MATCH(lru, lru);
FOLIO_MATCH(mapping, mapping);
FOLIO_MATCH(compound_head, lru);
FOLIO_MATCH(index, index);
FOLIO_MATCH(private, private);
FOLIO_MATCH(_mapcount, _mapcount);
FOLIO_MATCH(_refcount, _refcount);
#undef FOLIO_MATCH
static_assert(offsetof(struct folio, _head_1) ==
	      sizeof(struct page) + offsetof(struct page, compound_head));

typedef unsigned long vm_flags_t;

/*
 * struct vm_area_struct: a range of user addresses that are alike, a "VMA".
 *
 * [vm_start, vm_end) is page aligned; VMAs of one address space don't overlap. Page p of the range
 * shows page vm_pgoff + p of vm_file; in an anonymous VMA vm_pgoff is the address in pages, so that
 * two neighbours that were cut from one can be joined again by the same rule.
 *
 * Fields: m = the address space's mmap_lock: read to look, write to change; c = constant while it
 * is in the tree; i = the file's i_mmap_rwsem. anon only ever becomes true.
 */
struct vm_area_struct {
	unsigned long vm_start;			/* m */
	unsigned long vm_end;			/* m */
	struct vm_area_struct *vm_next;		/* m: by address */
	struct vm_area_struct *vm_prev;		/* m */
	struct rb_node vm_rb;			/* m: in mm->mm_rb, by address */
	unsigned long rb_subtree_gap;		/* m: see mm/vma.c */
	struct mm_struct *vm_mm;		/* c */
	pgprot_t vm_page_prot;			/* m: vm_flags as page-table bits */
	vm_flags_t vm_flags;			/* m: VM_*; change by vm_flags_set() and its kin */
	const struct vm_operations_struct *vm_ops;	/* c: NULL if anonymous */
	unsigned long vm_pgoff;			/* m */
	struct file *vm_file;			/* c: referenced; NULL if anonymous */
	void *vm_private_data;			/* the owner of vm_ops' */
	bool vm_anon;				/* may have private pages: fork() has to copy */
	struct {
		struct rb_node rb;		/* i: in the file's i_mmap */
		unsigned long rb_subtree_last;	/* i */
	} shared;
};

/* What rss_stat counts: pages in the page table, by what they are. */
enum {
	MM_FILEPAGES,
	MM_ANONPAGES,
	MM_SWAPENTS,
	MM_SHMEMPAGES,
	NR_MM_COUNTERS
};

/* Words of the auxiliary vector kept for /proc/PID/auxv: pairs, the last one AT_NULL. */
#define AT_VECTOR_SIZE	(2 * 28)

/*
 * struct mm_struct: one address space.
 *
 * mm_users counts those who use the address space (threads, kthread_use_mm()); when it reaches
 * zero the user mappings go. mm_count counts those who need the struct and its page table to
 * stay (all users together hold one; a lazy-TLB kernel thread holds one); when it reaches zero
 * the struct is freed.
 *
 * Fields: m = mmap_lock, p = page_table_lock, c = constant after mm_alloc() or exec, a = atomic,
 * g = arg_lock.
 *
 * Lock order: mmap_lock > i_mmap_rwsem of a file > page_table_lock.
 */
struct mm_struct {
	atomic_t mm_count;			/* a */
	atomic_t mm_users;			/* a */
	pgd_t *pgd;				/* c */
	unsigned long task_size;		/* c: first address that is not the user's */
	unsigned long mmap_base;		/* c: mmap() goes down from here */
	unsigned long mmap_legacy_base;		/* c: or up from here, with an unlimited stack */
	struct rw_semaphore mmap_lock;
	spinlock_t page_table_lock;		/* guards the page table */
	struct rb_root mm_rb;			/* m: VMAs by address */
	struct vm_area_struct *mmap;		/* m: the first of them */
	struct vm_area_struct *vma_hint;	/* m, racy: found last */
	int map_count;				/* m */
	atomic_long_t pgtables_bytes;		/* a: bytes of page-table pages below pgd */
	atomic_long_t rss_stat[NR_MM_COUNTERS];	/* a: pages */
	unsigned long hiwater_rss;		/* racy: pages, the most there were */
	unsigned long hiwater_vm;		/* m: likewise of total_vm */
	unsigned long flags;			/* a: MMF_* */
	vm_flags_t def_flags;			/* m: of new mappings, from mlockall() */
	unsigned long total_vm;			/* m: pages, as all the following */
	unsigned long locked_vm;		/* m */
	atomic64_t pinned_vm;			/* a */
	unsigned long data_vm;			/* m: private, writable, no stack */
	unsigned long exec_vm;			/* m: executable, not writable */
	unsigned long stack_vm;			/* m: grows down */
	spinlock_t arg_lock;
	unsigned long start_code, end_code, start_data, end_data;	/* g */
	unsigned long start_brk, brk, start_stack;			/* brk: m; the others g */
	unsigned long arg_start, arg_end, env_start, env_end;		/* g */
	unsigned long saved_auxv[AT_VECTOR_SIZE];			/* c */
	struct linux_binfmt *binfmt;		/* c */
	struct file __rcu *exe_file;		/* m writes, RCU readers: what was executed */
	mm_context_t context;			/* arch: ASID or PCID, vDSO */
	struct list_head mmlist;
	unsigned long mm_cid_map[BITS_TO_LONGS(NR_CPUS)];	/* a: ids held: linux/mm_cid.h */
#ifdef CONFIG_DEBUG_RSEQ
	struct task_struct *mm_cid_owner[NR_CPUS];	/* a: who holds each, for the check */
#endif
	atomic_t membarrier_state;		/* a: MEMBARRIER_STATE_* */
	cpumask_t cpu_bitmap;			/* a: CPUs that may hold our TLB entries */
};

extern struct mm_struct init_mm;

/** mm_cpumask - the CPUs that may have entries of an address space in their TLB */
static inline cpumask_t *mm_cpumask(struct mm_struct *mm)
{
	return &mm->cpu_bitmap;
}

struct vm_fault;

/**
 * struct vm_special_mapping - pages of the kernel's in a program's address space
 * @name: for /proc/PID/maps, e.g. "[vdso]"
 * @pages: the pages, ended by NULL; or NULL, then @fault brings them
 * @fault: as vm_operations_struct.fault
 * @mremap: the program has moved it; NULL if that is all the same
 */
struct vm_special_mapping {
	const char *name;
	struct page **pages;
	vm_fault_t (*fault)(const struct vm_special_mapping *sm, struct vm_area_struct *vma,
			    struct vm_fault *vmf);
	int (*mremap)(const struct vm_special_mapping *sm, struct vm_area_struct *new_vma);
};

/* Walks the VMAs of an address space; see VMA_ITERATOR() in linux/mm.h. */
struct vma_iterator {
	struct mm_struct *mm;
	unsigned long index;			/* where the next one is looked for */
	struct vm_area_struct *vma;		/* found last, or NULL */
};

#endif /* _LINUX_MM_TYPES_H */
