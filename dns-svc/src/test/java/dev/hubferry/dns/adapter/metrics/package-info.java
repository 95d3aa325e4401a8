@NullMarked
package dev.hubferry.dns.adapter.metrics;

import org.jspecify.annotations.NullMarked;
