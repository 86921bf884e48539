// SPDX-License-Identifier: MIT
/* Files of /proc about the machine: their form, and that figures move. */

#include "proc.h"

#include <ctype.h>
#include <sched.h>
#include <linux/membarrier.h>
#include <sys/file.h>
#include <sys/syscall.h>
#include <sys/sysinfo.h>

static void cpuinfo_has_a_block_for_each_cpu(void)
{
	char *at;
	int n = 0;

	need("proc", "/proc");
	at = slurp("/proc/cpuinfo");
	CHECK(at);
	while ((at = field(at, "processor\t: "))) {
		CHECK_EQ(atoi(at), n);
		n++;
	}
	CHECK_EQ(n, sysconf(_SC_NPROCESSORS_ONLN));
	at = slurp("/proc/cpuinfo");
	CHECK(field(at, "flags\t\t: ") || field(at, "Features\t: "));
	CHECK(strstr(at, " fpu ") || strstr(at, " fp "));
}

static void stat_counts_up(void)
{
	long long ctxt, forks;
	char *text;

	need("proc", "/proc");
	ctxt = figure("/proc/stat", "ctxt ");
	forks = figure("/proc/stat", "processes ");
	CHECK(ctxt > 0 && forks > 0);
	if (!fork())
		_exit(0);
	wait(NULL);
	CHECK(figure("/proc/stat", "ctxt ") > ctxt);
	CHECK(figure("/proc/stat", "processes ") > forks);
	text = slurp("/proc/stat");
	CHECK(text && !strncmp(text, "cpu  ", 5) && field(text, "cpu0 "));
	CHECK(strtoull(field(text, "intr "), NULL, 10) > 0);
	CHECK(strtoull(field(text, "softirq "), NULL, 10) > 0);
	CHECK(strtoull(field(text, "btime "), NULL, 10) > 0);
	CHECK(field(text, "procs_running ") && atoi(field(text, "procs_running ")) > 0);
	CHECK(field(text, "procs_blocked "));
}

static void interrupts_has_a_column_for_each_cpu(void)
{
	char *text, *end;
	int n = 0;

	need("proc", "/proc");
	text = slurp("/proc/interrupts");
	CHECK(text);
	end = strchr(text, '\n');
	CHECK(end);
	for (; text < end; text++)
		n += *text == 'C';
	CHECK_EQ(n, sysconf(_SC_NPROCESSORS_ONLN));
	CHECK(isdigit(end[1]) || end[1] == ' ');
}

static void softirqs_has_ten_rows(void)
{
	char *text;
	int rows = 0;

	need("proc", "/proc");
	text = slurp("/proc/softirqs");
	CHECK(text && strstr(text, "          HI:") && strstr(text, "         RCU:"));
	for (; *text; text++)
		rows += *text == '\n';
	CHECK_EQ(rows, 11);
}

static void meminfo_agrees_with_sysinfo(void)
{
	struct sysinfo si;

	need("proc", "/proc");
	CHECK_EQ(sysinfo(&si), 0);
	CHECK_EQ(figure("/proc/meminfo", "MemTotal:"),
		 (long long)(si.totalram * si.mem_unit >> 10));
	CHECK(figure("/proc/meminfo", "MemFree:") > 0);
	CHECK(figure("/proc/meminfo", "MemAvailable:") > 0);
	CHECK(figure("/proc/meminfo", "CommitLimit:") > 0);
	CHECK(figure("/proc/meminfo", "Committed_AS:") > 0);
	CHECK(figure("/proc/meminfo", "VmallocTotal:") > 0);
	CHECK_EQ(strlen(slurp("/proc/meminfo")) > 0 &&
		 !strncmp(slurp("/proc/meminfo"), "MemTotal:       ", 16), 1);
}

static void zones_are_listed(void)
{
	char *text;

	need("proc", "/proc");
	text = slurp("/proc/buddyinfo");
	CHECK(text && !strncmp(text, "Node 0, zone ", 13));
	text = slurp("/proc/zoneinfo");
	CHECK(text && !strncmp(text, "Node 0, zone ", 13) && strstr(text, "\n        managed  "));
	CHECK(figure("/proc/vmstat", "nr_free_pages ") > 0);
}

static void filesystems_lists_those_without_disk(void)
{
	char *text;

	need("proc", "/proc");
	text = slurp("/proc/filesystems");
	CHECK(text && field(text, "nodev\tproc\n") && field(text, "nodev\ttmpfs\n"));
	CHECK(field(text, "nodev\tsysfs\n"));
}

static void devices_lists_majors(void)
{
	char *text;

	need("proc", "/proc");
	text = slurp("/proc/devices");
	CHECK(text && !strncmp(text, "Character devices:\n", 19));
	CHECK(field(text, "  1 mem\n") && strstr(text, "\nBlock devices:\n"));
}

static void lists_that_may_be_empty_open(void)
{
	static const char *const names[] = {
		"/proc/partitions", "/proc/diskstats", "/proc/modules", "/proc/locks",
		"/proc/swaps", "/proc/consoles", "/proc/execdomains", "/proc/misc",
		"/proc/tty/drivers",
		"/proc/tty/ldiscs", "/proc/cmdline", "/proc/version", "/proc/loadavg",
		"/proc/uptime", "/proc/mounts", "/proc/self/mountinfo", "/proc/self/mountstats",
	};
	unsigned int i;

	need("proc", "/proc");
	for (i = 0; i < sizeof(names) / sizeof(*names); i++) {
		if (slurp(names[i]))
			continue;
		printf("# %s\n", names[i]);
		/* A kernel without modules or disks lacks these. */
		CHECK(errno == ENOENT && (i == 1 || i == 2 || i == 0));
	}
	CHECK(!strncmp(slurp("/proc/swaps"), "Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n",
		       42));
	CHECK(!strcmp(slurp("/proc/execdomains"), "0-0\tLinux           \t[kernel]\n"));
}

static void kallsyms_hides_addresses_from_users(void)
{
	char *text;

	need("proc", "/proc");
	text = slurp("/proc/kallsyms");
	CHECK(text && strlen(text) > 1000);
	CHECK_EQ(setuid(65534), 0);
	text = slurp("/proc/kallsyms");
	CHECK(text && !strncmp(text, "0000000000000000 ", 17));
}

static void locks_shows_who_holds_and_who_waits(void)
{
	struct flock fl = { .l_type = F_WRLCK, .l_start = 10, .l_len = 5 };
	char want[128];
	struct stat st;
	pid_t pid;
	int fd;

	need("proc", "/proc");
	CHECK_EQ(chdir("/tmp"), 0);
	fd = open("locked", O_RDWR | O_CREAT, 0600);
	CHECK(fd >= 0 && !fstat(fd, &st));
	CHECK_EQ(fcntl(fd, F_SETLK, &fl), 0);
	snprintf(want, sizeof(want), " POSIX  ADVISORY  WRITE %d %02x:%02x:%lu 10 14\n", getpid(),
		 (unsigned int)(st.st_dev >> 8 & 0xfff), (unsigned int)(st.st_dev & 0xff),
		 (unsigned long)st.st_ino);
	CHECK(strstr(slurp("/proc/locks"), want));
	pid = fork();
	if (!pid)
		_exit(fcntl(fd, F_SETLKW, &fl) != 0);
	while (!strstr(slurp("/proc/locks"), ": -> POSIX  ADVISORY  WRITE "))
		sched_yield();
	fl.l_type = F_UNLCK;
	CHECK_EQ(fcntl(fd, F_SETLK, &fl), 0);
	CHECK_EQ(waitpid(pid, NULL, 0), pid);
	CHECK_EQ(flock(fd, LOCK_EX), 0);
	CHECK(strstr(slurp("/proc/locks"), " FLOCK  ADVISORY  WRITE "));
}

static void uptime_and_loadavg_have_their_form(void)
{
	double a, b, c;
	int running, all, last;

	need("proc", "/proc");
	CHECK_EQ(sscanf(slurp("/proc/uptime"), "%lf %lf", &a, &b), 2);
	CHECK(a > 0);
	CHECK_EQ(sscanf(slurp("/proc/loadavg"), "%lf %lf %lf %d/%d %d", &a, &b, &c, &running, &all,
			&last), 6);
	CHECK(running > 0 && all >= running && last > 0);
}

/* "start-end : what", indented by depth. */
static void iomem_hides_addresses_from_users(void)
{
	unsigned long long start, end;
	char *text, *line;

	need("proc", "/proc");
	text = slurp("/proc/iomem");
	CHECK(text && strstr(text, " : System RAM\n"));
	line = strstr(text, "  ");
	CHECK(strstr(text, " : Kernel code\n"));
	CHECK(line && sscanf(text, "%llx-%llx : ", &start, &end) == 2 && start < end);
	text = slurp("/proc/ioports");
	CHECK(text);
	CHECK_EQ(setuid(65534), 0);
	text = slurp("/proc/iomem");
	CHECK(text && !strncmp(text, "00000000-00000000 : ", 20));
	CHECK(strstr(text, "\n  00000000-00000000 : Kernel code\n"));
}

static void partitions_is_empty_or_has_a_header(void)
{
	char *text;

	need("proc", "/proc");
	text = slurp("/proc/partitions");
	CHECK(text && (!*text || !strncmp(text, "major minor  #blocks  name\n\n", 28)));
}

static void an_entry_keeps_its_mode_and_has_no_size(void)
{
	struct stat st;

	need("proc", "/proc");
	CHECK_EQ(chmod("/proc/uptime", 0400), 0);
	CHECK_EQ(truncate("/proc/uptime", 100), 0);
	CHECK_EQ(stat("/proc/uptime", &st), 0);
	CHECK_EQ(st.st_mode, S_IFREG | 0400);
	CHECK_EQ(st.st_size, 0);
	CHECK_EQ(chmod("/proc/uptime", 0444), 0);
}

/* The two are not Linux's. */
static void rcu_tells_its_state(void)
{
	char *text, cpu[32];

	need("proc", "/proc");
	if (access("/proc/rcu", R_OK))
		SKIP("no /proc/rcu");
	text = slurp("/proc/rcu");
	CHECK(text && !strncmp(text, "normal ", 7));
	CHECK(strstr(text, "\nrcu_preempt: RCU_GP_"));
	CHECK(strstr(text, "\n0-") && strstr(text, "\nrcu_tasks_trace: "));
	snprintf(cpu, sizeof(cpu), "\n%3ld up ", sysconf(_SC_NPROCESSORS_ONLN) - 1);
	CHECK(strstr(text, cpu));
	CHECK_EQ(setuid(65534), 0);
	CHECK(!slurp("/proc/rcu") && errno == EACCES);
}

static void steps_of_rcu_are_recorded_while_asked_for(void)
{
	char *text;

	need("proc", "/proc");
	if (access("/proc/trace/rcu", W_OK))
		SKIP("no /proc/trace/rcu");
	CHECK(spew("/proc/trace/rcu", "perhaps") < 0 && errno == EINVAL);
	CHECK_EQ(spew("/proc/trace/rcu", "on\n"), 3);
	CHECK_EQ(syscall(SYS_membarrier, MEMBARRIER_CMD_GLOBAL, 0), 0);
	CHECK_EQ(spew("/proc/trace/rcu", "off\n"), 4);
	text = slurp("/proc/trace/rcu");
	CHECK(text && strstr(text, " gp starts ") && strstr(text, " gp ends "));
	CHECK(strstr(text, " records\n"));
}

TESTS(TEST(cpuinfo_has_a_block_for_each_cpu), TEST(stat_counts_up),
      TEST(interrupts_has_a_column_for_each_cpu), TEST(softirqs_has_ten_rows),
      TEST(meminfo_agrees_with_sysinfo), TEST(zones_are_listed),
      TEST(filesystems_lists_those_without_disk), TEST(devices_lists_majors),
      TEST(lists_that_may_be_empty_open), TEST(kallsyms_hides_addresses_from_users),
      TEST(locks_shows_who_holds_and_who_waits), TEST(uptime_and_loadavg_have_their_form),
      TEST(iomem_hides_addresses_from_users), TEST(partitions_is_empty_or_has_a_header),
      TEST(an_entry_keeps_its_mode_and_has_no_size),
      TEST(rcu_tells_its_state), TEST(steps_of_rcu_are_recorded_while_asked_for),)
