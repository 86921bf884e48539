/* SPDX-License-Identifier: MIT */
/*
 * A machine that knows about packages and threads defines topology_*() in its own <asm/topology.h>.
 */
