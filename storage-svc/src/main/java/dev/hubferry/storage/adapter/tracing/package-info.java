/** What the service tells of passes in traces. */
@NullMarked
package dev.hubferry.storage.adapter.tracing;

import org.jspecify.annotations.NullMarked;
