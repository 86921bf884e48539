/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_UMH_H
#define _LINUX_UMH_H

/* Programs that the kernel starts for itself: kernel/umh.c. */

#include <linux/completion.h>
#include <linux/errno.h>
#include <linux/gfp_types.h>
#include <linux/refcount.h>
#include <linux/workqueue_types.h>

struct cred;

/* How long call_usermodehelper_exec() waits. */
#define UMH_NO_WAIT	0x00	/* not at all */
#define UMH_WAIT_EXEC	0x01	/* until the program runs, or could not be started */
#define UMH_WAIT_PROC	0x02	/* until it has ended */
#define UMH_KILLABLE	0x04	/* but no longer than until the caller is killed */

/**
 * struct subprocess_info - a program to be started
 * @path: its file, as seen from the first process' root
 * @argv: its arguments, ended by NULL; they stay until @cleanup
 * @envp: its environment, likewise
 * @init: called in the new task just before the program, with the credentials that it will have;
 *	an errno of it is that of the start. NULL: nothing to do
 * @cleanup: called when nothing of this is needed any more. NULL: nothing to do
 * @data: for @init and @cleanup
 * @wait: UMH_*
 * @retval: what the caller is told. Written before @done by who completes it
 * @work, @done, @users: kernel/umh.c's
 */
struct subprocess_info {
	const char *path;
	char **argv;
	char **envp;
	int (*init)(struct subprocess_info *info, struct cred *new);
	void (*cleanup)(struct subprocess_info *info);
	void *data;
	int wait;
	int retval;
	struct work_struct work;
	struct completion done;
	refcount_t users;
};

struct subprocess_info *
call_usermodehelper_setup(const char *path, char **argv, char **envp, gfp_t gfp_mask,
			  int (*init)(struct subprocess_info *info, struct cred *new),
			  void (*cleanup)(struct subprocess_info *info), void *data);
int call_usermodehelper_exec(struct subprocess_info *info, int wait);
int call_usermodehelper(const char *path, char **argv, char **envp, int wait);

#endif /* _LINUX_UMH_H */
