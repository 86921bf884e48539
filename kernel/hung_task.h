/* SPDX-License-Identifier: MIT */
#ifndef _KERNEL_HUNG_TASK_H
#define _KERNEL_HUNG_TASK_H

void check_hung_tasks(unsigned long timeout);

#endif /* _KERNEL_HUNG_TASK_H */
