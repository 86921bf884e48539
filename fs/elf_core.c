// SPDX-License-Identifier: MIT
/*
 * A core dump as an ELF file:
 *
 *	ELF header		ET_CORE
 *	program headers		PT_NOTE, then a PT_LOAD for each piece of the address space
 *	notes			the dying thread:	PRSTATUS
 *				the process:		PRPSINFO SIGINFO AUXV FILE
 *				the dying thread:	its other register sets
 *				every other thread:	PRSTATUS, its other register sets
 *	(to a page)
 *	memory			of each piece as much as is wanted; what was never touched is a hole
 *
 * A debugger takes the first PRSTATUS for the thread that died. Register sets are those of
 * <linux/regset.h>, as ptrace gives them; PRSTATUS has the general ones inside.
 *
 * The notes are put together in one buffer first: their length has to be known for the headers.
 * Another thread stays stopped, and in the list, until the dump is done.
 */

#include <linux/coredump.h>
#include <linux/elfcore.h>

#include <linux/cred.h>
#include <linux/dcache.h>
#include <linux/err.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/limits.h>
#include <linux/mm.h>
#include <linux/pid.h>
#include <linux/printk.h>
#include <linux/ptrace.h>
#include <linux/regset.h>
#include <linux/sched.h>
#include <linux/sched/cputime.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/time64.h>

unsigned int core_file_note_size_limit = CORE_FILE_NOTE_SIZE_DEFAULT;

/* ---- notes ---- */

/* Grows; after a failure it stays as it is and the dump isn't made. */
struct note_buffer {
	char *data;
	size_t len, room;
	bool failed;
};

static void *note_room(struct note_buffer *nb, size_t size)
{
	size_t room = nb->room;
	char *bigger;

	if (nb->failed)
		return NULL;
	if (nb->len + size > room) {
		room = max(2 * room, round_up(nb->len + size, PAGE_SIZE));
		bigger = kvzalloc(room, GFP_KERNEL);
		if (!bigger) {
			nb->failed = true;
			return NULL;
		}
		memcpy(bigger, nb->data, nb->len);
		kvfree(nb->data);
		nb->data = bigger;
		nb->room = room;
	}
	nb->len += size;
	return nb->data + nb->len - size;
}

/* One note: header, name and contents, the latter two up to a multiple of 4. */
static void add_note(struct note_buffer *nb, const char *name, unsigned int type,
		     const void *desc, size_t size)
{
	size_t name_len = strlen(name) + 1;
	struct elf64_note note = { name_len, size, type };
	size_t whole = sizeof(note) + round_up(name_len, 4) + round_up(size, 4);
	char *to = note_room(nb, whole);

	if (!to)
		return;
	memset(to, 0, whole);
	memcpy(to, &note, sizeof(note));
	memcpy(to + sizeof(note), name, name_len);
	memcpy(to + sizeof(note) + round_up(name_len, 4), desc, size);
}

static struct __kernel_old_timeval to_timeval(u64 ns)
{
	return (struct __kernel_old_timeval){
		.tv_sec = ns / NSEC_PER_SEC,
		.tv_usec = ns % NSEC_PER_SEC / NSEC_PER_USEC,
	};
}

static pid_t parents_pid(struct task_struct *t)
{
	pid_t pid;

	rcu_read_lock();
	pid = task_pid_nr(rcu_dereference(t->real_parent));
	rcu_read_unlock();
	return pid;
}

static void fill_times(struct elf_prstatus *p, struct task_struct *t)
{
	struct task_cputime times;
	u64 utime, stime;

	/* The leader's are the process'. */
	if (thread_group_leader(t)) {
		thread_group_cputime(t, &times);
		utime = times.utime;
		stime = times.stime;
	} else {
		task_cputime(t, &utime, &stime);
	}
	p->pr_utime = to_timeval(utime);
	p->pr_stime = to_timeval(stime);
	p->pr_cutime = to_timeval(t->signal->cutime);
	p->pr_cstime = to_timeval(t->signal->cstime);
}

static void add_prstatus(struct note_buffer *nb, struct task_struct *t, int signr)
{
	const struct user_regset *general = &task_user_regset_view(t)->regsets[0];
	struct elf_prstatus p;

	memset(&p, 0, sizeof(p));
	p.pr_info.si_signo = signr;
	p.pr_cursig = signr;
	p.pr_sigpend = t->pending.signal.sig[0];
	p.pr_sighold = t->blocked.sig[0];
	p.pr_pid = task_pid_nr(t);
	p.pr_ppid = parents_pid(t);
	p.pr_pgrp = pid_nr(task_pgrp(t));
	p.pr_sid = pid_nr(task_session(t));
	p.pr_fpvalid = 1;
	fill_times(&p, t);
	regset_get(t, general, sizeof(p.pr_reg), p.pr_reg);
	add_note(nb, "CORE", NT_PRSTATUS, &p, sizeof(p));
}

/* All sets but the general one. The names say who has defined the type. */
static void add_regsets(struct note_buffer *nb, struct task_struct *t)
{
	const struct user_regset_view *view = task_user_regset_view(t);
	const struct user_regset *set;
	unsigned int i;
	void *data;
	int size;

	for (i = 1; i < view->n; i++) {
		set = &view->regsets[i];
		if (!set->core_note_type || (set->active && set->active(t, set) <= 0))
			continue;
		size = regset_get_alloc(t, set, UINT_MAX, &data);
		if (size > 0)
			add_note(nb, set->core_note_type == NT_PRFPREG ? "CORE" : "LINUX",
				 set->core_note_type, data, size);
		if (size >= 0)
			kfree(data);
	}
}

static void add_prpsinfo(struct note_buffer *nb)
{
	struct mm_struct *mm = current->mm;
	struct elf_prpsinfo p;
	unsigned long len;
	unsigned int i;

	memset(&p, 0, sizeof(p));
	p.pr_sname = 'R';
	p.pr_nice = PRIO_TO_NICE(current->static_prio);
	p.pr_flag = current->flags;
	p.pr_uid = from_kuid_munged(&init_user_ns, current_uid());
	p.pr_gid = from_kgid_munged(&init_user_ns, current_gid());
	p.pr_pid = task_pid_nr(current);
	p.pr_ppid = parents_pid(current);
	p.pr_pgrp = pid_nr(task_pgrp(current));
	p.pr_sid = pid_nr(task_session(current));
	strscpy(p.pr_fname, current->comm, sizeof(p.pr_fname));
	len = min_t(unsigned long, mm->arg_end - mm->arg_start, ELF_PRARGSZ - 1);
	if (copy_from_user(p.pr_psargs, (const char __user *)mm->arg_start, len))
		len = 0;
	/* As one line. */
	for (i = 0; i < len; i++) {
		if (!p.pr_psargs[i])
			p.pr_psargs[i] = ' ';
	}
	p.pr_psargs[len] = '\0';
	add_note(nb, "CORE", NT_PRPSINFO, &p, sizeof(p));
}

static void add_siginfo(struct note_buffer *nb, const kernel_siginfo_t *info)
{
	siginfo_t whole;

	memset(&whole, 0, sizeof(whole));
	memcpy(&whole, info, sizeof(*info));
	add_note(nb, "CORE", NT_SIGINFO, &whole, sizeof(whole));
}

static void add_auxv(struct note_buffer *nb)
{
	unsigned long *auxv = current->mm->saved_auxv;
	unsigned int n = 0;

	while (auxv[n])
		n += 2;
	add_note(nb, "CORE", NT_AUXV, auxv, (n + 2) * sizeof(*auxv));
}

/*
 * NT_FILE: which files are mapped where: a count, the page size, for each (start, end, page), then
 * the names in the same order.
 */
static void add_files(struct note_buffer *nb, const struct coredump_params *cprm)
{
	unsigned int i, nr = 0;
	struct note_buffer names = { };
	unsigned long *words;
	char *buf, *path, *to;
	size_t head;

	words = kvzalloc((2 + 3 * (size_t)cprm->nr_vmas) * sizeof(*words), GFP_KERNEL);
	buf = kmalloc(PATH_MAX, GFP_KERNEL);
	if (!words || !buf)
		goto out;
	for (i = 0; i < cprm->nr_vmas; i++) {
		const struct core_vma *m = &cprm->vmas[i];

		if (!m->file)
			continue;
		path = d_path(&m->file->f_path, buf, PATH_MAX);
		if (IS_ERR(path))
			continue;
		to = note_room(&names, strlen(path) + 1);
		if (!to)
			goto out;
		strcpy(to, path);
		words[2 + 3 * nr] = m->start;
		words[3 + 3 * nr] = m->end;
		words[4 + 3 * nr] = m->pgoff;
		nr++;
	}
	words[0] = nr;
	words[1] = PAGE_SIZE;
	/*
	 * Both parts are one note. Thousands of mappings of long names aren't worth what it costs.
	 */
	head = (2 + 3 * (size_t)nr) * sizeof(*words);
	if (head + names.len >= READ_ONCE(core_file_note_size_limit)) {
		pr_warn_once("Pid %d(%s): its core dump has no table of files (kernel.core_file_note_size_limit)\n",
			     task_tgid_nr(current), current->comm);
		goto out;
	}
	to = kvzalloc(head + names.len, GFP_KERNEL);
	if (to) {
		memcpy(to, words, head);
		memcpy(to + head, names.data, names.len);
		add_note(nb, "CORE", NT_FILE, to, head + names.len);
		kvfree(to);
	}
out:
	kvfree(names.data);
	kvfree(words);
	kfree(buf);
}

static void add_all_notes(struct note_buffer *nb, const struct coredump_params *cprm)
{
	struct core_thread *ct;
	int signr = cprm->siginfo->si_signo;

	add_prstatus(nb, current, signr);
	add_prpsinfo(nb);
	add_siginfo(nb, cprm->siginfo);
	add_auxv(nb);
	add_files(nb, cprm);
	add_regsets(nb, current);
	for (ct = current->signal->core_state->dumper.next; ct; ct = ct->next) {
		add_prstatus(nb, ct->task, signr);
		add_regsets(nb, ct->task);
	}
}

/* ---- headers ---- */

static bool write_elf_header(struct coredump_params *cprm)
{
	const struct user_regset_view *view = task_user_regset_view(current);
	struct elfhdr elf = {
		.e_ident = { ELFMAG0, ELFMAG1, ELFMAG2, ELFMAG3, ELF_CLASS, ELF_DATA, EV_CURRENT },
		.e_type = ET_CORE,
		.e_machine = view->e_machine,
		.e_version = EV_CURRENT,
		.e_phoff = sizeof(elf),
		.e_flags = view->e_flags,
		.e_ehsize = sizeof(elf),
		.e_phentsize = sizeof(struct elf_phdr),
		.e_phnum = cprm->nr_vmas + 1,
	};

	return dump_emit(cprm, &elf, sizeof(elf));
}

static unsigned int segment_flags(unsigned long vm_flags)
{
	return (vm_flags & VM_READ ? PF_R : 0) | (vm_flags & VM_WRITE ? PF_W : 0) |
	       (vm_flags & VM_EXEC ? PF_X : 0);
}

static bool write_program_headers(struct coredump_params *cprm, size_t notes_len)
{
	size_t offset = sizeof(struct elfhdr) + (cprm->nr_vmas + 1) * sizeof(struct elf_phdr);
	struct elf_phdr note = {
		.p_type = PT_NOTE,
		.p_offset = offset,
		.p_filesz = notes_len,
		.p_align = 4,
	};
	unsigned int i;

	if (!dump_emit(cprm, &note, sizeof(note)))
		return false;
	offset = round_up(offset + notes_len, ELF_EXEC_PAGESIZE);
	for (i = 0; i < cprm->nr_vmas; i++) {
		const struct core_vma *m = &cprm->vmas[i];
		struct elf_phdr load = {
			.p_type = PT_LOAD,
			.p_flags = segment_flags(m->flags),
			.p_offset = offset,
			.p_vaddr = m->start,
			.p_filesz = m->dump_size,
			.p_memsz = m->end - m->start,
			.p_align = ELF_EXEC_PAGESIZE,
		};

		if (!dump_emit(cprm, &load, sizeof(load)))
			return false;
		offset += m->dump_size;
	}
	return true;
}

/**
 * elf_core_dump - write the dump of the current process
 * @cprm: the dump; its threads are stopped, its address space noted
 *
 * Context: may sleep. Return: was all of it written?
 */
bool elf_core_dump(struct coredump_params *cprm)
{
	struct note_buffer notes = { };
	unsigned int i;
	bool ok;

	add_all_notes(&notes, cprm);
	ok = !notes.failed && write_elf_header(cprm) &&
	     write_program_headers(cprm, notes.len) && dump_emit(cprm, notes.data, notes.len) &&
	     dump_align(cprm, ELF_EXEC_PAGESIZE);
	for (i = 0; ok && i < cprm->nr_vmas; i++)
		ok = dump_user_range(cprm, cprm->vmas[i].start, cprm->vmas[i].dump_size);
	kvfree(notes.data);
	return ok;
}
