// SPDX-License-Identifier: MIT
/*
 * Supplementary groups. The list of a struct cred is sorted, and shared until somebody sets
 * another.
 */

#include <linux/cred.h>
#include <linux/export.h>
#include <linux/mm.h>
#include <linux/overflow.h>
#include <linux/security.h>
#include <linux/sort.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>

/**
 * groups_alloc - room for a list of groups
 * @gidsetsize: how many
 *
 * Context: may sleep.
 * Return: the list with one reference, or NULL.
 */
struct group_info *groups_alloc(int gidsetsize)
{
	struct group_info *gi = kvmalloc(struct_size(gi, gid, gidsetsize), GFP_KERNEL_ACCOUNT);

	if (!gi)
		return NULL;
	refcount_set(&gi->usage, 1);
	gi->ngroups = gidsetsize;
	return gi;
}
EXPORT_SYMBOL(groups_alloc);

/**
 * groups_free - free a list of groups
 * @group_info: with no reference left; see put_group_info()
 */
void groups_free(struct group_info *group_info)
{
	kvfree(group_info);
}
EXPORT_SYMBOL(groups_free);

static int gid_cmp(const void *a, const void *b)
{
	kgid_t left = *(const kgid_t *)a, right = *(const kgid_t *)b;

	return gid_gt(left, right) - gid_lt(left, right);
}

/**
 * groups_sort - sort a list that was just filled in, as groups_search() needs it
 * @group_info: nobody else's yet
 */
void groups_sort(struct group_info *group_info)
{
	sort(group_info->gid, group_info->ngroups, sizeof(*group_info->gid), gid_cmp, NULL);
}
EXPORT_SYMBOL(groups_sort);

/**
 * groups_search - is the group in the list?
 * @group_info: sorted; NULL is empty
 * @grp: the group
 *
 * Return: 1, 0.
 */
int groups_search(const struct group_info *group_info, kgid_t grp)
{
	unsigned int left = 0, right;

	if (!group_info)
		return 0;
	right = group_info->ngroups;
	while (left < right) {
		unsigned int mid = (left + right) / 2;

		if (gid_gt(grp, group_info->gid[mid]))
			left = mid + 1;
		else if (gid_lt(grp, group_info->gid[mid]))
			right = mid;
		else
			return 1;
	}
	return 0;
}

/**
 * set_groups - put a sorted list into credentials that are being prepared
 * @new: the credentials; the list that they had loses a reference
 * @group_info: gains one
 */
void set_groups(struct cred *new, struct group_info *group_info)
{
	put_group_info(new->group_info);
	new->group_info = get_group_info(group_info);
}
EXPORT_SYMBOL(set_groups);

/**
 * set_current_groups - give current another list
 * @group_info: sorted; the caller keeps its reference
 *
 * Return: 0, -ENOMEM, or a module's no.
 */
int set_current_groups(struct group_info *group_info)
{
	const struct cred *old;
	struct cred *new = prepare_creds();
	int err;

	if (!new)
		return -ENOMEM;
	old = current_cred();
	set_groups(new, group_info);
	err = security_task_fix_setgroups(new, old);
	if (err) {
		abort_creds(new);
		return err;
	}
	return commit_creds(new);
}
EXPORT_SYMBOL(set_current_groups);

/**
 * may_setgroups - may current choose its groups?
 *
 * Return: true with CAP_SETGID. setgroups(2).
 */
bool may_setgroups(void)
{
	return ns_capable_setid(current_user_ns(), CAP_SETGID);
}

/**
 * in_group_p - is current in the group, for files?
 * @grp: the group
 *
 * Return: 1 if it is the file-system group or a supplementary one, else 0. credentials(7).
 */
int in_group_p(kgid_t grp)
{
	const struct cred *cred = current_cred();

	return gid_eq(grp, cred->fsgid) || groups_search(cred->group_info, grp);
}
EXPORT_SYMBOL(in_group_p);

/**
 * in_egroup_p - is current in the group, for all but files?
 * @grp: the group
 *
 * Return: 1 if it is the effective group or a supplementary one, else 0.
 */
int in_egroup_p(kgid_t grp)
{
	const struct cred *cred = current_cred();

	return gid_eq(grp, cred->egid) || groups_search(cred->group_info, grp);
}
EXPORT_SYMBOL(in_egroup_p);

SYSCALL_DEFINE2(getgroups, int, gidsetsize, gid_t __user *, grouplist)
{
	const struct group_info *gi = current_cred()->group_info;
	int i;

	if (gidsetsize < 0)
		return -EINVAL;
	if (!gidsetsize)
		return gi->ngroups;
	if (gi->ngroups > gidsetsize)
		return -EINVAL;
	for (i = 0; i < gi->ngroups; i++)
		if (put_user(from_kgid_munged(&init_user_ns, gi->gid[i]), grouplist + i))
			return -EFAULT;
	return gi->ngroups;
}

SYSCALL_DEFINE2(setgroups, int, gidsetsize, gid_t __user *, grouplist)
{
	struct group_info *gi;
	int i, err = 0;

	if (!may_setgroups())
		return -EPERM;
	if ((unsigned int)gidsetsize > NGROUPS_MAX)
		return -EINVAL;
	gi = groups_alloc(gidsetsize);
	if (!gi)
		return -ENOMEM;
	for (i = 0; i < gidsetsize && !err; i++) {
		gid_t gid;

		if (get_user(gid, grouplist + i)) {
			err = -EFAULT;
			break;
		}
		gi->gid[i] = make_kgid(&init_user_ns, gid);
		if (!gid_valid(gi->gid[i]))
			err = -EINVAL;
	}
	if (!err) {
		groups_sort(gi);
		err = set_current_groups(gi);
	}
	put_group_info(gi);
	return err;
}
