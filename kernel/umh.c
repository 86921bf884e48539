// SPDX-License-Identifier: MIT
/*
 * Programs that the kernel starts for itself, such as the one that takes core dumps.
 *
 * Who wants the program can't simply become its parent: the credentials, root directory, limits and
 * memory of whoever happens to crash are not what a helper of the kernel's should begin with. So a
 * worker, which has nothing of its own, makes the new task:
 *
 *	caller			worker			new task
 *	queues the work
 *	sleeps			user_mode_thread()	the kernel's credentials
 *							init(), kernel_execve()
 *		<-- UMH_WAIT_EXEC: could it be started? --
 *
 * Threads of the kernel ignore SIGCHLD, so a program whose end is waited for has a parent between
 * it and the worker, a task with signal handlers of its own that lives just so long:
 *
 *	worker			keeper			new task
 *	user_mode_thread()	user_mode_thread()	kernel_execve(), runs, exits
 *				kernel_wait()
 *		<-- UMH_WAIT_PROC: how did it end? --
 *
 * A caller that is killed while it waits goes away, and the other side lives on. Each holds one of
 * the two counts of ->users, and the last one to leave frees.
 */

#include <linux/umh.h>

#include <linux/binfmts.h>
#include <linux/cred.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

static void put_info(struct subprocess_info *info)
{
	if (!refcount_dec_and_test(&info->users))
		return;
	if (info->cleanup)
		info->cleanup(info);
	kfree(info);
}

/* The side that starts is done. */
static void finish(struct subprocess_info *info, int retval)
{
	info->retval = retval;
	complete(&info->done);
	put_info(info);
}

/* ---- the new tasks ---- */

/* The kernel's rights, less what @info takes away, for the current task. */
static int take_credentials(struct subprocess_info *info)
{
	struct cred *new = prepare_kernel_cred(&init_task);
	int err;

	if (!new)
		return -ENOMEM;
	err = info->init ? info->init(info, new) : 0;
	if (err) {
		abort_creds(new);
		return err;
	}
	return commit_creds(new);
}

static int become_program(struct subprocess_info *info)
{
	int err = take_credentials(info);

	if (err)
		return err;
	/* A worker may be of another importance. */
	set_user_nice(current, 0);
	return kernel_execve(info->path, (const char *const *)info->argv,
			     (const char *const *)info->envp);
}

/* Nobody waits for its end. */
static int run_program(void *data)
{
	int err = become_program(data);

	finish(data, err);
	if (err)
		do_exit(0);
	return 0;
}

/* The keeper waits, and tells. Until then @data is the keeper's too, so it is still there. */
static int run_kept_program(void *data)
{
	struct subprocess_info *info = data;
	int err = become_program(info);

	if (!err)
		return 0;
	WRITE_ONCE(info->retval, err);
	do_exit(0);
}

static int keep_program(void *data)
{
	struct subprocess_info *info = data;
	int status = 0;
	pid_t pid = user_mode_thread(run_kept_program, info, SIGCHLD);

	if (pid < 0)
		status = pid;
	else
		kernel_wait(pid, &status);
	/* A program that could not be started has an errno, and a status that says nothing. */
	finish(info, READ_ONCE(info->retval) ?: status);
	do_exit(0);
}

static void start(struct work_struct *work)
{
	struct subprocess_info *info = container_of(work, struct subprocess_info, work);
	pid_t pid;

	/* A worker may end before it. Its parent never does, and ignores the end of children. */
	pid = user_mode_thread(info->wait & UMH_WAIT_PROC ? keep_program : run_program, info,
			       CLONE_PARENT | SIGCHLD);
	if (pid < 0)
		finish(info, pid);
}

/* ---- the caller ---- */

/**
 * call_usermodehelper_setup - describe a program to be started
 * @path: its file
 * @argv: arguments, ended by NULL
 * @envp: environment, ended by NULL
 * @gfp_mask: for the memory of the description
 * @init: see struct subprocess_info
 * @cleanup: likewise
 * @data: for both
 *
 * Return: what call_usermodehelper_exec() takes, and frees; NULL without memory.
 */
struct subprocess_info *
call_usermodehelper_setup(const char *path, char **argv, char **envp, gfp_t gfp_mask,
			  int (*init)(struct subprocess_info *info, struct cred *new),
			  void (*cleanup)(struct subprocess_info *info), void *data)
{
	struct subprocess_info *info = kzalloc(sizeof(*info), gfp_mask);

	if (!info)
		return NULL;
	info->path = path;
	info->argv = argv;
	info->envp = envp;
	info->init = init;
	info->cleanup = cleanup;
	info->data = data;
	INIT_WORK(&info->work, start);
	init_completion(&info->done);
	/* The caller's and the starting side's. */
	refcount_set(&info->users, 2);
	return info;
}
EXPORT_SYMBOL(call_usermodehelper_setup);

static int wait_for(struct subprocess_info *info, int wait)
{
	int err = 0;

	if (wait & UMH_KILLABLE)
		err = wait_for_completion_killable(&info->done);
	else
		wait_for_completion(&info->done);
	return err ?: info->retval;
}

/**
 * call_usermodehelper_exec - start a program
 * @info: by call_usermodehelper_setup(); not the caller's any more
 * @wait: UMH_NO_WAIT, UMH_WAIT_EXEC or UMH_WAIT_PROC, and UMH_KILLABLE
 *
 * Context: may sleep; with UMH_NO_WAIT it doesn't.
 * Return: with UMH_WAIT_PROC its status as wait4() gives it; 0; an errno of the start if that was
 * waited for; -EINVAL without a path; -ERESTARTSYS: killed meanwhile.
 */
int call_usermodehelper_exec(struct subprocess_info *info, int wait)
{
	int ret = 0;

	if (!info->path || !*info->path) {
		ret = info->path ? 0 : -EINVAL;
		put_info(info);
		put_info(info);
		return ret;
	}
	info->wait = wait;
	queue_work(system_unbound_wq, &info->work);
	if (wait & (UMH_WAIT_EXEC | UMH_WAIT_PROC))
		ret = wait_for(info, wait);
	put_info(info);
	return ret;
}
EXPORT_SYMBOL(call_usermodehelper_exec);

/**
 * call_usermodehelper - start a program, simply
 * @path: its file
 * @argv: arguments, ended by NULL
 * @envp: environment, ended by NULL
 * @wait: UMH_*; if the caller may be gone before the program is started, both arrays have to stay
 *
 * Return: as call_usermodehelper_exec(); -ENOMEM.
 */
int call_usermodehelper(const char *path, char **argv, char **envp, int wait)
{
	gfp_t gfp = wait == UMH_NO_WAIT ? GFP_ATOMIC : GFP_KERNEL;
	struct subprocess_info *info;

	info = call_usermodehelper_setup(path, argv, envp, gfp, NULL, NULL, NULL);
	if (!info)
		return -ENOMEM;
	return call_usermodehelper_exec(info, wait);
}
EXPORT_SYMBOL(call_usermodehelper);
