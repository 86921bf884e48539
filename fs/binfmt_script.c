// SPDX-License-Identifier: MIT
/*
 * Scripts: files that begin with "#! interpreter argument".
 *
 * The interpreter is run in the script's place, with the argument (the rest of the line, as one)
 * and the script's name before the other arguments:
 *
 *	./s a b		with "#!/bin/sh -e -x"	becomes		/bin/sh "-e -x" ./s a b
 *
 * The line is what fits into bprm->buf. It may be cut off in the middle of the argument, but not of
 * the interpreter's path: another program might be run then.
 */

#include <linux/binfmts.h>
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/string.h>

static bool is_space(char c)
{
	return c == ' ' || c == '\t';
}

static char *skip_spaces_to(char *p, const char *end)
{
	while (p < end && is_space(*p))
		p++;
	return p;
}

/* The end of a word: a space, a NUL, or @end. */
static char *word_end(char *p, const char *end)
{
	while (p < end && *p && !is_space(*p))
		p++;
	return p;
}

/*
 * Take the line apart, in place. Return: 0, with *interp and *arg (NULL for none) terminated;
 * -ENOEXEC.
 */
static int parse_line(char *buf, size_t size, char **interp, char **arg)
{
	char *last = buf + size - 1, *end, *p;

	end = strnchr(buf, size, '\n');
	if (!end) {
		/* No end in sight: then at least the path must have one. */
		end = last;
		p = skip_spaces_to(buf + 2, end);
		if (p == end)
			return -ENOEXEC;
		if (word_end(p, end) == end)
			return -ENOEXEC;
	}
	while (end > buf + 2 && is_space(end[-1]))
		end--;
	*end = '\0';
	p = skip_spaces_to(buf + 2, end);
	if (p == end || !*p)
		return -ENOEXEC;
	*interp = p;
	p = word_end(p, end);
	*arg = NULL;
	if (p < end && *p) {
		*p++ = '\0';
		p = skip_spaces_to(p, end);
		if (p < end && *p)
			*arg = p;
	}
	return 0;
}

static int load_script(struct linux_binprm *bprm)
{
	char *interp, *arg;
	struct file *file;
	int err;

	if (bprm->buf[0] != '#' || bprm->buf[1] != '!')
		return -ENOEXEC;
	err = parse_line(bprm->buf, sizeof(bprm->buf), &interp, &arg);
	if (err)
		return err;
	/*
	 * The interpreter opens the script by its name, which close-on-exec would have made void.
	 */
	if (bprm->interp_flags & BINPRM_FLAGS_PATH_INACCESSIBLE)
		return -ENOENT;

	/* Downwards: the last one first. */
	err = remove_arg_zero(bprm);
	if (err)
		return err;
	err = copy_string_kernel(bprm->interp, bprm);
	if (err < 0)
		return err;
	bprm->argc++;
	if (arg) {
		err = copy_string_kernel(arg, bprm);
		if (err < 0)
			return err;
		bprm->argc++;
	}
	err = copy_string_kernel(interp, bprm);
	if (err)
		return err;
	bprm->argc++;
	err = bprm_change_interp(interp, bprm);
	if (err < 0)
		return err;
	file = open_exec(interp);
	if (IS_ERR(file))
		return PTR_ERR(file);
	bprm->interpreter = file;
	return 0;
}

static struct linux_binfmt script_format = {
	.load_binary	= load_script,
};

static int __init init_script_binfmt(void)
{
	register_binfmt(&script_format);
	return 0;
}
core_initcall(init_script_binfmt);
