@NullMarked
package dev.hubferry.storage.adapter.metrics;

import org.jspecify.annotations.NullMarked;
