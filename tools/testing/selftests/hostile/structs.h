/* SPDX-License-Identifier: MIT */
#ifndef SELFTESTS_HOSTILE_STRUCTS_H
#define SELFTESTS_HOSTILE_STRUCTS_H

/*
 * What structures are filled with when they shall look right: each function writes one with fields
 * that mean something, some of them wrong. A structure that isn't listed is filled with noise of 64
 * bytes. Include it behind the table of calls, which defines the tags.
 */

#include "args.h"
#include "ipc.h"

#include <sys/socket.h>

typedef void (*filler)(struct rng *r, void *p);

static void fill_timespec(struct rng *r, void *p)
{
	static const long odd[] = { -1, 1000000000, INT64_MAX, INT64_MIN, 999999999 };
	long t[2] = { percent(r, 85) ? 0 : ONE_OF(r, odd),
		      percent(r, 85) ? (long)below(r, 3000000) : ONE_OF(r, odd) };

	memcpy(p, t, sizeof(t));
}

static void fill_two_times(struct rng *r, void *p)
{
	fill_timespec(r, p);
	fill_timespec(r, (char *)p + 16);
}

/* Microseconds. */
static void fill_timeval(struct rng *r, void *p)
{
	long t[2] = { percent(r, 90) ? 0 : (long)a_word(r),
		      percent(r, 90) ? (long)below(r, 3000) : (long)a_word(r) };

	memcpy(p, t, sizeof(t));
}

static void fill_two_timevals(struct rng *r, void *p)
{
	fill_timeval(r, p);
	fill_timeval(r, (char *)p + 16);
}

/* Eight of them: more are read when the length says so, and are what the arena holds. */
static void fill_iovec(struct rng *r, void *p)
{
	struct iovec v[8];

	for (int i = 0; i < 8; i++) {
		v[i].iov_base = (void *)a_pointer(r, -1, 64);
		v[i].iov_len = percent(r, 85) ? below(r, 200) : a_length(r);
	}
	memcpy(p, v, sizeof(v));
}

static void fill_pollfd(struct rng *r, void *p)
{
	struct pollfd v[8];

	for (int i = 0; i < 8; i++)
		v[i] = (struct pollfd) { a_descriptor(r), rnd(r), rnd(r) };
	memcpy(p, v, sizeof(v));
}

static void fill_sigset(struct rng *r, void *p)
{
	/* Not the signals that keep this process going. */
	uint64_t set = (percent(r, 50) ? 1UL << below(r, 64) : rnd(r)) & ~(1UL << (SIGALRM - 1));

	memcpy(p, &set, sizeof(set));
}

static void fill_fd_set(struct rng *r, void *p)
{
	uint64_t bits[16] = { rnd(r) & rnd(r) };

	memcpy(p, bits, sizeof(bits));
}

static void fill_sigaction(struct rng *r, void *p)
{
	uint64_t v[4] = { percent(r, 70) ? below(r, 2) : an_address(r), a_word(r), an_address(r),
			  rnd(r) };

	memcpy(p, v, sizeof(v));
}

static void fill_sigaltstack(struct rng *r, void *p)
{
	stack_t st = { .ss_sp = (void *)an_address(r), .ss_flags = a_small(r),
		       .ss_size = a_length(r) };

	memcpy(p, &st, sizeof(st));
}

static void fill_sigevent(struct rng *r, void *p)
{
	uint64_t v[8] = { a_word(r) };
	uint32_t kind[2] = { below(r, 66), below(r, 6) };

	memcpy(&v[1], kind, sizeof(kind));
	v[2] = percent(r, 50) ? (unsigned long)getpid() : a_word(r);
	/* mq_notify()'s SIGEV_THREAD: a socket by its descriptor, bytes for it. */
	if (percent(r, 30))
		v[0] = a_pointer(r, -1, 32);
	memcpy(p, v, sizeof(v));
}

static void fill_siginfo(struct rng *r, void *p)
{
	int v[32];

	fill(r, v, sizeof(v));
	v[0] = below(r, 66);
	v[2] = percent(r, 70) ? -(int)below(r, 8) : (int)rnd(r);
	memcpy(p, v, sizeof(v));
}

static void fill_epoll_event(struct rng *r, void *p)
{
	uint32_t v[4] = { rnd(r), rnd(r), rnd(r), rnd(r) };

	if (percent(r, 70))
		v[0] &= 0xc000201f;
	memcpy(p, v, sizeof(v));
}

static void fill_rlimit(struct rng *r, void *p)
{
	/* Small ones end the process soon; the kernel has to see to that as well. */
	uint64_t v[2] = { percent(r, 80) ? 1 << 16 : a_length(r),
			  percent(r, 80) ? 1 << 24 : a_length(r) };

	memcpy(p, v, sizeof(v));
}

static void fill_sched_param(struct rng *r, void *p)
{
	int prio = percent(r, 80) ? (int)below(r, 101) : (int)a_word(r);

	memcpy(p, &prio, sizeof(prio));
}

static void fill_sched_attr(struct rng *r, void *p)
{
	static const unsigned int sizes[] = { 48, 56, 0, 47, 4097, 64, 4096 };
	uint64_t v[8] = { 0 };
	uint32_t head[2] = { ONE_OF(r, sizes), below(r, 8) };

	memcpy(v, head, sizeof(head));
	v[1] = a_word(r);
	v[2] = below(r, 100);
	for (int i = 3; i < 8; i++)
		v[i] = percent(r, 60) ? 0 : a_word(r);
	memcpy(p, v, sizeof(v));
}

static void fill_open_how(struct rng *r, void *p)
{
	uint64_t v[3] = { a_word(r), percent(r, 70) ? 0 : a_word(r),
			  percent(r, 50) ? 1UL << below(r, 6) : a_word(r) };

	memcpy(p, v, sizeof(v));
}

static void fill_clone_args(struct rng *r, void *p)
{
	uint64_t v[11];

	fill(r, v, sizeof(v));
	v[0] = a_word(r);
	v[4] = percent(r, 80) ? 17 : a_word(r);
	for (int i = 5; i < 11; i++)
		v[i] = percent(r, 70) ? 0 : v[i];
	memcpy(p, v, sizeof(v));
}

static void fill_futex_waitv(struct rng *r, void *p)
{
	uint64_t v[12];

	for (int i = 0; i < 12; i += 3) {
		v[i] = percent(r, 80) ? 0 : a_word(r);
		v[i + 1] = a_pointer(r, -1, 4);
		v[i + 2] = percent(r, 80) ? 2 | (percent(r, 50) ? 128 : 0) : a_word(r);
	}
	memcpy(p, v, sizeof(v));
}

static void fill_robust_list(struct rng *r, void *p)
{
	uint64_t v[3] = { a_pointer(r, -1, 24), percent(r, 60) ? below(r, 64) : a_word(r),
			  a_pointer(r, -1, 24) };

	memcpy(p, v, sizeof(v));
}

static void fill_capability_header(struct rng *r, void *p)
{
	static const unsigned int versions[] = { 0x19980330, 0x20071026, 0x20080522, 0x20080522, 0,
						 -1 };
	uint32_t v[2] = { ONE_OF(r, versions), percent(r, 80) ? 0 : getpid() };

	memcpy(p, v, sizeof(v));
}

static void fill_sockaddr(struct rng *r, void *p)
{
	struct sockaddr_un un = { .sun_family = percent(r, 85) ? AF_UNIX : below(r, 46) };

	switch (below(r, 3)) {
	case 0:
		strcpy(un.sun_path, "socket");
		break;
	case 1:
		fill(r, un.sun_path, sizeof(un.sun_path));
		un.sun_path[0] = 0;
		break;
	default:
		memset(un.sun_path, 'x', sizeof(un.sun_path));
	}
	memcpy(p, &un, sizeof(un));
}

static void fill_msghdr(struct rng *r, void *p)
{
	struct msghdr m = {
		.msg_name = (void *)a_pointer(r, -1, 110),
		.msg_namelen = percent(r, 80) ? below(r, 130) : a_word(r),
		.msg_iov = (void *)(ARENA + 64 * below(r, 500)),
		.msg_iovlen = percent(r, 85) ? below(r, 8) : a_length(r),
		.msg_control = (void *)(ARENA + 64 * below(r, 500)),
		.msg_controllen = percent(r, 85) ? below(r, 100) : a_length(r),
		.msg_flags = a_word(r),
	};
	uint64_t control[4] = { percent(r, 70) ? 16 + 4 * below(r, 4) : a_length(r),
				1 | (1 + below(r, 4)) << 32,
				below(r, NR_FDS) | below(r, NR_FDS) << 32, rnd(r) };

	fill_iovec(r, m.msg_iov);
	memcpy(m.msg_control, control, sizeof(control));
	memcpy(p, &m, sizeof(m));
}

static void fill_mount_attr(struct rng *r, void *p)
{
	uint64_t v[4] = { a_word(r), a_word(r), percent(r, 60) ? 0 : a_word(r),
			  percent(r, 80) ? 0 : a_descriptor(r) };

	memcpy(p, v, sizeof(v));
}

static void fill_mnt_id_req(struct rng *r, void *p)
{
	uint64_t v[4] = { percent(r, 80) ? 24 : a_word(r), percent(r, 50) ? -1UL : below(r, 100),
			  a_word(r), 0 };

	v[0] = (uint32_t)v[0];
	memcpy(p, v, sizeof(v));
}

static void fill_timex(struct rng *r, void *p)
{
	fill(r, p, 208);
	/* Mostly to read: root may set the clock and bend its pace, but must not stop it. */
	if (percent(r, 80))
		memset(p, 0, 4);
}

static const struct {
	unsigned short size;		/* of one; 0: noise */
	filler fill;
} kinds[NR_TAGS] = {
	[TAG___kernel_itimerspec] = { 32, fill_two_times },
	[TAG___kernel_old_itimerval] = { 32, fill_two_timevals },
	[TAG___kernel_old_timeval] = { 16, fill_timeval },
	[TAG___kernel_timespec] = { 16, fill_timespec },
	[TAG___kernel_timex] = { 208, fill_timex },
	[TAG___user_cap_data_struct] = { 24, NULL },
	[TAG___user_cap_header_struct] = { 8, fill_capability_header },
	[TAG_clone_args] = { 88, fill_clone_args },
	[TAG_epoll_event] = { 16, fill_epoll_event },
	[TAG_fd_set] = { 128, fill_fd_set },
	[TAG_futex_waitv] = { 96, fill_futex_waitv },
	[TAG_iovec] = { 128, fill_iovec },
	[TAG_mmsghdr] = { 64, fill_msghdr },
	[TAG_mq_attr] = { 64, fill_mq_attr },
	[TAG_msgbuf] = { 128, fill_msgbuf },
	[TAG_msqid_ds] = { sizeof(struct msqid_ds), fill_msqid_ds },
	[TAG_mnt_id_req] = { 32, fill_mnt_id_req },
	[TAG_mount_attr] = { 32, fill_mount_attr },
	[TAG_new_utsname] = { 390, NULL },
	[TAG_open_how] = { 24, fill_open_how },
	[TAG_pollfd] = { 64, fill_pollfd },
	[TAG_rlimit] = { 16, fill_rlimit },
	[TAG_rlimit64] = { 16, fill_rlimit },
	[TAG_robust_list_head] = { 24, fill_robust_list },
	[TAG_rusage] = { 144, NULL },
	[TAG_sched_attr] = { 64, fill_sched_attr },
	[TAG_sched_param] = { 4, fill_sched_param },
	[TAG_sembuf] = { 48, fill_sembuf },
	[TAG_shmid_ds] = { sizeof(struct shmid_ds), fill_shmid_ds },
	[TAG_sigaction] = { 32, fill_sigaction },
	[TAG_sigaltstack] = { 24, fill_sigaltstack },
	[TAG_sigevent] = { 64, fill_sigevent },
	[TAG_siginfo] = { 128, fill_siginfo },
	[TAG_sigset_t] = { 8, fill_sigset },
	[TAG_sockaddr] = { 110, fill_sockaddr },
	[TAG_stat] = { 144, NULL },
	[TAG_statfs] = { 120, NULL },
	[TAG_statx] = { 256, NULL },
	[TAG_sysinfo] = { 112, NULL },
	[TAG_user_msghdr] = { 56, fill_msghdr },
	[TAG_utimbuf] = { 16, fill_timespec },
};

static unsigned long a_struct(struct rng *r, int forced, int tag)
{
	unsigned long size = kinds[tag].size ? kinds[tag].size : 64, room, p;
	uint64_t image[64];

	p = place(r, forced >= 0 ? (enum pointer_kind)forced : a_pointer_kind(r), size, &room);
	if (!room)
		return p;
	if (kinds[tag].fill && percent(r, 80))
		kinds[tag].fill(r, image);
	else
		fill(r, image, size);
	memcpy((void *)p, image, room);
	return p;
}

#endif /* SELFTESTS_HOSTILE_STRUCTS_H */
