@NullMarked
package dev.hubferry.storage.domain.content;

import org.jspecify.annotations.NullMarked;
