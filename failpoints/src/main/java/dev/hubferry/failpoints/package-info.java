/** An agent that halts a service at a failpoint. Of tests, never of a service. */
@NullMarked
package dev.hubferry.failpoints;

import org.jspecify.annotations.NullMarked;
