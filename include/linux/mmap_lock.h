/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_MMAP_LOCK_H
#define _LINUX_MMAP_LOCK_H

/*
 * mm->mmap_lock: for reading, to look at VMAs and to take a page fault; for writing, to change
 * VMAs. It is the outermost lock of user memory; see linux/mm_types.h for the order.
 */

#include <linux/mm_types.h>
#include <linux/mmdebug.h>
#include <linux/rwsem.h>

/** mmap_init_lock - the lock of a new address space */
static inline void mmap_init_lock(struct mm_struct *mm)
{
	init_rwsem(&mm->mmap_lock);
}

/** mmap_assert_locked - complain unless the lock is held, for reading or writing */
static inline void mmap_assert_locked(const struct mm_struct *mm)
{
	rwsem_assert_held(&mm->mmap_lock);
}

/** mmap_assert_write_locked - complain unless the lock is held for writing */
static inline void mmap_assert_write_locked(const struct mm_struct *mm)
{
	rwsem_assert_held_write(&mm->mmap_lock);
}

/** mmap_write_lock - keep the address space as it is for us to change. Context: may sleep */
static inline void mmap_write_lock(struct mm_struct *mm)
{
	down_write(&mm->mmap_lock);
}

/** mmap_write_lock_nested - for fork(): the child's lock inside the parent's. Context: may sleep */
static inline void mmap_write_lock_nested(struct mm_struct *mm, int subclass)
{
	down_write_nested(&mm->mmap_lock, subclass);
}

/** mmap_write_lock_killable - mmap_write_lock(), or a fatal signal. Return: 0, -EINTR */
static inline int __must_check mmap_write_lock_killable(struct mm_struct *mm)
{
	return down_write_killable(&mm->mmap_lock);
}

/** mmap_write_unlock - undo mmap_write_lock() */
static inline void mmap_write_unlock(struct mm_struct *mm)
{
	up_write(&mm->mmap_lock);
}

/** mmap_write_downgrade - from writer to reader, with no other writer in between */
static inline void mmap_write_downgrade(struct mm_struct *mm)
{
	downgrade_write(&mm->mmap_lock);
}

/** mmap_read_lock - keep the address space as it is to look at. Context: may sleep */
static inline void mmap_read_lock(struct mm_struct *mm)
{
	down_read(&mm->mmap_lock);
}

/** mmap_read_lock_killable - mmap_read_lock(), or a fatal signal. Return: 0, -EINTR */
static inline int __must_check mmap_read_lock_killable(struct mm_struct *mm)
{
	return down_read_killable(&mm->mmap_lock);
}

/** mmap_read_trylock - mmap_read_lock() that doesn't wait. Return: whether the lock is ours */
static inline bool mmap_read_trylock(struct mm_struct *mm)
{
	return down_read_trylock(&mm->mmap_lock) != 0;
}

/** mmap_read_unlock - undo mmap_read_lock() */
static inline void mmap_read_unlock(struct mm_struct *mm)
{
	up_read(&mm->mmap_lock);
}

#endif /* _LINUX_MMAP_LOCK_H */
