// SPDX-License-Identifier: MIT
/*
 * The command line's words, and who gets them.
 *
 * Two passes. parse_early_param() runs before memory is up and serves the early_param()s only.
 * Later parse_kernel_params() goes through all words: each is a struct kernel_param (module_param()
 * and its kin, matched by name, '-' and '_' being the same), else a __setup() (matched by prefix),
 * else it is kept for init: words with a value as its environment, others as its arguments. A name
 * with a dot belongs to a module that we don't have; it is left alone. What is behind "--" goes to
 * init.
 *
 * Values are parsed by struct kernel_param_ops; the standard types are below. No locks: all this
 * runs on one CPU; only param_set_charp() allocates, and only when slabs are up.
 */

#include <linux/moduleparam.h>

#include <linux/ctype.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/kstrtox.h>
#include <linux/mm.h>
#include <linux/overflow.h>
#include <linux/slab.h>
#include <linux/string.h>

#include <asm/setup.h>

/*
 * --- Names
 * -----------------------------------------------------------------------------------------
 */

static char dash_to_underscore(char c)
{
	return c == '-' ? '_' : c;
}

/**
 * parameqn() - are the beginnings of two names the same, '-' being '_'?
 * @a: the one
 * @b: the other
 * @n: characters
 */
bool parameqn(const char *a, const char *b, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++) {
		if (dash_to_underscore(a[i]) != dash_to_underscore(b[i]))
			return false;
	}
	return true;
}

/**
 * parameq() - are two names the same, '-' being '_'?
 * @a: the one
 * @b: the other
 */
bool parameq(const char *a, const char *b)
{
	size_t len = strlen(a);

	/* with the NUL */
	return strlen(b) == len && parameqn(a, b, len);
}

/*
 * --- Words
 * -----------------------------------------------------------------------------------------
 */

static const struct kernel_param *find_param(const char *name, const struct kernel_param *params,
					     unsigned int num)
{
	unsigned int i;

	for (i = 0; i < num; i++) {
		if (parameq(name, params[i].name))
			return &params[i];
	}
	return NULL;
}

static int set_param(const struct kernel_param *kp, const char *val)
{
	if (!val && !(kp->ops->flags & KERNEL_PARAM_OPS_FL_NOARG))
		return -EINVAL;
	if (kp->flags & KERNEL_PARAM_FL_UNSAFE)
		pr_notice("Setting dangerous option %s\n", kp->name);
	return kp->ops->set(val, kp);
}

static int parse_one(char *param, char *val, const char *doing,
		     const struct kernel_param *params, unsigned int num, s16 min_level,
		     s16 max_level, void *arg, parse_unknown_fn unknown)
{
	const struct kernel_param *kp = find_param(param, params, num);

	if (kp) {
		/* known, but it is not its turn */
		if (kp->level < min_level || kp->level > max_level)
			return 0;
		return set_param(kp, val);
	}
	return unknown ? unknown(param, val, doing, arg) : -ENOENT;
}

static void report_error(int err, const char *doing, const char *param, const char *val)
{
	switch (err) {
	case -ENOENT:
		pr_err("%s: Unknown parameter `%s'\n", doing, param);
		break;
	case -ENOSPC:
		pr_err("%s: `%s' too large for parameter `%s'\n", doing, val ?: "", param);
		break;
	default:
		pr_err("%s: `%s' invalid for parameter `%s'\n", doing, val ?: "", param);
		break;
	}
}

/**
 * parse_args() - hand the words of a command line to parameters
 * @doing: what for; in messages
 * @args: command line; it is cut up
 * @params: parameters
 * @num: how many
 * @min_level: levels whose turn it is ...
 * @max_level: ... first and last
 * @arg: passed to @unknown
 * @unknown: called for a word that names no parameter; may be NULL: then that is an error
 *
 * A bad value is reported, and parsing goes on.
 *
 * Return: what is behind "--", or NULL; an ERR_PTR() with the last error.
 */
char *parse_args(const char *doing, char *args, const struct kernel_param *params,
		 unsigned int num, s16 min_level, s16 max_level, void *arg,
		 parse_unknown_fn unknown)
{
	char *param, *val, *err = NULL;

	args = skip_spaces(args);
	while (*args) {
		int ret;

		args = next_arg(args, &param, &val);
		if (!val && !strcmp(param, "--"))
			return err ?: args;

		ret = parse_one(param, val, doing, params, num, min_level, max_level, arg, unknown);
		if (ret) {
			report_error(ret, doing, param, val);
			err = ERR_PTR(ret);
		}
	}
	return err;
}

/*
 * --- Early parameters
 * ------------------------------------------------------------------------------
 */

static int __init do_early_param(char *param, char *val, const char *doing, void *arg)
{
	const struct obs_kernel_param *p;

	for (p = __setup_start; p < __setup_end; p++) {
		if (p->early && parameq(param, p->str) && p->setup_func(val))
			pr_warn("Malformed early option '%s'\n", param);
	}
	return 0;
}

/**
 * parse_early_options() - serve the early_param()s among the words of a command line
 * @cmdline: cut up
 */
void __init parse_early_options(char *cmdline)
{
	parse_args("early options", cmdline, NULL, 0, 0, 0, NULL, do_early_param);
}

/** parse_early_param() - serve the early_param()s; callable early and again, once is enough */
void __init parse_early_param(void)
{
	static bool done __initdata;
	static char copy[COMMAND_LINE_SIZE] __initdata;

	if (done)
		return;
	strscpy(copy, boot_command_line, COMMAND_LINE_SIZE);
	parse_early_options(copy);
	done = true;
}

/*
 * --- All words
 * -------------------------------------------------------------------------------------
 */

#define MAX_INIT_ARGS	32

char *argv_init[MAX_INIT_ARGS + 2] = { "init", NULL, };
char *envp_init[MAX_INIT_ARGS + 2] = { "HOME=/", "TERM=linux", NULL, };

/* Undo what next_arg() did to "name=value". */
static void __init join_again(char *param, char *val)
{
	if (!val)
		return;
	/* name=value, or name="value" */
	if (val == param + strlen(param) + 1) {
		val[-1] = '=';
	} else if (val == param + strlen(param) + 2) {
		val[-2] = '=';
		memmove(val - 1, val, strlen(val) + 1);
	}
}

/* Serve a __setup(); was there one that took the word? */
static bool __init do_setup(char *line)
{
	const struct obs_kernel_param *p;
	bool had_early = false;

	for (p = __setup_start; p < __setup_end; p++) {
		size_t n = strlen(p->str);

		if (!parameqn(line, p->str, n))
			continue;
		if (p->early) {
			/* done already, if the word ends there */
			if (line[n] == '\0' || line[n] == '=')
				had_early = true;
		} else if (p->setup_func(line + n)) {
			return true;
		}
	}
	return had_early;
}

static void __init append(char **list, char *word, const char *what)
{
	unsigned int i;

	for (i = 0; list[i]; i++) {
		if (i == MAX_INIT_ARGS) {
			pr_err("Too many %s for init: %s\n", what, word);
			return;
		}
	}
	list[i] = word;
}

/* A variable of the environment is replaced by a later one of its name. */
static void __init append_env(char *word, size_t name_len)
{
	unsigned int i;

	for (i = 0; envp_init[i]; i++) {
		if (!strncmp(word, envp_init[i], name_len + 1)) {
			envp_init[i] = word;
			return;
		}
	}
	append(envp_init, word, "environment variables");
}

static int __init unknown_option(char *param, char *val, const char *doing, void *arg)
{
	size_t len = strlen(param);

	join_again(param, val);
	if (do_setup(param))
		return 0;
	/* for a module that we don't have */
	if (strnchr(param, len, '.'))
		return 0;

	if (val)
		append_env(param, len);
	else
		append(argv_init, param, "arguments");
	return 0;
}

static int __init init_argument(char *param, char *val, const char *doing, void *arg)
{
	join_again(param, val);
	append(argv_init, param, "arguments");
	return 0;
}

/**
 * parse_kernel_params() - serve all words of the command line
 * @command_line: command line; it is cut up, and has to stay: init's arguments point into it
 */
void __init parse_kernel_params(char *command_line)
{
	char *rest;

	rest = parse_args("Booting kernel", command_line, __start___param,
			  __stop___param - __start___param, -1, 7, NULL, unknown_option);
	if (!IS_ERR_OR_NULL(rest))
		parse_args("Setting init args", rest, NULL, 0, -1, -1, NULL, init_argument);
}

/*
 * --- Standard types
 * --------------------------------------------------------------------------------
 */

#define STANDARD_PARAM_DEF(name, type, format, strtofn)				\
	int param_set_##name(const char *val, const struct kernel_param *kp)	\
	{									\
		return strtofn(val, 0, (type *)kp->arg);			\
	}									\
	EXPORT_SYMBOL(param_set_##name);					\
	int param_get_##name(char *buffer, const struct kernel_param *kp)	\
	{									\
		return scnprintf(buffer, PAGE_SIZE, format "\n", *((type *)kp->arg)); \
	}									\
	EXPORT_SYMBOL(param_get_##name);					\
	const struct kernel_param_ops param_ops_##name = {			\
		.set = param_set_##name,					\
		.get = param_get_##name,					\
	};									\
	EXPORT_SYMBOL(param_ops_##name)

STANDARD_PARAM_DEF(byte, unsigned char, "%hhu", kstrtou8);
STANDARD_PARAM_DEF(short, short, "%hi", kstrtos16);
STANDARD_PARAM_DEF(ushort, unsigned short, "%hu", kstrtou16);
STANDARD_PARAM_DEF(int, int, "%i", kstrtoint);
STANDARD_PARAM_DEF(uint, unsigned int, "%u", kstrtouint);
STANDARD_PARAM_DEF(long, long, "%li", kstrtol);
STANDARD_PARAM_DEF(ulong, unsigned long, "%lu", kstrtoul);
STANDARD_PARAM_DEF(ullong, unsigned long long, "%llu", kstrtoull);
STANDARD_PARAM_DEF(hexint, unsigned int, "%#08x", kstrtouint);

/**
 * param_set_uint_minmax() - set an unsigned int within limits, for ops of one's own
 * @val: the text, or NULL
 * @kp: the parameter
 * @min: least value
 * @max: largest value
 *
 * Return: 0; -EINVAL without a text, for one that is no number, or out of the limits; -ERANGE.
 */
int param_set_uint_minmax(const char *val, const struct kernel_param *kp, unsigned int min,
			  unsigned int max)
{
	unsigned int num;
	int ret;

	if (!val)
		return -EINVAL;
	ret = kstrtouint(val, 0, &num);
	if (ret)
		return ret;
	if (num < min || num > max)
		return -EINVAL;
	*((unsigned int *)kp->arg) = num;
	return 0;
}
EXPORT_SYMBOL_GPL(param_set_uint_minmax);

/*
 * Strings that param_set_charp() allocated, to tell them from the command line and from constants.
 */
static LIST_HEAD(charp_copies);

struct charp_copy {
	struct list_head list;
	char val[];
};

static void free_charp_copy(const char *val)
{
	struct charp_copy *copy;

	list_for_each_entry(copy, &charp_copies, list) {
		if (copy->val == val) {
			list_del(&copy->list);
			kfree(copy);
			return;
		}
	}
}

/**
 * param_set_charp() - set a string; the variable points at the command line, or later at a copy
 * @val: the text, below 1024 bytes
 * @kp: the parameter
 *
 * Return: 0; -ENOSPC if it is too long, -ENOMEM.
 */
int param_set_charp(const char *val, const struct kernel_param *kp)
{
	struct charp_copy *copy;
	size_t size = strnlen(val, 1024) + 1;

	if (size > 1024)
		return -ENOSPC;

	free_charp_copy(*(char **)kp->arg);
	if (!slab_is_available()) {
		*(const char **)kp->arg = val;
		return 0;
	}
	copy = kmalloc(struct_size(copy, val, size), GFP_KERNEL);
	if (!copy)
		return -ENOMEM;
	memcpy(copy->val, val, size);
	list_add(&copy->list, &charp_copies);
	*(char **)kp->arg = copy->val;
	return 0;
}
EXPORT_SYMBOL(param_set_charp);

/**
 * param_get_charp() - show a string
 * @buffer: a page
 * @kp: the parameter
 *
 * Return: bytes written.
 */
int param_get_charp(char *buffer, const struct kernel_param *kp)
{
	return scnprintf(buffer, PAGE_SIZE, "%s\n", *((char **)kp->arg));
}
EXPORT_SYMBOL(param_get_charp);

/**
 * param_free_charp() - free what param_set_charp() copied
 * @arg: the variable
 */
void param_free_charp(void *arg)
{
	free_charp_copy(*((char **)arg));
}
EXPORT_SYMBOL(param_free_charp);

const struct kernel_param_ops param_ops_charp = {
	.set = param_set_charp,
	.get = param_get_charp,
	.free = param_free_charp,
};
EXPORT_SYMBOL(param_ops_charp);

/**
 * param_set_bool() - set a bool
 * @val: the text; NULL, the name alone: true
 * @kp: the parameter
 *
 * Return: 0; -EINVAL as kstrtobool().
 */
int param_set_bool(const char *val, const struct kernel_param *kp)
{
	return kstrtobool(val ?: "1", kp->arg);
}
EXPORT_SYMBOL(param_set_bool);

/**
 * param_get_bool() - show a bool, as Y or N
 * @buffer: a page
 * @kp: the parameter
 *
 * Return: bytes written.
 */
int param_get_bool(char *buffer, const struct kernel_param *kp)
{
	return sprintf(buffer, "%c\n", *(bool *)kp->arg ? 'Y' : 'N');
}
EXPORT_SYMBOL(param_get_bool);

const struct kernel_param_ops param_ops_bool = {
	.flags = KERNEL_PARAM_OPS_FL_NOARG,
	.set = param_set_bool,
	.get = param_get_bool,
};
EXPORT_SYMBOL(param_ops_bool);

/**
 * param_set_bool_enable_only() - set a bool that can't be cleared once it is set
 * @val: as for param_set_bool()
 * @kp: the parameter
 *
 * Return: 0; -EINVAL; -EROFS for the attempt.
 */
int param_set_bool_enable_only(const char *val, const struct kernel_param *kp)
{
	bool new;
	int err = kstrtobool(val ?: "1", &new);

	if (err)
		return err;
	if (!new && *(bool *)kp->arg)
		return -EROFS;
	*(bool *)kp->arg |= new;
	return 0;
}
EXPORT_SYMBOL_GPL(param_set_bool_enable_only);

const struct kernel_param_ops param_ops_bool_enable_only = {
	.flags = KERNEL_PARAM_OPS_FL_NOARG,
	.set = param_set_bool_enable_only,
	.get = param_get_bool,
};
EXPORT_SYMBOL_GPL(param_ops_bool_enable_only);

/**
 * param_set_invbool() - set a bool whose parameter says the opposite
 * @val: as for param_set_bool()
 * @kp: the parameter
 *
 * Return: 0, -EINVAL.
 */
int param_set_invbool(const char *val, const struct kernel_param *kp)
{
	bool new;
	int ret = kstrtobool(val ?: "1", &new);

	if (ret == 0)
		*(bool *)kp->arg = !new;
	return ret;
}
EXPORT_SYMBOL(param_set_invbool);

/**
 * param_get_invbool() - show the opposite of a bool, as Y or N
 * @buffer: a page
 * @kp: the parameter
 *
 * Return: bytes written.
 */
int param_get_invbool(char *buffer, const struct kernel_param *kp)
{
	return sprintf(buffer, "%c\n", *(bool *)kp->arg ? 'N' : 'Y');
}
EXPORT_SYMBOL(param_get_invbool);

const struct kernel_param_ops param_ops_invbool = {
	.set = param_set_invbool,
	.get = param_get_invbool,
};
EXPORT_SYMBOL(param_ops_invbool);

/**
 * param_set_bint() - set an int like a bool, for variables with a third state
 * @val: as for param_set_bool()
 * @kp: the parameter
 *
 * Return: 0, -EINVAL.
 */
int param_set_bint(const char *val, const struct kernel_param *kp)
{
	bool new;
	int ret = kstrtobool(val ?: "1", &new);

	if (ret == 0)
		*(int *)kp->arg = new;
	return ret;
}
EXPORT_SYMBOL(param_set_bint);

const struct kernel_param_ops param_ops_bint = {
	.flags = KERNEL_PARAM_OPS_FL_NOARG,
	.set = param_set_bint,
	.get = param_get_int,
};
EXPORT_SYMBOL(param_ops_bint);

/* An array: each comma-separated part is set through a kernel_param of its element. */
static int param_array_set(const char *val, const struct kernel_param *kp)
{
	const struct kparam_array *arr = kp->arr;
	unsigned int none, *num = arr->num ?: &none;
	char *s = (char *)val, *end;
	bool last;

	*num = 0;
	do {
		struct kernel_param element = {
			.name = kp->name,
			.ops = arr->ops,
			.arg = arr->elem + arr->elemsize * *num,
			.level = kp->level,
		};
		int ret;

		if (*num == arr->max) {
			pr_err("%s: can only take %u arguments\n", kp->name, arr->max);
			return -EINVAL;
		}
		end = strchrnul(s, ',');
		last = *end == '\0';
		*end = '\0';
		ret = arr->ops->set(s, &element);
		if (!last)
			*end = ',';
		if (ret)
			return ret;
		++*num;
		s = end + 1;
	} while (!last);
	return 0;
}

static int param_array_get(char *buffer, const struct kernel_param *kp)
{
	const struct kparam_array *arr = kp->arr;
	unsigned int count = arr->num ? *arr->num : arr->max;
	unsigned int i;
	int off = 0;

	for (i = 0; i < count; i++) {
		struct kernel_param element = {
			.ops = arr->ops,
			.arg = arr->elem + arr->elemsize * i,
		};
		int ret;

		/* the newline of the one before becomes a comma */
		if (i)
			buffer[off - 1] = ',';
		ret = arr->ops->get(buffer + off, &element);
		if (ret < 0)
			return ret;
		off += ret;
	}
	buffer[off] = '\0';
	return off;
}

static void param_array_free(void *arg)
{
	const struct kparam_array *arr = arg;
	unsigned int i;

	if (!arr->ops->free)
		return;
	for (i = 0; i < (arr->num ? *arr->num : arr->max); i++)
		arr->ops->free(arr->elem + arr->elemsize * i);
}

const struct kernel_param_ops param_array_ops = {
	.set = param_array_set,
	.get = param_array_get,
	.free = param_array_free,
};
EXPORT_SYMBOL(param_array_ops);

/**
 * param_set_copystring() - set a string in a buffer of fixed size
 * @val: the text
 * @kp: the parameter
 *
 * Return: 0; -ENOSPC if it is too long.
 */
int param_set_copystring(const char *val, const struct kernel_param *kp)
{
	const struct kparam_string *kps = kp->str;
	size_t len = strnlen(val, kps->maxlen);

	if (len == kps->maxlen) {
		pr_err("%s: string doesn't fit in %u chars.\n", kp->name, kps->maxlen - 1);
		return -ENOSPC;
	}
	memcpy(kps->string, val, len + 1);
	return 0;
}
EXPORT_SYMBOL(param_set_copystring);

/**
 * param_get_string() - show a string in a buffer of fixed size
 * @buffer: a page
 * @kp: the parameter
 *
 * Return: bytes written.
 */
int param_get_string(char *buffer, const struct kernel_param *kp)
{
	return scnprintf(buffer, PAGE_SIZE, "%s\n", kp->str->string);
}
EXPORT_SYMBOL(param_get_string);

const struct kernel_param_ops param_ops_string = {
	.set = param_set_copystring,
	.get = param_get_string,
};
EXPORT_SYMBOL(param_ops_string);
