/** The service's commands: decode, use case, reply. */
@NullMarked
package dev.hubferry.storage.messaging;

import org.jspecify.annotations.NullMarked;
