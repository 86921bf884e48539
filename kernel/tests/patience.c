// SPDX-License-Identifier: MIT
/* How long a storm of a test lasts; see patience.h. */

#include <linux/moduleparam.h>

#include "patience.h"

unsigned int storm_ms = STORM_MS;
core_param(storm_ms, storm_ms, uint, 0444);
