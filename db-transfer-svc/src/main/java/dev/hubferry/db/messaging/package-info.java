/** From a command to a use case to a reply. */
@NullMarked
package dev.hubferry.db.messaging;

import org.jspecify.annotations.NullMarked;
