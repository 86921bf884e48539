/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_DELAYED_CALL_H
#define _LINUX_DELAYED_CALL_H

/* One call to be made later, in the same context: how a symlink's text is given back. */

#include <linux/stddef.h>

struct delayed_call {
	void (*fn)(void *arg);
	void *arg;
};

#define DEFINE_DELAYED_CALL(name)	struct delayed_call name = { NULL, NULL }

/** set_delayed_call() - what do_delayed_call() shall do */
static inline void set_delayed_call(struct delayed_call *call, void (*fn)(void *arg), void *arg)
{
	call->fn = fn;
	call->arg = arg;
}

/** do_delayed_call() - do what was put off, if anything */
static inline void do_delayed_call(struct delayed_call *call)
{
	if (call->fn)
		call->fn(call->arg);
}

/** clear_delayed_call() - nothing is put off any more */
static inline void clear_delayed_call(struct delayed_call *call)
{
	call->fn = NULL;
}

#endif /* _LINUX_DELAYED_CALL_H */
