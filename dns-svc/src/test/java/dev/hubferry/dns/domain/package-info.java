@NullMarked
package dev.hubferry.dns.domain;

import org.jspecify.annotations.NullMarked;
