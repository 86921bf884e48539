// SPDX-License-Identifier: MIT
/*
 * A core dump as the input of a program: kernel.core_pattern that begins with |.
 *
 * The program is started as root, in the first process' root directory, with a pipe as descriptor
 * 0:
 *
 *	the dumping thread			the program
 *	starts it, waits until it runs		makes the pipe, opens 0, execs
 *	writes the dump				reads it
 *	core_pipe_limit: waits			may look at /proc/PID of who is dumped
 *	closes, goes on to its end		ends
 *
 * How many run at once is limited by kernel.core_pipe_limit: a dump beyond it is not made. 0 is no
 * limit, and then nobody is waited for either.
 *
 * Should the program crash itself, that must not start the next one, and so on: it begins with a
 * RLIMIT_CORE of 1, and for who has that limit no program is started.
 */

#include "coredump.h"

#include <linux/atomic.h>
#include <linux/errno.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/pipe_fs_i.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/umh.h>

#define OWN_CRASH_LIMIT	1

unsigned int core_pipe_limit;

/* Programs that take a dump now. */
static atomic_t nr_programs = ATOMIC_INIT(0);

/* In the new task: its descriptor 0, and the limit. */
static int connect_program(struct subprocess_info *info, struct cred *new)
{
	struct coredump_params *cprm = info->data;
	struct rlimit *limit = &current->signal->rlim[RLIMIT_CORE];
	struct file *ends[2];
	int err = create_pipe_files(ends, 0);

	(void)new;
	if (err)
		return err;
	cprm->file = ends[1];
	err = replace_fd(0, ends[0], 0);
	fput(ends[0]);
	limit->rlim_cur = limit->rlim_max = OWN_CRASH_LIMIT;
	return err < 0 ? err : 0;
}

static int start_connected(struct coredump_params *cprm, struct core_name *name)
{
	static char *no_environment[] = { NULL };
	struct subprocess_info *info;
	int err;

	info = call_usermodehelper_setup(name->words[0], name->words, no_environment, GFP_KERNEL,
					 connect_program, NULL, cprm);
	if (!info)
		return -ENOMEM;
	err = call_usermodehelper_exec(info, UMH_WAIT_EXEC);
	if (err && cprm->file)
		filp_close(cprm->file, NULL);
	return err;
}

/**
 * start_core_program - start the program that takes a dump
 * @cprm: the dump; its file is the writing end of the pipe then
 * @name: the program
 *
 * Context: may sleep.
 * Return: 0; -EPERM: the program itself has crashed; -EAGAIN: too many at once; of the start.
 */
int start_core_program(struct coredump_params *cprm, struct core_name *name)
{
	unsigned int limit = READ_ONCE(core_pipe_limit);
	int err;

	if (cprm->limit == OWN_CRASH_LIMIT)
		return -EPERM;
	/* The program is who says what is too much. */
	cprm->limit = RLIM_INFINITY;
	if (atomic_inc_return(&nr_programs) > (int)limit && limit) {
		pr_warn("Pid %d(%s) over core_pipe_limit\n", task_tgid_nr(current),
			current->comm);
		err = -EAGAIN;
		goto out;
	}
	err = start_connected(cprm, name);
	if (!err)
		return 0;
	pr_info("Core dump to |%s failed\n", name->words[0]);
out:
	atomic_dec(&nr_programs);
	return err;
}

/**
 * leave_core_program - the dump is written
 * @cprm: of start_core_program()
 *
 * Context: may sleep; a SIGKILL ends that.
 */
void leave_core_program(struct coredump_params *cprm)
{
	if (READ_ONCE(core_pipe_limit))
		pipe_wait_for_readers(cprm->file);
	filp_close(cprm->file, NULL);
	atomic_dec(&nr_programs);
}
