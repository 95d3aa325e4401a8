/** What the service puts aside on its own disk. */
@NullMarked
package dev.hubferry.storage.adapter.file;

import org.jspecify.annotations.NullMarked;
