// SPDX-License-Identifier: MIT
/*
 * execve()'s stack: from a page that holds strings to what the program gets.
 *
 * It is made in the new address space at its final, random place, before the old one is given up,
 * as arguments and environment are copied to it from there, downwards from its top:
 *
 *	pick_stack_top()	the file's name
 *				environment	bprm->exec
 *				arguments	bprm->p
 *				(what the format adds: auxv, pointers)
 *
 * How much they may take is settled before the first is copied (bprm_stack_limits()): a quarter of
 * the stack's limit, the pointers to them counted too.
 */

#include <linux/binfmts.h>
#include <linux/capability.h>
#include <linux/cred.h>
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/fdtable.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/highmem.h>
#include <linux/mm.h>
#include <linux/mman.h>
#include <linux/mmap_lock.h>
#include <linux/personality.h>
#include <linux/pid.h>
#include <linux/random.h>
#include <linux/rculist.h>
#include <linux/sched/mm.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/security.h>
#include <linux/signal.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include <asm/cacheflush.h>

#include "exec.h"
#include "internal.h"

/* ---- the stack, before the program has it ---- */

/* Bits of the stack's place that chance decides, in pages: 16 GiB. */
#define STACK_RND_MASK	0x3fffffUL

static unsigned long pick_stack_top(void)
{
	unsigned long random = 0;

	if (randomize_va_space && !(current->personality & ADDR_NO_RANDOMIZE))
		random = (get_random_long() & STACK_RND_MASK) << PAGE_SHIFT;
	return PAGE_ALIGN(STACK_TOP) - random;
}

/* An empty address space but for a page of stack. */
int bprm_mm_init(struct linux_binprm *bprm)
{
	struct mm_struct *mm = mm_alloc();
	struct vm_area_struct *vma;
	int err = -ENOMEM;

	bprm->mm = mm;
	if (!mm)
		return -ENOMEM;
	task_lock(current->group_leader);
	bprm->rlim_stack = current->signal->rlim[RLIMIT_STACK];
	task_unlock(current->group_leader);

	vma = vm_area_alloc(mm);
	if (!vma)
		goto err_mm;
	vma->vm_end = pick_stack_top();
	vma->vm_start = vma->vm_end - PAGE_SIZE;
	vm_flags_init(vma, VM_STACK_FLAGS);
	vma->vm_page_prot = vm_get_page_prot(vma->vm_flags);
	if (mmap_write_lock_killable(mm)) {
		err = -EINTR;
		goto err_vma;
	}
	err = insert_vm_struct(mm, vma);
	if (!err) {
		mm->stack_vm = 1;
		mm->total_vm = 1;
	}
	mmap_write_unlock(mm);
	if (err)
		goto err_vma;
	bprm->vma = vma;
	bprm->p = vma->vm_end - sizeof(void *);
	return 0;
err_vma:
	vm_area_free(vma);
err_mm:
	bprm->mm = NULL;
	mmput(mm);
	return err;
}

/*
 * All strings and the pointers to them: at most a quarter of the stack limit or 6 MiB, so that the
 * program has stack left; but 128 KiB always.
 */
int bprm_stack_limits(struct linux_binprm *bprm)
{
	unsigned long limit = min(8UL * 1024 * 1024 / 4 * 3, bprm->rlim_stack.rlim_cur / 4);
	unsigned long pointers = (max(bprm->argc, 1) + (unsigned long)bprm->envc) * sizeof(void *);

	limit = max(limit, (unsigned long)ARG_MAX);
	if (limit <= pointers)
		return -E2BIG;
	bprm->argmin = bprm->p - (limit - pointers);
	return 0;
}

/* The page of the new stack at @pos, referenced; NULL if there can't be one. */
static struct page *get_arg_page(struct linux_binprm *bprm, unsigned long pos)
{
	struct mm_struct *mm = bprm->mm;
	struct page *page;
	long ret;

	if (pos < bprm->vma->vm_start) {
		mmap_write_lock(mm);
		ret = expand_stack_locked(bprm->vma, pos);
		mmap_write_unlock(mm);
		if (ret)
			return NULL;
	}
	mmap_read_lock(mm);
	ret = get_user_pages_remote(mm, pos, 1, FOLL_WRITE, &page, NULL);
	mmap_read_unlock(mm);
	return ret == 1 ? page : NULL;
}

/* The page that strings are being written to. */
struct arg_page {
	struct page *page;
	unsigned long addr;
};

static void arg_page_put(struct arg_page *ap)
{
	if (ap->page) {
		flush_dcache_page(ap->page);
		put_page(ap->page);
	}
	ap->page = NULL;
}

/* Kernel address of the byte before @pos; so many bytes below it are on the same page: *room. */
static char *arg_bytes_below(struct linux_binprm *bprm, struct arg_page *ap, unsigned long pos,
			     unsigned long *room)
{
	unsigned long addr = (pos - 1) & PAGE_MASK;

	if (!ap->page || ap->addr != addr) {
		arg_page_put(ap);
		ap->page = get_arg_page(bprm, addr);
		if (!ap->page)
			return NULL;
		ap->addr = addr;
	}
	*room = pos - addr;
	return (char *)page_address(ap->page) + *room;
}

/* One string of @len bytes, its end included, below those that are there. */
static int copy_user_string(struct linux_binprm *bprm, struct arg_page *ap,
			    const char __user *str, unsigned long len)
{
	unsigned long pos = bprm->p, room, n;
	char *to;

	bprm->p -= len;
	if (bprm->p < bprm->argmin)
		return -E2BIG;
	for (str += len; len; len -= n, pos -= n) {
		to = arg_bytes_below(bprm, ap, pos, &room);
		if (!to)
			return -E2BIG;
		n = min(room, len);
		str -= n;
		if (copy_from_user(to - n, str, n))
			return -EFAULT;
	}
	return 0;
}

static const char __user *get_user_arg_ptr(const char __user *const __user *argv, int nr)
{
	const char __user *native;

	if (get_user(native, argv + nr))
		return (const char __force __user *)ERR_PTR(-EFAULT);
	return native;
}

/* How many strings: -EFAULT, -E2BIG, -ERESTARTNOHAND if a fatal signal came. */
int count_user(const char __user *const __user *argv)
{
	const char __user *p;
	int i;

	if (!argv)
		return 0;
	for (i = 0; ; i++) {
		p = get_user_arg_ptr(argv, i);
		if (!p)
			return i;
		if (IS_ERR(p))
			return -EFAULT;
		if (i >= MAX_ARG_STRINGS)
			return -E2BIG;
		if (fatal_signal_pending(current))
			return -ERESTARTNOHAND;
		cond_resched();
	}
}

/* The last string first, as they grow down. */
int copy_user_strings(struct linux_binprm *bprm, int argc,
			     const char __user *const __user *argv)
{
	struct arg_page ap = { };
	int err = 0;

	while (argc-- > 0 && !err) {
		const char __user *str = get_user_arg_ptr(argv, argc);
		long len;

		err = -EFAULT;
		if (IS_ERR(str))
			break;
		len = strnlen_user(str, MAX_ARG_STRLEN);
		if (!len)
			break;
		err = -E2BIG;
		if (len > MAX_ARG_STRLEN)
			break;
		err = copy_user_string(bprm, &ap, str, len);
		if (!err && fatal_signal_pending(current))
			err = -ERESTARTNOHAND;
		cond_resched();
	}
	arg_page_put(&ap);
	return err;
}

/**
 * copy_string_kernel - put a string of the kernel's onto the new stack
 * @arg: the string
 * @bprm: the exec
 *
 * Return: 0 or -E2BIG.
 */
int copy_string_kernel(const char *arg, struct linux_binprm *bprm)
{
	unsigned long len = strnlen(arg, MAX_ARG_STRLEN) + 1, pos = bprm->p, room, n;
	struct arg_page ap = { };
	char *to;
	int err = -E2BIG;

	if (len > MAX_ARG_STRLEN)
		return -E2BIG;
	bprm->p -= len;
	if (bprm->p < bprm->argmin)
		return -E2BIG;
	for (arg += len; len; len -= n, pos -= n) {
		to = arg_bytes_below(bprm, &ap, pos, &room);
		if (!to)
			goto out;
		n = min(room, len);
		arg -= n;
		memcpy(to - n, arg, n);
	}
	err = 0;
out:
	arg_page_put(&ap);
	return err;
}
EXPORT_SYMBOL(copy_string_kernel);

/** count_kernel - strings of a list that is the kernel's own. Return: how many, -E2BIG */
int count_kernel(const char *const *argv)
{
	int i;

	if (!argv)
		return 0;
	for (i = 0; argv[i]; i++)
		if (i >= MAX_ARG_STRINGS)
			return -E2BIG;
	return i;
}

/**
 * copy_kernel_strings - strings of the kernel's onto the new stack, the last one first
 *
 * Return: 0, -errno.
 */
int copy_kernel_strings(struct linux_binprm *bprm, int argc, const char *const *argv)
{
	int err = 0;

	while (argc-- > 0 && !err)
		err = copy_string_kernel(argv[argc], bprm);
	return err;
}

/**
 * remove_arg_zero - drop the first string, for an interpreter that puts another in its place
 * @bprm: the exec
 *
 * Return: 0 or -EFAULT.
 */
int remove_arg_zero(struct linux_binprm *bprm)
{
	struct arg_page ap = { };
	unsigned long room;
	char *byte;
	bool end;

	if (!bprm->argc)
		return 0;
	do {
		/* The byte at p, that is the one below p + 1. */
		byte = arg_bytes_below(bprm, &ap, bprm->p + 1, &room);
		if (!byte)
			return -EFAULT;
		end = byte[-1] == '\0';
		bprm->p++;
	} while (!end);
	arg_page_put(&ap);
	bprm->argc--;
	return 0;
}
EXPORT_SYMBOL(remove_arg_zero);

/**
 * bprm_change_interp - what is run is not what was asked for: a script's interpreter
 * @interp: its path, which is copied
 * @bprm: the program
 *
 * Context: may sleep.
 * Return: 0, or -ENOMEM.
 */
int bprm_change_interp(const char *interp, struct linux_binprm *bprm)
{
	char *copy = kstrdup(interp, GFP_KERNEL);

	if (!copy)
		return -ENOMEM;
	if (bprm->interp != bprm->filename)
		kfree(bprm->interp);
	bprm->interp = copy;
	return 0;
}
EXPORT_SYMBOL(bprm_change_interp);

/* ---- the stack, as the program gets it ---- */

static int stack_protection(struct vm_area_struct *vma, int executable_stack)
{
	vm_flags_t flags = vma->vm_flags | vma->vm_mm->def_flags;

	if (executable_stack == EXSTACK_ENABLE_X)
		flags |= VM_EXEC;
	else if (executable_stack == EXSTACK_DISABLE_X)
		flags &= ~VM_EXEC;
	vm_flags_reset(vma, flags);
	vma_set_page_prot(vma);
	/* The pages that hold the strings have the old protection. */
	return change_protection(vma, vma->vm_start, vma->vm_end) < 0 ? -ENOMEM : 0;
}

/**
 * setup_arg_pages - finish the stack
 * @bprm: the exec; its strings are there
 * @stack_top: ignored unless the stack has to move: it is where it should be already
 * @executable_stack: EXSTACK_*
 *
 * A set-uid program has lost its caller's ADDR_NO_RANDOMIZE by now, but has a stack that was made
 * under it.
 *
 * Context: may sleep; takes the new mmap_lock for writing.
 * Return: 0; -EINTR on a fatal signal, -ENOMEM, -EFAULT if the stack has no room to grow.
 */
int setup_arg_pages(struct linux_binprm *bprm, unsigned long stack_top, int executable_stack)
{
	struct vm_area_struct *vma = bprm->vma;
	struct mm_struct *mm = current->mm;
	unsigned long size, base, shift = 0;
	int err = 0;

	(void)stack_top;
	if (mmap_write_lock_killable(mm))
		return -EINTR;
	if ((bprm->per_clear & ADDR_NO_RANDOMIZE) && vma->vm_end == PAGE_ALIGN(STACK_TOP))
		shift = vma->vm_end - pick_stack_top();
	if (shift)
		err = relocate_vma_down(vma, shift);
	if (err)
		goto out;
	bprm->p -= shift;
	bprm->exec -= shift;
	mm->arg_start = bprm->p;

	if (executable_stack != EXSTACK_DEFAULT)
		err = stack_protection(vma, executable_stack);
	if (err)
		goto out;
	/* What most programs need anyhow; the rest comes as it is touched. */
	size = min(bprm->rlim_stack.rlim_cur & PAGE_MASK,
		   vma->vm_end - vma->vm_start + 128 * 1024);
	base = vma->vm_end - size;
	mm->start_stack = bprm->p;
	if (base < vma->vm_start && expand_stack_locked(vma, base))
		err = -EFAULT;
out:
	mmap_write_unlock(mm);
	return err;
}
EXPORT_SYMBOL(setup_arg_pages);
