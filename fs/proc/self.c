// SPDX-License-Identifier: MIT
/* /proc/self and /proc/thread-self: links to the folders of who looks. */

#include <linux/delayed_call.h>
#include <linux/errno.h>
#include <linux/fs.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/sprintf.h>

#include "internal.h"

static const char *hand_over(char *name, struct delayed_call *done)
{
	if (!name)
		return ERR_PTR(-ENOMEM);
	set_delayed_call(done, kfree_link, name);
	return name;
}

static const char *self_get_link(struct dentry *dentry, struct inode *inode,
				 struct delayed_call *done)
{
	if (!dentry)
		return ERR_PTR(-ECHILD);	/* memory: not in an RCU walk */
	return hand_over(kasprintf(GFP_KERNEL, "%u", task_tgid_nr(current)), done);
}

static const char *thread_self_get_link(struct dentry *dentry, struct inode *inode,
					struct delayed_call *done)
{
	if (!dentry)
		return ERR_PTR(-ECHILD);
	return hand_over(kasprintf(GFP_KERNEL, "%u/task/%u", task_tgid_nr(current),
				   task_pid_nr(current)), done);
}

static const struct inode_operations self_inode_operations = {
	.get_link	= self_get_link,
};

static const struct inode_operations thread_self_inode_operations = {
	.get_link	= thread_self_get_link,
};

/* A name that is always there: in the dentry cache, with a reference. */
static int make_link(struct super_block *s, const char *name, unsigned int ino,
		     const struct inode_operations *ops)
{
	struct dentry *dentry = d_alloc_name(s->s_root, name);
	struct inode *inode;

	if (!dentry)
		return -ENOMEM;
	inode = new_inode(s);
	if (!inode) {
		dput(dentry);
		return -ENOMEM;
	}
	inode->i_ino = ino;
	simple_inode_init_ts(inode);
	inode->i_mode = S_IFLNK | 0777;
	inode->i_uid = GLOBAL_ROOT_UID;
	inode->i_gid = GLOBAL_ROOT_GID;
	inode->i_op = ops;
	d_add(dentry, inode);
	return 0;
}

int proc_setup_self(struct super_block *s)
{
	int ret = make_link(s, "self", PROC_SELF_INO, &self_inode_operations);

	return ret ? ret : make_link(s, "thread-self", PROC_THREAD_SELF_INO,
				     &thread_self_inode_operations);
}
