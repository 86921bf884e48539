/* SPDX-License-Identifier: MIT */
/* The older name of <linux/jump_label.h>. */
#include <linux/jump_label.h>
