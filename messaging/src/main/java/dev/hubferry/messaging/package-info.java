/** Inbox, durable execution under a lease, and outbox, for every service. */
@NullMarked
package dev.hubferry.messaging;

import org.jspecify.annotations.NullMarked;
