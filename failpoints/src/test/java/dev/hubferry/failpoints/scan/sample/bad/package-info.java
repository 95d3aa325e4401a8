/** What a scan finds everything wrong with. */
@NullMarked
package dev.hubferry.failpoints.scan.sample.bad;

import org.jspecify.annotations.NullMarked;
