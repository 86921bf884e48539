// SPDX-License-Identifier: MIT
/* How long a storm of a test lasts; see patience.h. */

#include <linux/moduleparam.h>

#include "patience.h"

unsigned int storm_ms = 2000;
core_param(storm_ms, storm_ms, uint, 0444);
