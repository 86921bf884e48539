/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_CDEV_H
#define _LINUX_CDEV_H

/*
 * Character devices: from a number to the functions of a driver.
 *
 * Rules of use: reserve numbers (register_chrdev_region() or alloc_chrdev_region()), then
 * cdev_add(): from that moment, before it even returns, the device can be opened. After cdev_del()
 * nobody opens it any more, but files that are open stay so and their functions go on being called:
 * keep what they use until the last is closed (cdev_set_parent() helps).
 */

#include <linux/kdev_t.h>
#include <linux/kobject.h>
#include <linux/list.h>
#include <linux/types.h>

struct device;
struct file_operations;
struct inode;
struct module;

/**
 * struct cdev - the functions behind a range of device numbers
 * @kobj: its references: one by who made it, one by each open file
 * @owner: module that @ops is in
 * @ops: functions of a file that is opened
 * @list: inodes that have been opened, under the lock of fs/char_dev.c
 * @dev: first number; constant once added
 * @count: how many numbers
 */
struct cdev {
	struct kobject kobj;
	struct module *owner;
	const struct file_operations *ops;
	struct list_head list;
	dev_t dev;
	unsigned int count;
};

void cdev_init(struct cdev *cdev, const struct file_operations *fops);
struct cdev *cdev_alloc(void);
void cdev_put(struct cdev *p);
int cdev_add(struct cdev *p, dev_t dev, unsigned count);
void cdev_set_parent(struct cdev *p, struct kobject *kobj);
int cdev_device_add(struct cdev *cdev, struct device *dev);
void cdev_device_del(struct cdev *cdev, struct device *dev);
void cdev_del(struct cdev *p);
void cd_forget(struct inode *inode);

#endif /* _LINUX_CDEV_H */
