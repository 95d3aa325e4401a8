@NullMarked
package dev.hubferry.db.messaging;

import org.jspecify.annotations.NullMarked;
