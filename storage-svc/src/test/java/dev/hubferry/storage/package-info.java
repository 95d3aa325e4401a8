@NullMarked
package dev.hubferry.storage;

import org.jspecify.annotations.NullMarked;
