/** storage-svc: moves the home directories of a hub. */
@NullMarked
package dev.hubferry.storage;

import org.jspecify.annotations.NullMarked;
