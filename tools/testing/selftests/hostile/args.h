/* SPDX-License-Identifier: MIT */
#ifndef SELFTESTS_HOSTILE_ARGS_H
#define SELFTESTS_HOSTILE_ARGS_H

/*
 * Arguments that a program may invent.
 *
 * Each argument has a class (what would be plausible in its place: ARG_FD, ARG_PATH, ARG_LENGTH
 * ...), and most of the time it gets something of that class, because a call that fails at its
 * first check tests nothing behind it. The rest of the time it gets something that nobody would
 * pass.
 *
 * Pointers lead into an arena whose neighbourhood is laid out so that every way to be wrong is
 * there:
 *
 *	| 16 pages, read and write | nothing | read-only | nothing | page of a file | past its end |
 *	                           ^                                                ^
 *	      EDGE ends here, HALF_MAPPED begins before and ends behind           SIGBUS
 *
 * and to places no program owns: the kernel's, those of no canonical address, the last page.
 *
 * Everything is drawn from one generator that is seeded anew for each call from (seed, number of
 * the call), so that a call's arguments don't depend on what was called before.
 */

#include <fcntl.h>
#include <linux/futex.h>
#include <poll.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

enum arg_class {
	ARG_WORD = 1, ARG_SMALL, ARG_FD, ARG_FOLDER, ARG_PATH, ARG_STRING, ARG_BUFFER, ARG_VECTOR,
		ARG_STRUCT,
	ARG_LENGTH, ARG_OFFSET, ARG_ADDRESS, ARG_PID, ARG_ID, ARG_SIGNAL, ARG_TIMEOUT,
	ARG_SIGSET_SIZE,
	ARG_STRUCT_SIZE, ARG_WORD_OR_PTR, ARG_FCNTL_CMD, ARG_IOCTL_CMD, ARG_PRCTL_OPTION,
	ARG_ARCH_PRCTL,
	ARG_FS_TYPE, ARG_DEVICE, ARG_MOUNT_FLAGS, ARG_STACK, ARG_FUTEX_OP, ARG_MMAP_FLAGS,
	/* Drawn in ipc.h. */
	ARG_IPC_KEY, ARG_SEM_ID, ARG_MSG_ID, ARG_SHM_ID, ARG_IPC_FLAGS, ARG_IPC_CMD, ARG_MQUEUE,
	ARG_MQUEUE_NAME,
	ARG_OPEN_FLAGS,
};

struct arg {
	int class;
	int tag;
};

struct call {
	const char *name;
	int nr;
	int nargs;
	struct arg args[6];
};

#define PAGE		4096UL
#define ARENA_PAGES	16
#define ARENA		0x10000000UL
#define ARENA_END	(ARENA + ARENA_PAGES * PAGE)
#define READ_ONLY	(ARENA_END + PAGE)
#define FILE_PAGES	(READ_ONLY + 2 * PAGE)
#define WRITE_ONLY	(FILE_PAGES + 3 * PAGE)
#define EXEC_ONLY	(WRITE_ONLY + 2 * PAGE)
/* Descriptors 0 to NR_FDS - 1 are one of each kind; see sandbox.h. */
#define NR_FDS		44
/* Among them message queues. */
#define MQUEUE_FD	38
#define NR_MQUEUES	3

/* Who calls: decides which processes it may name. */
struct caller {
	bool root;
	pid_t self, dead;
	pid_t others[3];		/* of root: for nobody to try */
};

/* The generator: splitmix64. */
struct rng {
	uint64_t state;
};

static inline uint64_t rnd(struct rng *r)
{
	uint64_t z = r->state += 0x9e3779b97f4a7c15;

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
	z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
	return z ^ (z >> 31);
}

static inline unsigned long below(struct rng *r, unsigned long n)
{
	return rnd(r) % n;
}

static inline bool percent(struct rng *r, unsigned int n)
{
	return below(r, 100) < n;
}

#define ONE_OF(r, array)	((array)[below(r, sizeof(array) / sizeof((array)[0]))])

/* Numbers. */

static inline unsigned long a_word(struct rng *r)
{
	switch (below(r, 8)) {
	case 0:
		return 0;
	case 1:
	case 2:
		return 1UL << below(r, percent(r, 90) ? 32 : 64);
	case 3:
		return 1UL << below(r, 32) | 1UL << below(r, 32) | 1UL << below(r, 32);
	case 4:
	case 5:
		return below(r, 40);
	case 6:
		return (uint32_t)rnd(r);
	default: {
		static const long edges[] = { -1, -2, -100, INT32_MAX, INT32_MIN, UINT32_MAX,
					      INT64_MAX, INT64_MIN };

		return percent(r, 80) ? (unsigned long)ONE_OF(r, edges) : rnd(r);
	}
	}
}

static inline unsigned long a_small(struct rng *r)
{
	return percent(r, 90) ? below(r, 26) : a_word(r);
}

static inline unsigned long a_length(struct rng *r)
{
	static const unsigned long edges[] = {
		0, 1, 7, 8, 16, PAGE - 1, PAGE, PAGE + 1, 65536, INT32_MAX, 1UL << 31, UINT32_MAX,
		1UL << 32,
		INT64_MAX, 1UL << 63, -1UL, -8UL, -PAGE, UINT64_MAX / 16, UINT64_MAX / 16 + 1,
	};

	switch (below(r, 4)) {
	case 0:
		return ONE_OF(r, edges);
	case 1:
		return PAGE * below(r, ARENA_PAGES);
	default:
		return below(r, 160);
	}
}

static inline unsigned long an_offset(struct rng *r)
{
	return percent(r, 60) ? below(r, 5 * PAGE) : a_length(r);
}

/* Pointers. */
enum pointer_kind {
	GOOD, MISALIGNED, EDGE, HALF_MAPPED, NO_WRITE, NO_READ, NO_ACCESS, BEYOND_FILE,
	NULL_POINTER, TINY, KERNEL,
	NOT_CANONICAL, TOP_OF_USER, LAST_PAGE, STRAY, NR_POINTER_KINDS,
};

static inline unsigned long bad_pointer(struct rng *r, enum pointer_kind kind)
{
	static const unsigned long kernel[] = {
		0xffff888000000000, 0xffff888001000000, 0xffffffff81000000, 0xffffffff82000000,
		0xffffea0000000000,
		0xffffc90000000000, 0xffff000000000000, 0xffff000040000000, 0xffff800080000000,
		0xffff800081000000,
		0xffffffffff600000, 0xfffffffffffff000,
	};
	static const unsigned long wild[] = {
		0x0000800000000000, 0x8000000000000000, 0xdead000000000100, 0x0001000000000000,
		0x00ff000000001000,
		0xfffe7fffffffffff, 0x7fffffffffffffff,
	};
	static const unsigned long top[] = {
		0x00007ffffffff000, 0x00007fffffffefff, 0x00007ffffffffff8, 0x0000ffffffffffff,
		0x0000fffffffff000,
	};

	switch (kind) {
	case NO_WRITE:
		return READ_ONLY + below(r, PAGE);
	case NO_READ:
		return WRITE_ONLY + below(r, PAGE);
	case NO_ACCESS:
		return ARENA_END + below(r, PAGE);
	case BEYOND_FILE:
		return FILE_PAGES + PAGE - 8 * below(r, 4);
	case NULL_POINTER:
		return 0;
	case TINY:
		return below(r, 4096);
	case KERNEL:
		return ONE_OF(r, kernel) + below(r, 0x4000);
	case NOT_CANONICAL:
		return ONE_OF(r, wild) + below(r, 16);
	case TOP_OF_USER:
		return ONE_OF(r, top);
	case LAST_PAGE:
		return -1 - below(r, 64);
	default:
		return percent(r, 50) ? rnd(r) & 0x7fffffffffff : EXEC_ONLY;
	}
}

static inline enum pointer_kind a_pointer_kind(struct rng *r)
{
	return percent(r, 65) ? GOOD : below(r, NR_POINTER_KINDS);
}

/*
 * Where @size bytes are, or aren't. Return: the address; *@room is how many bytes of it are there
 * to be filled in, 0 if there's nothing to fill.
 */
static inline unsigned long place(struct rng *r, enum pointer_kind kind, unsigned long size,
				  unsigned long *room)
{
	*room = size;
	switch (kind) {
	case GOOD:
		return ARENA + 64 * below(r, (ARENA_PAGES * PAGE - size) / 64);
	case MISALIGNED:
		return ARENA + 64 * below(r, (ARENA_PAGES * PAGE - size - 64) / 64) + 1 +
			below(r, 7);
	case EDGE:
		return ARENA_END - size;
	case HALF_MAPPED:
		*room = 1 + below(r, size);
		return ARENA_END - *room;
	default:
		*room = 0;
		return bad_pointer(r, kind);
	}
}

/* Contents for a buffer: words that could be numbers, descriptors, addresses, and noise. */
static inline void fill(struct rng *r, void *p, unsigned long size)
{
	unsigned char *out = p;
	unsigned long word, n;

	while (size) {
		switch (below(r, 6)) {
		case 0:
			word = a_word(r);
			break;
		case 1:
			word = below(r, NR_FDS) | below(r, 64) << 32;
			break;
		case 2:
			word = ARENA + below(r, ARENA_PAGES * PAGE);
			break;
		case 3:
			word = bad_pointer(r, NO_WRITE + below(r, NR_POINTER_KINDS - NO_WRITE));
			break;
		case 4:
			word = 0;
			break;
		default:
			word = rnd(r);
		}
		n = size < 8 ? size : 8;
		memcpy(out, &word, n);
		out += n;
		size -= n;
	}
}

static inline unsigned long a_pointer(struct rng *r, int forced, unsigned long size)
{
	unsigned long room, p;

	p = place(r, forced >= 0 ? (enum pointer_kind)forced : a_pointer_kind(r), size, &room);
	if (room && percent(r, 60))
		fill(r, (void *)p, room);
	return p;
}

/* Strings, which are put where place() says, cut off at the end of what is mapped. */
static inline unsigned long a_string(struct rng *r, int forced, const char *text)
{
	unsigned long room, size = strlen(text) + 1, p;

	p = place(r, forced >= 0 ? (enum pointer_kind)forced : a_pointer_kind(r), size, &room);
	memcpy((void *)p, text, room);
	return p;
}

static const char *const path_names[] = {
	"file", "file", "dir", "dir/inner", "dir/../file", ".", "..", "/", "", "fifo", "link",
	"loop", "null", "zero",
	"full", "ptmx", "pts/0", "tty", "proc/self/stat", "proc/self/mem", "proc/self/fd/5",
	"proc/self/exe",
	"proc/self/root", "proc/self/cwd/file", "proc/self/maps", "proc/self/fd",
	"proc/self/task/../status",
	"proc/sys/kernel/ostype", "proc/meminfo", "proc/1/mem", "proc/1/root", "proc/self/ns/mnt",
	"nothing", "nothing/x",
	"file/x", "file/", "dir/", "fifo/", "dir/./././inner/..//.", "/../../../../etc", "script",
	"elf", "new", "new/er",
	"socket", "socket/", "mnt", "mnt/x", "dead-link", "//file", "\xff\xfe", " ", "\n", "a:b",
	"user.name",
};

static inline unsigned long a_path(struct rng *r, int forced)
{
	static char deep[2 * PAGE];
	unsigned long n;

	if (percent(r, 94))
		return a_string(r, forced, ONE_OF(r, path_names));
	/* Components and whole names around what NAME_MAX and PATH_MAX allow. */
	n = percent(r, 50) ? 253 + below(r, 5) : 4090 + below(r, 12);
	memset(deep, 'x', n);
	if (n > 256)
		for (unsigned long i = 0; i < n; i += 1 + below(r, 300))
			deep[i] = '/';
	deep[n] = 0;
	return a_string(r, forced, deep);
}

static inline unsigned long some_string(struct rng *r, int forced)
{
	static const char *const names[] = {
		"user.a", "user.b", "trusted.x", "security.capability", "system.posix_acl_access",
		"user.", ".", "",
		"user.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "name", "%s%n",
		"keyring", "source", "size", "ro",
	};
	static char big[PAGE];

	if (percent(r, 92))
		return a_string(r, forced, ONE_OF(r, names));
	memset(big, 'a', sizeof(big));
	big[246 + below(r, 20)] = 0;
	return a_string(r, forced, big);
}

/* A list of pointers to strings, like argv. */
static inline unsigned long a_vector(struct rng *r, int forced)
{
	unsigned long room, n = 1 + below(r, 6), p, word;

	p = place(r, forced >= 0 ? (enum pointer_kind)forced : a_pointer_kind(r), n * 8, &room);
	for (unsigned long i = 0; i + 8 <= room; i += 8) {
		word = i + 16 > n * 8 && percent(r, 90) ? 0 : a_string(r, -1, "argument");
		memcpy((void *)(p + i), &word, 8);
	}
	return p;
}

/* Numbers that name things. */

static inline unsigned long a_descriptor(struct rng *r)
{
	static const int wrong[] = { -1, -100, -200, INT32_MAX, INT32_MIN, 1023, 1024, 65536,
				     1 << 30 };

	if (percent(r, 90))
		return below(r, NR_FDS);
	return percent(r, 60) ? (unsigned long)ONE_OF(r, wrong) : a_word(r);
}

static inline unsigned long a_pid(struct rng *r, const struct caller *who)
{
	const int pids[] = { 0, who->self, who->self, -who->self, who->dead, INT32_MIN, INT32_MAX,
			     1 << 23,
			     -(1 << 23), 0x40000000 | (int)below(r, 1 << 29) };
	const int theirs[] = { 1, -1, who->others[0], who->others[1], who->others[2], 2, -2,
			       getppid() };

	if (!who->root && percent(r, 30))
		return ONE_OF(r, theirs);
	return ONE_OF(r, pids);
}

static inline unsigned long an_id(struct rng *r)
{
	static const unsigned int ids[] = { 0, 1, 65534, -1, -2, 1000, INT32_MAX, 1U << 31 };

	return ONE_OF(r, ids);
}

static inline unsigned long a_timeout(struct rng *r)
{
	static const long times[] = { 0, 0, 1, 2, 10, -1, -2, INT32_MAX, INT32_MIN };

	return percent(r, 90) ? (unsigned long)ONE_OF(r, times) : a_word(r);
}

static inline unsigned long a_fcntl_command(struct rng *r)
{
	return percent(r, 55) ? below(r, 17) : percent(r, 80) ? 1024 + below(r, 18) : a_word(r);
}

static inline unsigned long an_ioctl_command(struct rng *r)
{
	/* Terminals' 0x5401 to 0x5460 in one piece; some of others; noise. */
	static const unsigned int others[] = {
		0x80045430, 0x40045431, 0x80045432, 0x80045438, 0x80045439, 0x5441, 0x0000125d,
		0x80081272, 0x80086601,
		0x40086602, 0xc020660b, 0x40049409, 0x4020940d, 0x40045436, 0x5421, 0x5450, 0x5451,
		0x5452, 0x5460, 0x541b,
		0x80047437, 0xb701, 0xb702, 0xb703, 0xb704, 0x4b3a, 0xc0189436, 0x80045200,
		0x40045201, 0x40085203, 0x8915,
		0x894b, 0x4b4d, 0xc0506617, 0x801c581f, 0x401c5820,
	};

	switch (below(r, 4)) {
	case 0:
	case 1:
		return 0x5401 + below(r, 0x60);
	case 2:
		return ONE_OF(r, others);
	default:
		return a_word(r);
	}
}

static inline unsigned long a_prctl_option(struct rng *r)
{
	static const unsigned int names[] = { 0x59616d61, 0x53564d41, 0x6d6d6162 };

	return percent(r, 85) ? 1 + below(r, 75) : percent(r, 50) ? ONE_OF(r, names) : a_word(r);
}

static inline unsigned long an_mmap_flags(struct rng *r)
{
	static const unsigned int bits[] = {
		MAP_FIXED, MAP_ANONYMOUS, MAP_ANONYMOUS, MAP_GROWSDOWN, MAP_LOCKED, MAP_NORESERVE,
		MAP_POPULATE,
		MAP_NONBLOCK, MAP_STACK, MAP_HUGETLB, MAP_FIXED_NOREPLACE, MAP_DENYWRITE, 0x80000,
	};
	unsigned long flags = 1 + below(r, 3);

	if (percent(r, 10))
		return a_word(r);
	for (int n = below(r, 4); n; n--)
		flags |= ONE_OF(r, bits);
	return flags;
}

static inline unsigned long an_address(struct rng *r)
{
	switch (below(r, 8)) {
	case 0:
		return bad_pointer(r, NO_WRITE + below(r, NR_POINTER_KINDS - NO_WRITE));
	case 1:
		return ARENA + below(r, 32 * PAGE);
	case 2:
		return 0;
	default:
		return ARENA + PAGE * below(r, 32);
	}
}

static inline unsigned long a_file_system(struct rng *r, int forced)
{
	/* devtmpfs and sysfs are one for the whole machine: what is done there, others see. */
	static const char *const types[] = { "tmpfs", "tmpfs", "ramfs", "proc", "devpts",
					     "nosuchfs", "", "mqueue" };

	return a_string(r, forced, ONE_OF(r, types));
}

/* null, zero, full and the controlling terminal; no memory, no port, no console. */
static inline unsigned long a_device(struct rng *r)
{
	static const unsigned int devices[] = { 0x103, 0x105, 0x107, 0x500, 0x502, 0, 0xffffffff,
						0x7fffff };

	return ONE_OF(r, devices);
}

#endif /* SELFTESTS_HOSTILE_ARGS_H */
