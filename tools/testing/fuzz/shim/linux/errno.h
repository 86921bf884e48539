/* SPDX-License-Identifier: MIT */
/* The host's own <errno.h> comes through here. */
#include_next <linux/errno.h>
