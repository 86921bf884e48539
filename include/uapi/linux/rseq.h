/* SPDX-License-Identifier: MIT */
/*
 * rseq(2): the area in which a thread and the kernel talk of where it runs, and the descriptor by
 * which it says that it is in a restartable sequence. kernel/rseq.c has the rules.
 */
#ifndef _UAPI_LINUX_RSEQ_H
#define _UAPI_LINUX_RSEQ_H

#include <linux/types.h>

/* rseq.cpu_id, while it is no CPU. */
enum rseq_cpu_id_state {
	RSEQ_CPU_ID_UNINITIALIZED	= -1,
	RSEQ_CPU_ID_REGISTRATION_FAILED	= -2,	/* the C library's, never the kernel's */
};

enum rseq_flags {
	RSEQ_FLAG_UNREGISTER	= 1 << 0,
};

/* Once meant that an event should not restart the sequence; whoever sets one now is killed. */
enum rseq_cs_flags_bit {
	RSEQ_CS_FLAG_NO_RESTART_ON_PREEMPT_BIT	= 0,
	RSEQ_CS_FLAG_NO_RESTART_ON_SIGNAL_BIT	= 1,
	RSEQ_CS_FLAG_NO_RESTART_ON_MIGRATE_BIT	= 2,
};

enum rseq_cs_flags {
	RSEQ_CS_FLAG_NO_RESTART_ON_PREEMPT	= 1U << RSEQ_CS_FLAG_NO_RESTART_ON_PREEMPT_BIT,
	RSEQ_CS_FLAG_NO_RESTART_ON_SIGNAL	= 1U << RSEQ_CS_FLAG_NO_RESTART_ON_SIGNAL_BIT,
	RSEQ_CS_FLAG_NO_RESTART_ON_MIGRATE	= 1U << RSEQ_CS_FLAG_NO_RESTART_ON_MIGRATE_BIT,
};

/*
 * One sequence: the instructions from start_ip to before start_ip + post_commit_offset. Constant.
 * abort_ip is outside of them, behind the 4 bytes of the signature that was registered.
 */
struct rseq_cs {
	__u32 version;			/* 0 */
	__u32 flags;			/* 0 */
	__u64 start_ip;
	__u64 post_commit_offset;	/* bytes */
	__u64 abort_ip;
} __attribute__((aligned(4 * sizeof(__u64))));

/* The area: one a thread. The kernel writes what is marked K, and zeroes rseq_cs. */
struct rseq {
	__u32 cpu_id_start;	/* K: the CPU; always a valid one, 0 while nothing is registered */
	__u32 cpu_id;		/* K: the CPU, or enum rseq_cpu_id_state */
	__u64 rseq_cs;		/* struct rseq_cs * of the sequence that the thread is in, or 0 */
	__u32 flags;		/* 0 */
	__u32 node_id;		/* K: the CPU's NUMA node */
	__u32 mm_cid;		/* K: the concurrency id, linux/mm_cid.h */
	char end[];		/* AT_RSEQ_FEATURE_SIZE is the offset of this */
} __attribute__((aligned(4 * sizeof(__u64))));

#endif /* _UAPI_LINUX_RSEQ_H */
