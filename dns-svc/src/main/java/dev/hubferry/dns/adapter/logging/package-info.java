/** What operators read about zones. */
@NullMarked
package dev.hubferry.dns.adapter.logging;

import org.jspecify.annotations.NullMarked;
