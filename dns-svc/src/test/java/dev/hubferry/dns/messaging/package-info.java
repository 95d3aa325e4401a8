@NullMarked
package dev.hubferry.dns.messaging;

import org.jspecify.annotations.NullMarked;
