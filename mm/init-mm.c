// SPDX-License-Identifier: MIT
/*
 * Address spaces: init_mm, which is the kernel's own, and the making and freeing of others.
 *
 * All share the kernel's half of the page table; pgd_alloc() of the machine sees to it. The
 * user's half belongs to the struct. Two counts keep it, see linux/mm_types.h; kernel/fork.c and
 * kthread_use_mm() hold them.
 */

#include <linux/cpumask.h>
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/mm.h>
#include <linux/mm_types.h>
#include <linux/rbtree.h>
#include <linux/rcupdate.h>
#include <linux/rwsem.h>
#include <linux/sched/coredump.h>
#include <linux/sched/mm.h>
#include <linux/sched/task.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <asm/mmu_context.h>
#include <asm/pgalloc.h>
#include <asm/processor.h>
#include <asm/tlbflush.h>

#ifndef INIT_MM_CONTEXT
#define INIT_MM_CONTEXT(name)
#endif

struct mm_struct init_mm = {
	.mm_rb = RB_ROOT,
	.pgd = swapper_pg_dir,
	.mm_users = ATOMIC_INIT(2),
	.mm_count = ATOMIC_INIT(1),
	.mmap_lock = __RWSEM_INITIALIZER(init_mm.mmap_lock),
	.page_table_lock = __SPIN_LOCK_UNLOCKED(init_mm.page_table_lock),
	.arg_lock = __SPIN_LOCK_UNLOCKED(init_mm.arg_lock),
	.mmlist = LIST_HEAD_INIT(init_mm.mmlist),
	INIT_MM_CONTEXT(init_mm)
};

/**
 * setup_initial_init_mm() - where the kernel's own sections are
 * @start_code: _text
 * @end_code: _etext
 * @end_data: _edata
 * @brk: _end
 *
 * Context: boot.
 */
void setup_initial_init_mm(void *start_code, void *end_code, void *end_data, void *brk)
{
	init_mm.start_code = (unsigned long)start_code;
	init_mm.end_code = (unsigned long)end_code;
	init_mm.end_data = (unsigned long)end_data;
	init_mm.brk = (unsigned long)brk;
}

static struct kmem_cache *mm_cachep;

int suid_dumpable;

/**
 * set_dumpable() - may an address space be dumped or traced?
 * @mm: the address space; the rest of its flags, which others change too, stays
 * @value: SUID_DUMP_*
 */
void set_dumpable(struct mm_struct *mm, int value)
{
	unsigned long old = READ_ONCE(mm->flags);

	if (WARN_ON((unsigned int)value > SUID_DUMP_ROOT))
		return;
	while (!try_cmpxchg(&mm->flags, &old, (old & ~MMF_DUMPABLE_MASK) | value))
		;
}

static int __init mm_cache_init(void)
{
	mm_cachep = KMEM_CACHE(mm_struct, SLAB_HWCACHE_ALIGN | SLAB_PANIC | SLAB_ACCOUNT);
	return 0;
}
pure_initcall(mm_cache_init);

/* Fresh locks, counts and an empty table; the rest is as the caller has set it. Frees it if not. */
static struct mm_struct *mm_init(struct mm_struct *mm, struct task_struct *tsk)
{
	atomic_set(&mm->mm_users, 1);
	atomic_set(&mm->mm_count, 1);
	init_rwsem(&mm->mmap_lock);
	spin_lock_init(&mm->page_table_lock);
	spin_lock_init(&mm->arg_lock);
	INIT_LIST_HEAD(&mm->mmlist);
	mm->task_size = TASK_SIZE;
	mm_pgtables_bytes_init(mm);
	mm->pgd = pgd_alloc(mm);
	if (!mm->pgd)
		goto free_mm;
	if (init_new_context(tsk, mm))
		goto free_pgd;
	return mm;
free_pgd:
	pgd_free(mm, mm->pgd);
free_mm:
	kmem_cache_free(mm_cachep, mm);
	return NULL;
}

/**
 * mm_alloc() - a new, empty address space
 *
 * Context: May sleep.
 * Return: the address space with mm_users and mm_count one, or NULL.
 */
struct mm_struct *mm_alloc(void)
{
	struct mm_struct *mm = kmem_cache_zalloc(mm_cachep, GFP_KERNEL);

	if (!mm)
		return NULL;
	mm->flags = current->mm ? mmf_init_flags(READ_ONCE(current->mm->flags))
				: MMF_DUMP_FILTER_DEFAULT;
	return mm_init(mm, current);
}

/* What a child has of its parent's struct: where things are, not what is mapped. */
static void mm_copy_layout(struct mm_struct *mm, struct mm_struct *old)
{
	mm->mmap_base = old->mmap_base;
	mm->mmap_legacy_base = old->mmap_legacy_base;
	mm->flags = mmf_init_flags(READ_ONCE(old->flags));
	mm->binfmt = old->binfmt;
	memcpy(mm->saved_auxv, old->saved_auxv, sizeof(mm->saved_auxv));
	spin_lock(&old->arg_lock);
	mm->start_code = old->start_code;
	mm->end_code = old->end_code;
	mm->start_data = old->start_data;
	mm->end_data = old->end_data;
	mm->start_stack = old->start_stack;
	mm->start_brk = old->start_brk;
	mm->brk = old->brk;
	mm->arg_start = old->arg_start;
	mm->arg_end = old->arg_end;
	mm->env_start = old->env_start;
	mm->env_end = old->env_end;
	spin_unlock(&old->arg_lock);
}

/* The child executes the same file: /proc/PID/exe says so. */
static void dup_exe_file(struct mm_struct *mm, struct mm_struct *oldmm)
{
	struct file *exe = get_mm_exe_file(oldmm);

	set_mm_exe_file(mm, exe);
	if (exe)
		fput(exe);
}

/**
 * dup_mm() - a second address space like the first, for fork()
 * @tsk: whose it will be
 * @oldmm: the first, current's
 *
 * Context: May sleep.
 * Return: the address space with mm_users and mm_count one; NULL without memory, or if a fatal
 * signal came.
 */
struct mm_struct *dup_mm(struct task_struct *tsk, struct mm_struct *oldmm)
{
	struct mm_struct *mm = kmem_cache_zalloc(mm_cachep, GFP_KERNEL);

	if (!mm || !mm_init(mm, tsk))
		return NULL;
	mm_copy_layout(mm, oldmm);
	/* The vDSO lies where it lay, and membarrier()'s registrations hold for the child. */
	mm->context.vdso = oldmm->context.vdso;
	atomic_set(&mm->membarrier_state, atomic_read(&oldmm->membarrier_state));
	if (dup_mmap(mm, oldmm)) {
		mmput(mm);
		return NULL;
	}
	dup_exe_file(mm, oldmm);
	mm->hiwater_rss = get_mm_rss(mm);
	mm->hiwater_vm = mm->total_vm;
	return mm;
}

/**
 * __mmdrop() - free an address space's struct, whose last reference is gone
 * @mm: all its memory was given back before
 *
 * Context: any but NMI.
 */
void __mmdrop(struct mm_struct *mm)
{
	BUG_ON(mm == &init_mm);
	WARN_ON_ONCE(mm_pgtables_bytes(mm));
	pgd_free(mm, mm->pgd);
	destroy_context(mm);
	kmem_cache_free(mm_cachep, mm);
}

/**
 * mmput() - one user less
 * @mm: the address space
 *
 * The last one frees the user mappings.
 *
 * Context: May sleep.
 */
void mmput(struct mm_struct *mm)
{
	might_sleep();
	if (!atomic_dec_and_test(&mm->mm_users))
		return;
	exit_mmap(mm);
	set_mm_exe_file(mm, NULL);
	mmdrop(mm);
}

/* ---- the program ---- */

/**
 * set_mm_exe_file() - note what is executed
 * @mm: the address space
 * @new_exe_file: it gets a reference of its own; NULL: nothing any more
 *
 * As long as anybody executes it nobody writes to the file: open() and truncate() say -ETXTBSY. The
 * caller has seen to that for the moment, so that one more who forbids it can't fail.
 *
 * Context: nobody else writes it: exec, before the address space is anybody's, or the last user.
 */
void set_mm_exe_file(struct mm_struct *mm, struct file *new_exe_file)
{
	struct file *old = rcu_dereference_raw(mm->exe_file);

	if (new_exe_file) {
		WARN_ON_ONCE(exe_file_deny_write_access(new_exe_file));
		get_file(new_exe_file);
	}
	rcu_assign_pointer(mm->exe_file, new_exe_file);
	if (old) {
		exe_file_allow_write_access(old);
		fput(old);
	}
}

/**
 * get_mm_exe_file() - what an address space executes
 * @mm: the address space
 *
 * Return: the file, referenced; NULL.
 */
struct file *get_mm_exe_file(struct mm_struct *mm)
{
	struct file *file;

	rcu_read_lock();
	for (;;) {
		file = rcu_dereference(mm->exe_file);
		if (!file)
			break;
		/* The struct may be another open file's by now: look again once it is held. */
		if (!get_file_rcu(file))
			continue;
		if (file == rcu_access_pointer(mm->exe_file))
			break;
		fput(file);
	}
	rcu_read_unlock();
	return file;
}
EXPORT_SYMBOL(get_mm_exe_file);

/**
 * get_task_exe_file() - what a task executes
 * @task: referenced
 *
 * Context: doesn't sleep; takes its task_lock().
 * Return: the file, referenced; NULL, for kernel threads too.
 */
struct file *get_task_exe_file(struct task_struct *task)
{
	struct file *file = NULL;
	struct mm_struct *mm;

	task_lock(task);
	mm = task->mm;
	if (mm && !(task->flags & PF_KTHREAD))
		file = get_mm_exe_file(mm);
	task_unlock(task);
	return file;
}
EXPORT_SYMBOL(get_task_exe_file);

/* ---- single user pages by hand, for tests of what lies below VMAs ---- */

/**
 * mm_map_user_page() - map one page at a user address
 * @mm: the address space
 * @addr: page aligned, below TASK_SIZE
 * @page: the page; the mapping holds a reference of its own
 * @prot: of the mapping, e.g. PAGE_SHARED
 *
 * Context: May sleep.
 * Return: 0, -EINVAL, -ENOMEM, -EBUSY if something is mapped there.
 */
int mm_map_user_page(struct mm_struct *mm, unsigned long addr, struct page *page, pgprot_t prot)
{
	spinlock_t *ptl;
	pud_t *pud;
	pmd_t *pmd;
	pte_t *pte, entry = pte_mkyoung(pfn_pte(page_to_pfn(page), prot));
	int ret = -EBUSY;

	/* There is nobody to take the fault in which the first write would be noted. */
	if (pte_write(entry))
		entry = pte_mkdirty(entry);
	if (!PAGE_ALIGNED(addr) || addr >= TASK_SIZE)
		return -EINVAL;
	pud = pud_alloc(mm, p4d_offset(pgd_offset(mm, addr), addr), addr);
	if (!pud)
		return -ENOMEM;
	pmd = pmd_alloc(mm, pud, addr);
	if (!pmd)
		return -ENOMEM;
	pte = pte_alloc_map_lock(mm, pmd, addr, &ptl);
	if (!pte)
		return -ENOMEM;
	if (pte_none(ptep_get(pte))) {
		get_page(page);
		atomic_inc(&page_folio(page)->_mapcount);
		inc_mm_counter(mm, MM_FILEPAGES);
		set_pte_at(mm, addr, pte, entry);
		ret = 0;
	}
	pte_unmap_unlock(pte, ptl);
	return ret;
}

/**
 * mm_unmap_user_page() - undo mm_map_user_page()
 * @mm: the address space
 * @addr: the address
 *
 * All CPUs have forgotten the mapping when it returns.
 *
 * Return: the page with the mapping's reference, now the caller's; NULL if there was none.
 */
struct page *mm_unmap_user_page(struct mm_struct *mm, unsigned long addr)
{
	struct page *page = NULL;
	pte_t *pte;

	spin_lock(&mm->page_table_lock);
	pte = walk_user_pte(mm, addr);
	if (pte && pte_present(ptep_get(pte)))
		page = pfn_to_page(pte_pfn(ptep_get_and_clear(mm, addr, pte)));
	spin_unlock(&mm->page_table_lock);
	if (page) {
		dec_mm_counter(mm, MM_FILEPAGES);
		atomic_dec(&page_folio(page)->_mapcount);
		flush_tlb_mm(mm);
	}
	return page;
}
