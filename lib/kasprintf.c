// SPDX-License-Identifier: MIT
/* printf into memory that is allocated for it. May sleep as @gfp says. */

#include <linux/sprintf.h>

#include <linux/bug.h>
#include <linux/export.h>
#include <linux/slab.h>
#include <linux/stdarg.h>
#include <linux/string.h>

/**
 * kvasprintf() - format into a new string
 * @gfp: how to allocate
 * @fmt: format
 * @ap: arguments
 *
 * The text is made twice, first for its length. If an argument changes in between, the result is
 * cut or shorter, never too long.
 *
 * Return: the string, to be freed with kfree(); NULL if there is no memory.
 */
char *kvasprintf(gfp_t gfp, const char *fmt, va_list ap)
{
	unsigned int first, second;
	va_list aq;
	char *p;

	va_copy(aq, ap);
	first = vsnprintf(NULL, 0, fmt, aq);
	va_end(aq);

	p = kmalloc(first + 1, gfp);
	if (!p)
		return NULL;
	second = vsnprintf(p, first + 1, fmt, ap);
	WARN(first != second, "different return values (%u and %u) from vsnprintf(\"%s\")\n",
	     first, second, fmt);
	return p;
}
EXPORT_SYMBOL(kvasprintf);

/**
 * kvasprintf_const() - kvasprintf(), or the string itself if there is nothing to format
 *
 * Return: a string to be freed with kfree_const(): a literal without '%', or the argument of "%s",
 * is not copied if it is a constant of the kernel.
 */
const char *kvasprintf_const(gfp_t gfp, const char *fmt, va_list ap)
{
	if (!strchr(fmt, '%'))
		return kstrdup_const(fmt, gfp);
	if (!strcmp(fmt, "%s"))
		return kstrdup_const(va_arg(ap, const char *), gfp);
	return kvasprintf(gfp, fmt, ap);
}
EXPORT_SYMBOL(kvasprintf_const);

/** kasprintf() - kvasprintf() with the arguments written out */
char *kasprintf(gfp_t gfp, const char *fmt, ...)
{
	va_list ap;
	char *p;

	va_start(ap, fmt);
	p = kvasprintf(gfp, fmt, ap);
	va_end(ap);
	return p;
}
EXPORT_SYMBOL(kasprintf);
