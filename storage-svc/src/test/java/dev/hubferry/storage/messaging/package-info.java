@NullMarked
package dev.hubferry.storage.messaging;

import org.jspecify.annotations.NullMarked;
