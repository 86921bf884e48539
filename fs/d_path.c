// SPDX-License-Identifier: MIT
/*
 * From a place to its path: the names are put into the buffer from its end to its front, while one
 * climbs from the dentry to the root, over mount points.
 *
 * Nothing is locked at first: RCU keeps the memory, and if rename_lock or mount_lock moved
 * meanwhile the climb is done again, the second time under the lock, so that it ends. A name may be
 * in the middle of a change while it is copied; its bytes end with a NUL in any case, and the retry
 * makes it right.
 */

#include <linux/export.h>
#include <linux/fs.h>
#include <linux/fs_struct.h>
#include <linux/mount.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/sprintf.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>

#include "internal.h"
#include "mount.h"

/* The end of a buffer that fills towards its front. */
struct tail {
	char *at;	/* first byte that is used */
	int room;	/* bytes before it; negative: it didn't fit */
};

/* Where a climb ended. */
enum { AT_ROOT, AT_OTHER_ROOT, AT_DETACHED, AT_ESCAPED };

static bool put_bytes_front(struct tail *t, const char *s, int n)
{
	t->room -= n;
	if (t->room < 0)
		return false;
	t->at -= n;
	memcpy(t->at, s, n);
	return true;
}

static bool put_name_front(struct tail *t, const struct dentry *dentry)
{
	/* Acquire: the bytes are there before the pointer, see __d_alloc(). */
	const char *name = (const char *)smp_load_acquire(&dentry->d_name.name);
	int i, len = READ_ONCE(dentry->d_name.len);
	char *to;

	t->room -= len + 1;
	if (t->room < 0)
		return false;
	t->at -= len + 1;
	to = t->at;
	*to++ = '/';
	/* Not longer than the name that is there now, whatever length was read. */
	for (i = 0; i < len && (to[i] = READ_ONCE(name[i])); i++)
		;
	for (; i < len; i++)
		to[i] = 'x';
	return true;
}

/* RCU read lock held. @mnt NULL: within one file system, to its root. */
static int climb(const struct dentry *dentry, const struct mount *mnt, const struct path *root,
		 struct tail *t)
{
	while (dentry != root->dentry || (mnt && &mnt->mnt != root->mnt)) {
		const struct dentry *parent = READ_ONCE(dentry->d_parent);

		if (mnt && dentry == mnt->mnt.mnt_root) {
			const struct mount *up = READ_ONCE(mnt->mnt_parent);

			if (up == mnt)
				return READ_ONCE(mnt->mnt_ns) ? AT_OTHER_ROOT : AT_DETACHED;
			dentry = READ_ONCE(mnt->mnt_mountpoint);
			mnt = up;
			continue;
		}
		if (dentry == parent)
			return mnt ? AT_ESCAPED : AT_ROOT;
		if (!put_name_front(t, dentry))
			break;
		dentry = parent;
	}
	return AT_ROOT;
}

/* The path from @root to @path in front of what @t holds. Return: AT_*. */
static int prepend_path(const struct path *path, const struct path *root, struct tail *t)
{
	int seq = 0, m_seq = 0, end;
	struct tail try;

	rcu_read_lock();
restart_mnt:
	read_seqbegin_or_lock(&mount_lock, &m_seq);
	seq = 0;
restart:
	try = *t;
	read_seqbegin_or_lock(&rename_lock, &seq);
	end = climb(path->dentry, real_mount(path->mnt), root, &try);
	if (need_seqretry(&rename_lock, seq)) {
		seq = 1;
		goto restart;
	}
	done_seqretry(&rename_lock, seq);
	if (need_seqretry(&mount_lock, m_seq)) {
		m_seq = 1;
		goto restart_mnt;
	}
	done_seqretry(&mount_lock, m_seq);
	rcu_read_unlock();
	/* Nothing was above: the root itself, or a place that has no name. */
	if (try.room == t->room)
		put_bytes_front(&try, "/", 1);
	*t = try;
	return end;
}

static char *tail_text(const struct tail *t)
{
	return t->room < 0 ? ERR_PTR(-ENAMETOOLONG) : t->at;
}

/* A tail that holds the NUL, and " (deleted)" if the name is gone. */
static struct tail begin_tail(char *buf, int buflen, bool deleted)
{
	struct tail t = { buf + buflen, buflen };

	put_bytes_front(&t, "", 1);
	if (deleted)
		put_bytes_front(&t, " (deleted)", 10);
	return t;
}

/**
 * __d_path - a path as seen from a root that is given
 * @path: what
 * @root: from where
 * @buf: where to; it is filled from its end
 * @buflen: its bytes
 *
 * Return: the text, in @buf; NULL: it isn't below @root; ERR_PTR(-ENAMETOOLONG).
 */
char *__d_path(const struct path *path, const struct path *root, char *buf, int buflen)
{
	struct tail t = begin_tail(buf, buflen, false);

	return prepend_path(path, root, &t) ? NULL : tail_text(&t);
}

/**
 * d_absolute_path - a path as seen from the namespace's root
 * @path: what
 * @buf: where to; it is filled from its end
 * @buflen: its bytes
 *
 * Return: the text, in @buf; ERR_PTR(-EINVAL): it is in no namespace; ERR_PTR(-ENAMETOOLONG).
 */
char *d_absolute_path(const struct path *path, char *buf, int buflen)
{
	struct path root = { NULL, NULL };
	struct tail t = begin_tail(buf, buflen, false);

	if (prepend_path(path, &root, &t) > AT_OTHER_ROOT)
		return ERR_PTR(-EINVAL);
	return tail_text(&t);
}

/* current's root, without references. RCU read lock held. */
static void get_fs_root_rcu(struct fs_struct *fs, struct path *root)
{
	unsigned int seq;

	do {
		seq = read_seqcount_begin(&fs->seq);
		*root = fs->root;
	} while (read_seqcount_retry(&fs->seq, seq));
}

/**
 * d_path - a path as the task sees it
 * @path: the place
 * @buf: memory; the text is at its end
 * @buflen: of it
 *
 * A place that isn't below the task's root is told from the root it is below.
 *
 * Context: any but NMI.
 * Return: the text, with " (deleted)" if the name was removed; ERR_PTR(-ENAMETOOLONG).
 */
char *d_path(const struct path *path, char *buf, int buflen)
{
	struct dentry *dentry = path->dentry;
	struct path root;
	struct tail t;

	/* Objects without a place: pipes, sockets, memfds make up a name. */
	if (dentry->d_op && dentry->d_op->d_dname &&
	    (!IS_ROOT(dentry) || dentry != path->mnt->mnt_root))
		return dentry->d_op->d_dname(dentry, buf, buflen);
	rcu_read_lock();
	get_fs_root_rcu(current->fs ? current->fs : &init_fs, &root);
	t = begin_tail(buf, buflen, d_unlinked(dentry));
	prepend_path(path, &root, &t);
	rcu_read_unlock();
	return tail_text(&t);
}
EXPORT_SYMBOL(d_path);

/**
 * dynamic_dname - for ->d_dname(): a printed name
 * @buffer: where to; it is filled from its end
 * @buflen: its bytes
 * @fmt: printf format; up to 63 characters
 *
 * Return: the text; ERR_PTR(-ENAMETOOLONG).
 */
char *dynamic_dname(char *buffer, int buflen, const char *fmt, ...)
{
	char temp[64];
	va_list args;
	int size;

	va_start(args, fmt);
	size = vsnprintf(temp, sizeof(temp), fmt, args) + 1;
	va_end(args);
	if (size > (int)sizeof(temp) || size > buflen)
		return ERR_PTR(-ENAMETOOLONG);
	return memcpy(buffer + buflen - size, temp, size);
}

/**
 * simple_dname - for ->d_dname(): the dentry's name, marked as gone
 * @dentry: the dentry
 * @buffer: where to; it is filled from its end
 * @buflen: its bytes
 *
 * Return: the text; ERR_PTR(-ENAMETOOLONG).
 */
char *simple_dname(struct dentry *dentry, char *buffer, int buflen)
{
	struct tail t = begin_tail(buffer, buflen, true);

	put_name_front(&t, dentry);
	return tail_text(&t);
}

static char *path_in_fs(const struct dentry *dentry, struct tail t)
{
	struct path nowhere = { NULL, NULL };
	struct tail try;
	int seq = 0;

	rcu_read_lock();
restart:
	try = t;
	read_seqbegin_or_lock(&rename_lock, &seq);
	climb(dentry, NULL, &nowhere, &try);
	if (need_seqretry(&rename_lock, seq)) {
		seq = 1;
		goto restart;
	}
	done_seqretry(&rename_lock, seq);
	rcu_read_unlock();
	if (try.room == t.room)
		put_bytes_front(&try, "/", 1);
	return tail_text(&try);
}

/**
 * dentry_path_raw - a path from the root of the file system, whether the name exists or not
 * @dentry: referenced
 * @buf: where to; it is filled from its end
 * @buflen: its bytes
 *
 * Return: where in @buf it begins; ERR_PTR(-ENAMETOOLONG).
 */
char *dentry_path_raw(const struct dentry *dentry, char *buf, int buflen)
{
	return path_in_fs(dentry, begin_tail(buf, buflen, false));
}
EXPORT_SYMBOL(dentry_path_raw);

/**
 * dentry_path - a path from the root of the file system; "//deleted" behind a name that is gone
 * @dentry: referenced
 * @buf: where to; it is filled from its end
 * @buflen: its bytes
 *
 * Return: the text; ERR_PTR(-ENAMETOOLONG).
 */
char *dentry_path(const struct dentry *dentry, char *buf, int buflen)
{
	struct tail t = { buf + buflen, buflen };

	put_bytes_front(&t, "", 1);
	if (d_unlinked(dentry))
		put_bytes_front(&t, "//deleted", 9);
	return path_in_fs(dentry, t);
}

/* Return: length with the NUL; -ENOENT: the directory is gone; -ERANGE, -EFAULT, -ENAMETOOLONG */
SYSCALL_DEFINE2(getcwd, char __user *, buf, unsigned long, size)
{
	char *page = __getname();
	struct path pwd, root;
	struct tail t;
	int error, len;

	if (!page)
		return -ENOMEM;
	get_fs_root(current->fs, &root);
	get_fs_pwd(current->fs, &pwd);
	error = -ENOENT;
	if (d_unlinked(pwd.dentry))
		goto out;
	t = begin_tail(page, PATH_MAX, false);
	if (prepend_path(&pwd, &root, &t) != AT_ROOT)
		put_bytes_front(&t, "(unreachable)", 13);
	error = -ENAMETOOLONG;
	if (t.room < 0)
		goto out;
	len = page + PATH_MAX - t.at;
	error = -ERANGE;
	if ((unsigned long)len <= size)
		error = copy_to_user(buf, t.at, len) ? -EFAULT : len;
out:
	path_put(&pwd);
	path_put(&root);
	__putname(page);
	return error;
}
