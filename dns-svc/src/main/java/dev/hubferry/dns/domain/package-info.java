/** What is done to a zone, and the rules that keep it whole; plain Java. */
@NullMarked
package dev.hubferry.dns.domain;

import org.jspecify.annotations.NullMarked;
