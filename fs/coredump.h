/* SPDX-License-Identifier: MIT */
#ifndef _FS_COREDUMP_H
#define _FS_COREDUMP_H

/* What the files of core dumps have of each other. */

#include <linux/coredump.h>
#include <linux/limits.h>

/* As many words as a pattern can have, each with a blank before it. */
#define CORE_WORDS	(CORE_PATTERN_SIZE / 2)

/**
 * struct core_name - where a dump goes, by the pattern
 * @is_program: a program takes it: words are its path and its arguments; else the first is a path
 * @words: ended by NULL; they lie in @text
 * @text: each word ended by a NUL
 */
struct core_name {
	bool is_program;
	char *words[CORE_WORDS + 1];
	char text[PATH_MAX];
};

/* coredump_name.c. Return: 0, -EINVAL, -ENAMETOOLONG. */
int format_core_name(struct core_name *name, const struct coredump_params *cprm);

/* coredump_pipe.c: on success cprm->file is open, until the latter closes it. */
int start_core_program(struct coredump_params *cprm, struct core_name *name);
void leave_core_program(struct coredump_params *cprm);

#endif /* _FS_COREDUMP_H */
