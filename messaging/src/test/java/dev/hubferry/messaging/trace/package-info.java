@NullMarked
package dev.hubferry.messaging.trace;

import org.jspecify.annotations.NullMarked;
