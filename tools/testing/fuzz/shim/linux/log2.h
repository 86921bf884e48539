/* SPDX-License-Identifier: MIT */
#define is_power_of_2(n) ((n) && !((n) & ((n) - 1)))
