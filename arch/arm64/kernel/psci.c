// SPDX-License-Identifier: MIT
/*
 * PSCI: the firmware starts and stops CPUs and the machine, asked by a call instruction (hvc or
 * smc; the device tree says which). Versions 0.2 and later, whose function numbers are fixed; 0.1
 * brings its own in the tree.
 */
#define pr_fmt(fmt) "psci: " fmt

#include <linux/errno.h>
#include <linux/init.h>
#include <linux/of.h>
#include <linux/printk.h>
#include <linux/reboot.h>
#include <linux/string.h>
#include <linux/types.h>

#include <asm/psci.h>

#define PSCI_0_2_FN_VERSION		0x84000000
#define PSCI_0_2_FN_CPU_OFF		0x84000002
#define PSCI_0_2_FN64_CPU_ON		0xc4000003
#define PSCI_0_2_FN64_AFFINITY_INFO	0xc4000004
#define PSCI_0_2_FN_SYSTEM_OFF		0x84000008
#define PSCI_0_2_FN_SYSTEM_RESET	0x84000009

#define PSCI_RET_SUCCESS		0
#define PSCI_RET_NOT_SUPPORTED		-1
#define PSCI_RET_INVALID_PARAMS		-2
#define PSCI_RET_DENIED			-3
#define PSCI_RET_ALREADY_ON		-4
#define PSCI_RET_ON_PENDING		-5
#define PSCI_RET_INTERNAL_FAILURE	-6
#define PSCI_RET_INVALID_ADDRESS	-9

enum psci_conduit { PSCI_NONE, PSCI_HVC, PSCI_SMC };

static enum psci_conduit psci_conduit __ro_after_init;
static u32 psci_fn_cpu_on __ro_after_init;
static u32 psci_fn_cpu_off __ro_after_init;
static bool psci_has_0_2 __ro_after_init;

/*
 * By the calling convention x4 to x17 may be lost as well as the arguments. Nothing may stand
 * between the filling of the registers and the instruction: any access to memory may be a call of
 * an instrument, which loses them too.
 */
#define PSCI_CALL(insn, fn, a1, a2, a3)						\
({										\
	register unsigned long x0 asm("x0") = (fn);				\
	register unsigned long x1 asm("x1") = (a1);				\
	register unsigned long x2 asm("x2") = (a2);				\
	register unsigned long x3 asm("x3") = (a3);				\
										\
	asm volatile(insn " #0" : "+r" (x0), "+r" (x1), "+r" (x2), "+r" (x3)	\
		     : : "x4", "x5", "x6", "x7", "x8", "x9", "x10", "x11", "x12", \
		       "x13", "x14", "x15", "x16", "x17", "memory");		\
	(int)x0;								\
})

static long psci_call(u32 fn, unsigned long a1, unsigned long a2, unsigned long a3)
{
	switch (psci_conduit) {
	case PSCI_HVC:
		return PSCI_CALL("hvc", fn, a1, a2, a3);
	case PSCI_SMC:
		return PSCI_CALL("smc", fn, a1, a2, a3);
	default:
		return PSCI_RET_NOT_SUPPORTED;
	}
}

static int psci_to_errno(long ret)
{
	switch (ret) {
	case PSCI_RET_SUCCESS:
		return 0;
	case PSCI_RET_NOT_SUPPORTED:
		return -EOPNOTSUPP;
	case PSCI_RET_INVALID_PARAMS:
	case PSCI_RET_INVALID_ADDRESS:
		return -EINVAL;
	case PSCI_RET_ALREADY_ON:
	case PSCI_RET_ON_PENDING:
		return -EALREADY;
	case PSCI_RET_DENIED:
		return -EPERM;
	default:
		return -EIO;
	}
}

/**
 * psci_has_cpu_on - can CPUs be started?
 */
bool psci_has_cpu_on(void)
{
	return psci_fn_cpu_on != 0;
}

/**
 * psci_cpu_on - start a CPU
 * @hwid: its MPIDR affinity
 * @entry: physical address where it starts, MMU off
 *
 * Return: 0, -EALREADY if it runs, -EINVAL for a CPU or address that does not exist, -EPERM,
 * -EOPNOTSUPP, -EIO
 */
int psci_cpu_on(u64 hwid, phys_addr_t entry)
{
	return psci_to_errno(psci_call(psci_fn_cpu_on, hwid, entry, 0));
}

/**
 * psci_cpu_off - stop this CPU
 *
 * Context: interrupts off, nothing left to do. Returns only if the firmware refuses.
 */
void psci_cpu_off(void)
{
	if (psci_fn_cpu_off)
		psci_call(psci_fn_cpu_off, 0, 0, 0);
}

/**
 * psci_affinity_info - is a CPU off?
 * @hwid: its MPIDR affinity
 *
 * Return: PSCI_AFFINITY_ON, _OFF, _ON_PENDING, or a negative errno
 */
int psci_affinity_info(u64 hwid)
{
	long ret;

	if (!psci_has_0_2)
		return -EOPNOTSUPP;
	ret = psci_call(PSCI_0_2_FN64_AFFINITY_INFO, hwid, 0, 0);
	return ret >= 0 ? ret : psci_to_errno(ret);
}

static void psci_sys_poweroff(void)
{
	psci_call(PSCI_0_2_FN_SYSTEM_OFF, 0, 0, 0);
}

static int psci_sys_reset(struct notifier_block *nb, unsigned long action, void *data)
{
	psci_call(PSCI_0_2_FN_SYSTEM_RESET, 0, 0, 0);
	return NOTIFY_DONE;
}

static struct notifier_block psci_sys_reset_nb = {
	.notifier_call = psci_sys_reset,
	.priority = 129,
};

static const struct of_device_id psci_of_match[] __initconst = {
	{ .compatible = "arm,psci" },
	{ .compatible = "arm,psci-0.2" },
	{ .compatible = "arm,psci-1.0" },
	{},
};

static int __init get_set_conduit(const struct device_node *np)
{
	const char *method;

	if (of_property_read_string(np, "method", &method)) {
		pr_warn("missing \"method\" property\n");
		return -ENXIO;
	}
	if (!strcmp(method, "hvc")) {
		psci_conduit = PSCI_HVC;
	} else if (!strcmp(method, "smc")) {
		psci_conduit = PSCI_SMC;
	} else {
		pr_warn("invalid \"method\" property: %s\n", method);
		return -EINVAL;
	}
	return 0;
}

static void __init psci_0_2_init(void)
{
	u32 ver = psci_call(PSCI_0_2_FN_VERSION, 0, 0, 0);

	pr_info("PSCIv%d.%d detected in firmware.\n", ver >> 16, ver & 0xffff);
	psci_has_0_2 = true;
	psci_fn_cpu_on = PSCI_0_2_FN64_CPU_ON;
	psci_fn_cpu_off = PSCI_0_2_FN_CPU_OFF;
	pm_power_off = psci_sys_poweroff;
	register_restart_handler(&psci_sys_reset_nb);
}

static void __init psci_0_1_init(const struct device_node *np)
{
	of_property_read_u32(np, "cpu_on", &psci_fn_cpu_on);
	of_property_read_u32(np, "cpu_off", &psci_fn_cpu_off);
}

/**
 * psci_dt_init - find the firmware's interface in the device tree
 *
 * Return: 0, -ENODEV without one, -ENXIO or -EINVAL if the node says not how to call it
 */
int __init psci_dt_init(void)
{
	struct device_node *np = of_find_matching_node(NULL, psci_of_match);
	int err;

	if (!np || !of_device_is_available(np))
		return -ENODEV;
	pr_info("probing for conduit method from DT.\n");
	err = get_set_conduit(np);
	if (err)
		return err;
	if (of_device_is_compatible(np, "arm,psci-0.2") ||
	    of_device_is_compatible(np, "arm,psci-1.0"))
		psci_0_2_init();
	else
		psci_0_1_init(np);
	return 0;
}
