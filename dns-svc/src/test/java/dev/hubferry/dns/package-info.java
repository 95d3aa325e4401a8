@NullMarked
package dev.hubferry.dns;

import org.jspecify.annotations.NullMarked;
