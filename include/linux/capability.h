/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_CAPABILITY_H
#define _LINUX_CAPABILITY_H

/*
 * Capabilities: root's power in 41 pieces; see capabilities(7).
 *
 * A task is asked with capable(), which the security modules answer; commoncap, always there,
 * looks into the effective set of its credentials.
 */

#include <linux/bits.h>
#include <linux/types.h>
#include <linux/uidgid.h>
#include <uapi/linux/capability.h>

struct file;
struct inode;
struct mnt_idmap;
struct task_struct;
struct user_namespace;

typedef struct {
	u64 val;
} kernel_cap_t;

#define CAP_VALID_MASK		(BIT_ULL(CAP_LAST_CAP + 1) - 1)
#define CAP_EMPTY_SET		((kernel_cap_t){ 0 })
#define CAP_FULL_SET		((kernel_cap_t){ CAP_VALID_MASK })
/* What setfsuid(2) gives and takes: rights over other people's files. */
#define CAP_FS_SET		((kernel_cap_t){ \
	BIT_ULL(CAP_CHOWN) | BIT_ULL(CAP_DAC_OVERRIDE) | BIT_ULL(CAP_DAC_READ_SEARCH) | \
	BIT_ULL(CAP_FOWNER) | BIT_ULL(CAP_FSETID) | BIT_ULL(CAP_MKNOD) | \
	BIT_ULL(CAP_LINUX_IMMUTABLE) | BIT_ULL(CAP_MAC_OVERRIDE) })

/** cap_clear - no capability */
#define cap_clear(c)		do { (c).val = 0; } while (0)
/** cap_raise - add a capability, CAP_* */
#define cap_raise(c, flag)	((c).val |= BIT_ULL(flag))
/** cap_lower - take a capability away */
#define cap_lower(c, flag)	((c).val &= ~BIT_ULL(flag))
/** cap_raised - is a capability in the set? */
#define cap_raised(c, flag)	(((c).val & BIT_ULL(flag)) != 0)

/** cap_combine - the capabilities of @a and of @b */
static inline kernel_cap_t cap_combine(kernel_cap_t a, kernel_cap_t b)
{
	return (kernel_cap_t){ a.val | b.val };
}

/** cap_intersect - the capabilities that @a and @b have both */
static inline kernel_cap_t cap_intersect(kernel_cap_t a, kernel_cap_t b)
{
	return (kernel_cap_t){ a.val & b.val };
}

/** cap_drop - the capabilities of @a that aren't in @drop */
static inline kernel_cap_t cap_drop(kernel_cap_t a, kernel_cap_t drop)
{
	return (kernel_cap_t){ a.val & ~drop.val };
}

/** cap_isclear - no capability at all? */
static inline bool cap_isclear(kernel_cap_t a)
{
	return !a.val;
}

/** cap_isidentical - the same capabilities? */
static inline bool cap_isidentical(kernel_cap_t a, kernel_cap_t b)
{
	return a.val == b.val;
}

/** cap_issubset - is every one of @a in @set? */
static inline bool cap_issubset(kernel_cap_t a, kernel_cap_t set)
{
	return !(a.val & ~set.val);
}

/** cap_drop_fs_set - @a without those over files; for a file-system user other than root */
static inline kernel_cap_t cap_drop_fs_set(kernel_cap_t a)
{
	return cap_drop(a, CAP_FS_SET);
}

/** cap_raise_fs_set - @a with those over files that are permitted */
static inline kernel_cap_t cap_raise_fs_set(kernel_cap_t a, kernel_cap_t permitted)
{
	return cap_combine(a, cap_intersect(permitted, CAP_FS_SET));
}

bool has_capability(struct task_struct *t, int cap);
bool has_ns_capability(struct task_struct *t, struct user_namespace *ns, int cap);
bool has_capability_noaudit(struct task_struct *t, int cap);
bool capable(int cap);
bool ns_capable(struct user_namespace *ns, int cap);
bool ns_capable_noaudit(struct user_namespace *ns, int cap);
bool ns_capable_setid(struct user_namespace *ns, int cap);
bool file_ns_capable(const struct file *file, struct user_namespace *ns, int cap);
bool capable_wrt_inode_uidgid(struct mnt_idmap *idmap, const struct inode *inode, int cap);
bool ptracer_capable(struct task_struct *tsk, struct user_namespace *ns);

/** perfmon_capable - may current measure performance? */
static inline bool perfmon_capable(void)
{
	return capable(CAP_PERFMON) || capable(CAP_SYS_ADMIN);
}

/** checkpoint_restore_ns_capable - may current take processes down and set them up again? */
static inline bool checkpoint_restore_ns_capable(struct user_namespace *ns)
{
	return ns_capable(ns, CAP_CHECKPOINT_RESTORE) || ns_capable(ns, CAP_SYS_ADMIN);
}

#endif /* _LINUX_CAPABILITY_H */
