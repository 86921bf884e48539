/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_BINFMTS_H
#define _LINUX_BINFMTS_H

/*
 * Starting programs: struct linux_binprm is one execve() under way, struct linux_binfmt a format of
 * executables. fs/exec.c asks each format in turn until one takes the file.
 *
 * load_binary()'s duties, in order:
 *
 *	look at bprm->buf; not mine: -ENOEXEC, nothing changed
 *	check all that can be checked
 *	begin_new_exec(bprm)	the old program ends here; after it a failure kills the process
 *	setup_new_exec(bprm)
 *	setup_arg_pages(), map the file
 *	finalize_exec(bprm), start_thread()
 *
 * An interpreter script sets bprm->interpreter instead, and the search begins anew with that file.
 */

#include <linux/list.h>
#include <linux/resource.h>
#include <linux/sched.h>
#include <uapi/linux/binfmts.h>

struct cred;
struct file;
struct filename;
struct mm_struct;
struct pt_regs;
struct rlimit;
struct task_struct;
struct vm_area_struct;


struct linux_binprm {
	struct vm_area_struct *vma;	/* the stack to be */
	unsigned long vma_pages;	/* so many are accounted already */
	unsigned long argmin;		/* strings must stay above it: the limit */
	struct mm_struct *mm;		/* the new address space; NULL once it is current's */
	unsigned long p;		/* top of the strings: they grow down */
	unsigned int have_execfd:1;	/* the interpreter is to get executable as a descriptor */
	unsigned int execfd_creds:1;	/* take set-uid from the script's file */
	unsigned int secureexec:1;	/* AT_SECURE */
	unsigned int point_of_no_return:1;
	unsigned int comm_from_dentry:1;	/* the name is useless: /proc/self/fd/N */
	unsigned int is_check:1;
	struct file *executable;	/* handed to the interpreter */
	struct file *interpreter;	/* set by a script: what to run instead */
	struct file *file;		/* what is being looked at */
	struct cred *cred;		/* of the new program; NULL once they are current's */
	int unsafe;			/* LSM_UNSAFE_*: reasons to give no rights */
	unsigned int per_clear;		/* personality bits that set-uid clears */
	int argc, envc;
	const char *filename;		/* as the program is told: AT_EXECFN */
	const char *interp;		/* the binary that is really run */
	const char *fdpath;		/* made-up name for execveat() */
	unsigned int interp_flags;
	int execfd;
	unsigned long exec;		/* address of the file name on the stack */
	struct rlimit rlim_stack;	/* the stack limit, taken once: it may change meanwhile */
	char buf[BINPRM_BUF_SIZE];	/* the beginning of file, zero-filled */
};

#define BINPRM_FLAGS_ENFORCE_NONDUMP_BIT	0
#define BINPRM_FLAGS_ENFORCE_NONDUMP	(1 << BINPRM_FLAGS_ENFORCE_NONDUMP_BIT)
#define BINPRM_FLAGS_PATH_INACCESSIBLE_BIT	2
#define BINPRM_FLAGS_PATH_INACCESSIBLE	(1 << BINPRM_FLAGS_PATH_INACCESSIBLE_BIT)
#define BINPRM_FLAGS_PRESERVE_ARGV0_BIT	3
#define BINPRM_FLAGS_PRESERVE_ARGV0	(1 << BINPRM_FLAGS_PRESERVE_ARGV0_BIT)

/* Reasons why set-uid is not honoured: security modules look at these too. */
#define LSM_UNSAFE_SHARE	1
#define LSM_UNSAFE_PTRACE	2
#define LSM_UNSAFE_NO_NEW_PRIVS	4

struct linux_binfmt {
	struct list_head lh;
	int (*load_binary)(struct linux_binprm *bprm);
};

void __register_binfmt(struct linux_binfmt *fmt, int insert);
void unregister_binfmt(struct linux_binfmt *fmt);
void set_binfmt(struct linux_binfmt *new);

/** register_binfmt - a format that is tried after those that are there */
static inline void register_binfmt(struct linux_binfmt *fmt)
{
	__register_binfmt(fmt, 0);
}

int begin_new_exec(struct linux_binprm *bprm);
void setup_new_exec(struct linux_binprm *bprm);
void finalize_exec(struct linux_binprm *bprm);
void would_dump(struct linux_binprm *bprm, struct file *file);

/* setup_arg_pages()'s executable_stack */
#define EXSTACK_DEFAULT		0	/* the machine's custom */
#define EXSTACK_DISABLE_X	1
#define EXSTACK_ENABLE_X	2

int setup_arg_pages(struct linux_binprm *bprm, unsigned long stack_top, int executable_stack);
int remove_arg_zero(struct linux_binprm *bprm);
int copy_string_kernel(const char *arg, struct linux_binprm *bprm);
int bprm_change_interp(const char *interp, struct linux_binprm *bprm);

int kernel_execve(const char *filename, const char *const *argv, const char *const *envp);
struct file *open_exec(const char *name);

#endif /* _LINUX_BINFMTS_H */
