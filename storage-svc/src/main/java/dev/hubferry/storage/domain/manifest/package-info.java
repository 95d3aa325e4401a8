/** What a tree of homes looked like at one moment, as a sorted stream of entries. */
@NullMarked
package dev.hubferry.storage.domain.manifest;

import org.jspecify.annotations.NullMarked;
