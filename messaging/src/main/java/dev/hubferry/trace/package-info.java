/** Traces: which places in them work has, and what is told of it. The only package that knows of OpenTelemetry. */
@NullMarked
package dev.hubferry.trace;

import org.jspecify.annotations.NullMarked;
