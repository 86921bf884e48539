/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_COREDUMP_H
#define _LINUX_COREDUMP_H

/*
 * Core dumps: fs/coredump.c stops the process and opens the file, fs/elf_core.c writes it.
 */

#include <linux/atomic.h>
#include <linux/completion.h>
#include <linux/signal_types.h>
#include <linux/types.h>

struct file;
struct task_struct;

/* /proc/sys/kernel: where dumps go, and what they may take. */
#define CORE_PATTERN_SIZE	128
extern char core_pattern[CORE_PATTERN_SIZE];
extern int core_uses_pid;
extern unsigned int core_pipe_limit;		/* programs that take dumps at once; 0: any */
extern unsigned int core_file_note_size_limit;	/* bytes that the names of mapped files may take */
#define CORE_FILE_NOTE_SIZE_DEFAULT	(4U << 20)
#define CORE_FILE_NOTE_SIZE_MAX		(16U << 20)

/* A thread that has stopped to be dumped. On its own stack. */
struct core_thread {
	struct task_struct *task;	/* NULL: it may end. Partner: coredump_task_exit() */
	struct core_thread *next;	/* the one that came before */
};

/* A dump under way: signal->core_state. On the dumping thread's stack. */
struct core_state {
	atomic_t nr_threads;		/* that have yet to come */
	struct core_thread dumper;	/* the head of the list */
	struct completion startup;	/* all have come */
};

/* A piece of the address space, as it was when the dump began. */
struct core_vma {
	unsigned long start, end;
	unsigned long flags;		/* VM_* */
	unsigned long pgoff;
	unsigned long dump_size;	/* bytes from start that are written */
	struct file *file;		/* referenced; NULL if anonymous */
};

/**
 * struct coredump_params - one dump
 * @siginfo: what it is of
 * @file: opened for writing, empty
 * @limit: no more bytes than this
 * @mm_flags: what is to be in it, as it was when the dump began
 * @pos: how far it has come, with what was skipped
 * @to_skip: bytes of zeroes that wait to be skipped or written
 * @truncated: the limit, a full disk or a signal has ended it early
 * @vmas: the address space
 * @nr_vmas: how many
 */
struct coredump_params {
	const kernel_siginfo_t *siginfo;
	struct file *file;
	unsigned long limit;
	unsigned long mm_flags;
	loff_t pos;
	size_t to_skip;
	bool truncated;
	struct core_vma *vmas;
	unsigned int nr_vmas;
};

/* The current process dies of @siginfo, a signal that dumps: siglock not held. */
void do_coredump(const kernel_siginfo_t *siginfo);
/* In an exiting thread: if its process is being dumped, wait until it was. */
void coredump_task_exit(struct task_struct *tsk);

/* For the writer of a format: false: no more can be written. */
bool dump_emit(struct coredump_params *cprm, const void *data, size_t size);
void dump_skip(struct coredump_params *cprm, size_t size);
bool dump_align(struct coredump_params *cprm, unsigned int align);
bool dump_user_range(struct coredump_params *cprm, unsigned long start, unsigned long len);

/* fs/elf_core.c. Return: was all of it written? */
bool elf_core_dump(struct coredump_params *cprm);

#endif /* _LINUX_COREDUMP_H */
