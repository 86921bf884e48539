// SPDX-License-Identifier: MIT
/*
 * Clocks, sleeps, timers, and the descriptors that carry events, signals and timers.
 */
#include <poll.h>
#include <pthread.h>
#include <stdint.h>
#include <sys/auxv.h>
#include <sys/eventfd.h>
#include <sys/random.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/timerfd.h>
#include <time.h>

#include "../kselftest.h"

static int64_t ns_of(const struct timespec *ts)
{
	return ts->tv_sec * 1000000000LL + ts->tv_nsec;
}

static int64_t now(clockid_t clock)
{
	struct timespec ts;

	CHECK_EQ(clock_gettime(clock, &ts), 0);
	CHECK(ts.tv_nsec >= 0 && ts.tv_nsec < 1000000000);
	return ns_of(&ts);
}

static void clocks_go_forward(void)
{
	clockid_t clocks[] = { CLOCK_REALTIME, CLOCK_MONOTONIC, CLOCK_MONOTONIC_RAW, CLOCK_BOOTTIME,
			       CLOCK_TAI, CLOCK_REALTIME_COARSE, CLOCK_MONOTONIC_COARSE,
			       CLOCK_PROCESS_CPUTIME_ID, CLOCK_THREAD_CPUTIME_ID };
	unsigned int i, k;

	for (i = 0; i < sizeof(clocks) / sizeof(clocks[0]); i++) {
		int64_t before = now(clocks[i]), after;

		for (k = 0; k < 1000; k++) {
			after = now(clocks[i]);
			CHECK(after >= before);
			before = after;
		}
	}
}

static int64_t now_by_call(clockid_t clock)
{
	struct timespec ts;

	CHECK_EQ(syscall(SYS_clock_gettime, clock, &ts), 0);
	return ns_of(&ts);
}

static void library_and_call_agree(void)
{
	int i;

	for (i = 0; i < 1000; i++) {
		int64_t a = now_by_call(CLOCK_MONOTONIC), b = now(CLOCK_MONOTONIC);
		int64_t c = now_by_call(CLOCK_MONOTONIC);

		CHECK(a <= b && b <= c);
	}
}

static void there_is_a_vdso(void)
{
	unsigned char *ehdr = (unsigned char *)getauxval(AT_SYSINFO_EHDR);

	if (!ehdr)
		SKIP("no vDSO here");
	CHECK_EQ(memcmp(ehdr, "\177ELF", 4), 0);
}

static void bad_clocks_are_refused(void)
{
	struct timespec ts;

	CHECK_ERR(syscall(SYS_clock_gettime, 99, &ts), EINVAL);
	CHECK_ERR(syscall(SYS_clock_gettime, CLOCK_MONOTONIC, (void *)8), EFAULT);
	CHECK_ERR(syscall(SYS_clock_getres, 99, &ts), EINVAL);
	CHECK_EQ(syscall(SYS_clock_getres, CLOCK_MONOTONIC, NULL), 0);
	CHECK_ERR(syscall(SYS_clock_settime, CLOCK_MONOTONIC, &ts), EINVAL);
	CHECK_ERR(syscall(SYS_clock_nanosleep, CLOCK_THREAD_CPUTIME_ID, 0, &ts, NULL),
		  EOPNOTSUPP);
	CHECK_ERR(syscall(SYS_clock_nanosleep, CLOCK_MONOTONIC, 0, (void *)8, NULL), EFAULT);
	ts.tv_sec = -1;
	ts.tv_nsec = 0;
	CHECK_ERR(syscall(SYS_nanosleep, &ts, NULL), EINVAL);
	ts.tv_sec = 0;
	ts.tv_nsec = 1000000000;
	CHECK_ERR(syscall(SYS_nanosleep, &ts, NULL), EINVAL);
}

static void sleeps_last_long_enough(void)
{
	struct timespec ts = { 0, 5000000 };
	int64_t before = now(CLOCK_MONOTONIC);

	CHECK_EQ(nanosleep(&ts, NULL), 0);
	CHECK(now(CLOCK_MONOTONIC) - before >= 5000000);
	before = now(CLOCK_MONOTONIC) + 3000000;
	ts.tv_sec = before / 1000000000;
	ts.tv_nsec = before % 1000000000;
	CHECK_EQ(clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &ts, NULL), 0);
	CHECK(now(CLOCK_MONOTONIC) >= before);
}

static volatile sig_atomic_t rang;

static void ring(int sig)
{
	(void)sig;
	rang++;
}

static void alarms_ring(void)
{
	struct itimerval it = { { 0, 0 }, { 0, 5000 } }, old;

	signal(SIGALRM, ring);
	CHECK_EQ(setitimer(ITIMER_REAL, &it, NULL), 0);
	while (!rang)
		pause();
	CHECK_EQ(getitimer(ITIMER_REAL, &old), 0);
	CHECK_EQ(old.it_value.tv_sec + old.it_value.tv_usec, 0);
	CHECK_EQ(alarm(100), 0);
	CHECK_EQ(alarm(0), 100);
	CHECK_ERR(setitimer(7, &it, NULL), EINVAL);
	it.it_value.tv_usec = 1000000;
	CHECK_ERR(setitimer(ITIMER_REAL, &it, NULL), EINVAL);
}

static void periodic_alarms_go_on(void)
{
	struct itimerval it = { { 0, 2000 }, { 0, 2000 } };

	signal(SIGALRM, ring);
	CHECK_EQ(setitimer(ITIMER_REAL, &it, NULL), 0);
	while (rang < 5)
		pause();
}

static void cpu_time_rings(void)
{
	struct itimerval it = { { 0, 0 }, { 0, 20000 } };

	signal(SIGPROF, ring);
	CHECK_EQ(setitimer(ITIMER_PROF, &it, NULL), 0);
	while (!rang)
		;
	CHECK(now(CLOCK_PROCESS_CPUTIME_ID) >= 10000000);
}

static void posix_timers_send_their_value(void)
{
	struct sigevent ev = { .sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGRTMIN };
	struct itimerspec it = { { 0, 0 }, { 0, 3000000 } }, cur;
	siginfo_t info;
	sigset_t set;
	timer_t id;

	sigemptyset(&set);
	sigaddset(&set, SIGRTMIN);
	sigprocmask(SIG_BLOCK, &set, NULL);
	ev.sigev_value.sival_int = 4711;
	CHECK_EQ(timer_create(CLOCK_MONOTONIC, &ev, &id), 0);
	CHECK_EQ(timer_gettime(id, &cur), 0);
	CHECK_EQ(ns_of(&cur.it_value), 0);
	CHECK_EQ(timer_settime(id, 0, &it, NULL), 0);
	CHECK_EQ(sigwaitinfo(&set, &info), SIGRTMIN);
	CHECK_EQ(info.si_code, SI_TIMER);
	CHECK_EQ(info.si_value.sival_int, 4711);
	CHECK_EQ(timer_delete(id), 0);
}

static void overruns_are_counted(void)
{
	struct itimerspec it = { { 0, 1000000 }, { 0, 1000000 } };
	struct sigevent ev = { .sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGRTMIN };
	int64_t start;
	siginfo_t info;
	sigset_t set;
	timer_t id;

	sigemptyset(&set);
	sigaddset(&set, SIGRTMIN);
	sigprocmask(SIG_BLOCK, &set, NULL);
	CHECK_EQ(timer_create(CLOCK_MONOTONIC, &ev, &id), 0);
	CHECK_EQ(timer_settime(id, 0, &it, NULL), 0);
	start = now(CLOCK_MONOTONIC);
	while (now(CLOCK_MONOTONIC) - start < 20000000)
		;
	CHECK_EQ(sigwaitinfo(&set, &info), SIGRTMIN);
	CHECK(info.si_overrun >= 15);
	CHECK(timer_getoverrun(id) >= 15);
	CHECK_EQ(sigwaitinfo(&set, &info), SIGRTMIN);
	CHECK_EQ(timer_delete(id), 0);
}

static void cpu_timers_fire(void)
{
	struct sigevent ev = { .sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGUSR1 };
	struct itimerspec it = { { 0, 0 }, { 0, 20000000 } };
	timer_t id;

	signal(SIGUSR1, ring);
	CHECK_EQ(timer_create(CLOCK_PROCESS_CPUTIME_ID, &ev, &id), 0);
	CHECK_EQ(timer_settime(id, 0, &it, NULL), 0);
	while (!rang)
		;
	CHECK_EQ(timer_delete(id), 0);
}

static void bad_timers_are_refused(void)
{
	struct sigevent ev = { .sigev_notify = 99 };
	struct itimerspec it = { { 0, 0 }, { 0, 1000000000 } };
	int id = 0;

	CHECK_ERR(syscall(SYS_timer_create, 99, NULL, &id), EINVAL);
	CHECK_ERR(syscall(SYS_timer_create, CLOCK_MONOTONIC, &ev, &id), EINVAL);
	CHECK_ERR(syscall(SYS_timer_create, CLOCK_MONOTONIC, NULL, (void *)8), EFAULT);
	CHECK_ERR(syscall(SYS_timer_create, CLOCK_MONOTONIC, (void *)8, &id), EFAULT);
	CHECK_ERR(syscall(SYS_timer_delete, 12345), EINVAL);
	CHECK_ERR(syscall(SYS_timer_gettime, 12345, &it), EINVAL);
	CHECK_ERR(syscall(SYS_timer_getoverrun, -1), EINVAL);
	CHECK_EQ(syscall(SYS_timer_create, CLOCK_MONOTONIC, NULL, &id), 0);
	CHECK_ERR(syscall(SYS_timer_settime, id, 0, &it, NULL), EINVAL);
	CHECK_ERR(syscall(SYS_timer_settime, id, 0, NULL, NULL), EINVAL);
	CHECK_ERR(syscall(SYS_timer_settime, id, 0, (void *)8, NULL), EFAULT);
	CHECK_EQ(syscall(SYS_timer_delete, id), 0);
}

static void eventfds_count(void)
{
	int fd = eventfd(3, EFD_NONBLOCK), sem;
	uint64_t v = 0;

	CHECK(fd >= 0);
	CHECK_EQ(read(fd, &v, 8), 8);
	CHECK_EQ(v, 3);
	CHECK_ERR(read(fd, &v, 8), EAGAIN);
	CHECK_ERR(read(fd, &v, 4), EINVAL);
	v = ~0ULL;
	CHECK_ERR(write(fd, &v, 8), EINVAL);
	v = ~0ULL - 1;
	CHECK_EQ(write(fd, &v, 8), 8);
	v = 1;
	CHECK_ERR(write(fd, &v, 8), EAGAIN);
	sem = eventfd(2, EFD_SEMAPHORE | EFD_NONBLOCK);
	CHECK_EQ(read(sem, &v, 8), 8);
	CHECK_EQ(v, 1);
	CHECK_EQ(read(sem, &v, 8), 8);
	CHECK_ERR(read(sem, &v, 8), EAGAIN);
	CHECK_ERR(eventfd(0, 0x10), EINVAL);
}

static void timerfds_count_expiries(void)
{
	struct itimerspec it = { { 0, 1000000 }, { 0, 1000000 } }, cur;
	int fd = timerfd_create(CLOCK_MONOTONIC, 0);
	struct pollfd p = { .fd = fd, .events = POLLIN };
	uint64_t ticks;

	CHECK(fd >= 0);
	CHECK_EQ(timerfd_settime(fd, 0, &it, NULL), 0);
	CHECK_EQ(poll(&p, 1, -1), 1);
	CHECK_EQ(read(fd, &ticks, 8), 8);
	CHECK(ticks >= 1);
	CHECK_EQ(timerfd_gettime(fd, &cur), 0);
	CHECK_EQ(ns_of(&cur.it_interval), 1000000);
	CHECK_ERR(timerfd_create(99, 0), EINVAL);
	CHECK_ERR(timerfd_create(CLOCK_MONOTONIC, 1), EINVAL);
	CHECK_ERR(timerfd_settime(fd, 77, &it, NULL), EINVAL);
	CHECK_ERR(timerfd_settime(0, 0, &it, NULL), EINVAL);
}

static void signalfds_yield_signals(void)
{
	struct signalfd_siginfo si;
	union sigval v = { .sival_int = 99 };
	struct pollfd p;
	sigset_t set;
	int fd;

	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	sigprocmask(SIG_BLOCK, &set, NULL);
	fd = signalfd(-1, &set, SFD_NONBLOCK);
	CHECK(fd >= 0);
	CHECK_ERR(read(fd, &si, sizeof(si)), EAGAIN);
	CHECK_ERR(read(fd, &si, 10), EINVAL);
	CHECK_EQ(sigqueue(getpid(), SIGUSR1, v), 0);
	p.fd = fd;
	p.events = POLLIN;
	CHECK_EQ(poll(&p, 1, 0), 1);
	CHECK_EQ(read(fd, &si, sizeof(si)), sizeof(si));
	CHECK_EQ(si.ssi_signo, SIGUSR1);
	CHECK_EQ(si.ssi_code, SI_QUEUE);
	CHECK_EQ(si.ssi_int, 99);
	CHECK_EQ(si.ssi_pid, getpid());
	CHECK_EQ(poll(&p, 1, 0), 0);
}

static void random_bytes_come(void)
{
	unsigned char a[300] = { 0 }, b[300] = { 0 };

	CHECK_EQ(getrandom(a, sizeof(a), GRND_NONBLOCK), sizeof(a));
	CHECK_EQ(getrandom(b, sizeof(b), 0), sizeof(b));
	CHECK(memcmp(a, b, sizeof(a)));
	CHECK_ERR(getrandom(a, 1, 77), EINVAL);
	CHECK_ERR(syscall(SYS_getrandom, 8, 10, 0), EFAULT);
}

static void membarrier_needs_registration(void)
{
	long offered = syscall(SYS_membarrier, 0, 0, 0);

	if (offered < 0)
		SKIP("no membarrier");
	CHECK(offered & 1);
	CHECK_ERR(syscall(SYS_membarrier, 8, 0, 0), EPERM);
	CHECK_EQ(syscall(SYS_membarrier, 16, 0, 0), 0);
	CHECK_EQ(syscall(SYS_membarrier, 8, 0, 0), 0);
	CHECK_ERR(syscall(SYS_membarrier, 8, 77, 0), EINVAL);
	CHECK_ERR(syscall(SYS_membarrier, 1 << 30, 0, 0), EINVAL);
}

static void getcpu_names_a_cpu(void)
{
	unsigned int cpu = ~0u, node = ~0u;

	CHECK_EQ(syscall(SYS_getcpu, &cpu, &node, NULL), 0);
	CHECK(cpu < (unsigned int)sysconf(_SC_NPROCESSORS_CONF));
	CHECK_EQ(syscall(SYS_getcpu, NULL, NULL, NULL), 0);
	CHECK_ERR(syscall(SYS_getcpu, (void *)8, NULL, NULL), EFAULT);
}

TESTS(
	TEST(clocks_go_forward),
	TEST(library_and_call_agree),
	TEST(there_is_a_vdso),
	TEST(bad_clocks_are_refused),
	TEST(sleeps_last_long_enough),
	TEST(alarms_ring),
	TEST(periodic_alarms_go_on),
	TEST(cpu_time_rings),
	TEST(posix_timers_send_their_value),
	TEST(overruns_are_counted),
	TEST(cpu_timers_fire),
	TEST(bad_timers_are_refused),
	TEST(eventfds_count),
	TEST(timerfds_count_expiries),
	TEST(signalfds_yield_signals),
	TEST(random_bytes_come),
	TEST(membarrier_needs_registration),
	TEST(getcpu_names_a_cpu),
)
