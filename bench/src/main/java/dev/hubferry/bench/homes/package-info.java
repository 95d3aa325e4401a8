/** Homes moved by storage-svc and by its peers, between the same two hosts. */
@NullMarked
package dev.hubferry.bench.homes;

import org.jspecify.annotations.NullMarked;
