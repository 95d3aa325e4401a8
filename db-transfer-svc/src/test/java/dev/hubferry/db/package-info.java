@NullMarked
package dev.hubferry.db;

import org.jspecify.annotations.NullMarked;
