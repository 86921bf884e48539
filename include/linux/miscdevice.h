/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_MISCDEVICE_H
#define _LINUX_MISCDEVICE_H

/* Single devices that share major 10: a name, functions, perhaps a fixed minor. */

#include <linux/device.h>
#include <linux/list.h>
#include <linux/major.h>
#include <linux/types.h>

#define PSMOUSE_MINOR		1
#define WATCHDOG_MINOR		130
#define RTC_MINOR		135
#define HWRNG_MINOR		183
#define MISC_DYNAMIC_MINOR	255

struct attribute_group;
struct file_operations;

struct miscdevice {
	int minor;			/* MISC_DYNAMIC_MINOR: give me one */
	const char *name;
	const struct file_operations *fops;
	struct list_head list;		/* misc_mtx */
	struct device *parent;
	struct device *this_device;
	const struct attribute_group **groups;
	const char *nodename;		/* NULL: @name */
	umode_t mode;			/* of the node; 0: 0600 */
};

int misc_register(struct miscdevice *misc);
void misc_deregister(struct miscdevice *misc);

#endif /* _LINUX_MISCDEVICE_H */
