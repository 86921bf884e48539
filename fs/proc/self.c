// SPDX-License-Identifier: MIT
/* /proc/self and /proc/thread-self: links to the folders of who looks. */

#include <linux/array_size.h>
#include <linux/dcache.h>
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

/* ---- their names, which are always there: the super block holds them ---- */

static const struct {
	const char *name;
	unsigned int ino;
	const struct inode_operations *ops;
} links[] = {
	{ "self",		PROC_SELF_INO,		&self_inode_operations },
	{ "thread-self",	PROC_THREAD_SELF_INO,	&thread_self_inode_operations },
};

struct proc_self {
	struct dentry *names[ARRAY_SIZE(links)];
};

static struct dentry *make_link(struct super_block *s, const char *name, unsigned int ino,
				const struct inode_operations *ops)
{
	struct dentry *dentry = d_alloc_name(s->s_root, name);
	struct inode *inode;

	if (!dentry)
		return NULL;
	inode = new_inode(s);
	if (!inode) {
		dput(dentry);
		return NULL;
	}
	inode->i_ino = ino;
	simple_inode_init_ts(inode);
	inode->i_mode = S_IFLNK | 0777;
	inode->i_uid = GLOBAL_ROOT_UID;
	inode->i_gid = GLOBAL_ROOT_GID;
	inode->i_op = ops;
	d_add(dentry, inode);
	return dentry;
}

/** proc_setup_self - make the two names. Return: 0; -ENOMEM: proc_drop_self() is due then, too */
int proc_setup_self(struct super_block *s)
{
	struct proc_self *self = kzalloc(sizeof(*self), GFP_KERNEL);
	unsigned int i;

	if (!self)
		return -ENOMEM;
	s->s_fs_info = self;
	for (i = 0; i < ARRAY_SIZE(links); i++) {
		self->names[i] = make_link(s, links[i].name, links[i].ino, links[i].ops);
		if (!self->names[i])
			return -ENOMEM;
	}
	return 0;
}

/** proc_drop_self - the file system goes: its two names may, too */
void proc_drop_self(struct super_block *s)
{
	struct proc_self *self = s->s_fs_info;
	unsigned int i;

	if (!self)
		return;
	for (i = 0; i < ARRAY_SIZE(links); i++)
		dput(self->names[i]);
	s->s_fs_info = NULL;
	kfree(self);
}
