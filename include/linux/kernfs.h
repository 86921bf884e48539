/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_KERNFS_H
#define _LINUX_KERNFS_H

/*
 * kernfs: a tree of folders, files and links that kernel code makes and unmakes, and a file system
 * that shows it. sysfs is one (fs/sysfs/).
 *
 * The tree lives whether it is mounted or not. A node is made with one reference, the tree's, which
 * kernfs_remove() takes away; who keeps a pointer beyond that has to have one of his own.
 *
 * A file's functions run under an active reference. kernfs_remove() forbids new ones and waits for
 * those that are under way: when it returns, none runs, and none will. So a function must not
 * remove its own node, nor wait for who does.
 */

#include <linux/atomic.h>
#include <linux/completion.h>
#include <linux/err.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/refcount.h>
#include <linux/rwsem.h>
#include <linux/types.h>
#include <linux/uidgid.h>
#include <linux/wait.h>

struct file;
struct fs_context;
struct kernfs_node;
struct poll_table_struct;
struct seq_file;

enum kernfs_node_type {
	KERNFS_DIR	= 0x0001,
	KERNFS_FILE	= 0x0002,
	KERNFS_LINK	= 0x0004,
};

/**
 * struct kernfs_node - a folder, a file or a link
 * @count: references
 * @active: functions under way; KN_REMOVED added: no new ones
 * @unused: waited for by who removes it
 * @parent: referenced; never changes
 * @name: in its folder; the node's own copy
 * @sibling: in the parent's @children, sorted by @name; under the root's rwsem
 * @children: of a folder
 * @subdirs: folders among them
 * @root: the tree
 * @ops: of a file
 * @target: of a link; referenced
 * @priv: the owner's
 * @event: of a file: counts what pollers are told
 * @size: as stat(2) tells
 * @ino: inode number
 * @mode: type and rights; chmod(2) and chown(2) write these three
 * @uid: owner
 * @gid: group
 */
struct kernfs_node {
	refcount_t count;
	atomic_t active;
	struct completion unused;
	struct kernfs_node *parent;
	const char *name;
	struct list_head sibling;
	struct list_head children;
	unsigned int subdirs;
	struct kernfs_root *root;
	union {
		const struct kernfs_ops *ops;
		struct kernfs_node *target;
	};
	void *priv;
	atomic_t event;
	loff_t size;
	ino_t ino;
	enum kernfs_node_type type;
	umode_t mode;
	kuid_t uid;
	kgid_t gid;
};

#define KN_REMOVED	(1 << 30)

/**
 * struct kernfs_root - a tree
 * @kn: its root
 * @rwsem: guards lists of children
 * @last_ino: handed out last
 * @poll_wait: all pollers of the tree: events are rare
 */
struct kernfs_root {
	struct kernfs_node *kn;
	struct rw_semaphore rwsem;
	atomic_t last_ino;
	wait_queue_head_t poll_wait;
};

/**
 * struct kernfs_open_file - an open file
 * @kn: the node
 * @file: the file
 * @seq_file: of one with ->seq_show()
 * @mutex: one call at a time
 * @event: of @kn, when it was read last
 */
struct kernfs_open_file {
	struct kernfs_node *kn;
	struct file *file;
	struct seq_file *seq_file;
	struct mutex mutex;
	int event;
};

/**
 * struct kernfs_ops - what a file does
 * @seq_show: print it; seq->private is the struct kernfs_open_file
 * @read: instead of it: bytes at an offset into a kernel buffer
 * @write: take a kernel buffer, with a zero behind @bytes
 * @atomic_write_len: the longest write; longer ones are -E2BIG. 0: a page, the rest is left
 */
struct kernfs_ops {
	int (*seq_show)(struct seq_file *sf, void *v);
	ssize_t (*read)(struct kernfs_open_file *of, char *buf, size_t bytes, loff_t off);
	ssize_t (*write)(struct kernfs_open_file *of, char *buf, size_t bytes, loff_t off);
	size_t atomic_write_len;
};

struct kernfs_root *kernfs_create_root(umode_t mode, void *priv);
void kernfs_destroy_root(struct kernfs_root *root);
struct kernfs_node *kernfs_create_dir(struct kernfs_node *parent, const char *name, umode_t mode,
				      void *priv);
struct kernfs_node *__kernfs_create_file(struct kernfs_node *parent, const char *name,
					 umode_t mode, kuid_t uid, kgid_t gid, loff_t size,
					 const struct kernfs_ops *ops, void *priv);
struct kernfs_node *kernfs_create_link(struct kernfs_node *parent, const char *name,
				       struct kernfs_node *target);
void kernfs_remove(struct kernfs_node *kn);
int kernfs_remove_by_name(struct kernfs_node *parent, const char *name);
struct kernfs_node *kernfs_find_and_get(struct kernfs_node *parent, const char *name);
void kernfs_get(struct kernfs_node *kn);
void kernfs_put(struct kernfs_node *kn);
bool kernfs_get_active(struct kernfs_node *kn);
void kernfs_put_active(struct kernfs_node *kn);
void kernfs_notify(struct kernfs_node *kn);
int kernfs_relative_path(struct kernfs_node *from, struct kernfs_node *to, char *buf,
			 size_t size);

struct super_block;
int kernfs_fill_super(struct super_block *sb, struct kernfs_root *root, unsigned long magic);

#endif /* _LINUX_KERNFS_H */
