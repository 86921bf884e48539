/* SPDX-License-Identifier: MIT */
#ifndef BENCH_H
#define BENCH_H

/*
 * A row measures one operation. Its function does it @n times and puts the nanoseconds into *@ns:
 *
 *	static long null_call(long n, u64 *ns)
 *	{
 *		u64 began = now();
 *		long i;
 *
 *		for (i = 0; i < n; i++)
 *			sys(__NR_getppid);
 *		*ns = now() - began;
 *		return 0;
 *	}
 *
 * Return: 0; -errno, where -ENOSYS is printed as "missing"; ROW_FAILED if the kernel answered
 * what it should not.
 */

#include "machine.h"

#define ROW_FAILED	(-100001)

#define EINTR		4
#define ENOSYS		38
#define IS_ERR(ret)	((unsigned long)(ret) > -4096UL)

struct row {
	const char *name;
	long (*run)(long n, u64 *ns);
	long n;				/* operations in a batch */
	const char *what;
};

struct timespec64 {
	s64 sec, nsec;
};

struct kernel_sigaction {
	void (*handler)(int sig, void *info, void *context);
	u64 flags;
	void (*restorer)(void);
	u64 mask;
};

extern const struct row rows[];

/* bench.c */
extern const char *self;		/* this program's path */
extern char **environment;
u64 now(void);
long set_handler(int sig, void (*handler)(int, void *, void *));
int same(const char *a, const char *b);
void *memset(void *to, int c, u64 n);
void *memcpy(void *to, const void *from, u64 n);

/* vdso.c */
int vdso_open(const u64 *auxv);
extern int (*vdso_gettime)(int clock, struct timespec64 *ts);

#endif /* BENCH_H */
