// SPDX-License-Identifier: MIT
/*
 * The first files: what the loader left in memory is unpacked into the root file system.
 *
 * It is a row of cpio archives, each as it is or compressed (lib/decompress.c), with zeros between.
 * An entry that can't be made is reported and skipped; an archive that is broken is reported and
 * what was made of it stays. Before it, the few names without which no /init can speak:
 * /dev/console.
 *
 * Names are taken from the root: "a/b", "./a/b" and "/a/b" are the same, and ".." goes nowhere
 * above.
 */

#include <linux/cpio.h>
#include <linux/dcache.h>
#include <linux/decompress/generic.h>
#include <linux/fcntl.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/init_syscalls.h>
#include <linux/initrd.h>
#include <linux/kdev_t.h>
#include <linux/limits.h>
#include <linux/list.h>
#include <linux/mm.h>
#include <linux/namei.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/stat.h>
#include <linux/string.h>

#define LINK_BUCKETS	32
#define REPORTS_MAX	10	/* entries that are reported one by one */

/* A file that may get more names. */
struct linked_file {
	struct hlist_node node;
	u32 ino, major, minor;
	char name[];
};

/* A directory whose mtime is set last: making what is in it changes it. */
struct unpacked_dir {
	struct list_head list;
	u32 mtime;
	char name[];
};

/* One unpacking at a time; the decompressors' callback has no argument. */
static struct unpack {
	struct cpio cpio;
	struct file *file;		/* that data go to */
	loff_t pos;
	bool failed;			/* the file's data couldn't be written */
	unsigned int errors;
	struct hlist_head links[LINK_BUCKETS];
	struct list_head dirs;
} *unpack __initdata;

static void __init report(struct unpack *u, const char *name, const char *what, int err)
{
	if (u->errors++ < REPORTS_MAX)
		pr_err("initramfs: %s: %s: %d\n", name, what, err);
}

/* ---- hard links ---- */

static struct hlist_head *__init link_bucket(struct unpack *u, const struct cpio_entry *e)
{
	return &u->links[(e->ino + e->dev_minor + (e->dev_major << 3)) % LINK_BUCKETS];
}

/* The name under which the entry's file was made; NULL: it is the first one. */
static const char *__init find_link(struct unpack *u, const struct cpio_entry *e)
{
	struct linked_file *l;

	hlist_for_each_entry(l, link_bucket(u, e), node)
		if (l->ino == e->ino && l->major == e->dev_major && l->minor == e->dev_minor)
			return l->name;
	return NULL;
}

static void __init remember_link(struct unpack *u, const struct cpio_entry *e)
{
	size_t len = strlen(e->name) + 1;
	struct linked_file *l = kmalloc(struct_size(l, name, len), GFP_KERNEL);

	if (!l) {
		report(u, e->name, "no memory for its links", -ENOMEM);
		return;
	}
	l->ino = e->ino;
	l->major = e->dev_major;
	l->minor = e->dev_minor;
	memcpy(l->name, e->name, len);
	hlist_add_head(&l->node, link_bucket(u, e));
}

static void __init forget_links(struct unpack *u)
{
	struct hlist_node *n;
	struct linked_file *l;
	unsigned int i;

	for (i = 0; i < LINK_BUCKETS; i++)
		hlist_for_each_entry_safe(l, n, &u->links[i], node) {
			hlist_del(&l->node);
			kfree(l);
		}
}

/* ---- directories' times ---- */

static void __init set_mtime(const char *name, u32 mtime)
{
	struct timespec64 t[2] = { { .tv_sec = mtime }, { .tv_sec = mtime } };

	init_utimes((char *)name, t);
}

static void __init remember_dir(struct unpack *u, const struct cpio_entry *e)
{
	size_t len = strlen(e->name) + 1;
	struct unpacked_dir *d = kmalloc(struct_size(d, name, len), GFP_KERNEL);

	if (!d)
		return;		/* it keeps the time of its making */
	d->mtime = e->mtime;
	memcpy(d->name, e->name, len);
	list_add(&d->list, &u->dirs);
}

static void __init set_dir_times(struct unpack *u)
{
	struct unpacked_dir *d, *n;

	list_for_each_entry_safe(d, n, &u->dirs, list) {
		set_mtime(d->name, d->mtime);
		list_del(&d->list);
		kfree(d);
	}
}

/* ---- entries ---- */

/* Something of another type is in the way: it goes. */
static void __init clear_the_way(const char *path, umode_t mode)
{
	struct kstat st;

	if (init_stat(path, &st, AT_SYMLINK_NOFOLLOW) || (st.mode & S_IFMT) == (mode & S_IFMT))
		return;
	if (S_ISDIR(st.mode))
		init_rmdir(path);
	else
		init_unlink(path);
}

/* Return: 0: the file is open for its data; nonzero: there is nothing to write. */
static int __init begin_file(struct unpack *u, const struct cpio_entry *e)
{
	int flags = O_WRONLY | O_CREAT | O_LARGEFILE | O_TRUNC;

	if (e->nlink > 1) {
		const char *first = find_link(u, e);

		if (first) {
			int err;

			/* The same name once more: the archive overwrites itself. */
			if (strcmp(first, e->name)) {
				init_unlink(e->name);
				err = init_link(first, e->name);
				if (err) {
					report(u, e->name, "can't be linked", err);
					return err;
				}
			}
			/* The data come with one of the names; with the others it has none. */
			if (!e->size)
				return 1;
		} else {
			remember_link(u, e);
		}
	}
	u->file = filp_open(e->name, flags, e->mode & 07777);
	if (IS_ERR(u->file)) {
		report(u, e->name, "can't be made", PTR_ERR(u->file));
		u->file = NULL;
		return 1;
	}
	u->pos = 0;
	u->failed = false;
	chown_common(&u->file->f_path, e->uid, e->gid);
	chmod_common(&u->file->f_path, e->mode & 07777);
	return 0;
}

static void __init make_special(struct unpack *u, const struct cpio_entry *e)
{
	umode_t mode = e->mode;
	int err = -EINVAL;

	if (S_ISDIR(mode)) {
		err = init_mkdir(e->name, mode & 07777);
		if (err == -EEXIST)
			err = 0;
	} else if (S_ISLNK(mode)) {
		init_unlink(e->name);
		err = init_symlink(e->target, e->name);
	} else if (S_ISBLK(mode) || S_ISCHR(mode) || S_ISFIFO(mode) || S_ISSOCK(mode)) {
		init_unlink(e->name);
		err = init_mknod(e->name, mode,
				 new_encode_dev(MKDEV(e->rdev_major, e->rdev_minor)));
	}
	if (err) {
		report(u, e->name, "can't be made", err);
		return;
	}
	init_chown(e->name, e->uid, e->gid, AT_SYMLINK_NOFOLLOW);
	if (!S_ISLNK(mode))
		init_chmod(e->name, mode & 07777);
	if (S_ISDIR(mode))
		remember_dir(u, e);
	else if (!S_ISLNK(mode))
		set_mtime(e->name, e->mtime);
}

static int __init begin_entry(void *arg, const struct cpio_entry *e)
{
	struct unpack *u = arg;

	clear_the_way(e->name, e->mode);
	if (S_ISREG(e->mode))
		return begin_file(u, e);
	make_special(u, e);
	return 1;
}

static void __init entry_data(void *arg, const struct cpio_entry *e, const void *data, size_t len)
{
	struct unpack *u = arg;

	while (len && !u->failed) {
		ssize_t n = kernel_write(u->file, data, len, &u->pos);

		if (n <= 0) {
			report(u, e->name, "can't be written", n);
			u->failed = true;
			break;
		}
		data += n;
		len -= n;
	}
}

static void __init end_entry(void *arg, const struct cpio_entry *e)
{
	struct unpack *u = arg;
	struct timespec64 t[2] = { { .tv_sec = e->mtime }, { .tv_sec = e->mtime } };

	vfs_utimes(&u->file->f_path, t);
	/* At once: a program that is open for writing can't be executed. */
	__fput_sync(u->file);
	u->file = NULL;
}

static const struct cpio_ops unpack_ops __initconst = {
	.begin	= begin_entry,
	.data	= entry_data,
	.end	= end_entry,
};

/* ---- archives ---- */

static const char *decompress_error __initdata;

static void __init note_error(char *message)
{
	decompress_error = message;
}

/* Behind an archive's end there may be another one in the same stream. */
static long __init flush_buffer(void *buf, unsigned long size)
{
	struct cpio *c = &unpack->cpio;
	unsigned long used = 0;

	while (used < size && !c->why)
		used += cpio_feed(c, buf + used, size - used);
	return used;
}

/* Return: bytes used; 0: broken, *@why says how. */
static unsigned long __init unpack_compressed(char *buf, unsigned long len, const char **why)
{
	const char *name;
	decompress_fn decompress = decompress_method((unsigned char *)buf, len, &name);
	long used = 0;

	if (!decompress) {
		*why = name ? "compressed in a way that this kernel can't undo" :
		       "neither cpio nor a known compression";
		return 0;
	}
	decompress_error = NULL;
	if (decompress((unsigned char *)buf, len, NULL, flush_buffer, NULL, &used, note_error) ||
	    decompress_error) {
		*why = unpack->cpio.why ? unpack->cpio.why :
		       decompress_error ? decompress_error : "the decompressor failed";
		return 0;
	}
	return used;
}

/**
 * unpack_to_rootfs - make the files of a row of archives
 * @buf: the archives
 * @len: bytes
 *
 * Context: before the first user process; current's root is the root file system.
 * Return: NULL; what is wrong: the files up to there were made.
 */
static const char *__init unpack_to_rootfs(char *buf, unsigned long len)
{
	struct unpack *u = kvzalloc(sizeof(*u), GFP_KERNEL);
	unsigned long at = 0, used;
	const char *why = NULL;

	if (!u)
		return "no memory";
	unpack = u;
	INIT_LIST_HEAD(&u->dirs);
	cpio_init(&u->cpio, &unpack_ops, u);
	while (at < len && !why) {
		if (u->cpio.state != CPIO_BETWEEN || !buf[at] || buf[at] == '0') {
			used = cpio_feed(&u->cpio, buf + at, len - at);
			why = u->cpio.why;
		} else {
			used = unpack_compressed(buf + at, len - at, &why);
			if (!why && u->cpio.state != CPIO_BETWEEN)
				break;
		}
		at += used;
	}
	if (!why && !cpio_complete(&u->cpio))
		why = "it ends in the middle of an entry";
	if (u->file)
		__fput_sync(u->file);
	if (u->errors > REPORTS_MAX)
		pr_err("initramfs: %u more entries failed\n", u->errors - REPORTS_MAX);
	set_dir_times(u);
	forget_links(u);
	kvfree(u);
	unpack = NULL;
	return why;
}

/* What is there even without an archive. */
static void __init make_default_names(void)
{
	init_mkdir("/dev", 0755);
	init_mknod("/dev/console", S_IFCHR | 0600, new_encode_dev(MKDEV(5, 1)));
	init_mkdir("/root", 0700);
}

static int __init populate_rootfs(void)
{
	const char *why;

	make_default_names();
	if (!initrd_start || initrd_start == initrd_end)
		return 0;
	why = unpack_to_rootfs((char *)initrd_start, initrd_end - initrd_start);
	if (why)
		pr_err("initramfs: broken, the rest is skipped: %s\n", why);
	free_reserved_area((void *)initrd_start, (void *)initrd_end, -1, "initramfs");
	initrd_start = initrd_end = 0;
	return 0;
}
rootfs_initcall(populate_rootfs);
