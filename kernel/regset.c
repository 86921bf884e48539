// SPDX-License-Identifier: MIT
/*
 * Reading register sets: into a buffer of the caller's, into one made here, to user memory.
 *
 * However much a caller wants, it gets no more than the set has: sizes are cut at n * size. The
 * buffer made here is zeroed first, so what a set leaves out is zero and not somebody's secret; it
 * is freed on every path but success.
 */

#include <linux/regset.h>

#include <linux/export.h>
#include <linux/slab.h>

static int __regset_get(struct task_struct *target, const struct user_regset *regset,
			unsigned int size, void **data)
{
	void *made = NULL, *p = *data;
	int left;

	if (!regset->regset_get)
		return -EOPNOTSUPP;
	size = min(size, regset->n * regset->size);
	if (!p) {
		made = p = kzalloc(size, GFP_KERNEL);
		if (!p)
			return -ENOMEM;
	}
	left = regset->regset_get(target, regset, (struct membuf){ .p = p, .left = size });
	if (left < 0) {
		kfree(made);
		return left;
	}
	*data = p;
	return size - left;
}

/**
 * regset_get - read a set, or its first bytes
 * @target: current, or a task that stays stopped
 * @regset: the set
 * @size: bytes of @data
 * @data: filled
 *
 * Context: may sleep.
 * Return: bytes written; -EOPNOTSUPP if it can't be read, -ENODEV, or what the set says.
 */
int regset_get(struct task_struct *target, const struct user_regset *regset, unsigned int size,
	       void *data)
{
	return __regset_get(target, regset, size, &data);
}
EXPORT_SYMBOL(regset_get);

/**
 * regset_get_alloc - read a set into memory that is made for it
 * @target: current, or a task that stays stopped
 * @regset: the set
 * @size: at most so many bytes
 * @data: gets the memory, for kfree(); NULL on failure
 *
 * Context: may sleep.
 * Return: as regset_get(), or -ENOMEM.
 */
int regset_get_alloc(struct task_struct *target, const struct user_regset *regset,
		     unsigned int size, void **data)
{
	*data = NULL;
	return __regset_get(target, regset, size, data);
}
EXPORT_SYMBOL(regset_get_alloc);

/**
 * copy_regset_to_user - give a program a part of a set
 * @target: current, or a task that stays stopped
 * @view: its view
 * @setno: which set of it
 * @offset: into the layout
 * @size: bytes
 * @data: user memory
 *
 * Context: may sleep.
 * Return: 0; -EFAULT; otherwise as regset_get_alloc().
 */
int copy_regset_to_user(struct task_struct *target, const struct user_regset_view *view,
			unsigned int setno, unsigned int offset, unsigned int size,
			void __user *data)
{
	const struct user_regset *regset = &view->regsets[setno];
	void *buf;
	int ret;

	ret = regset_get_alloc(target, regset, offset + size, &buf);
	if (ret < 0)
		return ret;
	if ((unsigned int)ret > offset)
		ret = copy_to_user(data, buf + offset, ret - offset) ? -EFAULT : 0;
	else
		ret = 0;
	kfree(buf);
	return ret;
}
