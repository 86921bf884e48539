// SPDX-License-Identifier: MIT
/*
 * Events of kobjects: they are numbered (/sys/kernel/uevent_seqnum). There are no netlink sockets,
 * so nobody listens; who wants to know looks at /sys. What is written to a uevent file is checked
 * as for listeners, so that a program learns of its mistake here too:
 *
 *	ACTION [UUID [KEY=VALUE ...]]		keys and values of letters and digits
 */

#include <linux/kobject.h>

#include <linux/array_size.h>
#include <linux/ctype.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/string.h>
#include <linux/uuid.h>

atomic64_t uevent_seqnum;

static const char *const actions[] = {
	[KOBJ_ADD]	= "add",
	[KOBJ_REMOVE]	= "remove",
	[KOBJ_CHANGE]	= "change",
	[KOBJ_MOVE]	= "move",
	[KOBJ_ONLINE]	= "online",
	[KOBJ_OFFLINE]	= "offline",
	[KOBJ_BIND]	= "bind",
	[KOBJ_UNBIND]	= "unbind",
};

/* What the kset says that the kobject is in, or the nearest above that is in one. */
static bool is_wanted(const struct kobject *kobj)
{
	const struct kobject *member = kobj;
	const struct kset_uevent_ops *ops;

	while (member && !member->kset)
		member = member->parent;
	ops = member ? member->kset->uevent_ops : NULL;
	return !ops || !ops->filter || ops->filter(kobj);
}

/** kobject_uevent - something happened to @kobj: 0, -EINVAL if it isn't an action */
int kobject_uevent(struct kobject *kobj, enum kobject_action action)
{
	if ((unsigned int)action >= ARRAY_SIZE(actions))
		return -EINVAL;
	if (!kobj->state_in_sysfs)
		return 0;
	/* Set also for events that are filtered out: there is nothing to be made up for. */
	if (action == KOBJ_ADD)
		kobj->state_add_uevent_sent = 1;
	if (action == KOBJ_REMOVE)
		kobj->state_remove_uevent_sent = 1;
	if (is_wanted(kobj))
		atomic64_inc(&uevent_seqnum);
	return 0;
}
EXPORT_SYMBOL_GPL(kobject_uevent);

static int find_action(const char *buf, size_t len)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(actions); i++) {
		if (strlen(actions[i]) == len && !strncmp(buf, actions[i], len))
			return i;
	}
	return -EINVAL;
}

static size_t word(const char *p, const char *end)
{
	const char *start = p;

	while (p < end && isalnum(*p))
		p++;
	return p - start;
}

/* " KEY=VALUE KEY=VALUE": -EINVAL if it isn't. */
static int check_pairs(const char *p, const char *end)
{
	while (p < end) {
		size_t len;

		if (*p++ != ' ')
			return -EINVAL;
		len = word(p, end);
		if (!len || p + len == end || p[len] != '=')
			return -EINVAL;
		p += len + 1;
		len = word(p, end);
		if (!len)
			return -EINVAL;
		p += len;
	}
	return 0;
}

/**
 * kobject_synth_uevent - an event that a user asks for
 * @kobj: whose uevent file it is
 * @buf: what was written there, with a zero behind it
 * @count: its bytes, without the zero
 *
 * Context: may sleep.
 * Return: 0, -EINVAL for another text than the ABI's; what kobject_uevent() returned.
 */
int kobject_synth_uevent(struct kobject *kobj, const char *buf, size_t count)
{
	const char *end = buf + count, *space;
	int action;

	/* With or without its newline. */
	if (count && end[-1] == '\n')
		end--;
	space = memchr(buf, ' ', end - buf);
	action = find_action(buf, (space ?: end) - buf);
	if (action < 0)
		return action;
	if (space) {
		const char *uuid = space + 1;

		if (end - uuid < UUID_STRING_LEN || !uuid_is_valid(uuid) ||
		    check_pairs(uuid + UUID_STRING_LEN, end))
			return -EINVAL;
	}
	return kobject_uevent(kobj, action);
}
EXPORT_SYMBOL_GPL(kobject_synth_uevent);
