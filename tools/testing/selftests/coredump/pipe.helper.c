// SPDX-License-Identifier: MIT
/*
 * What kernel.core_pattern of pipe.c names: keeps the dump that it is given, and what it was told.
 *
 *	pipe.helper FOLDER HOW [WORD...]
 *
 * writes FOLDER/core and FOLDER/words; the latter appears when all is done. HOW is "keep"; "hold":
 * not before there is FOLDER/go; "stall": and reads nothing before; "leave": without reading
 * anything; "crash": and then crashes itself.
 */

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

static void pause_a_little(void)
{
	nanosleep(&(struct timespec){ .tv_nsec = 1000000 }, NULL);
}

/* The dump is being written. */
static void wait_for_input(void)
{
	int waiting = 0;

	while (!ioctl(0, FIONREAD, &waiting) && waiting < 4096)
		pause_a_little();
}

static void wait_for_go(void)
{
	close(open("started", O_WRONLY | O_CREAT, 0644));
	while (access("go", F_OK))
		pause_a_little();
}

static void keep_input(void)
{
	int fd = open("core", O_WRONLY | O_CREAT | O_TRUNC, 0644);
	char buf[4096];
	ssize_t n;

	while ((n = read(0, buf, sizeof(buf))) > 0)
		write(fd, buf, n);
	close(fd);
}

/* Is the process whose dump this is still there to be looked at? */
static int can_look_at(const char *pid)
{
	char path[64], comm[32] = "";
	int fd;

	snprintf(path, sizeof(path), "/proc/%s/comm", pid);
	fd = open(path, O_RDONLY);
	return fd >= 0 && read(fd, comm, sizeof(comm)) > 0;
}

static void tell(int argc, char **argv)
{
	FILE *f = fopen("words.new", "w");
	struct rlimit limit;
	int i;

	getrlimit(RLIMIT_CORE, &limit);
	fprintf(f, "uid %d\nlimit %ld\nlooked %d\n", getuid(), (long)limit.rlim_cur,
		argc > 3 && can_look_at(argv[3]));
	for (i = 3; i < argc; i++)
		fprintf(f, "word %s\n", argv[i]);
	fclose(f);
	rename("words.new", "words");
}

int main(int argc, char **argv)
{
	const char *how = argc > 2 ? argv[2] : "";

	if (argc < 2 || chdir(argv[1]))
		return 1;
	if (!strcmp(how, "stall")) {
		wait_for_input();
		wait_for_go();
	}
	if (strcmp(how, "leave"))
		keep_input();
	if (!strcmp(how, "hold"))
		wait_for_go();
	tell(argc, argv);
	if (!strcmp(how, "crash"))
		abort();
	return 0;
}
