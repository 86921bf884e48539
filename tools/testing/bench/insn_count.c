// SPDX-License-Identifier: MIT
/*
 * A QEMU plugin that counts guest instructions from reset to the first one at
 * entry=ADDRESS, prints the count, and ends QEMU.
 *
 * Every instruction adds one to a counter, which QEMU does inline; only the one at
 * the entry calls back. Time that -icount skips while the guest sleeps is not
 * counted. The declarations of QEMU's plugin interface, version 1 (QEMU 4.2 to
 * 8.x), are written out, since Debian has no package of its header.
 */
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef uint64_t qemu_plugin_id_t;
struct qemu_plugin_tb;
struct qemu_plugin_insn;
struct qemu_info {
	const char *target_name;
	struct { int min, cur; } version;
	bool system_emulation;
};

void qemu_plugin_register_vcpu_tb_trans_cb(qemu_plugin_id_t id,
		void (*translated)(qemu_plugin_id_t, struct qemu_plugin_tb *));
size_t qemu_plugin_tb_n_insns(const struct qemu_plugin_tb *tb);
struct qemu_plugin_insn *qemu_plugin_tb_get_insn(const struct qemu_plugin_tb *tb, size_t i);
uint64_t qemu_plugin_insn_vaddr(const struct qemu_plugin_insn *insn);
void qemu_plugin_register_vcpu_insn_exec_inline(struct qemu_plugin_insn *insn, int op,
		void *counter, uint64_t add);
void qemu_plugin_register_vcpu_insn_exec_cb(struct qemu_plugin_insn *insn,
		void (*executed)(unsigned int cpu, void *data), int flags, void *data);

__attribute__((visibility("default"))) int qemu_plugin_version = 1;

static uint64_t entry;
static uint64_t lower_half, upper_half;		/* of the address space: loader, kernel */

static void reached_entry(unsigned int cpu, void *data)
{
	(void)cpu;
	(void)data;
	printf("instructions %" PRIu64 " lower %" PRIu64 " upper %" PRIu64 "\n",
	       lower_half + upper_half, lower_half, upper_half);
	fflush(stdout);
	_exit(0);
}

static void translated(qemu_plugin_id_t id, struct qemu_plugin_tb *tb)
{
	size_t i, n = qemu_plugin_tb_n_insns(tb);

	(void)id;
	for (i = 0; i < n; i++) {
		struct qemu_plugin_insn *insn = qemu_plugin_tb_get_insn(tb, i);
		uint64_t address = qemu_plugin_insn_vaddr(insn);

		if (address == entry)
			qemu_plugin_register_vcpu_insn_exec_cb(insn, reached_entry, 0, NULL);
		qemu_plugin_register_vcpu_insn_exec_inline(insn, 0,
				address >> 63 ? &upper_half : &lower_half, 1);
	}
}

__attribute__((visibility("default")))
int qemu_plugin_install(qemu_plugin_id_t id, const struct qemu_info *info, int argc, char **argv)
{
	int i;

	(void)info;
	for (i = 0; i < argc; i++)
		if (!strncmp(argv[i], "entry=", 6))
			entry = strtoull(argv[i] + 6, NULL, 0);
	if (!entry)
		return -1;
	qemu_plugin_register_vcpu_tb_trans_cb(id, translated);
	return 0;
}
