/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_REGSET_H
#define _LINUX_REGSET_H

/*
 * The registers of a task, as data: each set is described once, and that description serves
 * ptrace(2) and core dumps alike.
 *
 *	struct user_regset_view		a machine's sets: an array, with what goes into an ELF
 *					header
 *	  struct user_regset		one set: its note type, n slots of size bytes, get and set
 *
 * regset_get() of a set writes its whole layout, front to back, into a struct membuf: a pointer and
 * what is left. Writing more than there is room for drops the rest, so a reader that wants only the
 * first bytes passes a small buffer, and no get function counts.
 *
 * set of a set takes a range: pos and count in bytes, both multiples of size. user_regset_copyin()
 * is what it is built of: once for each piece of the layout, in order, and each call takes from the
 * range what falls into its piece.
 *
 *	layout		0 ....... 136 ........... 216
 *	the range	     pos=128, count=16
 *	copyin(0,136)		takes 8 bytes, pos becomes 136, count 8
 *	copyin(136,216)		takes 8 bytes
 *
 * A target is current or a task that stays stopped meanwhile.
 */

#include <linux/bug.h>
#include <linux/compiler.h>
#include <linux/errno.h>
#include <linux/minmax.h>
#include <linux/string.h>
#include <linux/types.h>
#include <linux/uaccess.h>

struct task_struct;
struct user_regset;

struct membuf {
	void *p;	/* where the next byte goes */
	size_t left;
};

/** membuf_zero - put zeros. Return: how much room is left */
static inline int membuf_zero(struct membuf *s, size_t size)
{
	if (s->left) {
		size = min(size, s->left);
		memset(s->p, 0, size);
		s->p += size;
		s->left -= size;
	}
	return s->left;
}

/** membuf_write - put bytes, as many as fit. Return: how much room is left */
static inline int membuf_write(struct membuf *s, const void *v, size_t size)
{
	if (s->left) {
		size = min(size, s->left);
		memcpy(s->p, v, size);
		s->p += size;
		s->left -= size;
	}
	return s->left;
}

/** membuf_at - a buffer at @offset of @s; empty if that is beyond its end */
static inline struct membuf membuf_at(const struct membuf *s, size_t offset)
{
	struct membuf at = *s;

	offset = min(offset, at.left);
	at.p += offset;
	at.left -= offset;
	return at;
}

/* One variable. */
#define membuf_store(s, v)						\
({									\
	struct membuf *__s = (s);					\
	typeof(v) __v = (v);						\
									\
	membuf_write(__s, &__v, sizeof(__v));				\
})

/* Has the set anything to tell of @target? Slots in use, 0, or -ENODEV: not on this machine. */
typedef int user_regset_active_fn(struct task_struct *target, const struct user_regset *regset);

/* Write the set to @to. Return: bytes that were left, or an errno. */
typedef int user_regset_get2_fn(struct task_struct *target, const struct user_regset *regset,
				struct membuf to);

/* Take @count bytes at @pos of the layout, from @kbuf or else @ubuf. Return: 0 or an errno. */
typedef int user_regset_set_fn(struct task_struct *target, const struct user_regset *regset,
			       unsigned int pos, unsigned int count, const void *kbuf,
			       const void __user *ubuf);

/* After somebody wrote into memory that holds registers. */
typedef int user_regset_writeback_fn(struct task_struct *target, const struct user_regset *regset,
				     int immediate);

/**
 * struct user_regset - one set of registers
 * @regset_get: writes the layout
 * @set: takes a range of it; NULL: read-only
 * @active: NULL: always in use
 * @writeback: NULL: nothing to do
 * @n: slots
 * @size: bytes of a slot
 * @align: of a slot
 * @bias: number of the first slot, for sets that are selected by number
 * @core_note_type: NT_*, for PTRACE_GETREGSET and core dumps; 0: in neither
 */
struct user_regset {
	user_regset_get2_fn *regset_get;
	user_regset_set_fn *set;
	user_regset_active_fn *active;
	user_regset_writeback_fn *writeback;
	unsigned int n;
	unsigned int size;
	unsigned int align;
	unsigned int bias;
	unsigned int core_note_type;
};

/**
 * USER_REGSET - an entry of a machine's table
 * @note: NT_*
 * @type: the whole layout
 * @slot: the type of a slot; as many as fill the layout
 * @...: the methods, as initialisers
 */
#define USER_REGSET(note, type, slot, ...)				\
	{								\
		.core_note_type	= (note),				\
		.n		= sizeof(type) / sizeof(slot),		\
		.size		= sizeof(slot),				\
		.align		= sizeof(slot),				\
		__VA_ARGS__						\
	}

/**
 * struct user_regset_view - all sets of a kind of task
 * @name: of the machine, as uname says
 * @regsets: the sets; the first has the general registers
 * @n: how many
 * @e_flags: for the ELF header of a core dump
 * @e_machine: likewise
 * @ei_osabi: likewise
 */
struct user_regset_view {
	const char *name;
	const struct user_regset *regsets;
	unsigned int n;
	u32 e_flags;
	u16 e_machine;
	u8 ei_osabi;
};

/* The machine's: never NULL. */
const struct user_regset_view *task_user_regset_view(struct task_struct *tsk);

int regset_get(struct task_struct *target, const struct user_regset *regset, unsigned int size,
	       void *data);
int regset_get_alloc(struct task_struct *target, const struct user_regset *regset,
		     unsigned int size, void **data);
int copy_regset_to_user(struct task_struct *target, const struct user_regset_view *view,
			unsigned int setno, unsigned int offset, unsigned int size,
			void __user *data);

/**
 * user_regset_copyin - take the part of a range that falls into one piece of the layout
 * @pos: of the range; moved
 * @count: its bytes; lowered
 * @kbuf: source in the kernel, moved; or NULL: @ubuf is
 * @ubuf: source in user memory, moved
 * @data: the piece
 * @start_pos: where the piece begins
 * @end_pos: where it ends; -1: it is the last
 *
 * Calls come in order of start_pos; pieces must meet.
 *
 * Return: 0 (also if the range has no byte here) or -EFAULT.
 */
static inline int user_regset_copyin(unsigned int *pos, unsigned int *count, const void **kbuf,
				     const void __user **ubuf, void *data, const int start_pos,
				     const int end_pos)
{
	unsigned int copy;

	if (!*count)
		return 0;
	BUG_ON(*pos < (unsigned int)start_pos);
	if (end_pos >= 0 && *pos >= (unsigned int)end_pos)
		return 0;
	copy = end_pos < 0 ? *count : min(*count, (unsigned int)end_pos - *pos);
	data += *pos - start_pos;
	if (*kbuf) {
		memcpy(data, *kbuf, copy);
		*kbuf += copy;
	} else {
		if (__copy_from_user(data, *ubuf, copy))
			return -EFAULT;
		*ubuf += copy;
	}
	*pos += copy;
	*count -= copy;
	return 0;
}

/**
 * user_regset_copyin_ignore - pass over a piece of the layout that can't be written
 * @pos: where we are, moved on
 * @count: bytes that are still to come, fewer afterwards
 * @kbuf: source in kernel memory, or NULL
 * @ubuf: source in user memory, if @kbuf is NULL
 * @start_pos: of the piece
 * @end_pos: one past its end; -1: all that is left
 */
static inline void user_regset_copyin_ignore(unsigned int *pos, unsigned int *count,
					     const void **kbuf, const void __user **ubuf,
					     const int start_pos, const int end_pos)
{
	unsigned int skip;

	if (!*count)
		return;
	BUG_ON(*pos < (unsigned int)start_pos);
	if (end_pos >= 0 && *pos >= (unsigned int)end_pos)
		return;
	skip = end_pos < 0 ? *count : min(*count, (unsigned int)end_pos - *pos);
	if (*kbuf)
		*kbuf += skip;
	else
		*ubuf += skip;
	*pos += skip;
	*count -= skip;
}

/**
 * copy_regset_from_user - change registers by what a program gives
 * @target: the task
 * @view: its view
 * @setno: which set of the view
 * @offset: into the layout, a multiple of the slot's size
 * @size: bytes, likewise
 * @data: user memory
 *
 * Return: 0; -EOPNOTSUPP for a set that is read-only; -EFAULT; what the set refuses.
 */
static inline int copy_regset_from_user(struct task_struct *target,
					const struct user_regset_view *view, unsigned int setno,
					unsigned int offset, unsigned int size,
					const void __user *data)
{
	const struct user_regset *regset = &view->regsets[setno];

	if (!regset->set)
		return -EOPNOTSUPP;
	if (!access_ok(data, size))
		return -EFAULT;
	return regset->set(target, regset, offset, size, NULL, data);
}

#endif /* _LINUX_REGSET_H */
