/** The one node: pods, their volumes and the processes they run. */
@NullMarked
package dev.hubferry.fakes.kubernetes.node;

import org.jspecify.annotations.NullMarked;
