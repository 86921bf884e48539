// SPDX-License-Identifier: MIT
/*
 * Where a core dump goes: kernel.core_pattern, made into a path, or a program and its arguments.
 *
 *	pattern			process 42 "sh"		becomes
 *	core						core, or core.42 with core_uses_pid
 *	/var/%e.%p					/var/sh.42
 *	|/bin/save %p %e				program /bin/save with the words 42 and sh
 *
 * Words of a program are told apart by the blanks of the pattern, before its forms are replaced: a
 * name with a blank in it stays one word. What comes from the user (names of programs, of the host)
 * may not lead elsewhere: a / becomes !, and so do names that mean a directory.
 */

#include "coredump.h"

#include <linux/cred.h>
#include <linux/ctype.h>
#include <linux/dcache.h>
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/mm.h>
#include <linux/pid.h>
#include <linux/sched.h>
#include <linux/sched/coredump.h>
#include <linux/sched/signal.h>
#include <linux/seq_buf.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/timekeeping.h>
#include <linux/utsname.h>

/* kernel.core_pattern and core_uses_pid. Its last byte is always NUL. */
char core_pattern[CORE_PATTERN_SIZE] = "core";
int core_uses_pid;

/* ---- forms ---- */

/* A word of the user's in a path: no way out of the directory. */
static void put_word(struct seq_buf *s, const char *word)
{
	size_t start = s->len;

	seq_buf_printf(s, "%s", word);
	if (seq_buf_has_overflowed(s))
		return;
	/* As a whole it may be "." or "..", or empty. */
	if (s->len == start || !strcmp(word, "."))
		s->len = start, seq_buf_putc(s, '!');
	else if (!strcmp(word, ".."))
		s->buffer[start] = '!';
	for (; start < s->len; start++) {
		if (s->buffer[start] == '/')
			s->buffer[start] = '!';
	}
}

static void put_exe(struct seq_buf *s, bool whole_path)
{
	struct file *exe = get_mm_exe_file(current->mm);
	char *buf, *path = NULL;

	buf = kmalloc(PATH_MAX, GFP_KERNEL);
	if (exe && buf) {
		path = d_path(&exe->f_path, buf, PATH_MAX);
		if (!IS_ERR(path))
			put_word(s, whole_path ? path : kbasename(path));
	}
	if (IS_ERR_OR_NULL(path)) {
		put_word(s, current->comm);
		seq_buf_printf(s, " (path unknown)");
	}
	kfree(buf);
	if (exe)
		fput(exe);
}

/* One % form. Return: was it the process' number? */
static bool put_form(struct seq_buf *s, char form, const struct coredump_params *cprm)
{
	const struct cred *cred = current_cred();

	switch (form) {
	case '%':
		seq_buf_putc(s, '%');
		break;
	case 'p':
		seq_buf_printf(s, "%d", task_tgid_vnr(current));
		return true;
	case 'P':
		seq_buf_printf(s, "%d", task_tgid_nr(current));
		break;
	case 'i':
		seq_buf_printf(s, "%d", task_pid_vnr(current));
		break;
	case 'I':
		seq_buf_printf(s, "%d", task_pid_nr(current));
		break;
	case 'u':
		seq_buf_printf(s, "%u", from_kuid(&init_user_ns, cred->uid));
		break;
	case 'g':
		seq_buf_printf(s, "%u", from_kgid(&init_user_ns, cred->gid));
		break;
	case 'd':
		seq_buf_printf(s, "%d", __get_dumpable(cprm->mm_flags));
		break;
	case 's':
		seq_buf_printf(s, "%d", cprm->siginfo->si_signo);
		break;
	case 't':
		seq_buf_printf(s, "%lld", ktime_get_real_seconds());
		break;
	case 'h':
		put_word(s, utsname()->nodename);
		break;
	case 'e':
		put_word(s, current->comm);
		break;
	case 'f':
		put_exe(s, false);
		break;
	case 'E':
		put_exe(s, true);
		break;
	case 'c':
		seq_buf_printf(s, "%lu", rlimit(RLIMIT_CORE));
		break;
	case 'C':
		seq_buf_printf(s, "%d", task_cpu(current));
		break;
	default:
		/* Unknown ones, and a % at the end, are dropped. */
		break;
	}
	return false;
}

/* ---- words ---- */

/* One word of the pattern, up to a blank if it is a program's. Return: what follows it. */
static const char *put_pattern_word(struct seq_buf *s, const char *pat, bool is_program,
				    const struct coredump_params *cprm, bool *has_pid)
{
	for (; *pat && !(is_program && isspace(*pat)); pat++) {
		if (*pat != '%') {
			seq_buf_putc(s, *pat);
			continue;
		}
		if (!*++pat)
			break;
		*has_pid |= put_form(s, *pat, cprm);
	}
	return pat;
}

/**
 * format_core_name - where the dump of the current process goes
 * @name: filled in
 * @cprm: the dump
 *
 * Context: may sleep. Return: 0; -EINVAL: a program without a name; -ENAMETOOLONG.
 */
int format_core_name(struct core_name *name, const struct coredump_params *cprm)
{
	char pattern[CORE_PATTERN_SIZE];
	const char *pat = pattern;
	unsigned int nr = 0;
	bool has_pid = false;
	struct seq_buf s;

	/* A writer may be at it: what is looked at from here on stays as it is. */
	strscpy(pattern, core_pattern, sizeof(pattern));
	name->is_program = *pat == '|';
	if (name->is_program)
		pat = skip_spaces(pat + 1);
	seq_buf_init(&s, name->text, sizeof(name->text));
	do {
		name->words[nr++] = s.buffer + s.len;
		pat = skip_spaces(put_pattern_word(&s, pat, name->is_program, cprm, &has_pid));
		if (!name->is_program && core_uses_pid && !has_pid)
			seq_buf_printf(&s, ".%d", task_tgid_vnr(current));
		seq_buf_putc(&s, '\0');
	} while (*pat && nr < CORE_WORDS);
	name->words[nr] = NULL;
	if (seq_buf_has_overflowed(&s))
		return -ENAMETOOLONG;
	return name->is_program && !name->words[0][0] ? -EINVAL : 0;
}
