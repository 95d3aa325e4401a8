@NullMarked
package dev.hubferry.dns.adapter.dnsjava;

import org.jspecify.annotations.NullMarked;
