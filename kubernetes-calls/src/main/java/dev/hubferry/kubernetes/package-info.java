/** What is asked of API servers: counted, told in traces, and put into words when it fails. */
@NullMarked
package dev.hubferry.kubernetes;

import org.jspecify.annotations.NullMarked;
