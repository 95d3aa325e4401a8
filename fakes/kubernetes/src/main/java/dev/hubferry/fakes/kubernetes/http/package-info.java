/** The HTTP and WebSocket face of the cluster, its nasty switches and its record of changes. */
@NullMarked
package dev.hubferry.fakes.kubernetes.http;

import org.jspecify.annotations.NullMarked;
