@NullMarked
package dev.hubferry.storage.domain.plan;

import org.jspecify.annotations.NullMarked;
