@NullMarked
package dev.hubferry.messaging;

import org.jspecify.annotations.NullMarked;
