/** Storage servers reached by ssh, homes moved by rsync or tar. */
@NullMarked
package dev.hubferry.storage.adapter.ssh;

import org.jspecify.annotations.NullMarked;
