// SPDX-License-Identifier: MIT
/*
 * The handlers of /proc/sys: variables to text and back.
 *
 * Text is a line: values with a tab between them. It is read and written in one go: what begins
 * behind the first byte is the end of the file when read, and is taken without effect when written,
 * so that a program whose write(2) was split doesn't set the variable to the second half.
 *
 * A number is decimal, 0x hexadecimal or 0 octal, with a minus sign if the variable has one. Blanks
 * stand round it. A write with fewer values than the variable sets the first ones; a value that is
 * wrong sets nothing from there on, and the ones before it are set.
 *
 * There is one loop, do_vec(), for every kind of number: a kind (struct kind) is how to store a
 * sign and a magnitude, and how to fetch them. A new unit or range is a new pair of small
 * functions.
 *
 * No lock: a variable is read and written whole. Two writers at once: one of them is last.
 */

#include <linux/sysctl.h>

#include <linux/ctype.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/hex.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/limits.h>
#include <linux/minmax.h>
#include <linux/overflow.h>
#include <linux/sprintf.h>
#include <linux/string.h>

const int sysctl_vals[] = { 0, 1, 2, 3, 4, 100, 200, 1000, 3000, INT_MAX, 65535, -1 };
EXPORT_SYMBOL(sysctl_vals);

const unsigned long sysctl_long_vals[] = { 0, 1, LONG_MAX };
EXPORT_SYMBOL_GPL(sysctl_long_vals);

/* ---- strings ---- */

static int read_string(const char *data, size_t maxlen, char *buffer, size_t *lenp, loff_t *ppos)
{
	size_t len = strnlen(data, maxlen), n;

	if (*ppos > (loff_t)len) {
		*lenp = 0;
		return 0;
	}
	n = min(len - (size_t)*ppos, *lenp);
	memcpy(buffer, data + *ppos, n);
	if (n < *lenp)
		buffer[n++] = '\n';
	*lenp = n;
	*ppos += n;
	return 0;
}

/* Up to the end of the line. A write behind the text that is there has no effect: no holes. */
static int write_string(char *data, size_t maxlen, const char *buffer, size_t *lenp, loff_t *ppos)
{
	size_t at = *ppos, n = 0;

	*ppos += *lenp;
	if (at > strnlen(data, maxlen - 1))
		return 0;
	while (at + n < maxlen - 1 && n < *lenp && buffer[n] && buffer[n] != '\n') {
		data[at + n] = buffer[n];
		n++;
	}
	data[at + n] = '\0';
	return 0;
}

/**
 * proc_dostring - .data is a string in maxlen bytes, its zero included
 *
 * What is longer is cut. Return: 0.
 */
int proc_dostring(const struct ctl_table *table, int write, void *buffer, size_t *lenp,
		  loff_t *ppos)
{
	if (!table->data || !table->maxlen || !*lenp) {
		*lenp = 0;
		return 0;
	}
	if (write)
		return write_string(table->data, table->maxlen, buffer, lenp, ppos);
	return read_string(table->data, table->maxlen, buffer, lenp, ppos);
}
EXPORT_SYMBOL(proc_dostring);

/* ---- numbers ---- */

/*
 * A kind of number. @size: bytes of one in .data. @store: -EINVAL if the value can't be one.
 * @at: element, for bounds that are an array as well.
 */
struct kind {
	size_t size;
	int (*store)(const struct ctl_table *table, void *where, bool neg, unsigned long value,
		     unsigned int at);
	unsigned long (*fetch)(const void *where, bool *neg);
	bool single;		/* one value; what is behind it is swallowed */
};

/* The longest number there is room for: a sign, 64 bits in octal would be 24, in decimal 20. */
#define NUMBER_MAX	21

static void skip_blanks(const char **p, size_t *left)
{
	while (*left && isspace(**p)) {
		(*p)++;
		(*left)--;
	}
}

/* Digits of base 10, 8 (0...) or 16 (0x...): -EINVAL if they are more than a long holds. */
static int parse_ulong(const char *s, const char **end, unsigned long *value)
{
	unsigned int base = 10;
	int digit;

	if (s[0] == '0' && tolower(s[1]) == 'x' && isxdigit(s[2])) {
		base = 16;
		s += 2;
	} else if (s[0] == '0') {
		base = 8;
	}
	for (*value = 0; (digit = hex_to_bin(*s)) >= 0 && digit < base; s++) {
		if (check_mul_overflow(*value, (unsigned long)base, value) ||
		    check_add_overflow(*value, (unsigned long)digit, value))
			return -EINVAL;
	}
	*end = s;
	return 0;
}

/* One number at *@p, that a blank, a zero or the end follows. 0, or -EINVAL. */
static int parse_number(const char **p, size_t *left, bool *neg, unsigned long *value)
{
	char text[NUMBER_MAX + 1];
	const char *end, *digits = text;
	size_t n = min_t(size_t, *left, NUMBER_MAX);

	memcpy(text, *p, n);
	text[n] = '\0';
	*neg = *digits == '-' && *left > 1;
	if (*neg)
		digits++;
	if (!isdigit(*digits))
		return -EINVAL;
	if (parse_ulong(digits, &end, value))
		return -EINVAL;
	/* The text was cut in the middle of digits: nobody knows what follows. */
	if (end - text == NUMBER_MAX)
		return -EINVAL;
	n = end - text;
	if (n < *left && (*p)[n] && !isspace((*p)[n]))
		return -EINVAL;
	*p += n;
	*left -= n;
	return 0;
}

static int write_vec(const struct ctl_table *table, const struct kind *kind, const char *buffer,
		     size_t *lenp)
{
	unsigned int i, max = table->maxlen / kind->size;
	size_t left = min_t(size_t, *lenp, PAGE_SIZE - 1);
	const char *p = buffer;
	unsigned long value;
	int err = 0;
	bool neg;

	for (i = 0; left && i < max; i++) {
		skip_blanks(&p, &left);
		if (!left)
			break;
		err = parse_number(&p, &left, &neg, &value);
		if (!err)
			err = kind->store(table, table->data + i * kind->size, neg, value, i);
		if (err)
			break;
	}
	if (!err)
		skip_blanks(&p, &left);
	if (!i)
		return err ? err : -EINVAL;
	if (!kind->single)
		*lenp -= left;
	return err;
}

static void read_vec(const struct ctl_table *table, const struct kind *kind, char *buffer,
		     size_t *lenp)
{
	unsigned int i, max = table->maxlen / kind->size;
	size_t used = 0, size = *lenp;
	char text[32];

	for (i = 0; i < max && used < size; i++) {
		bool neg = false;
		unsigned long value = kind->fetch(table->data + i * kind->size, &neg);
		int n = snprintf(text, sizeof(text), "%s%s%lu", i ? "\t" : "", neg ? "-" : "",
				 value);

		n = min_t(size_t, n, size - used);
		memcpy(buffer + used, text, n);
		used += n;
	}
	if (used < size && i)
		buffer[used++] = '\n';
	*lenp = used;
}

static int do_vec(const struct ctl_table *table, int write, void *buffer, size_t *lenp,
		  loff_t *ppos, const struct kind *kind)
{
	int err = 0;

	if (!table->data || !table->maxlen || !*lenp || (*ppos && !write)) {
		*lenp = 0;
		return 0;
	}
	if (!write)
		read_vec(table, kind, buffer, lenp);
	else if (!*ppos)
		err = write_vec(table, kind, buffer, lenp);
	*ppos += *lenp;
	return err;
}

/* ---- kinds: int ---- */

static int int_of(bool neg, unsigned long value, int *n)
{
	if (value > (unsigned long)INT_MAX + neg)
		return -EINVAL;
	*n = neg ? -(long)value : (long)value;
	return 0;
}

static int store_int(const struct ctl_table *table, void *where, bool neg, unsigned long value,
		     unsigned int at)
{
	int n, err = int_of(neg, value, &n);

	if (!err)
		WRITE_ONCE(*(int *)where, n);
	return err;
}

static unsigned long magnitude(long n, bool *neg)
{
	*neg = n < 0;
	return n < 0 ? -(unsigned long)n : n;
}

static unsigned long fetch_int(const void *where, bool *neg)
{
	return magnitude(READ_ONCE(*(const int *)where), neg);
}

static int store_int_minmax(const struct ctl_table *table, void *where, bool neg,
			    unsigned long value, unsigned int at)
{
	const int *min = table->extra1, *max = table->extra2;
	int n, err = int_of(neg, value, &n);

	if (err)
		return err;
	if ((min && n < *min) || (max && n > *max))
		return -EINVAL;
	WRITE_ONCE(*(int *)where, n);
	return 0;
}

static const struct kind int_kind = {
	.size = sizeof(int), .store = store_int, .fetch = fetch_int,
};

static const struct kind int_minmax_kind = {
	.size = sizeof(int), .store = store_int_minmax, .fetch = fetch_int,
};

/** proc_dointvec - .data is an array of int: 0, -EINVAL */
int proc_dointvec(const struct ctl_table *table, int write, void *buffer, size_t *lenp,
		  loff_t *ppos)
{
	return do_vec(table, write, buffer, lenp, ppos, &int_kind);
}
EXPORT_SYMBOL(proc_dointvec);

/** proc_dointvec_minmax - proc_dointvec(), each value from *extra1 to *extra2: 0, -EINVAL */
int proc_dointvec_minmax(const struct ctl_table *table, int write, void *buffer, size_t *lenp,
			 loff_t *ppos)
{
	return do_vec(table, write, buffer, lenp, ppos, &int_minmax_kind);
}
EXPORT_SYMBOL(proc_dointvec_minmax);

/* ---- int in units of time: jiffies inside ---- */

static int store_seconds(const struct ctl_table *table, void *where, bool neg,
			 unsigned long value, unsigned int at)
{
	if (value > INT_MAX / HZ)
		return -EINVAL;
	return store_int(table, where, neg, value * HZ, at);
}

static unsigned long fetch_seconds(const void *where, bool *neg)
{
	return fetch_int(where, neg) / HZ;
}

static int store_userhz(const struct ctl_table *table, void *where, bool neg, unsigned long value,
			unsigned int at)
{
	return store_int(table, where, neg, clock_t_to_jiffies(value), at);
}

static unsigned long fetch_userhz(const void *where, bool *neg)
{
	return jiffies_to_clock_t(fetch_int(where, neg));
}

static int store_ms(const struct ctl_table *table, void *where, bool neg, unsigned long value,
		    unsigned int at)
{
	if (value > UINT_MAX)
		return -EINVAL;
	return store_int(table, where, neg, msecs_to_jiffies(value), at);
}

static unsigned long fetch_ms(const void *where, bool *neg)
{
	return jiffies_to_msecs(fetch_int(where, neg));
}

static const struct kind seconds_kind = {
	.size = sizeof(int), .store = store_seconds, .fetch = fetch_seconds,
};

static const struct kind userhz_kind = {
	.size = sizeof(int), .store = store_userhz, .fetch = fetch_userhz,
};

static const struct kind ms_kind = {
	.size = sizeof(int), .store = store_ms, .fetch = fetch_ms,
};

/** proc_dointvec_jiffies - int in jiffies; text in seconds: 0, -EINVAL */
int proc_dointvec_jiffies(const struct ctl_table *table, int write, void *buffer, size_t *lenp,
			  loff_t *ppos)
{
	return do_vec(table, write, buffer, lenp, ppos, &seconds_kind);
}
EXPORT_SYMBOL(proc_dointvec_jiffies);

/** proc_dointvec_userhz_jiffies - text in hundredths of a second: 0, -EINVAL */
int proc_dointvec_userhz_jiffies(const struct ctl_table *table, int write, void *buffer,
				 size_t *lenp, loff_t *ppos)
{
	return do_vec(table, write, buffer, lenp, ppos, &userhz_kind);
}
EXPORT_SYMBOL(proc_dointvec_userhz_jiffies);

/** proc_dointvec_ms_jiffies - text in milliseconds: 0, -EINVAL */
int proc_dointvec_ms_jiffies(const struct ctl_table *table, int write, void *buffer, size_t *lenp,
			     loff_t *ppos)
{
	return do_vec(table, write, buffer, lenp, ppos, &ms_kind);
}
EXPORT_SYMBOL(proc_dointvec_ms_jiffies);

/* ---- unsigned int, u8, bool: one value each ---- */

static int store_uint(const struct ctl_table *table, void *where, bool neg, unsigned long value,
		      unsigned int at)
{
	if (neg || value > UINT_MAX)
		return -EINVAL;
	WRITE_ONCE(*(unsigned int *)where, value);
	return 0;
}

static int store_uint_minmax(const struct ctl_table *table, void *where, bool neg,
			     unsigned long value, unsigned int at)
{
	const unsigned int *min = table->extra1, *max = table->extra2;

	if (neg || value > UINT_MAX)
		return -EINVAL;
	if ((min && value < *min) || (max && value > *max))
		return -EINVAL;
	WRITE_ONCE(*(unsigned int *)where, value);
	return 0;
}

static unsigned long fetch_uint(const void *where, bool *neg)
{
	return READ_ONCE(*(const unsigned int *)where);
}

static int store_u8_minmax(const struct ctl_table *table, void *where, bool neg,
			   unsigned long value, unsigned int at)
{
	const unsigned int *min = table->extra1, *max = table->extra2;

	if (neg || value > U8_MAX || (min && value < *min) || (max && value > *max))
		return -EINVAL;
	WRITE_ONCE(*(u8 *)where, value);
	return 0;
}

static unsigned long fetch_u8(const void *where, bool *neg)
{
	return READ_ONCE(*(const u8 *)where);
}

static int store_bool(const struct ctl_table *table, void *where, bool neg, unsigned long value,
		      unsigned int at)
{
	if (neg || value > 1)
		return -EINVAL;
	WRITE_ONCE(*(bool *)where, value);
	return 0;
}

static unsigned long fetch_bool(const void *where, bool *neg)
{
	return READ_ONCE(*(const bool *)where);
}

static const struct kind uint_kind = {
	.size = sizeof(int), .store = store_uint, .fetch = fetch_uint, .single = true,
};

static const struct kind uint_minmax_kind = {
	.size = sizeof(int), .store = store_uint_minmax, .fetch = fetch_uint, .single = true,
};

static const struct kind u8_kind = {
	.size = sizeof(u8), .store = store_u8_minmax, .fetch = fetch_u8, .single = true,
};

static const struct kind bool_kind = {
	.size = sizeof(bool), .store = store_bool, .fetch = fetch_bool, .single = true,
};

/** proc_douintvec - .data is an unsigned int: 0, -EINVAL */
int proc_douintvec(const struct ctl_table *table, int write, void *buffer, size_t *lenp,
		   loff_t *ppos)
{
	return do_vec(table, write, buffer, lenp, ppos, &uint_kind);
}
EXPORT_SYMBOL_GPL(proc_douintvec);

/** proc_douintvec_minmax - proc_douintvec() from *extra1 to *extra2: 0, -EINVAL */
int proc_douintvec_minmax(const struct ctl_table *table, int write, void *buffer, size_t *lenp,
			  loff_t *ppos)
{
	return do_vec(table, write, buffer, lenp, ppos, &uint_minmax_kind);
}
EXPORT_SYMBOL_GPL(proc_douintvec_minmax);

/** proc_dou8vec_minmax - .data is a u8; the bounds are unsigned int: 0, -EINVAL */
int proc_dou8vec_minmax(const struct ctl_table *table, int write, void *buffer, size_t *lenp,
			loff_t *ppos)
{
	return do_vec(table, write, buffer, lenp, ppos, &u8_kind);
}
EXPORT_SYMBOL_GPL(proc_dou8vec_minmax);

/** proc_dobool - .data is a bool, its text 0 or 1: 0, -EINVAL */
int proc_dobool(const struct ctl_table *table, int write, void *buffer, size_t *lenp,
		loff_t *ppos)
{
	return do_vec(table, write, buffer, lenp, ppos, &bool_kind);
}
EXPORT_SYMBOL(proc_dobool);

/* ---- unsigned long ---- */

/* A negative value is passed over, as Linux does. */
static int store_ulong(const struct ctl_table *table, void *where, bool neg, unsigned long value,
		       unsigned int at)
{
	const unsigned long *min = table->extra1, *max = table->extra2;

	if (neg)
		return 0;
	if ((min && value < min[at]) || (max && value > max[at]))
		return -EINVAL;
	WRITE_ONCE(*(unsigned long *)where, value);
	return 0;
}

static unsigned long fetch_ulong(const void *where, bool *neg)
{
	return READ_ONCE(*(const unsigned long *)where);
}

static int store_ulong_ms(const struct ctl_table *table, void *where, bool neg,
			  unsigned long value, unsigned int at)
{
	if (value > UINT_MAX)
		return -EINVAL;
	return store_ulong(table, where, neg, msecs_to_jiffies(value), at);
}

static unsigned long fetch_ulong_ms(const void *where, bool *neg)
{
	return jiffies_to_msecs(fetch_ulong(where, neg));
}

static const struct kind ulong_kind = {
	.size = sizeof(long), .store = store_ulong, .fetch = fetch_ulong,
};

static const struct kind ulong_ms_kind = {
	.size = sizeof(long), .store = store_ulong_ms, .fetch = fetch_ulong_ms,
};

/**
 * proc_doulongvec_minmax - .data is an array of unsigned long, extra1 and extra2 as well
 *
 * Return: 0, -EINVAL.
 */
int proc_doulongvec_minmax(const struct ctl_table *table, int write, void *buffer, size_t *lenp,
			   loff_t *ppos)
{
	return do_vec(table, write, buffer, lenp, ppos, &ulong_kind);
}
EXPORT_SYMBOL(proc_doulongvec_minmax);

/** proc_doulongvec_ms_jiffies_minmax - jiffies inside, text in milliseconds: 0, -EINVAL */
int proc_doulongvec_ms_jiffies_minmax(const struct ctl_table *table, int write, void *buffer,
				      size_t *lenp, loff_t *ppos)
{
	return do_vec(table, write, buffer, lenp, ppos, &ulong_ms_kind);
}
EXPORT_SYMBOL(proc_doulongvec_ms_jiffies_minmax);
