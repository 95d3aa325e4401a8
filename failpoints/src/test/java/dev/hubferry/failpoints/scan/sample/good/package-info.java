/** What a scan finds nothing wrong with. */
@NullMarked
package dev.hubferry.failpoints.scan.sample.good;

import org.jspecify.annotations.NullMarked;
