// SPDX-License-Identifier: MIT
/*
 * What the kernel writes into a program's memory is what the call is about: no byte of a structure
 * comes from a kernel stack, and none behind its end is touched.
 *
 * Each row below fills a buffer with a pattern, lets a call write its structure there, and looks at
 * the bytes that have no meaning: padding and reserved fields have to be zero (a byte of the
 * pattern there was never written, which is as harmless to the kernel, but isn't what Linux does
 * for these calls; a byte of anything else is a leak), and behind the end the pattern has to be
 * whole.
 */

#include "../kselftest.h"

#include <dirent.h>
#include <fcntl.h>
#include <linux/stat.h>
#include <linux/types.h>
#include <poll.h>
#include <sched.h>
#include <stddef.h>
#include <sys/epoll.h>
#include <sys/inotify.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/msg.h>
#include <sys/resource.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/syscall.h>
#include <sys/sysinfo.h>
#include <sys/timerfd.h>
#include <sys/times.h>
#include <sys/timex.h>
#include <termios.h>
#include <time.h>

#define PATTERN	0xa5

static unsigned char *buf;

/* A buffer of the pattern; a guard page's worth is behind every structure. */
static void *fresh(void)
{
	if (!buf)
		buf = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	CHECK(buf != MAP_FAILED);
	memset(buf, PATTERN, 8192);
	return buf;
}

static void check_zero(size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		if (buf[i]) {
			printf("# byte %zu is 0x%02x, not 0\n", i, buf[i]);
			fflush(stdout);
			_exit(EXIT_FAIL);
		}
}

static void check_untouched(size_t from)
{
	for (size_t i = from; i < 8192; i++)
		if (buf[i] != PATTERN) {
			printf("# byte %zu behind the end is 0x%02x\n", i, buf[i]);
			fflush(stdout);
			_exit(EXIT_FAIL);
		}
}

static void stat_has_zero_padding(void)
{
	CHECK_EQ(syscall(SYS_newfstatat, AT_FDCWD, "/", fresh(), 0), 0);
#ifdef __x86_64__
	check_zero(36, 40);
	check_zero(120, 144);
	check_untouched(144);
#else
	check_zero(40, 48);	/* __pad1 */
	check_zero(60, 64);	/* __pad2 */
	check_zero(120, 128);
	check_untouched(128);
#endif
}

static void fstat_has_zero_padding(void)
{
	int fd = open("/", O_RDONLY);

	CHECK_EQ(syscall(SYS_fstat, fd, fresh()), 0);
#ifdef __x86_64__
	check_zero(36, 40);
	check_zero(120, 144);
	check_untouched(144);
#else
	check_zero(120, 128);
	check_untouched(128);
#endif
}

static void statx_has_zero_padding(void)
{
	CHECK_EQ(syscall(SYS_statx, AT_FDCWD, "/", 0, 0xfff, fresh()), 0);
	check_zero(30, 32);			/* behind stx_mode */
	for (size_t t = 64; t < 128; t += 16)	/* behind each tv_nsec */
		check_zero(t + 12, t + 16);
	check_zero(0xb8, 0x100);
	check_untouched(256);
}

static void statfs_has_zero_spare(void)
{
	CHECK_EQ(syscall(SYS_statfs, "/", fresh()), 0);
	check_zero(88, 120);
	check_untouched(120);
}

static void uname_is_zero_behind_its_strings(void)
{
	unsigned char *p = fresh();

	CHECK_EQ(syscall(SYS_uname, p), 0);
	for (int field = 0; field < 6; field++)
		CHECK(memchr(p + 65 * field, 0, 65));
	/* The strings of this kernel come out of a zeroed structure; sethostname() pads as well. */
	check_zero(strlen((char *)p), 65);
	check_untouched(390);
}

static void a_host_name_leaves_nothing_of_a_longer_one(void)
{
	struct { char f[6][65]; } before;
	unsigned char *p;

	need_root();
	CHECK_EQ(syscall(SYS_uname, &before), 0);
	CHECK_EQ(syscall(SYS_sethostname, "a-name-that-is-long", 19), 0);
	CHECK_EQ(syscall(SYS_sethostname, "ab", 2), 0);
	p = fresh();
	CHECK_EQ(syscall(SYS_uname, p), 0);
	check_zero(65 + 2, 130);
	CHECK_EQ(syscall(SYS_sethostname, before.f[1], strlen(before.f[1])), 0);
}

static void sysinfo_has_zero_padding(void)
{
	CHECK_EQ(syscall(SYS_sysinfo, fresh()), 0);
	check_zero(82, 88);
	check_zero(108, 112);
	check_untouched(112);
}

static void sigaction_returns_no_garbage(void)
{
	struct sigaction act = { .sa_handler = SIG_IGN };

	CHECK_EQ(sigaction(SIGUSR1, &act, NULL), 0);
	CHECK_EQ(syscall(SYS_rt_sigaction, SIGUSR2, NULL, fresh(), 8), 0);
	check_zero(0, 8);		/* SIG_DFL */
	check_untouched(32);
}

static void the_siginfo_of_a_wait_is_zero_behind_its_fields(void)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	sigprocmask(SIG_BLOCK, &set, NULL);
	CHECK_EQ(kill(getpid(), SIGUSR1), 0);
	CHECK_EQ(syscall(SYS_rt_sigtimedwait, &set, fresh(), NULL, 8), SIGUSR1);
	check_zero(12, 16);
	check_zero(24, 128);
	check_untouched(128);
}

static void the_siginfo_of_a_timer_is_zero_behind_its_fields(void)
{
	struct sigevent event = { .sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGUSR1 };
	struct itimerspec soon = { .it_value.tv_nsec = 1 };
	int timer = -1;
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	sigprocmask(SIG_BLOCK, &set, NULL);
	CHECK_EQ(syscall(SYS_timer_create, CLOCK_MONOTONIC, &event, &timer), 0);
	CHECK_EQ(syscall(SYS_timer_settime, timer, 0, &soon, NULL), 0);
	CHECK_EQ(syscall(SYS_rt_sigtimedwait, &set, fresh(), NULL, 8), SIGUSR1);
	check_zero(12, 16);
	check_zero(32, 128);
	check_untouched(128);
}

static siginfo_t caught;

static void on_signal(int sig, siginfo_t *info, void *context)
{
	(void)sig;
	(void)context;
	caught = *info;
}

static void the_siginfo_of_a_handler_is_zero_behind_its_fields(void)
{
	struct sigaction act = { .sa_sigaction = on_signal, .sa_flags = SA_SIGINFO };

	CHECK_EQ(sigaction(SIGUSR1, &act, NULL), 0);
	memset(&caught, PATTERN, sizeof(caught));
	CHECK_EQ(kill(getpid(), SIGUSR1), 0);
	memcpy(fresh(), &caught, sizeof(caught));
	check_zero(12, 16);
	check_zero(24, 128);
}

/* In a child, whose handler looks and leaves: to return would be to fault again. */
static void on_fault(int sig, siginfo_t *info, void *context)
{
	(void)sig;
	(void)context;
	memcpy(fresh(), info, sizeof(*info));
	check_zero(12, 16);
	check_zero(24, 128);
	_exit(7);
}

static char *volatile fault_here = (char *)8;

static int child_faults(void *arg)
{
	struct sigaction act = { .sa_sigaction = on_fault, .sa_flags = SA_SIGINFO };

	(void)arg;
	fresh();
	sigaction(SIGSEGV, &act, NULL);
	*(volatile char *)fault_here = 1;
	return 0;
}

static void the_siginfo_of_a_fault_is_zero_behind_its_fields(void)
{
	CHECK_EQ(end_of(start_child(child_faults, NULL)), 7);
}

static int child_exits(void *arg)
{
	(void)arg;
	return 3;
}

static void waitid_writes_its_fields_only(void)
{
	pid_t pid = start_child(child_exits, NULL);
	unsigned char *p = fresh();

	CHECK_EQ(syscall(SYS_waitid, P_PID, pid, p, WEXITED, p + 4096), 0);
	/* Six fields one by one; the rest of siginfo is the caller's. */
	CHECK_EQ(((siginfo_t *)p)->si_status, 3);
	for (int i = 28; i < 128; i++)
		CHECK_EQ(p[i], PATTERN);
	for (int i = 144; i < 4096; i++)
		CHECK_EQ(p[4096 + i], PATTERN);
}

static void rusage_is_whole_and_no_more(void)
{
	CHECK_EQ(syscall(SYS_getrusage, RUSAGE_SELF, fresh()), 0);
	check_zero(40, 64);		/* ixrss, idrss, isrss: nobody counts them */
	check_zero(72, 80);		/* nswap */
	check_zero(104, 128);		/* msgsnd, msgrcv, nsignals */
	check_untouched(144);
}

static void epoll_events_are_packed_as_the_machine_says(void)
{
	struct epoll_event event = { .events = EPOLLIN, .data.u64 = 0x1122334455667788 };
	int pair[2], ep = epoll_create1(0);
	unsigned char *p;

	CHECK_EQ(pipe(pair), 0);
	CHECK_EQ(write(pair[1], "x", 1), 1);
	CHECK_EQ(epoll_ctl(ep, EPOLL_CTL_ADD, pair[0], &event), 0);
	p = fresh();
	CHECK_EQ(syscall(SYS_epoll_pwait, ep, p, 4, 0, NULL, 8), 1);
#ifdef __x86_64__
	check_untouched(12);
#else
	/* Field by field: the hole between them stays what it was. */
	CHECK(p[4] == PATTERN || p[4] == 0);
	check_untouched(16);
#endif
}

static void a_directory_entry_is_zero_up_to_its_length(void)
{
	int fd = open("/", O_RDONLY | O_DIRECTORY);
	unsigned char *p = fresh();
	long got = syscall(SYS_getdents64, fd, p, 4096);

	CHECK(got > 0);
	for (long at = 0; at < got;) {
		unsigned short length = *(unsigned short *)(p + at + 16);

		CHECK(length >= 24 && length % 8 == 0 && at + length <= got);
		/*
		 * The name's end is written; what is behind it up to the next entry, at least not
		 * the kernel's.
		 */
		for (long i = at + 19 + strlen((char *)p + at + 19); i < at + length; i++)
			CHECK(p[i] == 0 || p[i] == PATTERN);
		at += length;
	}
	for (long i = got; i < 8192; i++)
		CHECK_EQ(p[i], PATTERN);
}

static void signalfd_records_are_zero_behind_their_fields(void)
{
	sigset_t set;
	int fd;

	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	sigprocmask(SIG_BLOCK, &set, NULL);
	fd = signalfd(-1, &set, 0);
	CHECK_EQ(kill(getpid(), SIGUSR1), 0);
	CHECK_EQ(read(fd, fresh(), 4096), (ssize_t)sizeof(struct signalfd_siginfo));
	check_zero(offsetof(struct signalfd_siginfo, ssi_fd), 128);
	check_untouched(128);
}

static void times_are_whole_and_no_more(void)
{
	CHECK_EQ(syscall(SYS_clock_gettime, CLOCK_MONOTONIC, fresh()), 0);
	check_untouched(16);
	CHECK(syscall(SYS_times, fresh()) != -1);
	check_untouched(32);
	CHECK_EQ(syscall(SYS_getitimer, ITIMER_REAL, fresh()), 0);
	check_zero(0, 32);
	check_untouched(32);
	CHECK_EQ(syscall(SYS_sched_rr_get_interval, 0, fresh()), 0);
	check_untouched(16);
}

static void timex_has_zero_padding(void)
{
	memset(fresh(), 0, 208);
	CHECK(syscall(SYS_adjtimex, buf) >= 0);
	check_zero(4, 8);
	check_zero(164, 208);
	check_untouched(208);
}

static void the_alternate_stack_has_zero_padding(void)
{
	CHECK_EQ(syscall(SYS_sigaltstack, NULL, fresh()), 0);
	check_zero(0, 8);
	check_zero(12, 24);
	check_untouched(24);
}

static void scheduling_attributes_are_zero_where_unused(void)
{
	CHECK_EQ(syscall(SYS_sched_getattr, 0, fresh(), 56, 0), 0);
	check_zero(20, 24);		/* sched_priority of a normal task */
	check_untouched(56);
}

static void capabilities_are_two_words_of_three(void)
{
	struct { unsigned int version; int pid; } head = { 0x20080522, 0 };

	CHECK_EQ(syscall(SYS_capget, &head, fresh()), 0);
	check_untouched(24);
}

static void limits_are_two_words(void)
{
	CHECK_EQ(syscall(SYS_prlimit64, 0, RLIMIT_CORE, NULL, fresh()), 0);
	check_untouched(16);
	CHECK_EQ(syscall(SYS_getrlimit, RLIMIT_CORE, fresh()), 0);
	check_untouched(16);
}

static void terminal_settings_are_whole_and_no_more(void)
{
	int fd = open("/dev/ptmx", O_RDWR | O_NOCTTY);

	if (fd < 0)
		SKIP("no pseudo-terminals");
	CHECK_EQ(syscall(SYS_ioctl, fd, TCGETS, fresh()), 0);
	check_untouched(36);
	CHECK_EQ(syscall(SYS_ioctl, fd, TIOCGWINSZ, fresh()), 0);
	check_zero(0, 8);
	check_untouched(8);
}

static void an_affinity_mask_is_as_long_as_the_kernels(void)
{
	long got = syscall(SYS_sched_getaffinity, 0, 128, fresh());

	CHECK(got > 0 && got <= 128 && got % 8 == 0);
	check_untouched(got);
}

static void a_short_read_touches_what_it_returns(void)
{
	int fd = open("/proc/self/stat", O_RDONLY);
	ssize_t got;

	if (fd < 0)
		SKIP("no /proc");
	got = read(fd, fresh(), 10);
	CHECK_EQ(got, 10);
	check_untouched(10);
	CHECK(getcwd(fresh(), 100) != NULL);
	check_untouched(strlen((char *)buf) + 1);
	got = readlink("/proc/self/exe", fresh(), 5);
	CHECK_EQ(got, 5);
	check_untouched(5);
}

/* What all three kinds begin with: behind the sequence number there is nothing. */
static void check_permissions(void)
{
	check_zero(26, 48);
}

static void system_v_states_are_zero_where_unused(void)
{
	int sem = semget(IPC_PRIVATE, 2, 0600), msg = msgget(IPC_PRIVATE, 0600);
	int shm = shmget(IPC_PRIVATE, 4096, 0600);

	if (sem < 0 && errno == ENOSYS)
		SKIP("no System V objects here");
	CHECK_EQ(semctl(sem, 0, IPC_STAT, fresh()), 0);
	check_permissions();
	check_untouched(sizeof(struct semid_ds));
	check_zero(sizeof(struct semid_ds) - 16, sizeof(struct semid_ds));
	CHECK_EQ(msgctl(msg, IPC_STAT, fresh()), 0);
	check_permissions();
	check_untouched(120);
	check_zero(104, 120);
	CHECK_EQ(shmctl(shm, IPC_STAT, fresh()), 0);
	check_permissions();
	check_untouched(112);
	check_zero(96, 112);
	CHECK_EQ(semctl(sem, 0, IPC_RMID), 0);
	CHECK_EQ(msgctl(msg, IPC_RMID, NULL), 0);
	CHECK_EQ(shmctl(shm, IPC_RMID, NULL), 0);
}

static void a_message_is_its_bytes_and_no_more(void)
{
	struct { long type; char text[5]; } sent = { 7, "12345" };
	int msg = msgget(IPC_PRIVATE, 0600);

	if (msg < 0 && errno == ENOSYS)
		SKIP("no System V objects here");
	CHECK_EQ(msgsnd(msg, &sent, 5, 0), 0);
	CHECK_EQ(msgrcv(msg, fresh(), 100, 0, 0), 5);
	check_untouched(8 + 5);
	CHECK_EQ(msgctl(msg, IPC_RMID, NULL), 0);
}

static void message_queues_tell_no_more_than_they_have(void)
{
	long attr[8] = { 0, 2, 64 };
	int q = syscall(SYS_mq_open, "padding", O_RDWR | O_CREAT | O_EXCL, 0600, attr);

	if (q < 0 && errno == ENOSYS)
		SKIP("no message queues here");
	CHECK(q >= 0);
	CHECK_EQ(syscall(SYS_mq_unlink, "padding"), 0);
	CHECK_EQ(syscall(SYS_mq_getsetattr, q, NULL, fresh()), 0);
	check_zero(32, 64);
	check_untouched(64);
	CHECK_EQ(syscall(SYS_mq_timedsend, q, "12345", 5, 3, NULL), 0);
	CHECK_EQ(syscall(SYS_mq_timedreceive, q, fresh(), 100, NULL, NULL), 5);
	check_untouched(5);
	CHECK_EQ(syscall(SYS_mq_timedsend, q, "", 0, 3, NULL), 0);
	CHECK_EQ(syscall(SYS_mq_timedreceive, q, attr, 64, fresh(), NULL), 0);
	check_untouched(4);
}

/* A page that a file or an anonymous mapping gets was somebody's before. */
static void new_memory_is_zero(void)
{
	unsigned char *p = mmap(NULL, 4 << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS,
				-1, 0);
	unsigned long *at;

	CHECK(p != MAP_FAILED);
	for (at = (unsigned long *)p; (unsigned char *)at < p + (4 << 20); at++)
		CHECK(!*at);
}

static void new_file_pages_are_zero(void)
{
	int fd = syscall(SYS_memfd_create, "zero", 0);
	static unsigned long page[512];

	CHECK(fd >= 0);
	for (int round = 0; round < 64; round++) {
		CHECK_EQ(pwrite(fd, "x", 1, round * 8192 + 5), 1);
		CHECK_EQ(ftruncate(fd, round * 8192 + 4096), 0);
		CHECK_EQ(pread(fd, page, 4096, round * 8192), 4096);
		CHECK_EQ(((char *)page)[5], 'x');
		((char *)page)[5] = 0;
		for (int i = 0; i < 512; i++)
			CHECK(!page[i]);
	}
}

TESTS(
	TEST(stat_has_zero_padding),
	TEST(fstat_has_zero_padding),
	TEST(statx_has_zero_padding),
	TEST(statfs_has_zero_spare),
	TEST(uname_is_zero_behind_its_strings),
	TEST(a_host_name_leaves_nothing_of_a_longer_one),
	TEST(sysinfo_has_zero_padding),
	TEST(sigaction_returns_no_garbage),
	TEST(the_siginfo_of_a_wait_is_zero_behind_its_fields),
	TEST(the_siginfo_of_a_timer_is_zero_behind_its_fields),
	TEST(the_siginfo_of_a_handler_is_zero_behind_its_fields),
	TEST(the_siginfo_of_a_fault_is_zero_behind_its_fields),
	TEST(waitid_writes_its_fields_only),
	TEST(rusage_is_whole_and_no_more),
	TEST(epoll_events_are_packed_as_the_machine_says),
	TEST(a_directory_entry_is_zero_up_to_its_length),
	TEST(signalfd_records_are_zero_behind_their_fields),
	TEST(times_are_whole_and_no_more),
	TEST(timex_has_zero_padding),
	TEST(the_alternate_stack_has_zero_padding),
	TEST(scheduling_attributes_are_zero_where_unused),
	TEST(capabilities_are_two_words_of_three),
	TEST(limits_are_two_words),
	TEST(terminal_settings_are_whole_and_no_more),
	TEST(an_affinity_mask_is_as_long_as_the_kernels),
	TEST(a_short_read_touches_what_it_returns),
	TEST(system_v_states_are_zero_where_unused),
	TEST(a_message_is_its_bytes_and_no_more),
	TEST(message_queues_tell_no_more_than_they_have),
	TEST(new_memory_is_zero),
	TEST(new_file_pages_are_zero),
)
