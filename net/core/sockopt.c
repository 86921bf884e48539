// SPDX-License-Identifier: MIT
/*
 * setsockopt(2) and getsockopt(2), level SOL_SOCKET: what sockets of every family know.
 *
 * Most options are an int. Those that are a bit of the socket are listed in a table; the rest has a
 * case each. An option that belongs to a device or a packet filter answers -ENOPROTOOPT here, as
 * one that nobody ever heard of.
 */

#include <net/sock.h>

#include <linux/capability.h>
#include <linux/cred.h>
#include <linux/export.h>
#include <linux/file.h>
#include <linux/ktime.h>
#include <linux/pid.h>
#include <linux/sched/signal.h>
#include <linux/security.h>
#include <linux/slab.h>
#include <linux/time64.h>
#include <linux/uaccess.h>
#include <net/scm.h>
#include <uapi/linux/time_types.h>

/* Options that are one bit of sk_flags. */
static const struct {
	int optname;
	enum sock_flags flag;
} flag_options[] = {
	{ SO_DONTROUTE,		SOCK_LOCALROUTE },
	{ SO_BROADCAST,		SOCK_BROADCAST },
	{ SO_KEEPALIVE,		SOCK_KEEPOPEN },
	{ SO_OOBINLINE,		SOCK_URGINLINE },
	{ SO_RXQ_OVFL,		SOCK_RXQ_OVFL },
	{ SO_NOFCS,		SOCK_NOFCS },
	{ SO_SELECT_ERR_QUEUE,	SOCK_SELECT_ERR_QUEUE },
};

/* Options that are one bit of the upper half's flags. */
static const struct {
	int optname;
	int bit;
} socket_options[] = {
	{ SO_PASSCRED,		SOCK_PASSCRED },
	{ SO_PASSPIDFD,		SOCK_PASSPIDFD },
	{ SO_PASSSEC,		SOCK_PASSSEC },
};

/* Return: the flag, -1: it is none of those. */
static int flag_of(int optname)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(flag_options); i++)
		if (flag_options[i].optname == optname)
			return flag_options[i].flag;
	return -1;
}

static int socket_bit_of(int optname)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(socket_options); i++)
		if (socket_options[i].optname == optname)
			return socket_options[i].bit;
	return -1;
}

/* ---- setting ---- */

/*
 * Twice what was asked for: programs count their data, we count the bookkeeping too. getsockopt(2)
 * tells the doubled value, and programs know.
 */
static int doubled(int val, int least)
{
	return max(min_t(int, val, INT_MAX / 2) * 2, least);
}

static void set_sndbuf(struct sock *sk, int val)
{
	sk->sk_userlocks |= SOCK_SNDBUF_LOCK;
	WRITE_ONCE(sk->sk_sndbuf, doubled(val, SOCK_MIN_SNDBUF));
	sk->sk_write_space(sk);
}

static void set_rcvbuf(struct sock *sk, int val)
{
	sk->sk_userlocks |= SOCK_RCVBUF_LOCK;
	WRITE_ONCE(sk->sk_rcvbuf, doubled(val, SOCK_MIN_RCVBUF));
}

/* A time limit: 0 is none; a negative one has passed already. Rounded up to ticks. */
static int set_timeout(long *timeo, const char __user *optval, unsigned int optlen)
{
	struct __kernel_sock_timeval tv;

	if (optlen < sizeof(tv))
		return -EINVAL;
	if (copy_from_user(&tv, optval, sizeof(tv)))
		return -EFAULT;
	if (tv.tv_usec < 0 || tv.tv_usec >= USEC_PER_SEC)
		return -EDOM;
	if (tv.tv_sec < 0) {
		WRITE_ONCE(*timeo, 0);
		return 0;
	}
	if ((!tv.tv_sec && !tv.tv_usec) || tv.tv_sec >= MAX_SCHEDULE_TIMEOUT / HZ - 1)
		WRITE_ONCE(*timeo, MAX_SCHEDULE_TIMEOUT);
	else
		WRITE_ONCE(*timeo, tv.tv_sec * HZ +
				   DIV_ROUND_UP((unsigned long)tv.tv_usec, USEC_PER_SEC / HZ));
	return 0;
}

static int set_linger(struct sock *sk, const char __user *optval, unsigned int optlen)
{
	struct linger ling;

	if (optlen < sizeof(ling))
		return -EINVAL;
	if (copy_from_user(&ling, optval, sizeof(ling)))
		return -EFAULT;
	if (!ling.l_onoff) {
		sock_reset_flag(sk, SOCK_LINGER);
		return 0;
	}
	WRITE_ONCE(sk->sk_lingertime, (unsigned int)ling.l_linger >= MAX_SCHEDULE_TIMEOUT / HZ ?
		   MAX_SCHEDULE_TIMEOUT : (unsigned long)(unsigned int)ling.l_linger * HZ);
	sock_set_flag(sk, SOCK_LINGER);
	return 0;
}

static void set_timestamp(struct sock *sk, int optname, bool on)
{
	if (!on) {
		sock_reset_flag(sk, SOCK_RCVTSTAMP);
		sock_reset_flag(sk, SOCK_RCVTSTAMPNS);
		return;
	}
	sock_valbool_flag(sk, SOCK_TSTAMP_NEW, optname == SO_TIMESTAMP_NEW ||
					       optname == SO_TIMESTAMPNS_NEW);
	sock_valbool_flag(sk, SOCK_RCVTSTAMPNS, optname == SO_TIMESTAMPNS_OLD ||
						optname == SO_TIMESTAMPNS_NEW);
	sock_set_flag(sk, SOCK_RCVTSTAMP);
}

static bool net_capable(int cap)
{
	return ns_capable(current_user_ns(), cap);
}

static int set_priority(struct sock *sk, int val)
{
	if ((val < 0 || val > 6) && !net_capable(CAP_NET_RAW) && !net_capable(CAP_NET_ADMIN))
		return -EPERM;
	WRITE_ONCE(sk->sk_priority, val);
	return 0;
}

static int set_mark(struct sock *sk, int val)
{
	if (!net_capable(CAP_NET_RAW) && !net_capable(CAP_NET_ADMIN))
		return -EPERM;
	WRITE_ONCE(sk->sk_mark, val);
	return 0;
}

static int set_peek_off(struct socket *sock, int val)
{
	if (!sock->ops->set_peek_off)
		return -EOPNOTSUPP;
	return sock->ops->set_peek_off(sock->sk, val);
}

static int set_int_option(struct socket *sock, int optname, int val)
{
	struct sock *sk = sock->sk;
	bool on = val;
	int nr;

	nr = flag_of(optname);
	if (nr >= 0) {
		sock_valbool_flag(sk, nr, on);
		return 0;
	}
	nr = socket_bit_of(optname);
	if (nr >= 0) {
		assign_bit(nr, &sock->flags, on);
		return 0;
	}
	switch (optname) {
	case SO_DEBUG:
		if (on && !capable(CAP_NET_ADMIN))
			return -EACCES;
		sock_valbool_flag(sk, SOCK_DBG, on);
		return 0;
	case SO_REUSEADDR:
		sk->sk_reuse = on;
		return 0;
	case SO_REUSEPORT:
		if (on)
			return -EOPNOTSUPP;	/* ports are the Internet families' */
		sk->sk_reuseport = 0;
		return 0;
	case SO_SNDBUF:
		set_sndbuf(sk, min_t(u32, val, READ_ONCE(sysctl_wmem_max)));
		return 0;
	case SO_SNDBUFFORCE:
		if (!capable(CAP_NET_ADMIN))
			return -EPERM;
		set_sndbuf(sk, max(val, 0));
		return 0;
	case SO_RCVBUF:
		set_rcvbuf(sk, min_t(u32, val, READ_ONCE(sysctl_rmem_max)));
		return 0;
	case SO_RCVBUFFORCE:
		if (!capable(CAP_NET_ADMIN))
			return -EPERM;
		set_rcvbuf(sk, max(val, 0));
		return 0;
	case SO_NO_CHECK:
		sk->sk_no_check_tx = on;
		return 0;
	case SO_PRIORITY:
		return set_priority(sk, val);
	case SO_MARK:
		return set_mark(sk, val);
	case SO_BSDCOMPAT:
		return 0;	/* asks for what is always so */
	case SO_TIMESTAMP_OLD:
	case SO_TIMESTAMP_NEW:
	case SO_TIMESTAMPNS_OLD:
	case SO_TIMESTAMPNS_NEW:
		set_timestamp(sk, optname, on);
		return 0;
	case SO_RCVLOWAT:
		WRITE_ONCE(sk->sk_rcvlowat, val < 0 ? INT_MAX : val ? val : 1);
		return 0;
	case SO_PEEK_OFF:
		return set_peek_off(sock, val);
	case SO_BUF_LOCK:
		if (val & ~(SOCK_SNDBUF_LOCK | SOCK_RCVBUF_LOCK))
			return -EINVAL;
		sk->sk_userlocks = val;
		return 0;
	case SO_TYPE:		/* to be read only */
	case SO_PROTOCOL:
	case SO_DOMAIN:
	case SO_ERROR:
	default:
		return -ENOPROTOOPT;
	}
}

/**
 * sock_setsockopt - setsockopt(2), level SOL_SOCKET
 * @sock: the socket
 * @level: SOL_SOCKET
 * @optname: SO_*
 * @optval: the program's memory, of
 * @optlen: bytes
 *
 * Return: 0, -ENOPROTOOPT, -EINVAL, -EFAULT, -EPERM, -EDOM ...
 */
int sock_setsockopt(struct socket *sock, int level, int optname, char __user *optval,
		    unsigned int optlen)
{
	int val;

	(void)level;
	if (optlen < sizeof(int))
		return -EINVAL;
	if (copy_from_user(&val, optval, sizeof(val)))
		return -EFAULT;
	switch (optname) {
	case SO_LINGER:
		return set_linger(sock->sk, optval, optlen);
	case SO_RCVTIMEO_OLD:
	case SO_RCVTIMEO_NEW:
		return set_timeout(&sock->sk->sk_rcvtimeo, optval, optlen);
	case SO_SNDTIMEO_OLD:
	case SO_SNDTIMEO_NEW:
		return set_timeout(&sock->sk->sk_sndtimeo, optval, optlen);
	default:
		return set_int_option(sock, optname, val);
	}
}
EXPORT_SYMBOL(sock_setsockopt);

/* ---- reading ---- */

/* The answer, cut to what the program has room for, and how long it is. */
static int put_option(char __user *optval, int __user *optlen, int len, const void *val, int size)
{
	len = min(len, size);
	if (copy_to_user(optval, val, len) || put_user(len, optlen))
		return -EFAULT;
	return 0;
}

static int get_timeout(long timeo, char __user *optval, int __user *optlen, int len)
{
	struct __kernel_sock_timeval tv = {};

	if (timeo != MAX_SCHEDULE_TIMEOUT) {
		tv.tv_sec = timeo / HZ;
		tv.tv_usec = (timeo % HZ) * (USEC_PER_SEC / HZ);
	}
	return put_option(optval, optlen, len, &tv, sizeof(tv));
}

static int get_linger(struct sock *sk, char __user *optval, int __user *optlen, int len)
{
	struct linger ling = {
		.l_onoff = sock_flag(sk, SOCK_LINGER),
		.l_linger = READ_ONCE(sk->sk_lingertime) / HZ,
	};

	return put_option(optval, optlen, len, &ling, sizeof(ling));
}

/* The peer's credentials, with a reference; NULL: there was none. */
static const struct cred *peer_cred(struct sock *sk, struct pid **pid)
{
	const struct cred *cred;

	spin_lock(&sk->sk_peer_lock);
	cred = get_cred(sk->sk_peer_cred);
	*pid = get_pid(sk->sk_peer_pid);
	spin_unlock(&sk->sk_peer_lock);
	return cred;
}

static int get_peercred(struct sock *sk, char __user *optval, int __user *optlen, int len)
{
	struct ucred uc = { .uid = -1, .gid = -1 };
	const struct cred *cred;
	struct pid *pid;

	cred = peer_cred(sk, &pid);
	uc.pid = pid_vnr(pid);
	if (cred) {
		uc.uid = from_kuid_munged(current_user_ns(), cred->euid);
		uc.gid = from_kgid_munged(current_user_ns(), cred->egid);
	}
	put_pid(pid);
	put_cred(cred);
	return put_option(optval, optlen, len, &uc, sizeof(uc));
}

/* Return: 0; -ERANGE: the list is longer, *optlen says how long; -ENODATA: no peer. */
static int get_peergroups(struct sock *sk, char __user *optval, int __user *optlen, int len)
{
	const struct group_info *groups;
	const struct cred *cred;
	struct pid *pid;
	int i, ret = 0;

	cred = peer_cred(sk, &pid);
	put_pid(pid);
	if (!cred)
		return -ENODATA;
	groups = cred->group_info;
	if (len < groups->ngroups * (int)sizeof(gid_t))
		ret = -ERANGE;
	for (i = 0; !ret && i < groups->ngroups; i++)
		ret = put_user(from_kgid_munged(current_user_ns(), groups->gid[i]),
			       (gid_t __user *)optval + i);
	if (!ret || ret == -ERANGE)
		if (put_user(groups->ngroups * (int)sizeof(gid_t), optlen))
			ret = -EFAULT;
	put_cred(cred);
	return ret;
}

static int get_peerpidfd(struct sock *sk, char __user *optval, int __user *optlen, int len)
{
	struct file *file;
	struct pid *pid;
	int fd, ret;

	spin_lock(&sk->sk_peer_lock);
	pid = get_pid(sk->sk_peer_pid);
	spin_unlock(&sk->sk_peer_lock);
	if (!pid)
		return -ENODATA;
	fd = pid_has_task(pid, PIDTYPE_TGID) ? pidfd_prepare(pid, 0, &file) : -EINVAL;
	put_pid(pid);
	if (fd < 0)
		return fd;
	ret = put_option(optval, optlen, len, &fd, sizeof(fd));
	if (ret) {
		put_unused_fd(fd);
		fput(file);
		return ret;
	}
	fd_install(fd, file);
	return 0;
}

static int get_peername(struct socket *sock, char __user *optval, int __user *optlen, int len)
{
	struct sockaddr_storage address = {};
	int alen = sock->ops->getname(sock, (struct sockaddr *)&address, 2);

	if (alen < 0)
		return -ENOTCONN;
	return alen < len ? -EINVAL : put_option(optval, optlen, len, &address, len);
}

static int get_cookie(struct sock *sk, char __user *optval, int __user *optlen, int len)
{
	static atomic64_t last_cookie;
	u64 cookie = atomic64_read(&sk->sk_cookie);

	if (len < (int)sizeof(cookie))
		return -EINVAL;
	if (!cookie) {
		/* Two that ask at once: the first one's number holds. */
		atomic64_cmpxchg(&sk->sk_cookie, 0, atomic64_inc_return(&last_cookie));
		cookie = atomic64_read(&sk->sk_cookie);
	}
	return put_option(optval, optlen, len, &cookie, sizeof(cookie));
}

static bool timestamps(const struct sock *sk, bool ns, bool new)
{
	return sock_flag(sk, SOCK_RCVTSTAMP) && sock_flag(sk, SOCK_RCVTSTAMPNS) == ns &&
	       sock_flag(sk, SOCK_TSTAMP_NEW) == new;
}

/* Return: 0: *@val is the answer; -errno. */
static int get_int_option(struct socket *sock, int optname, int *val)
{
	struct sock *sk = sock->sk;
	int nr;

	nr = flag_of(optname);
	if (nr >= 0) {
		*val = sock_flag(sk, nr);
		return 0;
	}
	nr = socket_bit_of(optname);
	if (nr >= 0) {
		*val = test_bit(nr, &sock->flags);
		return 0;
	}
	switch (optname) {
	case SO_DEBUG:
		*val = sock_flag(sk, SOCK_DBG);
		return 0;
	case SO_REUSEADDR:
		*val = sk->sk_reuse;
		return 0;
	case SO_REUSEPORT:
		*val = sk->sk_reuseport;
		return 0;
	case SO_SNDBUF:
		*val = READ_ONCE(sk->sk_sndbuf);
		return 0;
	case SO_RCVBUF:
		*val = READ_ONCE(sk->sk_rcvbuf);
		return 0;
	case SO_TYPE:
		*val = sk->sk_type;
		return 0;
	case SO_PROTOCOL:
		*val = sk->sk_protocol;
		return 0;
	case SO_DOMAIN:
		*val = sk->sk_family;
		return 0;
	case SO_ERROR:
		*val = -sock_error(sk);
		if (!*val)
			*val = xchg(&sk->sk_err_soft, 0);
		return 0;
	case SO_NO_CHECK:
		*val = sk->sk_no_check_tx;
		return 0;
	case SO_PRIORITY:
		*val = READ_ONCE(sk->sk_priority);
		return 0;
	case SO_MARK:
		*val = READ_ONCE(sk->sk_mark);
		return 0;
	case SO_BSDCOMPAT:
		return 0;
	case SO_TIMESTAMP_OLD:
	case SO_TIMESTAMP_NEW:
		*val = timestamps(sk, false, optname == SO_TIMESTAMP_NEW);
		return 0;
	case SO_TIMESTAMPNS_OLD:
	case SO_TIMESTAMPNS_NEW:
		*val = timestamps(sk, true, optname == SO_TIMESTAMPNS_NEW);
		return 0;
	case SO_RCVLOWAT:
		*val = READ_ONCE(sk->sk_rcvlowat);
		return 0;
	case SO_SNDLOWAT:
		*val = 1;
		return 0;
	case SO_ACCEPTCONN:
		*val = READ_ONCE(sk->sk_state) == TCP_LISTEN;
		return 0;
	case SO_PEEK_OFF:
		if (!sock->ops->set_peek_off)
			return -EOPNOTSUPP;
		*val = READ_ONCE(sk->sk_peek_off);
		return 0;
	case SO_BUF_LOCK:
		*val = sk->sk_userlocks & (SOCK_SNDBUF_LOCK | SOCK_RCVBUF_LOCK);
		return 0;
	default:
		return -ENOPROTOOPT;
	}
}

/**
 * sock_getsockopt - getsockopt(2), level SOL_SOCKET
 * @sock: the socket
 * @level: SOL_SOCKET
 * @optname: SO_*
 * @optval: the program's memory
 * @optlen: how much; becomes how much was written
 *
 * Return: 0, -ENOPROTOOPT, -EINVAL, -EFAULT ...
 */
int sock_getsockopt(struct socket *sock, int level, int optname, char __user *optval,
		    int __user *optlen)
{
	struct sock *sk = sock->sk;
	int len, ret, val = 0;

	(void)level;
	if (get_user(len, optlen))
		return -EFAULT;
	if (len < 0)
		return -EINVAL;
	switch (optname) {
	case SO_LINGER:
		return get_linger(sk, optval, optlen, len);
	case SO_RCVTIMEO_OLD:
	case SO_RCVTIMEO_NEW:
		return get_timeout(READ_ONCE(sk->sk_rcvtimeo), optval, optlen, len);
	case SO_SNDTIMEO_OLD:
	case SO_SNDTIMEO_NEW:
		return get_timeout(READ_ONCE(sk->sk_sndtimeo), optval, optlen, len);
	case SO_PEERCRED:
		return get_peercred(sk, optval, optlen, len);
	case SO_PEERGROUPS:
		return get_peergroups(sk, optval, optlen, len);
	case SO_PEERPIDFD:
		return get_peerpidfd(sk, optval, optlen, len);
	case SO_PEERNAME:
		return get_peername(sock, optval, optlen, len);
	case SO_COOKIE:
		return get_cookie(sk, optval, optlen, len);
	default:
		ret = get_int_option(sock, optname, &val);
		return ret ? ret : put_option(optval, optlen, len, &val, sizeof(val));
	}
}
EXPORT_SYMBOL(sock_getsockopt);

/* ---- SO_TIMESTAMP ---- */

/** sock_recv_timestamp - tell the reader when the message was sent, if it asked for that */
void sock_recv_timestamp(struct msghdr *msg, struct sock *sk, struct sk_buff *skb)
{
	bool new = sock_flag(sk, SOCK_TSTAMP_NEW);
	struct timespec64 ts;
	s64 pair[2];

	if (!sock_flag(sk, SOCK_RCVTSTAMP))
		return;
	/* A message from before the option was set: now. */
	ts = ktime_to_timespec64(skb->tstamp ? skb->tstamp : ktime_get_real());
	pair[0] = ts.tv_sec;
	if (sock_flag(sk, SOCK_RCVTSTAMPNS)) {
		pair[1] = ts.tv_nsec;
		put_cmsg(msg, SOL_SOCKET, new ? SO_TIMESTAMPNS_NEW : SO_TIMESTAMPNS_OLD,
			 sizeof(pair), pair);
	} else {
		pair[1] = ts.tv_nsec / NSEC_PER_USEC;
		put_cmsg(msg, SOL_SOCKET, new ? SO_TIMESTAMP_NEW : SO_TIMESTAMP_OLD,
			 sizeof(pair), pair);
	}
}
EXPORT_SYMBOL_GPL(sock_recv_timestamp);
