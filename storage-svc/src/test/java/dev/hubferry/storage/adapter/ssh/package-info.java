/** Storage servers on real sshd and rsync. */
@NullMarked
package dev.hubferry.storage.adapter.ssh;

import org.jspecify.annotations.NullMarked;
