// SPDX-License-Identifier: MIT
/*
 * memfd_create(2): a shared memory object as a file descriptor, and its seals.
 *
 * A seal is a promise about the object that nobody can take back, so that two programs that don't
 * trust each other can share it. The promise not to write needs that nobody can write any more:
 * neither through a mapping (i_mmap_writable is made negative, which forbids new ones), nor behind
 * the kernel's back through a page that a device or another call has taken hold of.
 */

#include <linux/err.h>
#include <linux/fcntl.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/mm.h>
#include <linux/pagemap.h>
#include <linux/sched.h>
#include <linux/shmem_fs.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>
#include <uapi/linux/memfd.h>

/* ---- seals ---- */

/*
 * A reference that is neither the cache's nor a mapping's is somebody who may write to the page.
 * None can appear while i_mmap_writable is negative, but those that are there may be gone soon.
 */
#define WAIT_TRIES	5

static bool page_is_held(const struct folio *folio, int ours)
{
	return folio_ref_count(folio) > folio_mapcount(folio) + folio_nr_pages(folio) + ours;
}

static int wait_for_holders(struct address_space *mapping)
{
	pgoff_t index = 0;
	struct folio *folio;

	while (filemap_get_folios(mapping, &index, ULONG_MAX, &folio, 1)) {
		int tries = 0;

		while (page_is_held(folio, 1) && tries++ < WAIT_TRIES)
			schedule_timeout_killable(HZ / 10);
		if (page_is_held(folio, 1)) {
			folio_put(folio);
			return -EBUSY;
		}
		folio_put(folio);
		cond_resched();
	}
	return 0;
}

static unsigned int *file_seals(struct file *file)
{
	return shmem_mapping(file->f_mapping) ? &SHMEM_I(file_inode(file))->seals : NULL;
}

static int add_seals(struct file *file, unsigned int seals)
{
	struct inode *inode = file_inode(file);
	unsigned int *have = file_seals(file);
	int err = 0;

	if (!(file->f_mode & FMODE_WRITE))
		return -EPERM;
	if (seals & ~(unsigned int)F_ALL_SEALS)
		return -EINVAL;
	inode_lock(inode);
	if (!have) {
		err = -EINVAL;
		goto out;
	}
	if (*have & F_SEAL_SEAL) {
		err = -EPERM;
		goto out;
	}
	if ((seals & F_SEAL_WRITE) && !(*have & F_SEAL_WRITE)) {
		err = mapping_deny_writable(file->f_mapping);
		if (err)
			goto out;
		err = wait_for_holders(file->f_mapping);
		if (err) {
			mapping_allow_writable(file->f_mapping);
			goto out;
		}
	}
	/* What stays executable must not change any more. */
	if ((seals & F_SEAL_EXEC) && (inode->i_mode & 0111))
		seals |= F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_FUTURE_WRITE;
	*have |= seals;
out:
	inode_unlock(inode);
	return err;
}

/**
 * memfd_fcntl - fcntl(2) F_ADD_SEALS and F_GET_SEALS
 * @file: any
 * @cmd: the command
 * @arg: seals to add
 *
 * Return: 0 or the seals; -EINVAL if the file has none, -EPERM, -EBUSY.
 */
long memfd_fcntl(struct file *file, unsigned int cmd, unsigned int arg)
{
	unsigned int *seals;

	switch (cmd) {
	case F_ADD_SEALS:
		return add_seals(file, arg);
	case F_GET_SEALS:
		seals = file_seals(file);
		return seals ? *seals : -EINVAL;
	default:
		return -EINVAL;
	}
}

/* ---- the call ---- */

#define MFD_NAME_PREFIX		"memfd:"
#define MFD_NAME_PREFIX_LEN	(sizeof(MFD_NAME_PREFIX) - 1)
#define MFD_NAME_MAX_LEN	(NAME_MAX - MFD_NAME_PREFIX_LEN)
#define MFD_ALL_FLAGS		(MFD_CLOEXEC | MFD_ALLOW_SEALING | MFD_HUGETLB | \
				 MFD_NOEXEC_SEAL | MFD_EXEC)

/* "memfd:" and the user's name; an error pointer. */
static char *memfd_name(const char __user *uname)
{
	long len = strnlen_user(uname, MFD_NAME_MAX_LEN + 1);
	char *name;

	if (len <= 0)
		return ERR_PTR(-EFAULT);
	if (len > (long)MFD_NAME_MAX_LEN + 1)
		return ERR_PTR(-EINVAL);
	name = kmalloc(len + MFD_NAME_PREFIX_LEN, GFP_KERNEL);
	if (!name)
		return ERR_PTR(-ENOMEM);
	memcpy(name, MFD_NAME_PREFIX, MFD_NAME_PREFIX_LEN);
	if (copy_from_user(name + MFD_NAME_PREFIX_LEN, uname, len)) {
		kfree(name);
		return ERR_PTR(-EFAULT);
	}
	/* It was measured before: another thread may have written since. */
	if (name[len + MFD_NAME_PREFIX_LEN - 1]) {
		kfree(name);
		return ERR_PTR(-EFAULT);
	}
	return name;
}

static struct file *memfd_file(const char *name, unsigned int flags)
{
	struct file *file;
	unsigned int *seals;

	/* Pages of 2 MiB are not to be had. */
	if (flags & MFD_HUGETLB)
		return ERR_PTR(-ENOSYS);
	file = shmem_file_setup(name, 0, VM_NORESERVE);
	if (IS_ERR(file))
		return file;
	file->f_mode |= FMODE_LSEEK | FMODE_PREAD | FMODE_PWRITE;
	file->f_flags |= O_LARGEFILE;
	seals = file_seals(file);
	if (flags & MFD_NOEXEC_SEAL) {
		file_inode(file)->i_mode &= ~0111;
		*seals = (*seals & ~F_SEAL_SEAL) | F_SEAL_EXEC;
	} else if (flags & MFD_ALLOW_SEALING) {
		*seals &= ~F_SEAL_SEAL;
	}
	return file;
}

SYSCALL_DEFINE2(memfd_create, const char __user *, uname, unsigned int, flags)
{
	unsigned int known = MFD_ALL_FLAGS;
	struct file *file;
	char *name;
	int fd;

	if (flags & MFD_HUGETLB)
		known |= MFD_HUGE_MASK << MFD_HUGE_SHIFT;
	if (flags & ~known)
		return -EINVAL;
	if ((flags & MFD_EXEC) && (flags & MFD_NOEXEC_SEAL))
		return -EINVAL;
	name = memfd_name(uname);
	if (IS_ERR(name))
		return PTR_ERR(name);
	fd = get_unused_fd_flags(flags & MFD_CLOEXEC ? O_CLOEXEC : 0);
	if (fd < 0)
		goto out;
	file = memfd_file(name, flags);
	if (IS_ERR(file)) {
		put_unused_fd(fd);
		fd = PTR_ERR(file);
		goto out;
	}
	fd_install(fd, file);
out:
	kfree(name);
	return fd;
}
