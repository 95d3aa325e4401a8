@NullMarked
package dev.hubferry.dns.config;

import org.jspecify.annotations.NullMarked;
