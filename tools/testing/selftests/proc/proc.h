/* SPDX-License-Identifier: MIT */
#ifndef SELFTESTS_PROC_H
#define SELFTESTS_PROC_H

/* What the tests of /proc and /sys share: whole files as strings, and figures in them. */

#include "../kselftest.h"

#include <fcntl.h>
#include <sys/mount.h>
#include <sys/stat.h>

#define TEXT_MAX	(1 << 20)

/* Mounted by init, or not yet. */
static inline void need(const char *type, const char *where)
{
	struct stat st;

	mkdir(where, 0555);
	if (!stat(where, &st) && (!strcmp(type, "proc") ? st.st_ino == 1 : st.st_nlink > 2))
		return;
	CHECK_EQ(mount(type, where, type, 0, NULL), 0);
}

/* The whole of a file in a static buffer; NULL and errno if it can't be opened or read. */
static inline char *slurp(const char *path)
{
	static char text[TEXT_MAX];
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	size_t len = 0;
	ssize_t n;

	if (fd < 0)
		return NULL;
	while ((n = read(fd, text + len, sizeof(text) - 1 - len)) > 0)
		len += n;
	close(fd);
	if (n < 0)
		return NULL;
	text[len] = '\0';
	return text;
}

static inline int spew(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC), saved;
	ssize_t n;

	if (fd < 0)
		return -1;
	n = write(fd, text, strlen(text));
	saved = errno;
	close(fd);
	errno = saved;
	return n < 0 ? -1 : (int)n;
}

/* The line that begins with @key, behind it; NULL: there is none. */
static inline char *field(char *text, const char *key)
{
	size_t len = strlen(key);

	while (text) {
		if (!strncmp(text, key, len))
			return text + len;
		text = strchr(text, '\n');
		if (text)
			text++;
	}
	return NULL;
}

/* The number behind @key in a file; -1: no such line. */
static inline long long figure(const char *path, const char *key)
{
	char *text = slurp(path), *at = text ? field(text, key) : NULL;

	return at ? strtoll(at, NULL, 10) : -1;
}

#endif /* SELFTESTS_PROC_H */
