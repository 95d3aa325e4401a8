@NullMarked
package dev.hubferry.storage.config;

import org.jspecify.annotations.NullMarked;
