/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_KCSAN_CHECKS_H
#define _LINUX_KCSAN_CHECKS_H

/*
 * The words that code says to the data-race detector. Without CONFIG_KCSAN each
 * is nothing; with it the runtime in kernel/kcsan/ gives them their meaning.
 */

#include <linux/compiler.h>
#include <linux/types.h>

#define KCSAN_ACCESS_WRITE	(1 << 0)
#define KCSAN_ACCESS_COMPOUND	(1 << 1)	/* read and write in one */
#define KCSAN_ACCESS_ATOMIC	(1 << 2)	/* marked: races with plain accesses only */
#define KCSAN_ACCESS_ASSERT	(1 << 3)	/* not an access, a claim about others' */
#define KCSAN_ACCESS_SCOPED	(1 << 4)

/* A claim that lasts to the end of a scope; see ASSERT_EXCLUSIVE_WRITER_SCOPED(). */
struct kcsan_scoped_access {
	struct kcsan_scoped_access *next;	/* the one of the scope round this */
	const volatile void *ptr;
	size_t size;
	int type;
	unsigned long ip;
};

#ifdef CONFIG_KCSAN

void __kcsan_check_access(const volatile void *ptr, size_t size, int type);
void kcsan_disable_current(void);
void kcsan_enable_current(void);
void kcsan_nestable_atomic_begin(void);
void kcsan_nestable_atomic_end(void);
void kcsan_flat_atomic_begin(void);
void kcsan_flat_atomic_end(void);
void kcsan_atomic_next(int n);
void kcsan_set_access_mask(unsigned long mask);
struct kcsan_scoped_access *kcsan_begin_scoped_access(const volatile void *ptr, size_t size,
						      int type, struct kcsan_scoped_access *sa);
void kcsan_end_scoped_access(struct kcsan_scoped_access *sa);
void __kcsan_mb(void);
void __kcsan_wmb(void);
void __kcsan_rmb(void);
void __kcsan_release(void);

#define kcsan_mb()			__kcsan_mb()
#define kcsan_wmb()			__kcsan_wmb()
#define kcsan_rmb()			__kcsan_rmb()
#define kcsan_release()			__kcsan_release()

#else

static inline void __kcsan_check_access(const volatile void *ptr, size_t size, int type)
{
	(void)ptr;
	(void)size;
	(void)type;
}

static inline void kcsan_disable_current(void) { }
static inline void kcsan_enable_current(void) { }
static inline void kcsan_nestable_atomic_begin(void) { }
static inline void kcsan_nestable_atomic_end(void) { }
static inline void kcsan_flat_atomic_begin(void) { }
static inline void kcsan_flat_atomic_end(void) { }
static inline void kcsan_atomic_next(int n) { (void)n; }
static inline void kcsan_set_access_mask(unsigned long mask) { (void)mask; }

static inline struct kcsan_scoped_access *
kcsan_begin_scoped_access(const volatile void *ptr, size_t size, int type,
			  struct kcsan_scoped_access *sa)
{
	return sa;
}

static inline void kcsan_end_scoped_access(struct kcsan_scoped_access *sa) { }

#define kcsan_mb()			do { } while (0)
#define kcsan_wmb()			do { } while (0)
#define kcsan_rmb()			do { } while (0)
#define kcsan_release()			do { } while (0)

#endif /* CONFIG_KCSAN */

#if defined(CONFIG_KCSAN) && defined(__SANITIZE_THREAD__)
#define kcsan_check_access(ptr, size, type)	__kcsan_check_access(ptr, size, type)
#else
#define kcsan_check_access(ptr, size, type)	do { (void)(ptr); (void)(size); } while (0)
#endif

#define kcsan_check_read(ptr, size)		kcsan_check_access(ptr, size, 0)
#define kcsan_check_write(ptr, size)		kcsan_check_access(ptr, size, KCSAN_ACCESS_WRITE)
#define kcsan_check_read_write(ptr, size) \
	kcsan_check_access(ptr, size, KCSAN_ACCESS_COMPOUND | KCSAN_ACCESS_WRITE)
#define kcsan_check_atomic_read(ptr, size)	kcsan_check_access(ptr, size, KCSAN_ACCESS_ATOMIC)
#define kcsan_check_atomic_write(ptr, size) \
	kcsan_check_access(ptr, size, KCSAN_ACCESS_ATOMIC | KCSAN_ACCESS_WRITE)
#define kcsan_check_atomic_read_write(ptr, size) \
	kcsan_check_access(ptr, size, \
			   KCSAN_ACCESS_ATOMIC | KCSAN_ACCESS_WRITE | KCSAN_ACCESS_COMPOUND)

/*
 * Claims, which are no accesses themselves. For as long as the statement takes (or, _SCOPED, to the
 * end of the block): nobody else writes @var; nobody else touches it at all; nobody else changes
 * the bits of @mask in it. Marked accesses break a claim too, so it says more than the absence of
 * data races.
 */
#define ASSERT_EXCLUSIVE_WRITER(var) \
	kcsan_check_access(&(var), sizeof(var), KCSAN_ACCESS_ASSERT)
#define ASSERT_EXCLUSIVE_ACCESS(var) \
	kcsan_check_access(&(var), sizeof(var), KCSAN_ACCESS_WRITE | KCSAN_ACCESS_ASSERT)
#define ASSERT_EXCLUSIVE_BITS(var, mask) \
do { \
	kcsan_set_access_mask(mask); \
	kcsan_check_access(&(var), sizeof(var), KCSAN_ACCESS_ASSERT); \
	kcsan_set_access_mask(0); \
	kcsan_atomic_next(1);	/* the access that follows may race in the other bits */ \
} while (0)

/** kcsan_cleanup_scoped - the end of a scope that has a claim */
static inline void kcsan_cleanup_scoped(struct kcsan_scoped_access **sa)
{
	if (*sa)
		kcsan_end_scoped_access(*sa);
}

#define __kcsan_scoped_claim(var, type, id) \
	struct kcsan_scoped_access __PASTE(id, _claim); \
	struct kcsan_scoped_access *__PASTE(id, _scope) \
		__cleanup(kcsan_cleanup_scoped) __maybe_unused = \
		kcsan_begin_scoped_access(&(var), sizeof(var), type, &__PASTE(id, _claim))

#define ASSERT_EXCLUSIVE_WRITER_SCOPED(var) \
	__kcsan_scoped_claim(var, KCSAN_ACCESS_SCOPED | KCSAN_ACCESS_ASSERT, __UNIQUE_ID(kcsan))
#define ASSERT_EXCLUSIVE_ACCESS_SCOPED(var) \
	__kcsan_scoped_claim(var, \
			     KCSAN_ACCESS_SCOPED | KCSAN_ACCESS_WRITE | KCSAN_ACCESS_ASSERT, \
			     __UNIQUE_ID(kcsan))

#endif /* _LINUX_KCSAN_CHECKS_H */
