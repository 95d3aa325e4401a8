/** What participants say: replies, progress, and reports on connections. */
@NullMarked
package dev.hubferry.orchestrator.messaging;

import org.jspecify.annotations.NullMarked;
