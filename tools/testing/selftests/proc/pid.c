// SPDX-License-Identifier: MIT
/* /proc/PID: what a process reads about itself and others, and what it may write. */

#include "proc.h"

#include <dirent.h>
#include <limits.h>
#include <pthread.h>
#include <stdint.h>
#include <sys/auxv.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <sys/uio.h>
#include <time.h>

static char path[256], buf[65536];

static pid_t sleeper(void)
{
	pid_t pid = fork();

	if (!pid) {
		for (;;)
			pause();
	}
	CHECK(pid > 0);
	return pid;
}

static void end(pid_t pid)
{
	CHECK_EQ(kill(pid, SIGKILL), 0);
	CHECK_EQ(waitpid(pid, NULL, 0), pid);
}

static void exe_and_cwd_are_links_to_files(void)
{
	struct stat a, b;
	ssize_t n;

	need("proc", "/proc");
	n = readlink("/proc/self/exe", buf, sizeof(buf));
	CHECK(n > 0);
	buf[n] = '\0';
	CHECK(!stat("/proc/self/exe", &a) && !stat(buf, &b) && a.st_ino == b.st_ino);
	CHECK_EQ(chdir("/proc"), 0);
	CHECK_EQ(readlink("/proc/self/cwd", buf, sizeof(buf)), 5);
	CHECK(!memcmp(buf, "/proc", 5));
	CHECK_EQ(readlink("/proc/thread-self", buf, sizeof(buf)),
		 snprintf(path, sizeof(path), "%d/task/%d", getpid(), getpid()));
}

/* Not even root; what the kernel made outside of processes is another matter. */
static void modes_of_a_process_files_stay(void)
{
	need("proc", "/proc");
	CHECK_ERR(chmod("/proc/self/status", 0400), EPERM);
	CHECK_ERR(chmod("/proc/self/fd", 0777), EPERM);
	CHECK_ERR(chmod("/proc/self", 0777), EPERM);
}

static void status_names_the_ids(void)
{
	char *text;

	need("proc", "/proc");
	CHECK_EQ(prctl(PR_SET_NAME, "a\nb\\c"), 0);
	text = slurp("/proc/self/status");
	CHECK(text && !strncmp(text, "Name:\ta\\nb\\\\c\n", 14));
	CHECK_EQ(atoi(field(text, "Pid:\t")), getpid());
	CHECK_EQ(atoi(field(text, "PPid:\t")), getppid());
	CHECK_EQ(atoi(field(text, "Threads:\t")), 1);
	CHECK_EQ(atoi(field(text, "NoNewPrivs:\t")), 0);
	CHECK_EQ(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), 0);
	CHECK_EQ(figure("/proc/self/status", "NoNewPrivs:\t"), 1);
}

static void stat_has_52_fields(void)
{
	char *text, *p;
	int n = 0;

	need("proc", "/proc");
	text = slurp("/proc/self/stat");
	CHECK(text && atoi(text) == getpid());
	p = strrchr(text, ')');
	CHECK(p && p[1] == ' ');
	CHECK_EQ(p[2], 'R');
	for (; *p; p++)
		n += *p == ' ';
	CHECK_EQ(n, 50);
	CHECK_EQ(text[strlen(text) - 1], '\n');
}

static void comm_is_writable_by_its_own_process(void)
{
	pid_t pid = sleeper();

	need("proc", "/proc");
	CHECK_EQ(spew("/proc/self/comm", "a-name-that-is-too-long"), 23);
	CHECK(!strcmp(slurp("/proc/self/comm"), "a-name-that-is-\n"));
	snprintf(path, sizeof(path), "/proc/%d/comm", pid);
	CHECK_ERR(spew(path, "other"), EINVAL);
	end(pid);
}

static void auxv_is_what_getauxval_knows(void)
{
	unsigned long *v;

	need("proc", "/proc");
	v = (unsigned long *)slurp("/proc/self/auxv");
	CHECK(v);
	for (; v[0]; v += 2) {
		if (v[0] == AT_PAGESZ)
			CHECK_EQ(v[1], getauxval(AT_PAGESZ));
		if (v[0] == AT_ENTRY)
			CHECK_EQ(v[1], getauxval(AT_ENTRY));
	}
}

static void mem_reads_and_writes_memory(void)
{
	char text[32] = "before";
	int fd;

	need("proc", "/proc");
	fd = open("/proc/self/mem", O_RDWR);
	CHECK(fd >= 0);
	CHECK_EQ(pread(fd, buf, 7, (off_t)(uintptr_t)text), 7);
	CHECK(!memcmp(buf, "before", 7));
	CHECK_EQ(pwrite(fd, "after", 6, (off_t)(uintptr_t)text), 6);
	CHECK(!strcmp(text, "after"));
	CHECK_ERR(pread(fd, buf, 1, 8), EIO);
	CHECK_EQ(pread(fd, buf, 0, 8), 0);
}

/* A debugger may write to what the program only reads; its copy is its own. */
static void mem_takes_a_vector_with_empty_pieces(void)
{
	char to[] = "......";
	struct iovec v[] = { { "xx", 0 }, { "ab", 2 }, { "xx", 0 }, { "c", 1 }, { "xx", 0 } };
	int fd = open("/proc/self/mem", O_RDWR);

	CHECK_EQ(pwritev(fd, v, 5, (off_t)to), 3);
	CHECK(!strcmp(to, "abc..."));
	close(fd);
}

static void mem_writes_to_read_only_pages(void)
{
	char *p = mmap(NULL, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	int fd;

	need("proc", "/proc");
	fd = open("/proc/self/mem", O_RDWR);
	CHECK(p != MAP_FAILED && fd >= 0);
	if (pwrite(fd, "x", 1, (off_t)(uintptr_t)p) < 0)
		SKIP("this kernel restricts FOLL_FORCE");
	CHECK_EQ(*p, 'x');
}

static void smaps_counts_what_was_touched(void)
{
	size_t size = 64 * 4096;
	char *p = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	char *text, *at;

	need("proc", "/proc");
	CHECK(p != MAP_FAILED);
	CHECK_EQ(madvise(p, size, MADV_NOHUGEPAGE) && errno != EINVAL, 0);
	memset(p, 1, size / 2);
	/* A neighbour may have been merged with it: it is somewhere in a mapping. */
	text = slurp("/proc/self/smaps");
	CHECK(text);
	for (at = text; at && *at; at = strchr(at, '\n'), at = at ? at + 1 : NULL) {
		unsigned long start, stop;

		if (sscanf(at, "%lx-%lx ", &start, &stop) != 2 || (uintptr_t)p < start ||
		    (uintptr_t)p >= stop)
			continue;
		CHECK(field(at, "Rss:") && atol(field(at, "Rss:")) >= 128);
		CHECK(field(at, "Size:") && atol(field(at, "Size:")) >= 256);
		CHECK(field(at, "Anonymous:") && atol(field(at, "Anonymous:")) >= 128);
		CHECK(!strncmp(field(at, "VmFlags: "), "rd wr mr mw me", 14));
		break;
	}
	CHECK(at && *at);
	text = slurp("/proc/self/smaps_rollup");
	CHECK(text && strstr(text, "[rollup]\nRss:") && atol(field(text, "Rss:")) >= 128);
}

static void pagemap_has_eight_bytes_a_page(void)
{
	size_t page = sysconf(_SC_PAGESIZE);
	char *p = mmap(NULL, 2 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	uint64_t e[2];
	int fd;

	need("proc", "/proc");
	CHECK(p != MAP_FAILED);
	*p = 1;
	fd = open("/proc/self/pagemap", O_RDONLY);
	CHECK(fd >= 0);
	CHECK_EQ(pread(fd, e, 16, (uintptr_t)p / page * 8), 16);
	CHECK_EQ(e[0] >> 63, 1);
	CHECK_EQ(e[1] >> 63, 0);
	CHECK_ERR(pread(fd, e, 4, 0), EINVAL);
	CHECK_ERR(pread(fd, e, 8, 4), EINVAL);
}

static void clear_refs_takes_one_to_five(void)
{
	need("proc", "/proc");
	CHECK_ERR(spew("/proc/self/clear_refs", "0"), EINVAL);
	CHECK_ERR(spew("/proc/self/clear_refs", "6"), EINVAL);
	CHECK_ERR(spew("/proc/self/clear_refs", "one"), EINVAL);
	CHECK_EQ(spew("/proc/self/clear_refs", "1"), 1);
	CHECK_EQ(spew("/proc/self/clear_refs", "5\n"), 2);
}

static void oom_scores_go_up_freely_and_down_with_a_right(void)
{
	need("proc", "/proc");
	CHECK_EQ(spew("/proc/self/oom_score_adj", "500"), 3);
	CHECK_EQ(atoi(slurp("/proc/self/oom_score_adj")), 500);
	CHECK(atoi(slurp("/proc/self/oom_score")) > 900);
	CHECK_ERR(spew("/proc/self/oom_score_adj", "1001"), EINVAL);
	CHECK_ERR(spew("/proc/self/oom_score_adj", "-1001"), EINVAL);
	CHECK_ERR(spew("/proc/self/oom_score_adj", "much"), EINVAL);
	CHECK_EQ(spew("/proc/self/oom_adj", "15"), 2);
	CHECK_EQ(atoi(slurp("/proc/self/oom_score_adj")), 1000);
	CHECK_EQ(spew("/proc/self/oom_score_adj", "0"), 1);
	CHECK_EQ(setuid(65534), 0);
	prctl(PR_SET_DUMPABLE, 1);
	CHECK_EQ(spew("/proc/self/oom_score_adj", "10"), 2);
	CHECK_EQ(spew("/proc/self/oom_score_adj", "5"), 1);
	CHECK_ERR(spew("/proc/self/oom_score_adj", "-1"), EACCES);
}

static void another_users_memory_is_shut(void)
{
	static const char *const shut[] = {
		"mem", "maps", "smaps", "environ", "auxv", "pagemap", "syscall", "stack",
		"personality",
	};
	pid_t pid = sleeper();
	unsigned int i;

	need("proc", "/proc");
	CHECK_EQ(setuid(65534), 0);
	for (i = 0; i < sizeof(shut) / sizeof(*shut); i++) {
		snprintf(path, sizeof(path), "/proc/%d/%s", pid, shut[i]);
		CHECK(!slurp(path));
		CHECK(errno == EACCES || errno == EPERM);
	}
	snprintf(path, sizeof(path), "/proc/%d/exe", pid);
	CHECK_ERR(readlink(path, buf, sizeof(buf)), EACCES);
	snprintf(path, sizeof(path), "/proc/%d/fd", pid);
	CHECK(!opendir(path) && errno == EACCES);
	snprintf(path, sizeof(path), "/proc/%d/status", pid);
	CHECK(slurp(path));
}

static void syscall_and_wchan_tell_where_it_sleeps(void)
{
	pid_t pid = sleeper();
	char *text;

	need("proc", "/proc");
	snprintf(path, sizeof(path), "/proc/%d/syscall", pid);
	/* It is on its way to its pause(). */
	do
		text = slurp(path);
	while (text && !strncmp(text, "running", 7));
	CHECK(text && atoi(text) > 0 && strstr(text, " 0x"));
	snprintf(path, sizeof(path), "/proc/%d/stack", pid);
	text = slurp(path);
	CHECK(text && !strncmp(text, "[<0>] ", 6));
	text = slurp("/proc/self/syscall");
	CHECK(text && atoi(text) == SYS_read && strstr(text, " 0x"));
	end(pid);
}

static void fdinfo_knows_each_kind(void)
{
	sigset_t set;
	struct epoll_event ev = { .events = EPOLLIN, .data.u64 = 0x1234 };
	struct itimerspec its = { .it_value.tv_sec = 1000 };
	int e, ep, s, t;
	char *text;

	need("proc", "/proc");
	e = eventfd(7, 0);
	snprintf(path, sizeof(path), "/proc/self/fdinfo/%d", e);
	text = slurp(path);
	CHECK(text && !strncmp(text, "pos:\t0\nflags:\t02\nmnt_id:\t", 25));
	CHECK(strstr(text, "eventfd-count:                7\n"));

	ep = epoll_create1(0);
	CHECK_EQ(epoll_ctl(ep, EPOLL_CTL_ADD, e, &ev), 0);
	snprintf(path, sizeof(path), "/proc/self/fdinfo/%d", ep);
	text = slurp(path);
	CHECK(text && strstr(text, "tfd:"));
	CHECK(strstr(text, "events:       19 data:             1234"));

	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	s = signalfd(-1, &set, 0);
	snprintf(path, sizeof(path), "/proc/self/fdinfo/%d", s);
	text = slurp(path);
	CHECK(text && strstr(text, "sigmask:\t0000000000000200\n"));

	t = timerfd_create(CLOCK_MONOTONIC, 0);
	CHECK_EQ(timerfd_settime(t, 0, &its, NULL), 0);
	snprintf(path, sizeof(path), "/proc/self/fdinfo/%d", t);
	text = slurp(path);
	CHECK(text && strstr(text, "clockid: 1\nticks: 0\nsettime flags: 00\nit_value: ("));
	CHECK(strstr(text, "it_interval: (0, 0)\n"));
}

static void *wait_on_pipe(void *arg)
{
	char c;

	return read(*(int *)arg, &c, 1) == 1 ? NULL : arg;
}

static void task_lists_the_threads(void)
{
	pthread_t t[3];
	struct dirent *d;
	int fds[2], n = 0, i;
	DIR *dir;

	need("proc", "/proc");
	CHECK_EQ(pipe(fds), 0);
	for (i = 0; i < 3; i++)
		CHECK_EQ(pthread_create(&t[i], NULL, wait_on_pipe, &fds[0]), 0);
	dir = opendir("/proc/self/task");
	CHECK(dir);
	while ((d = readdir(dir)))
		n += d->d_name[0] != '.';
	CHECK_EQ(n, 4);
	CHECK_EQ(figure("/proc/self/status", "Threads:\t"), 4);
	CHECK_EQ(write(fds[1], "xyz", 3), 3);
	for (i = 0; i < 3; i++)
		CHECK_EQ(pthread_join(t[i], NULL), 0);
}

static void children_lists_them(void)
{
	pid_t pid = sleeper();
	char *text;

	need("proc", "/proc");
	text = slurp("/proc/thread-self/children");
	if (!text)
		SKIP("no children file");
	CHECK_EQ(atoi(text), pid);
	end(pid);
}

static void limits_has_a_line_for_each(void)
{
	struct rlimit r = { 123, 456 };
	char *text;

	need("proc", "/proc");
	CHECK_EQ(setrlimit(RLIMIT_NOFILE, &r), 0);
	text = slurp("/proc/self/limits");
	CHECK(text && strstr(text, "\nMax open files            123                  "
			     "456                  files     \n"));
	CHECK(!strncmp(text, "Limit                     Soft Limit           "
		       "Hard Limit           Units     \n", 79));
}

static void the_one_namespace_maps_all_ids(void)
{
	need("proc", "/proc");
	if (!slurp("/proc/self/uid_map"))
		SKIP("no user namespaces");
	CHECK(!strcmp(slurp("/proc/self/uid_map"), "         0          0 4294967295\n"));
	CHECK(!strcmp(slurp("/proc/self/setgroups"), "allow\n"));
}

static void timerslack_can_be_set_and_reset(void)
{
	need("proc", "/proc");
	CHECK_EQ(spew("/proc/self/timerslack_ns", "1234"), 4);
	CHECK_EQ(atoi(slurp("/proc/self/timerslack_ns")), 1234);
	CHECK_EQ(prctl(PR_GET_TIMERSLACK), 1234);
	CHECK_EQ(spew("/proc/self/timerslack_ns", "0"), 1);
	CHECK_EQ(atoi(slurp("/proc/self/timerslack_ns")), 50000);
	CHECK_ERR(spew("/proc/self/timerslack_ns", "-1"), EINVAL);
}

static void coredump_filter_is_a_mask(void)
{
	need("proc", "/proc");
	CHECK_EQ(spew("/proc/self/coredump_filter", "0x23"), 4);
	CHECK(!strcmp(slurp("/proc/self/coredump_filter"), "00000023\n"));
	CHECK_ERR(spew("/proc/self/coredump_filter", "all"), EINVAL);
}

static void a_dead_processs_files_answer_esrch(void)
{
	pid_t pid = sleeper();
	int fd;

	need("proc", "/proc");
	snprintf(path, sizeof(path), "/proc/%d/status", pid);
	fd = open(path, O_RDONLY);
	CHECK(fd >= 0);
	end(pid);
	CHECK_ERR(read(fd, buf, 10), ESRCH);
	CHECK_ERR(open(path, O_RDONLY), ENOENT);
}

/* Three numbers of /proc/self/io: bytes read and written, calls that read. */
static long long io(const char *file, const char *key)
{
	long long n = figure(file, key);

	CHECK(n >= 0);
	return n;
}

static void io_counts_calls_and_bytes(void)
{
	struct iovec iov[2] = { { buf, 100 }, { buf + 100, 23 } };
	long long rchar, wchar, syscr, syscw, more;
	int fd = open("/dev/zero", O_RDWR), i;
	long long again;
	size_t text;

	need("proc", "/proc");
	CHECK(fd >= 0);
	/* What reading the file itself adds. */
	text = strlen(slurp("/proc/self/io"));
	syscr = io("/proc/self/io", "syscr: ");
	syscw = io("/proc/self/io", "syscw: ");
	wchar = io("/proc/self/io", "wchar: ");
	rchar = io("/proc/self/io", "rchar: ");
	for (i = 0; i < 10; i++)
		CHECK_EQ(read(fd, buf, 1000), 1000);
	CHECK_EQ(readv(fd, iov, 2), 123);
	CHECK_EQ(write(fd, buf, 77), 77);
	CHECK_EQ(pwrite(fd, buf, 5, 0), 5);
	CHECK_EQ(writev(fd, iov, 2), 123);
	more = io("/proc/self/io", "rchar: ") - rchar;
	CHECK(more >= 10123 + (long long)text && more < 10123 + 2 * (long long)text + 50);
	CHECK_EQ(io("/proc/self/io", "wchar: ") - wchar, 77 + 5 + 123);
	CHECK_EQ(io("/proc/self/io", "syscw: ") - syscw, 3);
	/* Eleven here, and two for each of the eight times that the file was read since. */
	again = io("/proc/self/io", "syscr: ");
	CHECK(again - syscr >= 11 + 7 * 2 && again - syscr < 11 + 9 * 2);
	CHECK_EQ(io("/proc/self/io", "cancelled_write_bytes: "), 0);
}

static void *write_a_lot(void *arg)
{
	CHECK_EQ(write(*(int *)arg, buf, 5000), 5000);
	return NULL;
}

static void io_of_the_dead_is_kept(void)
{
	int fd = open("/dev/null", O_WRONLY);
	long long wchar;
	pthread_t thread;
	pid_t pid;

	need("proc", "/proc");
	wchar = io("/proc/self/io", "wchar: ");
	CHECK_EQ(pthread_create(&thread, NULL, write_a_lot, &fd), 0);
	CHECK_EQ(pthread_join(thread, NULL), 0);
	/* pthread_join() returns before the kernel has done with it. */
	while (figure("/proc/self/status", "Threads:\t") != 1)
		sched_yield();
	CHECK_EQ(io("/proc/self/io", "wchar: ") - wchar, 5000);
	CHECK_EQ(io("/proc/thread-self/io", "wchar: ") - wchar, 0);
	pid = fork();
	if (!pid) {
		write_a_lot(&fd);
		_exit(0);
	}
	CHECK_EQ(waitpid(pid, NULL, 0), pid);
	CHECK_EQ(io("/proc/self/io", "wchar: ") - wchar, 10000);
}

static void io_is_for_who_may_trace(void)
{
	need("proc", "/proc");
	snprintf(path, sizeof(path), "/proc/%d/io", getppid());
	CHECK_EQ(setuid(65534), 0);
	CHECK_ERR(open(path, O_RDONLY), EACCES);
	CHECK_ERR(open("/proc/1/io", O_RDONLY), EACCES);
}

static void timers_lists_them(void)
{
	struct sigevent none = { .sigev_notify = SIGEV_NONE };
	struct sigevent rt = {
		.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGRTMIN + 3,
		.sigev_value.sival_ptr = (void *)0x1234,
	};
	char want[256];
	timer_t a, b;

	need("proc", "/proc");
	CHECK_EQ(strlen(slurp("/proc/self/timers")), 0);
	CHECK_EQ(syscall(SYS_timer_create, CLOCK_MONOTONIC, &rt, &a), 0);
	snprintf(want, sizeof(want),
		 "ID: 0\nsignal: %d/0000000000001234\nnotify: signal/pid.%d\nClockID: 1\n",
		 SIGRTMIN + 3, getpid());
	CHECK(!strcmp(slurp("/proc/self/timers"), want));
	CHECK_EQ(syscall(SYS_timer_create, CLOCK_REALTIME, &none, &b), 0);
	CHECK(strstr(slurp("/proc/self/timers"), want));
	CHECK(strstr(slurp("/proc/self/timers"), "notify: none/pid."));
}

static void map_files_are_links_to_what_is_mapped(void)
{
	int fd = syscall(SYS_memfd_create, "mapped", 0), n = 0;
	char other[sizeof(path)];
	struct stat a, b;
	struct dirent *d;
	ssize_t len;
	DIR *dir;
	char *p;

	need("proc", "/proc");
	CHECK(fd >= 0 && !ftruncate(fd, 8192) && !fstat(fd, &a));
	p = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	CHECK(p != MAP_FAILED);
	snprintf(path, sizeof(path), "/proc/self/map_files/%lx-%lx", (long)p, (long)p + 8192);
	len = readlink(path, buf, sizeof(buf) - 1);
	CHECK(len > 0);
	buf[len] = '\0';
	CHECK(!strcmp(buf, "/memfd:mapped (deleted)"));
	CHECK(!lstat(path, &b) && S_ISLNK(b.st_mode) && (b.st_mode & 0777) == 0600);
	CHECK(!stat(path, &b) && a.st_ino == b.st_ino && a.st_dev == b.st_dev);
	dir = opendir("/proc/self/map_files");
	CHECK(dir);
	while ((d = readdir(dir)))
		if (d->d_name[0] != '.') {
			CHECK_EQ(d->d_type, DT_LNK);
			n += !strcmp(strrchr(path, '/') + 1, d->d_name);
		}
	closedir(dir);
	CHECK_EQ(n, 1);
	/* Not with other bounds, nor otherwise written; nor when it is gone. */
	snprintf(other, sizeof(other), "/proc/self/map_files/%lx-%lx", (long)p, (long)p + 4096);
	CHECK_ERR(readlink(other, buf, sizeof(buf)), ENOENT);
	snprintf(other, sizeof(other), "/proc/self/map_files/0%lx-%lx", (long)p, (long)p + 8192);
	CHECK_ERR(readlink(other, buf, sizeof(buf)), ENOENT);
	CHECK_EQ(munmap(p, 8192), 0);
	CHECK_ERR(lstat(path, &b), ENOENT);
}

static void a_memfd_has_its_name(void)
{
	int fd = syscall(SYS_memfd_create, "it's me", 0);
	ssize_t n;

	need("proc", "/proc");
	CHECK(fd >= 0);
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	n = readlink(path, buf, sizeof(buf) - 1);
	CHECK(n > 0);
	buf[n] = '\0';
	CHECK(!strcmp(buf, "/memfd:it's me (deleted)"));
}

TESTS(TEST(exe_and_cwd_are_links_to_files), TEST(modes_of_a_process_files_stay),
      TEST(status_names_the_ids), TEST(stat_has_52_fields),
      TEST(comm_is_writable_by_its_own_process), TEST(auxv_is_what_getauxval_knows),
      TEST(mem_reads_and_writes_memory), TEST(mem_takes_a_vector_with_empty_pieces),
      TEST(mem_writes_to_read_only_pages),
      TEST(smaps_counts_what_was_touched), TEST(pagemap_has_eight_bytes_a_page),
      TEST(clear_refs_takes_one_to_five), TEST(oom_scores_go_up_freely_and_down_with_a_right),
      TEST(another_users_memory_is_shut), TEST(syscall_and_wchan_tell_where_it_sleeps),
      TEST(fdinfo_knows_each_kind), TEST(task_lists_the_threads), TEST(children_lists_them),
      TEST(limits_has_a_line_for_each), TEST(the_one_namespace_maps_all_ids),
      TEST(timerslack_can_be_set_and_reset), TEST(coredump_filter_is_a_mask),
      TEST(a_dead_processs_files_answer_esrch),
      TEST(io_counts_calls_and_bytes), TEST(io_of_the_dead_is_kept), TEST(io_is_for_who_may_trace),
      TEST(timers_lists_them), TEST(map_files_are_links_to_what_is_mapped),
      TEST(a_memfd_has_its_name),)
