// SPDX-License-Identifier: MIT
/*
 * Every system call with hostile arguments: nothing that a program asks for may hurt the kernel or
 * another program.
 *
 * The table of calls is made from the kernel's own (table.py). Call number i of a run is, for the
 * first NR_POINTER_KINDS rounds through the table, the next row with all its pointers of one kind
 * of wrongness, so that each call meets each kind; after that it is any row with arguments at
 * random (args.h). Both depend on (seed, i) alone: the seed is printed, and the kernel's command
 * line takes
 *
 *	hostile_seed=N hostile_calls=N hostile_first=N	what to draw, how many, from which one on
 *	hostile_log=1					one process, each call told with its result
 *
 * A supervisor keeps WORKERS processes busy, half of them root, half nobody. Each lives in a
 * sandbox (sandbox.h), makes at most BATCH calls and ends; a call may end it earlier (exit, a
 * signal, a wild stack), and then the next process goes on behind that call. Calls that rightly
 * block are woken by a timer; what blocks that signal too, the supervisor kills. That it must be
 * able to is a test: a process that doesn't end is found by the runner.
 *
 * Afterwards the machine has to be as it was: no report in the log, no process left, memory back,
 * another process's memory and files untouched.
 */

#include "../processes.h"
#include "args.h"
#include "hostile_calls.h"
#include "leftovers.h"
#include "structs.h"
#include "sandbox.h"

#include <sys/sysinfo.h>
#include <sys/timex.h>

#define NR_CALLS	((long)(sizeof(calls) / sizeof(calls[0])))
#define WORKERS		4
#define BATCH		250L
#define WITNESS_SIZE	(2UL << 20)

/* What a worker tells: it may also have been overwritten by one, so that nobody relies on it. */
struct report {
	volatile long index;			/* of the call that is being made */
	const char *volatile name;
	volatile unsigned long args[6];
	volatile long internal_errno;		/* of a call that returned what none may see */
	const char *volatile internal_call;
};

/* What the tests tell each other. Workers have a copy: no call of theirs can change it. */
struct shared {
	long made, killed, died;
	const char *bad_call;
	long bad_errno;
	unsigned long seed;
	long processes_before;
	unsigned long free_before, slab_before;
	unsigned long free_half, slab_half;
	char caches_before[65536];		/* /proc/slabinfo */
	int kmsg;
	pid_t witness;
	int witness_pipe[2], answer_pipe[2];
};

static struct report *reports;		/* one for each worker, shared with it */
static struct shared *shared;
static struct caller who;

/*
 * The call itself. A child that it makes leaves at once, without touching the stack, which it may
 * share with us or not have at all.
 */
#if defined(__x86_64__)
static long raw_call(long nr, const unsigned long *a, bool clones)
{
	register unsigned long r10 asm("r10") = a[3], r8 asm("r8") = a[4], r9 asm("r9") = a[5];
	long ret;

	if (clones)
		asm volatile("syscall\n\t"
			     "test %%rax, %%rax\n\t"
			     "jnz 1f\n\t"
			     "mov $60, %%eax\n\t"
			     "xor %%edi, %%edi\n\t"
			     "syscall\n"
			     "1:"
			     : "=a"(ret), "+r"(r10), "+r"(r8), "+r"(r9)
			     : "a"(nr), "D"(a[0]), "S"(a[1]), "d"(a[2]) : "rcx", "r11", "memory");
	else
		asm volatile("syscall"
			     : "=a"(ret), "+r"(r10), "+r"(r8), "+r"(r9)
			     : "a"(nr), "D"(a[0]), "S"(a[1]), "d"(a[2]) : "rcx", "r11", "memory");
	return ret;
}
#else
static long raw_call(long nr, const unsigned long *a, bool clones)
{
	register unsigned long x0 asm("x0") = a[0], x1 asm("x1") = a[1], x2 asm("x2") = a[2],
		x3 asm("x3") = a[3];
	register unsigned long x4 asm("x4") = a[4], x5 asm("x5") = a[5];
	register long x8 asm("x8") = nr;

	if (clones)
		asm volatile("svc #0\n\t"
			     "cbnz x0, 1f\n\t"
			     "mov x8, #93\n\t"
			     "svc #0\n"
			     "1:"
			     : "+r"(x0), "+r"(x8) : "r"(x1), "r"(x2), "r"(x3), "r"(x4),
			     "r"(x5) : "memory");
	else
		asm volatile("svc #0" : "+r"(x0)
			     : "r"(x8), "r"(x1), "r"(x2), "r"(x3), "r"(x4), "r"(x5) : "memory");
	return x0;
}
#endif

static bool is(const struct call *call, const char *name)
{
	return !strcmp(call->name, name);
}

static bool makes_processes(const struct call *call)
{
	return is(call, "fork") || is(call, "vfork") || is(call, "clone") || is(call, "clone3");
}

/* Calls that end or park the process when they work: seldom is often enough. */
static bool is_an_end(const struct call *call)
{
	static const char *const ends[] = {
		"exit", "exit_group", "rt_sigreturn", "pause", "execve", "execveat", "seccomp",
		"close_range", "brk",
		"munmap", "rt_sigsuspend", "rt_sigtimedwait", "kill", "tkill", "tgkill",
	};

	for (unsigned int i = 0; i < sizeof(ends) / sizeof(ends[0]); i++)
		if (is(call, ends[i]))
			return true;
	return false;
}

/*
 * What would end the test itself rather than test the kernel. Root may do all of this; that is no
 * fault of a kernel.
 */
static bool is_excluded(const struct call *call, const unsigned long *a)
{
	/*
	 * Powers the machine off. Its magic numbers are never drawn; nobody is refused before them.
	 */
	if (is(call, "reboot"))
		return who.root;
	/* Nobody may stop nor silence the console that the report of a crash would come from. */
	if (is(call, "syslog"))
		return who.root && (int)a[0] >= 6 && (int)a[0] <= 8;
	if (is(call, "ioctl"))
		return who.root && a[1] == TIOCCONS;
	/* PRIO_USER and IOPRIO_WHO_USER of root are all of the machine, init and us among them. */
	if (is(call, "setpriority"))
		return who.root && (int)a[0] == PRIO_USER;
	if (is(call, "ioprio_set"))
		return who.root && (int)a[0] == 3;
	/* Signals to whatever has that number, which a signal of one's choice can be. */
	if (is(call, "fcntl"))
		return who.root && (a[1] == F_SETOWN || a[1] == F_SETOWN_EX);
	/* Another kernel, or code of noise in this one. */
	return who.root &&
		(is(call, "kexec_load") || is(call, "kexec_file_load") || is(call, "init_module") ||
			    is(call, "finit_module") || is(call, "delete_module"));
}

static unsigned long draw(struct rng *r, const struct arg *arg, int forced)
{
	switch (arg->class) {
	case ARG_SMALL:
		return a_small(r);
	case ARG_FD:
		return a_descriptor(r);
	case ARG_FOLDER:
		return percent(r, 60) ? (unsigned long)AT_FDCWD : a_descriptor(r);
	case ARG_PATH:
		return a_path(r, forced);
	case ARG_STRING:
		return some_string(r, forced);
	case ARG_BUFFER:
		return a_pointer(r, forced, 256);
	case ARG_VECTOR:
		return a_vector(r, forced);
	case ARG_STRUCT:
		return a_struct(r, forced, arg->tag);
	case ARG_LENGTH:
		return a_length(r);
	case ARG_OFFSET:
		return an_offset(r);
	case ARG_ADDRESS:
		return an_address(r);
	case ARG_PID:
		return a_pid(r, &who);
	case ARG_ID:
		return an_id(r);
	case ARG_SIGNAL:
		return percent(r, 90) ? below(r, 66) : a_word(r);
	case ARG_TIMEOUT:
		return a_timeout(r);
	case ARG_SIGSET_SIZE:
		return percent(r, 90) ? 8 : a_length(r);
	case ARG_STRUCT_SIZE:
		return percent(r, 80) ? 8 * below(r, 16) : a_length(r);
	case ARG_WORD_OR_PTR:
		return percent(r, 50) ? a_word(r) : a_pointer(r, forced, 256);
	case ARG_FCNTL_CMD:
		return a_fcntl_command(r);
	case ARG_IOCTL_CMD:
		return an_ioctl_command(r);
	case ARG_PRCTL_OPTION:
		return a_prctl_option(r);
	case ARG_ARCH_PRCTL:
		return percent(r, 80) ? 0x1001 + below(r, 32) : a_word(r);
	case ARG_FS_TYPE:
		return a_file_system(r, forced);
	case ARG_DEVICE:
		return a_device(r);
	case ARG_MOUNT_FLAGS:
		return percent(r, 80) ? 1UL << below(r, 22) : a_word(r);
	case ARG_STACK:
		return percent(r, 50) ? 0 : an_address(r);
	case ARG_FUTEX_OP:
		return percent(r, 90) ? below(r, 14) | below(r, 4) << 7 : a_word(r);
	case ARG_MMAP_FLAGS:
		return an_mmap_flags(r);
	case ARG_IPC_KEY:
		return an_ipc_key(r);
	case ARG_SEM_ID:
		return an_ipc_id(r, own_ipc.sem);
	case ARG_MSG_ID:
		return an_ipc_id(r, own_ipc.msg);
	case ARG_SHM_ID:
		return an_ipc_id(r, own_ipc.shm);
	case ARG_IPC_FLAGS:
		return ipc_flags(r);
	case ARG_IPC_CMD:
		return an_ipc_command(r);
	case ARG_MQUEUE:
		return an_mqueue(r);
	case ARG_MQUEUE_NAME:
		return an_mqueue_name(r, forced);
	case ARG_OPEN_FLAGS:
		return open_flags(r);
	default:
		return a_word(r);
	}
}

/* Call number @index of this seed: which, and with what. */
static const struct call *invent(long index, unsigned long *args)
{
	struct rng r = { shared->seed ^ (unsigned long)index * 0xd1342543de82ef95 };
	const struct call *call;
	int forced = -1;

	rnd(&r);
	if (index < NR_CALLS * NR_POINTER_KINDS) {
		call = &calls[index % NR_CALLS];
		forced = index / NR_CALLS;
	} else {
		do {
			call = &calls[below(&r, NR_CALLS)];
		} while (is_an_end(call) && !percent(&r, 10));
	}
	for (int i = 0; i < 6; i++)
		args[i] = i < call->nargs ? draw(&r, &call->args[i], forced) : rnd(&r);
	return call;
}

static void on_alarm(int sig)
{
	(void)sig;
}

/* A signal every few milliseconds ends the waits of calls that wait. */
static void keep_going(void)
{
	struct sigaction act = { .sa_handler = on_alarm };
	struct itimerval often = { { 0, 3000 }, { 0, 3000 } };
	sigset_t set;

	sigaction(SIGALRM, &act, NULL);
	setitimer(ITIMER_REAL, &often, NULL);
	sigemptyset(&set);
	sigaddset(&set, SIGALRM);
	sigprocmask(SIG_UNBLOCK, &set, NULL);
}

/* ERESTARTSYS and its kin, ENOIOCTLCMD: between parts of the kernel only. */
static bool is_internal(long ret)
{
	return ret <= -512 && ret >= -516;
}

static void make_calls(struct report *report, long first, long end)
{
	unsigned long args[6];

	for (long i = first; i < end; i++) {
		const struct call *call;
		long ret;

		report->index = i;
		if (i % 16 == 0)
			keep_going();
		call = invent(i, args);
		report->name = call->name;
		for (int n = 0; n < 6; n++)
			report->args[n] = args[n];
		if (is_excluded(call, args))
			continue;
		ret = raw_call(call->nr, args, makes_processes(call));
		if (is_internal(ret) && !is(call, "ptrace")) {
			report->internal_errno = ret;
			report->internal_call = call->name;
		}
	}
	report->index = end;
}

static void worker_folder(char *folder, size_t size, int worker)
{
	snprintf(folder, size, "/tmp/hostile.%d", worker);
}

static void worker_setup(int worker, bool root)
{
	char folder[64];
	pid_t dead = fork();

	if (!dead)
		_exit(0);
	waitpid(dead, NULL, 0);
	setsid();
	worker_folder(folder, sizeof(folder), worker);
	enter_sandbox(folder);
	open_descriptors();
	map_arena();
	limit_resources();
	make_ipc_objects();
	if (!root)
		become_nobody();
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	who = (struct caller) { .root = root, .self = getpid(), .dead = dead,
				.others = { getppid(), shared->witness, getppid() } };
}

/* --- the supervisor --- */

struct worker {
	pid_t pid;		/* 0: there's none */
	long next, end;		/* what is left of its batch */
	bool root;
	long seen;		/* its index when we looked */
	struct timespec since;	/* when that became so */
};

static long elapsed_ms(const struct timespec *since)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (now.tv_sec - since->tv_sec) * 1000 + (now.tv_nsec - since->tv_nsec) / 1000000;
}

static void start_worker(struct worker *w, int nr)
{
	struct report *report = &reports[nr];

	report->index = w->next;
	w->seen = -1;
	clock_gettime(CLOCK_MONOTONIC, &w->since);
	w->pid = fork();
	if (w->pid < 0) {
		printf("# fork: %d\n", errno);
		w->pid = 0;
		return;
	}
	if (!w->pid) {
		struct sched_param normal = { 0 };
		static struct shared copy;

		copy = *shared;
		munmap(shared, sizeof(*shared));
		shared = &copy;

		sched_setscheduler(0, SCHED_OTHER, &normal);
		worker_setup(nr, w->root);
		make_calls(report, w->next, w->end);
		_exit(0);
	}
}

/*
 * Objects that have no owner to go with are all removed now and then, not each time, so that
 * workers have theirs, and each other's, for a while.
 */
static void clean_folder(int nr)
{
	static int ended;
	char folder[64];

	worker_folder(folder, sizeof(folder), nr);
	remove_sandbox(folder);
	if (++ended % 8 == 0)
		remove_leftovers();
}

/* Its process has ended: what of its batch is done? */
static void worker_ended(struct worker *w, int nr, int status)
{
	struct report *report = &reports[nr];
	long index = report->index;

	if (WIFEXITED(status) && WEXITSTATUS(status) >= 100 && WEXITSTATUS(status) <= 103 &&
	    index == w->next)
		printf("# no sandbox: step %d\n", WEXITSTATUS(status));
	if (index < w->next || index > w->end)
		index = w->next;
	shared->made += index - w->next;
	if (index < w->end) {
		/* The call that ended it counts, and isn't made again. */
		shared->died++;
		shared->made++;
		index++;
	}
	if (report->internal_errno) {
		shared->bad_errno = report->internal_errno;
		shared->bad_call = report->internal_call;
		report->internal_errno = 0;
	}
	w->next = index;
	w->pid = 0;
	clean_folder(nr);
}

/* A process that has stood at one call for a while is asleep there, or stopped: it ends. */
static void kill_the_stuck(struct worker *w, int nr)
{
	long index = reports[nr].index;

	if (index != w->seen) {
		w->seen = index;
		clock_gettime(CLOCK_MONOTONIC, &w->since);
	} else if (elapsed_ms(&w->since) > 200) {
		kill(w->pid, SIGKILL);
		shared->killed++;
		clock_gettime(CLOCK_MONOTONIC, &w->since);
	}
}

static void reap_all(struct worker *workers)
{
	int status;
	pid_t pid;

	while ((pid = waitpid(-1, &status, WNOHANG | __WALL)) > 0) {
		if (WIFSTOPPED(status)) {	/* it asked to be traced */
			kill(pid, SIGKILL);
			continue;
		}
		for (int i = 0; i < WORKERS; i++)
			if (workers[i].pid == pid)
				worker_ended(&workers[i], i, status);
	}
}

static void supervise(long first, long count)
{
	struct timespec tick = { 0, 3000000 };
	struct worker workers[WORKERS] = { 0 };
	long next = first, end = first + count, told = first;
	bool busy = true;
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGCHLD);
	sigprocmask(SIG_BLOCK, &set, NULL);
	while (busy) {
		reap_all(workers);
		busy = false;
		for (int i = 0; i < WORKERS; i++) {
			struct worker *w = &workers[i];

			if (!w->pid && w->next >= w->end && next < end) {
				w->next = next;
				w->end = next + BATCH < end ? next + BATCH : end;
				w->root = (next / BATCH) % 2 == 0;
				next = w->end;
			}
			if (!w->pid && w->next < w->end)
				start_worker(w, i);
			else if (w->pid)
				kill_the_stuck(w, i);
			busy |= w->pid || w->next < w->end;
		}
		if (next - told >= 5000) {
			printf("# %ld calls\n", next - first);
			fflush(stdout);
			told = next;
		}
		sigtimedwait(&set, NULL, &tick);
	}
	reap_all(workers);
	remove_leftovers();
}

/* --- what the machine was before --- */

/* KiB of @field in /proc/meminfo; 0 if there's none. */
static unsigned long memory_of(const char *field)
{
	unsigned long value = 0;
	char line[128];
	FILE *f = fopen("/proc/meminfo", "r");

	while (f && fgets(line, sizeof(line), f))
		if (!strncmp(line, field, strlen(field)))
			sscanf(line + strlen(field), ": %lu", &value);
	if (f)
		fclose(f);
	return value;
}

/* What is free or could be at once. */
static unsigned long free_memory(void)
{
	return memory_of("MemFree") + memory_of("Buffers") + memory_of("Cached");
}

/* The last of the kernel's records, so that only later ones are looked at. */
static int open_log(void)
{
	int fd = open("/dev/kmsg", O_RDONLY | O_NONBLOCK);

	if (fd >= 0)
		lseek(fd, 0, SEEK_END);
	return fd;
}

static unsigned char witness_byte(unsigned long i)
{
	return i * 131 + (i >> 8) * 29 + 7;
}

/* A process whose memory must stay as it is. It answers each question by what it found. */
static void be_witness(void)
{
	unsigned char *memory = mmap(NULL, WITNESS_SIZE, PROT_READ | PROT_WRITE,
				     MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	char question, answer;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	for (unsigned long i = 0; i < WITNESS_SIZE; i++)
		memory[i] = witness_byte(i);
	while (read(shared->witness_pipe[0], &question, 1) == 1) {
		answer = 'y';
		for (unsigned long i = 0; i < WITNESS_SIZE; i++)
			if (memory[i] != witness_byte(i))
				answer = 'n';
		write(shared->answer_pipe[1], &answer, 1);
	}
	_exit(0);
}

/* Names and inodes that are only kept to be found again aren't lost: they don't count. */
static void drop_caches(void)
{
	int fd = open("/proc/sys/vm/drop_caches", O_WRONLY);

	if (fd >= 0 && write(fd, "2", 1) != 1)
		printf("# drop_caches: %d\n", errno);
	close(fd);
}

static void read_caches(char *text, size_t size)
{
	int fd = open("/proc/slabinfo", O_RDONLY);
	size_t len = 0;
	ssize_t n;

	while (fd >= 0 && (n = read(fd, text + len, size - 1 - len)) > 0)
		len += n;
	text[len] = 0;
	close(fd);
}

/*
 * Objects in use of a cache, from a text of /proc/slabinfo; and the bytes of one. 0: no such cache.
 */
static long in_use(const char *text, const char *cache, long *bytes)
{
	char line[64];
	const char *at;
	long used = 0, all;

	snprintf(line, sizeof(line), "\n%s ", cache);
	at = strstr(text, line);
	if (at)
		sscanf(at + strlen(line), "%ld %ld %ld", &used, &all, bytes);
	return used;
}

/* Which caches have more objects than before? */
static void tell_grown_caches(void)
{
	static char now[sizeof(shared->caches_before)];
	long bytes = 0, more;
	char name[48], *line;

	read_caches(now, sizeof(now));
	for (line = now; (line = strchr(line, '\n')) && line[1]; line++) {
		if (sscanf(line + 1, "%47s", name) != 1)
			continue;
		more = in_use(now, name, &bytes) - in_use(shared->caches_before, name, &bytes);
		if (more * bytes >= 65536)
			printf("# %s: %ld objects of %ld bytes more\n", name, more, bytes);
	}
}

/* Children of this thread that somebody's signal to all has stopped go on. */
static void continue_children(void)
{
	char text[4096], *at = text, *end;
	int fd = open("/proc/thread-self/children", O_RDONLY);
	ssize_t len = fd < 0 ? -1 : read(fd, text, sizeof(text) - 1);
	long pid;

	close(fd);
	text[len < 0 ? 0 : len] = 0;
	while ((pid = strtol(at, &end, 10)) > 0 && end != at) {
		kill(pid, SIGCONT);
		at = end;
	}
}

/*
 * What was made and orphaned is ours now, and on its way out. One may have been stopped there; one
 * of a lower priority may have been bound to our CPU, so that we have to sleep.
 */
static void reap_orphans(void)
{
	int status;
	pid_t pid;

	while ((pid = waitpid(-1, &status, WNOHANG | __WALL)) >= 0) {
		if (pid)
			continue;
		continue_children();
		usleep(1000);
	}
}

/* --- the tests, in this order --- */

static void every_call_bears_hostile_arguments(void)
{
	long count = parameter("hostile_calls", 200000), first = parameter("hostile_first", 0);
	long warm = count < 8000 ? count / 4 : 4000;
	struct sched_param high = { .sched_priority = 90 };
	char folder[64];

	for (int i = 0; i < WORKERS; i++) {
		worker_folder(folder, sizeof(folder), i);
		mkdir(folder, 0777);
	}
	/* A worker can give itself any priority; it must not keep us from ending it. */
	sched_setscheduler(0, SCHED_FIFO, &high);
	prctl(PR_SET_CHILD_SUBREAPER, 1);
	supervise(first, warm);
	drop_caches();
	read_caches(shared->caches_before, sizeof(shared->caches_before));
	shared->free_before = free_memory();
	shared->slab_before = memory_of("Slab");
	supervise(first + warm, count - warm);
	printf("# %ld calls, %ld processes ended by one, %ld killed while they waited\n",
	       shared->made,
	       shared->died, shared->killed);
	CHECK(shared->made >= count);
	reap_orphans();
	for (int i = 0; i < WORKERS; i++) {
		worker_folder(folder, sizeof(folder), i);
		rmdir(folder);
	}
}

static void no_call_returns_an_internal_errno(void)
{
	if (shared->bad_errno)
		printf("# %s returned %ld\n", shared->bad_call, shared->bad_errno);
	CHECK(!shared->bad_errno);
}

static void the_log_has_no_report(void)
{
	static const char *const words[] = { "BUG:", "WARNING:", "Oops", "KASAN", "UBSAN",
					     "INFO: possible", "INFO: task",
					     "inconsistent", "Call trace", "Call Trace",
					     "Unable to handle", "leaked",
					     "general protection fault", "stack-protector",
					     "refcount_t", "Bad page" };
	char text[4096];
	int found = 0;
	ssize_t got;

	if (shared->kmsg < 0)
		SKIP("no /dev/kmsg");
	/* EPIPE: records were overwritten before we read them. */
	while ((got = read(shared->kmsg, text, sizeof(text) - 1)) > 0 ||
	       (got < 0 && errno == EPIPE)) {
		if (got < 0)
			continue;
		text[got] = 0;
		/* The killer of what takes too much memory tells where it stood: no fault. */
		if (strstr(text, "invoked oom-killer") || strstr(text, "Call Trace:") ||
		    strstr(text, "Call trace:"))
			continue;
		/* Linux warns thus of MS_MANDLOCK, with which some mount() was called. */
		if (strstr(text, "mand mount option"))
			continue;
		for (unsigned int i = 0; i < sizeof(words) / sizeof(words[0]); i++)
			if (strstr(text, words[i])) {
				printf("# %s", strchr(text, ';') ? strchr(text, ';') + 1 : text);
				found++;
			}
	}
	CHECK_EQ(found, 0);
}

static void no_process_is_left(void)
{
	long n = 0;

	/* Those on their way out need the CPU; the runner ends what waits for ever. */
	for (int i = 0; i < 3000; i++) {
		n = count_processes();
		if (n <= shared->processes_before)
			break;
		usleep(10000);
	}
	CHECK_EQ(n, shared->processes_before);
}

/*
 * Frees that wait for readers come in their time, which is some ten seconds on an idle machine. A
 * short run doesn't wait so long but allows for them; a long one tells what is left behind them.
 */
static void memory_is_back(void)
{
	long settled = parameter("hostile_calls", 0) < 1000000 ? 16384 : 4096;
	long lost = 0, slab = 0;

	for (int i = 0; i < 3000; i++) {
		drop_caches();
		lost = (long)(shared->free_before - free_memory());
		slab = (long)(memory_of("Slab") - shared->slab_before);
		if (lost < settled && slab < settled)
			break;
		usleep(10000);
	}
	printf("# free: %ld KiB less, slab: %ld KiB more\n", lost, slab);
	tell_grown_caches();
	CHECK(lost < 16384);
	CHECK(slab < 16384);
}

static void another_process_kept_its_memory(void)
{
	char answer = 'n';

	CHECK_EQ(write(shared->witness_pipe[1], "?", 1), 1);
	CHECK_EQ(read(shared->answer_pipe[0], &answer, 1), 1);
	CHECK_EQ(answer, 'y');
}

/*
 * Root's workers have descriptors of some directories, and reach this program by /proc/self/exe:
 * they may have taken rights away that the next programs need.
 */
static void put_rights_back(void)
{
	CHECK_EQ(chown("/", 0, 0), 0);
	CHECK_EQ(chmod("/", 0755), 0);
	CHECK_EQ(chown("/proc", 0, 0), 0);
	CHECK_EQ(chmod("/proc", 0555), 0);
	CHECK_EQ(chmod("/proc/self/exe", 0755), 0);
}

static void the_machine_still_works(void)
{
	char text[64] = "";
	int fd = open("/tmp/still", O_RDWR | O_CREAT | O_TRUNC, 0600);
	pid_t pid;

	CHECK(fd >= 0);
	CHECK_EQ(write(fd, "works", 5), 5);
	CHECK_EQ(pread(fd, text, sizeof(text), 0), 5);
	CHECK(!strcmp(text, "works"));
	CHECK_EQ(unlink("/tmp/still"), 0);
	put_rights_back();
	pid = fork();
	if (!pid) {
		/* A name that main() takes for a stray call of execve(): it ends with 0. */
		execl("/proc/self/exe", "still", NULL);
		printf("# execl: %d\n", errno);
		fflush(stdout);
		_exit(1);
	}
	CHECK_EQ(end_of(pid), 0);
}

/* Root changed the clock's rate and setting, and the host's name. */
static void put_back(const struct timespec *real, const struct timespec *mono, const char *name)
{
	struct timex tx = { .modes = ADJ_STATUS, .status = STA_PLL };
	struct timespec now;

	/* A leap second that is under way is given up when STA_PLL goes. */
	adjtimex(&tx);
	tx = (struct timex) { .modes = ADJ_STATUS | ADJ_FREQUENCY | ADJ_TICK | ADJ_TAI | ADJ_MICRO,
			      .status = STA_UNSYNC, .tick = 10000 };
	adjtimex(&tx);
	/* This ends what is being slewed. */
	clock_gettime(CLOCK_MONOTONIC, &now);
	now.tv_sec += real->tv_sec - mono->tv_sec;
	clock_settime(CLOCK_REALTIME, &now);
	sethostname(name, strlen(name));
}

/* One process, one call after another in a sandbox of its own: to compare two kernels. */
static void log_calls(long first, long count)
{
	unsigned long args[6];

	mkdir("/tmp/hostile.0", 0777);
	for (long i = first; i < first + count; i++) {
		pid_t pid = fork();
		struct timespec since;
		int status;

		reports[0].internal_errno = -9999;
		if (!pid) {
			const struct call *call;
			long ret;

			worker_setup(0, i % 2);
			keep_going();
			call = invent(i, args);
			reports[0].name = call->name;
			for (int n = 0; n < 6; n++)
				reports[0].args[n] = args[n];
			if (is_excluded(call, args))
				_exit(0);
			ret = raw_call(call->nr, args, makes_processes(call));
			reports[0].internal_errno = ret < 0 && ret > -4096 ? ret : 0;
			_exit(0);
		}
		clock_gettime(CLOCK_MONOTONIC, &since);
		while (waitpid(pid, &status, WNOHANG) != pid) {
			usleep(500);
			if (elapsed_ms(&since) > 500)
				kill(pid, SIGKILL);
		}
		printf("= %ld %s %s", i, i % 2 ? "root" : "nobody", reports[0].name);
		for (int n = 0; n < 6; n++)
			printf(" %lx", reports[0].args[n]);
		printf(" = %ld (0x%x)\n", reports[0].internal_errno, status);
		clean_folder(0);
		while (waitpid(-1, NULL, WNOHANG) > 0)
			;
	}
	fflush(stdout);
}

int main(int argc, char **argv)
{
	static const struct selftest tests[] = {
		TEST(every_call_bears_hostile_arguments),
		TEST(no_call_returns_an_internal_errno),
		TEST(the_log_has_no_report),
		TEST(no_process_is_left),
		TEST(memory_is_back),
		TEST(another_process_kept_its_memory),
		TEST(the_machine_still_works),
		{ NULL, NULL },
	};
	struct timespec real, mono;
	char name[65] = "";
	pid_t witness;
	int failed;

	/* Started by a worker that drew execve(/proc/self/exe): not a second test. */
	if (argc < 1 || !argv[0] || !strstr(argv[0], "hostile/"))
		_exit(0);
	if (getuid()) {
		printf("TAP version 13\n1..0 # SKIP needs root\n");
		return 0;
	}
	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1,
		      0);
	reports = mmap(NULL, WORKERS * sizeof(*reports), PROT_READ | PROT_WRITE,
		       MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (shared == MAP_FAILED || reports == MAP_FAILED ||
	    pipe2(shared->witness_pipe, O_CLOEXEC) || pipe2(shared->answer_pipe, O_CLOEXEC))
		return 1;
	syscall(SYS_getrandom, &shared->seed, sizeof(shared->seed), 0);
	shared->seed = parameter("hostile_seed", shared->seed & 0xffffffff);
	printf("# hostile_seed=%lu: %ld calls in the table\n", shared->seed, NR_CALLS);
	clock_gettime(CLOCK_REALTIME, &real);
	clock_gettime(CLOCK_MONOTONIC, &mono);
	gethostname(name, sizeof(name) - 1);
	if (getenv("hostile_log")) {
		log_calls(parameter("hostile_first", 0), parameter("hostile_calls", 2000));
		put_back(&real, &mono, name);
		return 0;
	}
	shared->kmsg = open_log();
	fflush(stdout);
	witness = fork();
	if (!witness)
		be_witness();
	shared->witness = witness;
	/* Including the child that counts them. */
	shared->processes_before = count_processes() + 1;
	failed = selftest_main(tests);
	kill(witness, SIGKILL);
	waitpid(witness, NULL, 0);
	put_back(&real, &mono, name);
	return failed;
}
