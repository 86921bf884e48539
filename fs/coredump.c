// SPDX-License-Identifier: MIT
/*
 * Core dumps: what a process was when a signal ended it, in a file for a debugger.
 *
 *	the dumping thread			another thread
 *	core_state in the process,
 *	SIGKILL for all others			takes it, goes to do_exit()
 *	waits for all of them			coredump_task_exit(): adds itself to the list,
 *						the last one completes; sleeps
 *	waits until each is off its CPU
 *	writes registers, memory
 *	core_state gone, sets ->task NULL	goes on to its end
 *	and wakes each
 *
 * So all threads' registers lie still meanwhile, and the memory is changed by nobody. A process
 * that was made with CLONE_VM but not CLONE_THREAD may share it: that one runs on, as it is no part
 * of what died.
 *
 * Where: kernel.core_pattern, a path with % forms. The file must be a regular one with one name
 * that belongs to who is dumped; an old one is overwritten. RLIMIT_CORE says how much of it may be
 * written. What couldn't be written, by the limit, a full disk or a SIGKILL, is said in the log.
 *
 * A pattern that begins with | names a program, which is started with the dump as its input
 * (coredump_pipe.c). It is the administrator's, so RLIMIT_CORE is not asked.
 */

#include "coredump.h"

#include <linux/cred.h>
#include <linux/dcache.h>
#include <linux/errno.h>
#include <linux/fcntl.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/highmem.h>
#include <linux/mm.h>
#include <linux/mmap_lock.h>
#include <linux/namei.h>
#include <linux/path.h>
#include <linux/printk.h>
#include <linux/sched/coredump.h>
#include <linux/sched/mm.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/slab.h>

/* ---- the threads ---- */

/* Locked. Send the others to do_exit(). Return: how many they are; they will all come. */
static int call_threads(struct core_state *state, int exit_code)
{
	struct signal_struct *signal = current->signal;
	struct task_struct *t;
	int nr = 0;

	signal->core_state = state;
	signal->flags = SIGNAL_GROUP_EXIT;
	signal->group_exit_code = exit_code;
	signal->group_stop_count = 0;
	__for_each_thread(signal, t) {
		task_clear_jobctl_pending(t, JOBCTL_PENDING_MASK);
		if (t == current || (t->flags & PF_POSTCOREDUMP))
			continue;
		sigaddset(&t->pending.signal, SIGKILL);
		signal_wake_up(t, 1);
		nr++;
	}
	return nr;
}

/* Return: 0; -EAGAIN: the process ends already, or another thread execs. */
static int stop_threads(struct core_state *state, int exit_code)
{
	spinlock_t *lock = &own_sighand()->siglock;
	struct core_thread *ct;
	int nr;

	init_completion(&state->startup);
	state->dumper.task = current;
	state->dumper.next = NULL;

	spin_lock_irq(lock);
	if ((current->signal->flags & SIGNAL_GROUP_EXIT) || current->signal->group_exec_task) {
		spin_unlock_irq(lock);
		return -EAGAIN;
	}
	nr = call_threads(state, exit_code);
	/* A signal that was pending must not break off our writing; SIGKILL may. */
	clear_thread_flag(TIF_SIGPENDING);
	current->flags |= PF_DUMPCORE;
	atomic_set(&state->nr_threads, nr);
	spin_unlock_irq(lock);

	if (!nr)
		return 0;
	wait_for_completion(&state->startup);
	/* Vector registers are in memory when a thread is off its CPU, and not before. */
	for (ct = state->dumper.next; ct; ct = ct->next)
		wait_task_inactive(ct->task, TASK_ANY);
	return 0;
}

/* @dumped: wait4() shall say so. */
static void let_threads_go(struct core_state *state, bool dumped)
{
	spinlock_t *lock = &own_sighand()->siglock;
	struct core_thread *ct, *next;
	struct task_struct *task;

	spin_lock_irq(lock);
	if (dumped && !__fatal_signal_pending(current))
		current->signal->group_exit_code |= 0x80;
	current->signal->core_state = NULL;
	next = state->dumper.next;
	spin_unlock_irq(lock);

	while ((ct = next)) {
		next = ct->next;
		task = ct->task;
		get_task_struct(task);
		/* From this store on *ct, on its stack, may be gone. */
		smp_store_release(&ct->task, NULL);
		wake_up_process(task);
		put_task_struct(task);
	}
}

/**
 * coredump_task_exit - a thread ends: is its process being dumped?
 * @tsk: current
 *
 * Context: early in do_exit(), its registers and memory still there.
 */
void coredump_task_exit(struct task_struct *tsk)
{
	spinlock_t *lock = &own_sighand()->siglock;
	struct core_thread self = { .task = tsk };
	struct core_state *state;

	spin_lock_irq(lock);
	tsk->flags |= PF_POSTCOREDUMP;
	state = tsk->signal->core_state;
	/* The dumper itself has none any more when it comes here. */
	if (state) {
		self.next = state->dumper.next;
		state->dumper.next = &self;
	}
	spin_unlock_irq(lock);
	if (!state)
		return;
	if (atomic_dec_and_test(&state->nr_threads))
		complete(&state->startup);
	for (;;) {
		set_current_state(TASK_IDLE);
		/* Partner: let_threads_go(). */
		if (!smp_load_acquire(&self.task))
			break;
		schedule();
	}
	__set_current_state(TASK_RUNNING);
}

/* ---- the file ---- */

/* Somebody may have put something there that was not meant to be overwritten. */
static bool file_is_acceptable(struct file *file)
{
	struct inode *inode = file_inode(file);

	return S_ISREG(inode->i_mode) && inode->i_nlink == 1 &&
	       uid_eq(inode->i_uid, current_fsuid()) && (inode->i_mode & 0677) == 0600 &&
	       (file->f_mode & FMODE_CAN_WRITE);
}

static struct file *open_core(const char *name, const struct coredump_params *cprm)
{
	int flags = O_CREAT | O_WRONLY | O_NOFOLLOW | O_LARGEFILE;
	struct file *file;

	/* A set-uid program's: root's eyes only, and never over a file that somebody prepared. */
	if (__get_dumpable(cprm->mm_flags) == SUID_DUMP_ROOT) {
		if (name[0] != '/') {
			pr_warn("Pid %d(%s) can only dump core to fully qualified path!\n",
				task_tgid_nr(current), current->comm);
			return ERR_PTR(-EPERM);
		}
		flags |= O_EXCL;
	}
	file = filp_open(name, flags, 0600);
	if (IS_ERR(file))
		return file;
	if (!file_is_acceptable(file) ||
	    do_truncate(&nop_mnt_idmap, file->f_path.dentry, 0, 0, file)) {
		filp_close(file, NULL);
		return ERR_PTR(-EPERM);
	}
	return file;
}

/* ---- writing ---- */

/* Is there room for so many bytes more? The limit may be RLIM_INFINITY. */
static bool fits(const struct coredump_params *cprm, size_t size)
{
	unsigned long pos = cprm->pos;

	return pos <= cprm->limit && size <= cprm->limit - pos;
}

static bool write_bytes(struct coredump_params *cprm, const void *data, size_t size)
{
	loff_t pos;
	ssize_t n;

	if (cprm->truncated)
		return false;
	if (!fits(cprm, size) || fatal_signal_pending(current))
		goto truncated;
	/* A pipe has no position, but what was written is counted there too. */
	pos = cprm->pos;
	n = kernel_write(cprm->file, data, size, &pos);
	if (n > 0)
		cprm->pos += n;
	if (n == (ssize_t)size)
		return true;
truncated:
	cprm->truncated = true;
	return false;
}

/* What was skipped becomes a hole, where the file can have one. */
static bool catch_up(struct coredump_params *cprm)
{
	size_t skip = cprm->to_skip, n;

	cprm->to_skip = 0;
	if (!skip)
		return true;
	if (cprm->file->f_mode & FMODE_LSEEK) {
		if (!fits(cprm, skip)) {
			cprm->truncated = true;
			return false;
		}
		cprm->pos += skip;
		return true;
	}
	for (; skip; skip -= n) {
		n = min_t(size_t, skip, PAGE_SIZE);
		if (!write_bytes(cprm, page_address(ZERO_PAGE(0)), n))
			return false;
	}
	return true;
}

/**
 * dump_emit - write
 * @cprm: the dump
 * @data: bytes
 * @size: how many
 *
 * Context: may sleep. Return: false: the limit, the disk or a signal is in the way.
 */
bool dump_emit(struct coredump_params *cprm, const void *data, size_t size)
{
	return catch_up(cprm) && write_bytes(cprm, data, size);
}

/**
 * dump_skip - zeroes, which needn't be written
 * @cprm: the dump
 * @size: how many
 */
void dump_skip(struct coredump_params *cprm, size_t size)
{
	cprm->to_skip += size;
}

/**
 * dump_align - skip to a multiple, as a hole in the core file
 * @cprm: the dump
 * @align: bytes, a power of two
 *
 * Return: true.
 */
bool dump_align(struct coredump_params *cprm, unsigned int align)
{
	size_t over = (cprm->pos + cprm->to_skip) & (align - 1);

	if (over)
		dump_skip(cprm, align - over);
	return true;
}

/* A page that was never touched, or can't be had, is a hole. */
static bool dump_page_at(struct coredump_params *cprm, unsigned long addr)
{
	struct page *page = NULL;
	bool ok = true;
	long got;

	if (mmap_read_lock_killable(current->mm))
		return false;
	got = get_user_pages_remote(current->mm, addr, 1, FOLL_FORCE | FOLL_DUMP, &page, NULL);
	mmap_read_unlock(current->mm);
	if (got != 1) {
		dump_skip(cprm, PAGE_SIZE);
		return true;
	}
	if (page == ZERO_PAGE(0))
		dump_skip(cprm, PAGE_SIZE);
	else
		ok = dump_emit(cprm, page_address(page), PAGE_SIZE);
	put_page(page);
	return ok;
}

/**
 * dump_user_range - memory of the current process
 * @cprm: the dump
 * @start: page-aligned address
 * @len: bytes, likewise
 */
bool dump_user_range(struct coredump_params *cprm, unsigned long start, unsigned long len)
{
	unsigned long addr;

	for (addr = start; addr < start + len; addr += PAGE_SIZE) {
		if (!dump_page_at(cprm, addr))
			return false;
		cond_resched();
	}
	return true;
}

/* The last bytes of a file that ends with a hole: its length says where they would be. */
static bool finish_file(struct coredump_params *cprm)
{
	loff_t end;

	if (!catch_up(cprm) || cprm->truncated)
		return false;
	end = cprm->pos;
	if (!(cprm->file->f_mode & FMODE_LSEEK) || i_size_read(file_inode(cprm->file)) >= end)
		return true;
	return !do_truncate(&nop_mnt_idmap, cprm->file->f_path.dentry, end, 0,
			    cprm->file);
}

/* ---- the address space ---- */

static bool is_elf_header(struct vm_area_struct *vma)
{
	u32 word = 0;

	if (!vma->vm_file || vma->vm_pgoff || !(vma->vm_flags & VM_READ))
		return false;
	/* The lock is held for writing, so the program's own address may be read directly. */
	pagefault_disable();
	if (__copy_from_user_inatomic(&word, (void __user *)vma->vm_start, sizeof(word)))
		word = 0;
	pagefault_enable();
	return !memcmp(&word, "\177ELF", 4);
}

/* How much of it is written, by /proc/PID/coredump_filter. */
static unsigned long size_to_dump(struct vm_area_struct *vma, unsigned long mm_flags)
{
	unsigned long whole = vma->vm_end - vma->vm_start;
	bool shared = vma->vm_flags & VM_SHARED;

#define FILTER(type)	(mm_flags & (1UL << MMF_DUMP_##type))
	if (vma->vm_flags & (VM_IO | VM_DONTDUMP))
		return 0;
	/* The vDSO: its code is nowhere else to be found. */
	if (!vma->vm_file && vma->vm_ops && vma->vm_ops->name && vma->vm_ops->name(vma))
		return whole;
	if (!vma->vm_file)
		return FILTER(ANON_PRIVATE) ? whole : 0;
	/* Without a name that it could be opened by: memory that is shared. */
	if (shared)
		return file_inode(vma->vm_file)->i_nlink == 0 ?
			       (FILTER(ANON_SHARED) ? whole : 0) :
			       (FILTER(MAPPED_SHARED) ? whole : 0);
	/* Pages that the program has written are its own. */
	if (vma->vm_anon && FILTER(ANON_PRIVATE))
		return whole;
	if (FILTER(MAPPED_PRIVATE))
		return whole;
	if (FILTER(ELF_HEADERS) && is_elf_header(vma))
		return PAGE_SIZE;
	return 0;
#undef FILTER
}

static void free_snapshot(struct coredump_params *cprm)
{
	unsigned int i;

	for (i = 0; i < cprm->nr_vmas; i++) {
		if (cprm->vmas[i].file)
			fput(cprm->vmas[i].file);
	}
	kvfree(cprm->vmas);
	cprm->vmas = NULL;
	cprm->nr_vmas = 0;
}

/* What there is, taken at once: who shares the memory may change it while we write. */
static int take_snapshot(struct coredump_params *cprm)
{
	struct mm_struct *mm = current->mm;
	struct vm_area_struct *vma;
	struct core_vma *m;
	VMA_ITERATOR(vmi, mm, 0);

	if (mmap_write_lock_killable(mm))
		return -EINTR;
	cprm->vmas = kvzalloc(mm->map_count * sizeof(*m), GFP_KERNEL);
	if (!cprm->vmas) {
		mmap_write_unlock(mm);
		return -ENOMEM;
	}
	for_each_vma(vmi, vma) {
		if (WARN_ON_ONCE(cprm->nr_vmas == (unsigned int)mm->map_count))
			break;
		m = &cprm->vmas[cprm->nr_vmas++];
		m->start = vma->vm_start;
		m->end = vma->vm_end;
		m->flags = vma->vm_flags;
		m->pgoff = vma->vm_pgoff;
		m->dump_size = size_to_dump(vma, cprm->mm_flags);
		if (vma->vm_file)
			m->file = get_file(vma->vm_file);
	}
	mmap_write_unlock(mm);
	return 0;
}

/* ---- all of it ---- */

/* Into cprm->file. Return: 0; an errno: nothing was written. */
static int write_core(struct coredump_params *cprm, const char *name)
{
	int err = take_snapshot(cprm);

	if (err)
		return err;
	if (!elf_core_dump(cprm) || !finish_file(cprm))
		pr_warn("Pid %d(%s): core dump '%s' is truncated at %lld bytes\n",
			task_tgid_nr(current), current->comm, name, cprm->pos);
	free_snapshot(cprm);
	return cprm->pos ? 0 : -EIO;
}

static int dump_to_file(struct coredump_params *cprm, const char *name)
{
	int err;

	/* Too small for anything: the user wants none. */
	if (cprm->limit < PAGE_SIZE)
		return -EFBIG;
	cprm->file = open_core(name, cprm);
	err = PTR_ERR_OR_ZERO(cprm->file);
	if (err)
		return err;
	err = write_core(cprm, name);
	filp_close(cprm->file, NULL);
	return err;
}

static int dump_to_program(struct coredump_params *cprm, struct core_name *name)
{
	int err = start_core_program(cprm, name);

	if (err)
		return err;
	err = write_core(cprm, name->words[0]);
	leave_core_program(cprm);
	return err;
}

/* Return: was there a dump, be it a part? */
static bool dump(struct coredump_params *cprm)
{
	struct core_name *name = kmalloc(sizeof(*name), GFP_KERNEL);
	int err = -ENOMEM;

	if (name)
		err = format_core_name(name, cprm);
	if (!err)
		err = name->is_program ? dump_to_program(cprm, name) :
					 dump_to_file(cprm, name->words[0]);
	kfree(name);
	/* Without a limit that allows one there was none to be expected. */
	if (err && err != -EFBIG)
		pr_info("Pid %d(%s): no core dump, error %d\n", task_tgid_nr(current),
			current->comm, err);
	return !err;
}

/**
 * do_coredump - the current process dies of a signal that dumps
 * @siginfo: of the signal
 *
 * Context: get_signal(), siglock not held; may sleep.
 */
void do_coredump(const kernel_siginfo_t *siginfo)
{
	struct coredump_params cprm = {
		.siginfo = siginfo,
		.limit = rlimit(RLIMIT_CORE),
	};
	struct core_state state;
	const struct cred *old_cred;
	struct cred *cred;
	bool dumped;

	if (!current->mm)
		return;
	cprm.mm_flags = READ_ONCE(current->mm->flags);
	if (__get_dumpable(cprm.mm_flags) == SUID_DUMP_DISABLE)
		return;
	cred = prepare_creds();
	if (!cred)
		return;
	/* By fsuid the file is made: root's, if the user shall not have it. */
	if (__get_dumpable(cprm.mm_flags) == SUID_DUMP_ROOT)
		cred->fsuid = GLOBAL_ROOT_UID;
	if (stop_threads(&state, siginfo->si_signo))
		goto out;
	old_cred = override_creds(cred);
	dumped = dump(&cprm);
	let_threads_go(&state, dumped);
	revert_creds(old_cred);
out:
	put_cred(cred);
}
