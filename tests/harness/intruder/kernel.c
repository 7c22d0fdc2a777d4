/* SPDX-License-Identifier: MIT */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/netfilter/nfnetlink.h>
#include <linux/netfilter/nfnetlink_conntrack.h>
#include <linux/netlink.h>
#include <linux/perf_event.h>
#include <netinet/in.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/time.h>
#include <unistd.h>

#include "intruder.h"

/* An attempt of one expression, which is true when it was done. */
#define TRY(name, done)                                                                                      \
	static bool name(const struct intruder *in, const char *what)                                        \
	{                                                                                                    \
		(void)in;                                                                                    \
		(void)what;                                                                                  \
		return done;                                                                                 \
	}

TRY(become_root, setuid(0) == 0)
TRY(mount_folder, mount("none", "/tmp", "tmpfs", 0, NULL) == 0)
TRY(change_root, chroot("/tmp") == 0)
TRY(name_machine, sethostname("intruder", 8) == 0)
TRY(make_device, mknod("/tmp/intruder", S_IFBLK | 0600, makedev(7, 0)) == 0)
TRY(raw_socket, socket(AF_INET, SOCK_RAW, IPPROTO_ICMP) >= 0)
TRY(packet_socket, socket(AF_PACKET, SOCK_RAW, htons(3)) >= 0)
TRY(load_module, syscall(SYS_init_module, "", 0ul, "") == 0)
TRY(raise_priority, setpriority(PRIO_PROCESS, 0, -10) == 0)
TRY(user_namespace, unshare(CLONE_NEWUSER) == 0)
TRY(net_namespace, unshare(CLONE_NEWUSER | CLONE_NEWNET) == 0)
TRY(writable_code, mmap(NULL, 4096, PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED)
TRY(other_layout, personality(ADDR_NO_RANDOMIZE) >= 0)
TRY(vsock, socket(AF_VSOCK, SOCK_STREAM, 0) >= 0)
TRY(crypto_socket, socket(AF_ALG, SOCK_SEQPACKET, 0) >= 0)
TRY(kernel_program, syscall(SYS_bpf, 5, NULL, 0) == 0 || errno == EFAULT || errno == EINVAL)
TRY(key_ring, syscall(SYS_add_key, "user", "intruder", "x", 1, -3) >= 0)
TRY(more_privileges, prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 0)

static bool set_clock(const struct intruder *in, const char *what)
{
	struct timeval now;

	(void)in;
	(void)what;
	return gettimeofday(&now, NULL) == 0 && settimeofday(&now, NULL) == 0;
}

static bool real_time(const struct intruder *in, const char *what)
{
	struct sched_param p = {.sched_priority = 1};

	(void)in;
	(void)what;
	return sched_setscheduler(0, SCHED_FIFO, &p) == 0;
}

static bool more_files(const struct intruder *in, const char *what)
{
	struct rlimit limit = {1000000, 1000000};

	(void)in;
	(void)what;
	return setrlimit(RLIMIT_NOFILE, &limit) == 0;
}

static bool set_uid_file(const struct intruder *in, const char *what)
{
	(void)in;
	(void)what;
	return open("/tmp/intruder-file", O_CREAT | O_RDWR | O_CLOEXEC, 0600) >= 0 &&
	       chmod("/tmp/intruder-file", 04755) == 0;
}

/* The table of connections, which the collector reads. */
static bool read_connections(const struct intruder *in, const char *what)
{
	struct {
		struct nlmsghdr head;
		struct nfgenmsg family;
	} ask = {
	    .head = {.nlmsg_len = sizeof(ask),
		     .nlmsg_type = NFNL_SUBSYS_CTNETLINK << 8 | IPCTNL_MSG_CT_GET,
		     .nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP},
	};
	union {
		struct nlmsghdr head;
		char bytes[8192];
	} reply;
	int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_NETFILTER);
	struct nlmsgerr *error = NLMSG_DATA(&reply.head);

	(void)in;
	(void)what;
	if (fd < 0 || send(fd, &ask, sizeof(ask), 0) < 0 || recv(fd, &reply, sizeof(reply), 0) < 0)
		return false;
	if (reply.head.nlmsg_type != NLMSG_ERROR || !error->error)
		return true;
	errno = -error->error;
	return false;
}

/* A datagram to an address outside. Without a way there it was not tried: that is told as done. */
static bool send_out(const struct intruder *in, const char *what)
{
	struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(53)};
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	(void)in;
	(void)what;
	inet_pton(AF_INET, "198.51.100.1", &to.sin_addr);
	return fd >= 0 && (sendto(fd, "x", 1, 0, (struct sockaddr *)&to, sizeof(to)) == 1 || errno != EPERM);
}

struct kernel_attempt {
	intruder_try try;
	const char *what;
};

static void all(const struct intruder *in, const struct kernel_attempt *attempts, size_t n)
{
	for (size_t i = 0; i < n; i++)
		intruder_attempt(in, attempts[i].try, "", attempts[i].what);
}

void intruder_capabilities(const struct intruder *in)
{
	static const struct kernel_attempt attempts[] = {
	    {become_root, "becoming root"},	 {more_privileges, "a set-user-ID program's privileges"},
	    {mount_folder, "mounting"},		 {change_root, "another root"},
	    {name_machine, "another host name"}, {set_clock, "setting the clock"},
	    {make_device, "making a device"},	 {raw_socket, "a raw socket"},
	    {packet_socket, "a packet socket"},	 {read_connections, "reading the table of connections"},
	    {load_module, "loading a module"},	 {raise_priority, "a higher priority"},
	    {more_files, "more open files"},
	};

	all(in, attempts, sizeof(attempts) / sizeof(*attempts));
}

void intruder_sandbox(const struct intruder *in)
{
	static const struct kernel_attempt attempts[] = {
	    {send_out, "sending to an address that is not private"},
	    {user_namespace, "a user namespace"},
	    {net_namespace, "a network namespace"},
	    {writable_code, "memory that can be written and run"},
	    {other_layout, "another execution domain"},
	    {vsock, "a socket to the machine's host"},
	    {crypto_socket, "a socket of the kernel's ciphers"},
	    {kernel_program, "a program in the kernel"},
	    {key_ring, "a key in the kernel's key ring"},
	    {real_time, "scheduling in real time"},
	    {set_uid_file, "a set-user-ID file"},
	};

	all(in, attempts, sizeof(attempts) / sizeof(*attempts));
}
