@NullMarked
package dev.hubferry.storage.adapter.file;

import org.jspecify.annotations.NullMarked;
