/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_TYPES_H
#define _LINUX_TYPES_H

/*
 * The kernel's integer types and the handful of structs that many headers
 * embed without wanting the operations on them.
 */
#include <uapi/linux/types.h>

#ifndef __ASSEMBLY__

#include <linux/compiler_types.h>

typedef __s8  s8;
typedef __u8  u8;
typedef __s16 s16;
typedef __u16 u16;
typedef __s32 s32;
typedef __u32 u32;
typedef __s64 s64;
typedef __u64 u64;

#ifdef __SIZEOF_INT128__
typedef __int128 s128;
typedef unsigned __int128 u128;
#endif

typedef _Bool bool;
enum { false = 0, true = 1 };

typedef __kernel_size_t		size_t;
typedef __kernel_ssize_t	ssize_t;
typedef __kernel_ptrdiff_t	ptrdiff_t;
typedef __kernel_loff_t		loff_t;
typedef __kernel_off_t		off_t;
typedef __kernel_ino_t		ino_t;
typedef __kernel_mode_t		mode_t;
typedef unsigned short		umode_t;
typedef u32			nlink_t;
typedef __kernel_pid_t		pid_t;
typedef __kernel_daddr_t	daddr_t;
typedef __kernel_key_t		key_t;
typedef __kernel_suseconds_t	suseconds_t;
typedef __kernel_timer_t	timer_t;
typedef __kernel_clockid_t	clockid_t;
typedef __kernel_mqd_t		mqd_t;
typedef __kernel_uid32_t	uid_t;
typedef __kernel_gid32_t	gid_t;
typedef __kernel_clock_t	clock_t;
typedef __kernel_caddr_t	caddr_t;
typedef __kernel_fsid_t		__fsid_t;
typedef __kernel_fd_set		fd_set;
typedef __kernel_old_time_t	old_time_t;
typedef u32			__kernel_dev_t;
typedef __kernel_dev_t		dev_t;
typedef s64			time64_t;
typedef s64			ktime_t;

typedef unsigned char	u_char;
typedef unsigned short	u_short;
typedef unsigned int	u_int;
typedef unsigned long	u_long;
typedef unsigned char	unchar;
typedef unsigned short	ushort;
typedef unsigned int	uint;
typedef unsigned long	ulong;
typedef unsigned long long ullong;
typedef u8	u_int8_t;
typedef s8	int8_t;
typedef u16	u_int16_t;
typedef s16	int16_t;
typedef u32	u_int32_t;
typedef s32	int32_t;
typedef u8	uint8_t;
typedef u16	uint16_t;
typedef u32	uint32_t;
typedef u64	uint64_t;
typedef u64	u_int64_t;
typedef s64	int64_t;
typedef unsigned long uintptr_t;
typedef long	intptr_t;

/* u64 with its natural alignment on every machine. */
#define aligned_u64		__aligned_u64

typedef u64	sector_t;	/* 512 bytes each, whatever the device's block size */
typedef u64	blkcnt_t;
typedef u64	dma_addr_t;
typedef u64	phys_addr_t;
typedef phys_addr_t resource_size_t;
typedef unsigned long irq_hw_number_t;
typedef unsigned long pgoff_t;

typedef unsigned int __bitwise gfp_t;
typedef unsigned int __bitwise slab_flags_t;
typedef unsigned int __bitwise fmode_t;
typedef unsigned int __bitwise vm_fault_t;

#define DECLARE_BITMAP(name, bits) unsigned long name[BITS_TO_LONGS(bits)]
#ifndef BITS_TO_LONGS
#define BITS_TO_LONGS(nr) __KERNEL_DIV_ROUND_UP(nr, 8 * sizeof(long))
#endif
#define __KERNEL_DIV_ROUND_UP(n, d) (((n) + (d) - 1) / (d))

typedef struct { int counter; } atomic_t;
#define ATOMIC_INIT(i) { (i) }
typedef struct { s64 __attribute__((__aligned__(8))) counter; } atomic64_t;

typedef struct { atomic_t refcnt; } rcuref_t;
#define RCUREF_INIT(i) { .refcnt = ATOMIC_INIT((i) - 1) }

struct list_head {
	struct list_head *next, *prev;
};

struct hlist_head {
	struct hlist_node *first;
};

struct hlist_node {
	struct hlist_node *next, **pprev;
};

/**
 * struct callback_head - links an object into a list of deferred calls
 * @next: the next one
 * @func: called with this struct
 *
 * RCU packs flags into the low bits of pointers to it, hence the alignment.
 */
struct callback_head {
	struct callback_head *next;
	void (*func)(struct callback_head *head);
} __attribute__((__aligned__(sizeof(void *))));
#define rcu_head callback_head

typedef void (*rcu_callback_t)(struct rcu_head *head);
typedef void (*call_rcu_func_t)(struct rcu_head *head, rcu_callback_t func);
typedef void (*swap_r_func_t)(void *a, void *b, int size, const void *priv);
typedef void (*swap_func_t)(void *a, void *b, int size);
typedef int (*cmp_r_func_t)(const void *a, const void *b, const void *priv);
typedef int (*cmp_func_t)(const void *a, const void *b);

struct ustat {
	__kernel_daddr_t f_tfree;
	unsigned long f_tinode;
	char f_fname[6];
	char f_fpack[6];
};

#endif /* !__ASSEMBLY__ */

#endif /* _LINUX_TYPES_H */
