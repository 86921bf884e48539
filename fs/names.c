// SPDX-License-Identifier: MIT
/* The names that programs give: from their memory into ours. */

#include <linux/err.h>
#include <linux/export.h>
#include <linux/fs.h>
#include <linux/limits.h>
#include <linux/namei.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

#include "internal.h"

#define EMBEDDED_NAME_MAX	(PATH_MAX - offsetof(struct filename, iname))

/* The struct and a short name share one PATH_MAX; a longer name gets a block of its own. */
static struct filename *new_filename(void)
{
	struct filename *result = __getname();

	if (unlikely(!result))
		return NULL;
	atomic_set(&result->refcnt, 1);
	result->uptr = NULL;
	result->aname = NULL;
	result->name = (char *)result->iname;
	return result;
}

/**
 * getname_flags - a name from a program's memory
 * @filename: where
 * @flags: LOOKUP_EMPTY: "" is fine
 *
 * Return: the name; ERR_PTR: -EFAULT, -ENAMETOOLONG, -ENOENT for an empty one, -ENOMEM.
 */
struct filename *getname_flags(const char __user *filename, int flags)
{
	struct filename *result = new_filename();
	long len;

	if (unlikely(!result))
		return ERR_PTR(-ENOMEM);
	result->uptr = filename;
	len = strncpy_from_user((char *)result->iname, filename, EMBEDDED_NAME_MAX);
	if (unlikely(len == (long)EMBEDDED_NAME_MAX)) {
		char *longer = __getname();

		if (!longer) {
			putname(result);
			return ERR_PTR(-ENOMEM);
		}
		result->name = longer;
		len = strncpy_from_user(longer, filename, PATH_MAX);
		if (len == PATH_MAX)
			len = -ENAMETOOLONG;
	}
	if (unlikely(!len) && !(flags & LOOKUP_EMPTY))
		len = -ENOENT;
	if (unlikely(len < 0)) {
		putname(result);
		return ERR_PTR(len);
	}
	return result;
}

/**
 * getname_uflags - getname_flags() for calls that have AT_* flags
 * @filename: user address
 * @uflags: AT_EMPTY_PATH: the path may be empty
 *
 * Context: may sleep.
 * Return: as getname().
 */
struct filename *getname_uflags(const char __user *filename, int uflags)
{
	return getname_flags(filename, uflags & AT_EMPTY_PATH ? LOOKUP_EMPTY : 0);
}

/**
 * getname - copy a path of a program
 * @filename: user address
 *
 * Context: may sleep.
 * Return: the copy, for putname(); ERR_PTR(-ENOENT) if it is empty, -ENAMETOOLONG, -EFAULT,
 * -ENOMEM.
 */
struct filename *getname(const char __user *filename)
{
	return getname_flags(filename, 0);
}

/**
 * getname_kernel - a path that is the kernel's own, as getname() would have copied it
 * @filename: the path
 *
 * Context: may sleep.
 * Return: for putname(); ERR_PTR(-ENAMETOOLONG), ERR_PTR(-ENOMEM).
 */
struct filename *getname_kernel(const char *filename)
{
	size_t len = strlen(filename) + 1;
	struct filename *result;

	if (len > PATH_MAX)
		return ERR_PTR(-ENAMETOOLONG);
	result = new_filename();
	if (unlikely(!result))
		return ERR_PTR(-ENOMEM);
	if (len > EMBEDDED_NAME_MAX) {
		result->name = __getname();
		if (!result->name) {
			__putname(result);
			return ERR_PTR(-ENOMEM);
		}
	}
	memcpy((char *)result->name, filename, len);
	return result;
}
EXPORT_SYMBOL(getname_kernel);

/**
 * putname - give a reference to a path's copy back
 * @name: from getname() and the like; NULL or an error pointer is fine
 */
void putname(struct filename *name)
{
	if (IS_ERR_OR_NULL(name) || !atomic_dec_and_test(&name->refcnt))
		return;
	if (name->name != name->iname)
		__putname(name->name);
	__putname(name);
}
EXPORT_SYMBOL(putname);
